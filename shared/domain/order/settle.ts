import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import { dueClock } from "./clocks.ts";
import { effectStands, liftedByRevoking } from "./effects.ts";
import { orderEvent } from "./events.ts";
import { lending } from "./forces.ts";
import { receiptRefusal } from "./guards.ts";
import { isDone, receiptOf } from "./receipt.ts";
import type { Order, Receipt } from "./state.ts";

/** What the issuer does about one recipient, named where there are several. */
export interface AboutRecipient {
  readonly courtId?: string;
}
/** `feedbackAt`: the feedback that was read, so that a newer one is not settled unseen. */
type Settle = AboutRecipient & { readonly feedbackAt?: number };
export type AcceptOrder = Settle;
export type ReturnOrder = Settle & { readonly text: TextRef; readonly dueAt?: number };
export type RevokeOrder = AboutRecipient & { readonly reason: TextRef };

type Input<P> = DecideInput<Order, P>;

type Found = { readonly order: Order; readonly receipt: Receipt } | { readonly refusal: Refusal };

export function recipientIn(order: Order | undefined, courtId: string | undefined): Found {
  if (!order) return { refusal: refusal("NO_SUCH_RECORD") };
  if (courtId === undefined && order.receipts.length > 1) {
    return { refusal: refusal("WHICH_RECIPIENT", { ruleId: "ORD-17" }) };
  }
  const receipt = courtId === undefined ? order.receipts[0] : receiptOf(order, courtId);
  return receipt
    ? { order, receipt }
    : { refusal: refusal("NOT_A_RECIPIENT", { ruleId: "ORD-17" }) };
}

/** The recipient whose feedback is settled, if that is the one that was read. */
function fedBack({ entity, payload }: Input<Settle>): Found {
  const found = recipientIn(entity, payload.courtId);
  if ("refusal" in found) return found;
  const wrong = receiptRefusal(found.receipt, ["FEEDBACK"]);
  if (wrong) return { refusal: wrong };
  const last = found.receipt.steps.at(-1)?.at;
  return payload.feedbackAt === undefined || payload.feedbackAt === last
    ? found
    : { refusal: refusal("FEEDBACK_CHANGED", { ruleId: "ORD-17" }) };
}

export function acceptFeedback(input: Input<AcceptOrder>): Decision<DomainEvent> {
  const found = fedBack(input);
  if ("refusal" in found) return { ok: false, refusal: found.refusal };
  const { order, receipt } = found;
  const lent = lending(order, receipt, input.state);
  if (lent.refusal) return { ok: false, refusal: lent.refusal };
  return accept(
    orderEvent(input.id, "OrderAccepted", { courtId: receipt.courtId }),
    ...lent.events,
  );
}

/** To be done again: to the old due time unless a new one is given. */
export function sendBack(input: Input<ReturnOrder>): Decision<DomainEvent> {
  const { id, now, payload } = input;
  const { text, dueAt } = payload;
  if (dueAt !== undefined && dueAt <= now) return refuse("DUE_IN_THE_PAST", { ruleId: "ORD-7" });
  const found = fedBack(input);
  if ("refusal" in found) return { ok: false, refusal: found.refusal };
  const { courtId } = found.receipt;
  return accept(
    orderEvent(id, "OrderReturned", {
      courtId,
      text,
      ...(dueAt === undefined ? {} : { dueAt }),
      clocks: dueClock(courtId, found.order.urgency, now, dueAt ?? found.receipt.dueAt),
    }),
  );
}

export const mayRevoke = (order: Order): Refusal | undefined =>
  isDone(order) ? refusal("ORDER_DONE", { ruleId: "ORD-9" }) : effectStands(order);

/** For one recipient that has not been accepted, or for all that are left. */
export function revoke({
  id,
  entity,
  payload: { courtId, reason },
  state,
}: Input<RevokeOrder>): Decision<DomainEvent> {
  if (courtId === undefined) {
    return accept(orderEvent(id, "OrderRevoked", { reason }), ...liftedByRevoking(entity, state));
  }
  const found = recipientIn(entity, courtId);
  if ("refusal" in found) return { ok: false, refusal: found.refusal };
  const { receipt, order } = found;
  if (receipt.state === "ACCEPTED" || receipt.revoked) {
    return refuse("ORDER_DONE", { ruleId: "ORD-9" });
  }
  return accept(
    orderEvent(id, "OrderRevoked", { courtId, reason }),
    ...liftedByRevoking(order, state),
  );
}
