import type { Clocks } from "../kernel/clock.ts";
import type { Conflict } from "../kernel/conflict.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

/** 情况, 突发事件, 结果, 请求支援. */
export type ReportKind = "SITUATION" | "INCIDENT" | "RESULT" | "REQUEST_SUPPORT";
/** 已报, 已阅, 已处理. */
export type ReportState = "SUBMITTED" | "READ" | "HANDLED";

/** A court above that the report reached, and what it did. */
export interface ReportHop {
  readonly courtId: string;
  /** Addressed, copied for its information, or climbed to because nobody read it. */
  readonly how: "TO" | "COPY" | "CLIMBED";
  readonly at: number;
  readonly read?: { readonly at: number; readonly by: string };
  readonly handled?: { readonly at: number; readonly by: string; readonly text: TextRef };
}

/** 报告, upward only. `courtId` is the court that reports. */
export interface Report extends RecordBase {
  readonly type: "report";
  readonly kind: ReportKind;
  readonly state: ReportState;
  readonly text: TextRef;
  readonly submittedBy: string;
  readonly submittedAt: number;
  readonly operationId?: string;
  readonly incidentId?: string;
  readonly orderId?: string;
  readonly caseNo?: string;
  readonly hops: readonly ReportHop[];
  /** The one court above whose turn it is to read and answer. */
  readonly holderCourtId: string;
  /** What did not fit the state it met: it was taken all the same. */
  readonly conflicts: readonly Conflict[];
  readonly clocks: Clocks;
}
