import { type Audience, seatOf } from "../authority/audience.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { orderState } from "./receipt.ts";
import type { Order, ReceiptStep } from "./state.ts";

/** Consoles of issuer, recipient and copied court in full; walls without text, persons and case. */
export function projectOrder(order: Order, state: StateReader, audience: Audience) {
  const outline = {
    courtId: order.courtId,
    kind: order.kind,
    ...(order.effect ? { effect: order.effect } : {}),
    urgency: order.urgency,
    state: orderState(order),
    toCourtIds: order.receipts.map((receipt) => receipt.courtId),
    copiedCourtIds: order.copiedCourtIds,
    issuedAt: order.issuedAt,
    ...(order.dueAt === undefined ? {} : { dueAt: order.dueAt }),
    ...(order.operationId ? { operationId: order.operationId } : {}),
    ...(order.revoked ? { revoked: { at: order.revoked.at } } : {}),
    clocks: clockDtos(order.clocks),
  };
  const wall = seatOf(audience) === "wall";
  const stepAs = wall ? stepOutline : (step: ReceiptStep) => stepInFull(step, state);
  const receipts = order.receipts.map((each) => ({ ...each, steps: each.steps.map(stepAs) }));
  if (wall) return { ...outline, receipts };
  const issuer = shortNameOf(state, order.issuedBy);
  return {
    ...outline,
    receipts,
    body: order.body,
    issuedBy: order.issuedBy,
    ...(issuer ? { issuer } : {}),
    ...(order.caseNo ? { caseNo: order.caseNo } : {}),
    ...(order.revoked ? { revoked: order.revoked } : {}),
  };
}

const stepOutline = ({ state, at }: ReceiptStep) => ({ state, at });

/** With surname and title of whoever signed: the registry of another court may not be in the store. */
function stepInFull(step: ReceiptStep, state: StateReader) {
  const name = shortNameOf(state, step.by);
  return { ...step, ...(name ? { name } : {}) };
}
