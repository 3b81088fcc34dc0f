import type { Order, Receipt, ReceiptState, ReceiptStep } from "./state.ts";

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

/** Where the order stands as a whole: the recipient furthest behind speaks for it. */
export function orderState(order: Order): ReceiptState | "REVOKED" {
  if (order.revoked) return "REVOKED";
  const rank = (state: ReceiptState) =>
    state === "RETURNED" ? WAY.indexOf("SIGNED") : WAY.indexOf(state);
  const behind = [...order.receipts].sort((a, b) => rank(a.state) - rank(b.state))[0];
  return behind?.state ?? "ISSUED";
}

export const isDone = (order: Order): boolean =>
  order.revoked !== undefined || order.receipts.every((receipt) => receipt.state === "ACCEPTED");
