import type { Clocks } from "../kernel/clock.ts";
import type { Conflict } from "../kernel/conflict.ts";
import type { Place, RecordBase, TextRef } from "../kernel/record.ts";
import type { OperationFacts, Stamp } from "./facts.ts";
import type { OperationPlan } from "./plan.ts";

export type OperationKind =
  | "EVICTION"
  | "SEARCH"
  | "SEIZURE"
  | "COMPEL"
  | "DETAIN"
  | "INVESTIGATE"
  | "SERVE"
  | "RAPID";

/** DRAFT 草拟 to REJECTED 退回, MUSTERING and CLOSING are passed only by what was reported for approval. */
export type OperationState =
  | "DRAFT"
  | "SUBMITTED"
  | "REJECTED"
  | "APPROVED"
  | "MUSTERING"
  | "EN_ROUTE"
  | "ON_SCENE"
  | "EXECUTING"
  | "PAUSED"
  | "CLOSING"
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

/** Who of which court above commands, since when, and whom he stands in for. */
export interface CommandFromAbove {
  readonly courtId: string;
  readonly ownChiefId: string;
  readonly at: number;
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
  /** What was reported for approval; absent when opened the short way, approved on paper. */
  readonly plan?: OperationPlan;
  readonly submitted?: Stamp;
  readonly rejected?: Stamp & { readonly reason: TextRef };
  /** Number of the document by which DIRECTOR or PRESIDENT approved it. */
  readonly approvalNo?: string;
  readonly place: Place;
  /** Court of the place, from the approval on. */
  readonly hostCourtId?: string;
  /** The host court was told (authority 5.4). */
  readonly hostNotice?: { readonly at: number; readonly acknowledged?: Stamp };
  /** 报备 with the court above. */
  readonly filing?: {
    readonly courtId: string;
    readonly at: number;
    readonly acknowledged?: Stamp;
  };
  readonly chiefCommanderId: string;
  /** 提级指挥: a court above has taken the chief command; handed back, it is its own chief's again. */
  readonly commandFromAbove?: CommandFromAbove;
  readonly sceneCommanderId: string;
  readonly memberIds: readonly string[];
  readonly assetIds: readonly string[];
  readonly approvedBy?: string;
  /** Orders “出发” and “执行开始”. */
  readonly departureOrdered?: Stamp;
  readonly started?: Stamp;
  /** First time each milestone was reached (occurrence time, ms). */
  readonly milestones: Readonly<Partial<Record<OperationState, number>>>;
  /** First time somebody outside said so himself; the order to leave is no such report. */
  readonly reported?: Readonly<Partial<Record<OperationState, number>>>;
  readonly endReason?: TextRef;
  /** How the team withdraws when it is broken off. */
  readonly withdrawal?: TextRef;
  readonly facts: OperationFacts;
  readonly clocks: Clocks;
  readonly conflicts: readonly Conflict[];
}
