import type { Clocks } from "../kernel/clock.ts";
import type { Conflict } from "../kernel/conflict.ts";
import type { RecordBase, SubjectRef, TextRef } from "../kernel/record.ts";

export type DetentionType = "COMPEL" | "DETAIN";

export type CompelState =
  /** Opened by a report, and nobody has approved it. */
  "PROPOSED" | "APPROVED" | "CONTROLLED" | "ARRIVED" | "INQUIRY" | "RELEASED" | "CONVERTED";
export type DetainState =
  | "PROPOSED"
  | "APPROVED"
  | "CONTROLLED"
  | "IN_TRANSIT"
  | "HANDOVER_PENDING"
  | "INTAKE_REFUSED"
  | "IN_CUSTODY"
  | "RELEASED"
  | "RELEASED_EARLY"
  | "REVOKED"
  | "STOPPED";
export type DetentionState = CompelState | DetainState;

/** A legal maximum that was overrun (or thought to be, until refuted). Never deleted. */
export interface Breach {
  readonly clock: string;
  readonly ruleId: string;
  readonly dueAt: number;
  readonly raisedAt: number;
  /** Set when a late report proves that it ended in time; shown as 迟报. */
  readonly refutedAt?: number;
}

/** Milestones, occurrence time in ms. Liberty clocks start at the earlier and end at the later candidate. */
export interface DetentionTimes {
  readonly proposedAt?: number;
  readonly approvedAt?: number;
  readonly controlledAt?: number;
  readonly inTransitAt?: number;
  readonly arrivedAt?: number;
  readonly inquiryStartedAt?: number;
  readonly inquiryEndedAt?: number;
  /** Earlier candidate: the term starts here. */
  readonly intakeAt?: number;
  /** Later candidate: the hand-over ends here. */
  readonly intakeByAt?: number;
  readonly expectedReleaseAt?: number;
  readonly releasedAt?: number;
  /** When a terminal state was reached, by report or by decision. */
  readonly endedAt?: number;
}

/** 拘传 / 拘留. */
export interface Detention extends RecordBase {
  readonly type: "detention";
  readonly kind: DetentionType;
  readonly state: DetentionState;
  /** Inquiry or custody beyond its legal maximum; stays until a human acts. */
  readonly overtime: boolean;
  readonly caseNo: string;
  readonly operationId?: string;
  readonly hostCourtId?: string;
  readonly subject?: SubjectRef;
  readonly escortIds: readonly string[];
  /** Same act, no second punishment (D8). */
  readonly actId?: string;
  readonly basisArticles: readonly string[];
  /** 拘传票号. */
  readonly warrantNo?: string;
  /** 拘留决定书号. */
  readonly decisionNo?: string;
  /** 1..15 (D1). */
  readonly days?: number;
  readonly proposedBy?: string;
  readonly approvedBy?: string;
  /** Control came before approval: violence or siege (D2). */
  readonly emergency: boolean;
  readonly approvedRetro: boolean;
  /** S5: up to 24 h, only when complex and detention possible, with a reason. */
  readonly extended24h: boolean;
  readonly times: DetentionTimes;
  readonly facility?: string;
  readonly policeReceiver?: string;
  readonly intakeReceiptNo?: string;
  readonly intakeRefusals: readonly { readonly at: number; readonly reason: TextRef }[];
  readonly familyNotice?: { readonly at: number; readonly impossibleReason?: TextRef };
  readonly endDecisionNo?: string;
  readonly endReason?: TextRef;
  /** COMPEL → DETAIN: the record it became / came from. */
  readonly convertedTo?: string;
  readonly convertedFrom?: string;
  /** Opened by a fact about a record the server did not know. */
  readonly stub: boolean;
  /** Event types that were reported late (迟报). */
  readonly lateReports: readonly string[];
  readonly breaches: readonly Breach[];
  readonly conflicts: readonly Conflict[];
  readonly clocks: Clocks;
}
