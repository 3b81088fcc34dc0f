import type { Role } from "../authority/roles.ts";
import type { RecordBase } from "../kernel/record.ts";

/** OFF_DUTY 休班 · ON_DUTY 在岗 · STANDBY 备勤 · DEPLOYED 出勤. UNREACHABLE 失联 is derived. */
export type Duty = "OFF_DUTY" | "ON_DUTY" | "STANDBY" | "DEPLOYED";

/** A role held from one commit to another; ends are kept so that old reports stay authorised. */
export interface Grant {
  readonly role: Role;
  readonly fromSeq: number;
  readonly toSeq?: number;
  /** Given by a first administrator alone; until there is a second administrator. */
  readonly bootstrap: boolean;
}

/** 执行人员: everybody of the courts who acts, in the field or in a centre; and 联动单位联络员. */
export interface Officer extends RecordBase {
  readonly type: "officer";
  readonly name: string;
  readonly title: string;
  readonly badgeNo: string;
  readonly execCertNo?: string;
  readonly gender: "M" | "F";
  readonly teamId?: string;
  /** A person of this linked unit, registered by the unit's court; no 执行人员 (UNIT-1). */
  readonly unitId?: string;
  /** 调警: sent to another court by an order of a common superior, until he is ordered home. */
  readonly lent?: {
    readonly courtId: string;
    readonly orderId: string;
    /** The operation that he was sent for; with its end he is home (`lent.ts`). */
    readonly operationId?: string;
    readonly at: number;
  };
  /** Bit in every view's officer set and index in position frames; dense, never reused. */
  readonly trackIndex: number;
  readonly duty: Duty;
  /** Server ms at which the present duty began; fixes from before are not kept. */
  readonly dutySince?: number;
  readonly grants: readonly Grant[];
  /** Disabled accounts may not sign in; their sockets close within a second. */
  readonly disabled: boolean;
  /** Ids of sessions revoked by an administrator. */
  readonly revokedSessions: readonly string[];
}
