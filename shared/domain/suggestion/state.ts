import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

/** 司法建议 · 罚款建议. */
export type SuggestionKind = "SUGGESTION" | "FINE_PROPOSAL";

/**
 * A suggestion goes ISSUED 发出 → REPLIED 反馈 → CLOSED 办结; a fine proposal PROPOSED 提请 →
 * APPROVED 批准 | REJECTED 不批准.
 */
export type SuggestionState =
  | "PROPOSED"
  | "APPROVED"
  | "REJECTED"
  | "ISSUED"
  | "REPLIED"
  | "CLOSED";

export interface SuggestionReply {
  readonly at: number;
  /** Who registered the letter. */
  readonly by: string;
  readonly text: TextRef;
  readonly replyNo?: string;
}

/** What follows a unit's refusal (Hubei 2016 七): to which unit, and to which superior of it. */
export interface Suggestion extends RecordBase {
  readonly type: "suggestion";
  readonly kind: SuggestionKind;
  readonly state: SuggestionState;
  readonly liaisonId: string;
  readonly unitId: string;
  /** The unit's superior or the authority of its trade (official name). */
  readonly superior: string;
  /** Number of the 司法建议书. */
  readonly letterNo?: string;
  /** CNY. */
  readonly amount?: number;
  readonly body: TextRef;
  readonly by: string;
  readonly at: number;
  readonly decided?: { readonly by: string; readonly at: number; readonly decisionNo?: string };
  readonly replies: readonly SuggestionReply[];
  readonly clocks: Clocks;
}
