import type { Conflict } from "../kernel/conflict.ts";
import type { Place, RecordBase, TextRef } from "../kernel/record.ts";

export type OperationKind =
  | "EVICTION"
  | "SEARCH"
  | "SEIZURE"
  | "COMPEL"
  | "DETAIN"
  | "INVESTIGATE"
  | "SERVE"
  | "RAPID";

/** From APPROVED on; DRAFT, SUBMITTED, MUSTERING and CLOSING join with approval and muster. */
export type OperationState =
  | "APPROVED"
  | "EN_ROUTE"
  | "ON_SCENE"
  | "EXECUTING"
  | "PAUSED"
  | "CLOSED"
  | "ABORTED";

/** A pause ordered from above: requests that move forward are refused until its issuer lifts it. */
export interface PauseOrder {
  readonly byCourtId: string;
  readonly byOfficerId: string;
  readonly orderId?: string;
  readonly at: number;
  readonly reason: TextRef;
  /** Set when the own commander confirmed it; from then on the operation stands still. */
  readonly confirmed?: { readonly at: number; readonly by: string };
}

/** 执行行动. */
export interface Operation extends RecordBase {
  readonly type: "operation";
  readonly code: string;
  readonly name: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  /** State to go back to when a pause is lifted. */
  readonly pausedFrom?: OperationState;
  readonly pauseOrder?: PauseOrder;
  /** A case is its number only. */
  readonly caseNo: string;
  /** Number of the document by which DIRECTOR or PRESIDENT approved it. */
  readonly approvalNo: string;
  readonly place: Place;
  readonly hostCourtId?: string;
  readonly chiefCommanderId: string;
  readonly sceneCommanderId: string;
  readonly memberIds: readonly string[];
  readonly assetIds: readonly string[];
  readonly approvedBy: string;
  /** First time each milestone was reached (occurrence time, ms). */
  readonly milestones: Readonly<Partial<Record<OperationState, number>>>;
  readonly endReason?: TextRef;
  readonly conflicts: readonly Conflict[];
}
