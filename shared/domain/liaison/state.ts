import type { Clocks } from "../kernel/clock.ts";
import type { Conflict } from "../kernel/conflict.ts";
import type { RecordBase, SubjectRef, TextRef } from "../kernel/record.ts";
import type { UnitKind } from "../unit/kinds.ts";
import type { LiaisonService } from "../unit/service.ts";

/** SENT 已发出 · RECEIVED 签收 · PROCESSING 办理 · REPLIED 反馈 · REFUSED 拒不协助 · CLOSED 办结 · WITHDRAWN 撤回. */
export type LiaisonState =
  | "SENT"
  | "RECEIVED"
  | "PROCESSING"
  | "REFUSED"
  | "REPLIED"
  | "CLOSED"
  | "WITHDRAWN";

/** What a unit can say: at its own desk, or by telephone or letter through a duty officer. */
export type LiaisonAnswerState = "RECEIVED" | "PROCESSING" | "REPLIED" | "REFUSED";

export interface LiaisonAnswer {
  readonly state: LiaisonAnswerState;
  readonly byPhone: boolean;
  /** Name of the person of the unit (official data). */
  readonly saidBy: string;
  readonly typedBy: string;
  readonly at: number;
  readonly occurredAt: number;
  readonly note?: TextRef;
  /** Number of the unit's written reply (回执). */
  readonly replyNo?: string;
}

/** What is asked, with the numbers of the legal documents that the service takes. */
export interface LiaisonContent {
  readonly unitId: string;
  readonly unitType: UnitKind;
  readonly service: LiaisonService;
  readonly caseNo: string;
  /** Number of the 协助执行通知书. */
  readonly noticeNo: string;
  readonly rulingNo?: string;
  readonly decisionNo?: string;
  readonly subject?: SubjectRef;
  readonly detail?: TextRef;
  readonly sentBy: string;
  /** Server time: the `now` of the decision. */
  readonly sentAt: number;
}

/** 联动协助请求: what a court asks of a linked unit that is not sent out like the police. */
export interface LiaisonRequest extends RecordBase, LiaisonContent {
  readonly type: "liaison";
  readonly state: LiaisonState;
  readonly answers: readonly LiaisonAnswer[];
  readonly reminders: readonly {
    readonly at: number;
    readonly by: string;
    readonly text?: TextRef;
  }[];
  /** The court found a refusal (认定拒不协助) after the reminder stayed without answer. */
  readonly refusalFound?: { readonly at: number; readonly by: string; readonly reason: TextRef };
  readonly endReason?: TextRef;
  /** When each state was first reached, occurrence time in ms. */
  readonly times: Readonly<Partial<Record<LiaisonState, number>>>;
  readonly lateReports: readonly LiaisonState[];
  readonly conflicts: readonly Conflict[];
  readonly clocks: Clocks;
}
