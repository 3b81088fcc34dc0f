import { DEFERRAL_CLOCK } from "./clocks.ts";
import type { Order, OrderState, Receipt, ReceiptState, ReceiptStep } from "./state.ts";

/** The way of an order at its recipient; RETURNED goes back to be done again. */
const WAY: readonly ReceiptState[] = [
  "ISSUED",
  "DELIVERED",
  "SIGNED",
  "IN_PROGRESS",
  "FEEDBACK",
  "ACCEPTED",
];

/** One more step, unless the receipt is there already: delivering or signing twice is nothing. */
export function stepped(receipt: Receipt, step: ReceiptStep): Receipt {
  const forward = WAY.indexOf(step.state) > WAY.indexOf(receipt.state);
  const returned =
    receipt.state === "RETURNED" && step.state !== "DELIVERED" && step.state !== "SIGNED";
  if (receipt.state === "RETURNED" ? !returned : !forward) return receipt;
  return { ...receipt, state: step.state, steps: [...receipt.steps, step] };
}

/** Sent back from FEEDBACK to be done again. */
export const sentBack = (receipt: Receipt, step: ReceiptStep): Receipt =>
  receipt.state === "FEEDBACK"
    ? { ...receipt, state: "RETURNED", steps: [...receipt.steps, step] }
    : receipt;

export const receiptOf = (order: Order, courtId: string): Receipt | undefined =>
  order.receipts.find((receipt) => receipt.courtId === courtId);

/** The one furthest behind speaks for all that the order still stands for. */
export function furthestBehind(receipts: readonly Receipt[]): ReceiptState {
  const rank = ({ state }: Receipt) =>
    state === "RETURNED" ? WAY.indexOf("SIGNED") : WAY.indexOf(state);
  const behind = receipts
    .filter((receipt) => !receipt.revoked)
    .sort((a, b) => rank(a) - rank(b))[0];
  return behind?.state ?? "ISSUED";
}

/** Where the order stands as a whole. */
export function orderState(order: Order): OrderState {
  if (order.revoked) return "REVOKED";
  return order.supersededBy ? "SUPERSEDED" : furthestBehind(order.receipts);
}

/** This recipient owes nothing any more. */
const isSettled = ({ state, revoked }: Receipt): boolean =>
  state === "ACCEPTED" || revoked !== undefined;

export const isDone = (order: Order): boolean =>
  order.revoked !== undefined ||
  order.supersededBy !== undefined ||
  order.receipts.every(isSettled);

/** Courts that still owe something under this order. */
export const openRecipients = (order: Order): readonly string[] =>
  isDone(order)
    ? []
    : order.receipts.filter((receipt) => !isSettled(receipt)).map(({ courtId }) => courtId);

/** Forces that were accepted and have not been ordered home. */
export const isOut = ({ state, forces = [], recalled }: Receipt): boolean =>
  state === "ACCEPTED" && forces.length > 0 && recalled === undefined;

/** Asked and not answered yet; accepting the feedback leaves nothing to answer. */
export const isReconsidered = ({ state, reconsideration }: Receipt): boolean =>
  state !== "ACCEPTED" && reconsideration !== undefined && reconsideration.answer === undefined;

/** A deferral outlives its receipts: it is over when its time is. */
export const isDeferring = ({ clocks, revoked: back, supersededBy }: Order): boolean => {
  const clock = clocks[DEFERRAL_CLOCK];
  return !back && !supersededBy && clock !== undefined && clock.level === 0;
};
