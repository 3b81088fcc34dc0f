import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";
import type { Ref } from "../kernel/ref.ts";

export type ShiftState = "SCHEDULED" | "ON" | "HANDED_OVER" | "CANCELLED";
export type MatterKind =
  | "INCIDENT"
  | "POLICE"
  | "ORDER"
  | "DETENTION"
  | "OPERATION"
  | "NOTICE"
  | "DELEGATION"
  | "SUPERVISION"
  | "REPORT"
  | "LIAISON";

/** Something that the desk must not forget when it changes hands. */
export interface Matter {
  readonly kind: MatterKind;
  readonly ref: Ref;
  /** One of its clocks had passed its time when the list was made. */
  readonly overdue: boolean;
}

/** A matter on the hand-over list, and what the outgoing officer said of it. */
export interface HandoverItem extends Matter {
  readonly mark?: {
    readonly done: boolean;
    readonly by: string;
    readonly at: number;
    readonly note?: TextRef;
  };
  /** It arose after the list was made; the incoming officer signed for it with the list. */
  readonly late?: true;
}

export interface HandoverList {
  readonly preparedAt: number;
  readonly preparedBy: string;
  readonly items: readonly HandoverItem[];
  /** The shift that is to sign it, and who sits there. */
  readonly offered?: {
    readonly toShiftId: string;
    readonly officerId: string;
    readonly at: number;
    readonly by: string;
    /** What the outgoing officer wants the next one to know besides the list. */
    readonly remark?: TextRef;
  };
  /** The incoming officer did not sign it, the last time. */
  readonly returned?: { readonly at: number; readonly by: string; readonly reason: TextRef };
}

/** 值班. A court has one duty desk; `courtId` is the court whose desk it is. */
export interface Shift extends RecordBase {
  readonly type: "shift";
  readonly officerId: string;
  /** Planned beginning and end, server ms. */
  readonly from: number;
  readonly to: number;
  /** ON_SITE in office hours, TELEPHONE at night (practice.md). */
  readonly mode: "ON_SITE" | "TELEPHONE";
  readonly state: ShiftState;
  readonly scheduledBy: string;
  readonly signedAt?: number;
  readonly handedOverAt?: number;
  readonly previousId?: string;
  readonly nextId?: string;
  readonly list?: HandoverList;
  /** Desk check since which nobody has signed for the desk, server ms. */
  readonly unsignedSince?: number;
  readonly clocks: Clocks;
}
