import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { furthestBehind, isReconsidered, receiptOf } from "./receipt.ts";
import type { Order, Receipt, ReceiptState } from "./state.ts";

type Guard = (order: Order, state: StateReader, courtId?: string) => Refusal | undefined;

/** Taken back or replaced as a whole. */
export function notOver(order: Order): Refusal | undefined {
  if (order.revoked) return refusal("ORDER_REVOKED", { ruleId: "ORD-9" });
  return order.supersededBy ? refusal("ORDER_SUPERSEDED", { ruleId: "ORD-25" }) : undefined;
}

/** A recipient asks for itself; the issuer, and a button that does not know who asks, for any. */
function concerned(order: Order, courtId: string | undefined): readonly Receipt[] {
  const own = courtId === undefined ? undefined : receiptOf(order, courtId);
  return own ? [own] : order.receipts;
}

const notReady = (receipts: readonly Receipt[], needed: readonly string[]): Refusal =>
  refusal("ORDER_NOT_READY", {
    ruleId: "ORD-8",
    params: { state: furthestBehind(receipts), needed: needed.join(",") },
  });

/** Where one recipient stands; `undefined` when it is in one of the states. */
export function receiptRefusal(
  receipt: Receipt,
  states: readonly ReceiptState[],
): Refusal | undefined {
  if (receipt.revoked) return refusal("ORDER_REVOKED", { ruleId: "ORD-24" });
  return states.includes(receipt.state) ? undefined : notReady([receipt], states);
}

export const inState =
  (...states: readonly ReceiptState[]): Guard =>
  (order, _state, courtId) => {
    const over = notOver(order);
    if (over) return over;
    const receipts = concerned(order, courtId);
    if (receipts.some((each) => !receiptRefusal(each, states))) return undefined;
    const [only] = receipts;
    return receipts.length === 1 && only
      ? receiptRefusal(only, states)
      : notReady(receipts, states);
  };

/** Signed, in time, and not asked before: the law gives one request (执行规定 72). */
export const mayAskReconsideration: Guard = (order, state, courtId) => {
  const refused = inState("SIGNED", "IN_PROGRESS", "FEEDBACK", "RETURNED")(order, state, courtId);
  if (refused) return refused;
  const own = concerned(order, courtId);
  const [only] = own;
  if (own.length !== 1 || !only) return undefined;
  if (only.reconsideration) return refusal("RECONSIDERED_ALREADY", { ruleId: "ORD-18" });
  return only.reconsiderUntil === undefined
    ? undefined
    : { ...refusal("RECONSIDER_TOO_LATE", { ruleId: "I1" }), from: only.reconsiderUntil };
};

export const mayAnswerReconsideration: Guard = (order) =>
  notOver(order) ??
  (order.receipts.some((receipt) => !receipt.revoked && isReconsidered(receipt))
    ? undefined
    : refusal("NO_RECONSIDERATION", { ruleId: "ORD-18" }));
