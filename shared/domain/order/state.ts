import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

/** 指挥, 纠正, 暂缓, 任务, 指定执行, 调警. */
export type OrderKind = "COMMAND" | "CORRECTION" | "DEFERRAL" | "TASK" | "REASSIGN" | "RESOURCE";
/** What a COMMAND does to its operation. */
export type OrderEffect = "PAUSE" | "LIFT_PAUSE" | "ABORT";
export type ReceiptState =
  | "ISSUED"
  | "DELIVERED"
  | "SIGNED"
  | "IN_PROGRESS"
  | "FEEDBACK"
  | "ACCEPTED"
  | "RETURNED";
/** The order as a whole: as the recipient furthest behind, unless it is taken back or replaced. */
export type OrderState = ReceiptState | "REVOKED" | "SUPERSEDED";
/** 维持, 变更, 撤销. */
export type ReconsiderationOutcome = "UPHELD" | "CHANGED" | "REVOKED";

export interface ReceiptStep {
  readonly state: ReceiptState;
  readonly at: number;
  readonly by: string;
  readonly text?: TextRef;
}

export interface Revoked {
  readonly at: number;
  readonly by: string;
  readonly reason: TextRef;
}

/** 请求复议 by one recipient. */
export interface Reconsideration {
  readonly at: number;
  readonly by: string;
  readonly reason: TextRef;
  /** The recipient's duty rests until the answer. */
  readonly suspends: boolean;
  /** ms that were left to its due time when it was asked; negative when it was over. */
  readonly leftMs?: number;
  readonly answer?: {
    readonly outcome: ReconsiderationOutcome;
    readonly at: number;
    readonly by: string;
    readonly text: TextRef;
  };
}

/** One recipient and what became of the order there. */
export interface Receipt {
  readonly courtId: string;
  readonly state: ReceiptState;
  readonly steps: readonly ReceiptStep[];
  /** Server ms; the order's own until a return or an answer sets another one. */
  readonly dueAt?: number;
  /** Courts between issuer and this recipient. */
  readonly copiedCourtIds: readonly string[];
  /** Server ms until which reconsideration may be asked; set by the signature. */
  readonly reconsiderUntil?: number;
  readonly reconsideration?: Reconsideration;
  /** Taken back for this recipient. */
  readonly revoked?: Revoked;
  /** RESOURCE: whom the recipient sends, as it fed back last. */
  readonly forces?: readonly string[];
  /** RESOURCE: ordered home again. */
  readonly recalled?: { readonly at: number; readonly by: string };
}

/** 指令, downward only. `courtId` is the issuing court. */
export interface Order extends RecordBase {
  readonly type: "order";
  readonly kind: OrderKind;
  readonly effect?: OrderEffect;
  readonly urgency: "P1" | "P2" | "P3";
  readonly body: TextRef;
  readonly issuedBy: string;
  readonly issuedAt: number;
  readonly dueAt?: number;
  readonly operationId?: string;
  readonly caseNo?: string;
  /** DEFERRAL: until when enforcement rests. */
  readonly deferUntil?: number;
  /** REASSIGN: the recipient that enforces from now on. */
  readonly assignedCourtId?: string;
  /** RESOURCE: the court that the recipients' forces go to. */
  readonly forCourtId?: string;
  readonly receipts: readonly Receipt[];
  /** Courts that the order skipped on its way to any recipient: they get a copy. */
  readonly copiedCourtIds: readonly string[];
  /** The order that this one replaces. */
  readonly supersedes?: string;
  readonly supersededBy?: { readonly orderId: string; readonly at: number };
  /** Taken back for every recipient. */
  readonly revoked?: Revoked;
  /** It was long overdue once: the court above the issuer sees it from then on. */
  readonly toldAbove?: true;
  readonly clocks: Clocks;
}
