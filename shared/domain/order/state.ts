import type { Clocks } from "../kernel/clock.ts";
import type { RecordBase, TextRef } from "../kernel/record.ts";

export type OrderKind = "COMMAND" | "TASK";
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

export interface ReceiptStep {
  readonly state: ReceiptState;
  readonly at: number;
  readonly by: string;
  readonly text?: TextRef;
}

export interface Receipt {
  readonly courtId: string;
  readonly state: ReceiptState;
  readonly steps: readonly ReceiptStep[];
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
  readonly receipts: readonly Receipt[];
  /** Intermediate courts that a High Court order skipped: they get a copy. */
  readonly copiedCourtIds: readonly string[];
  readonly revoked?: { readonly at: number; readonly by: string; readonly reason: TextRef };
  readonly clocks: Clocks;
}
