import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { answerClock, dueClock, dueClockOf } from "./clocks.ts";
import { effectStands, liftedByRevoking } from "./effects.ts";
import { orderEvent } from "./events.ts";
import { isReconsidered, receiptOf } from "./receipt.ts";
import { type AboutRecipient, recipientIn } from "./settle.ts";
import type { Order, Receipt, ReconsiderationOutcome } from "./state.ts";

export interface AnswerReconsideration extends AboutRecipient {
  readonly outcome: ReconsiderationOutcome;
  readonly text: TextRef;
  /** With CHANGED: the new due time. */
  readonly dueAt?: number;
}

type Input<P> = DecideInput<Order, P>;

/**
 * A correction is obeyed meanwhile (执行规定 72), and what an order did to an operation stands: a
 * paused team stays paused. Every other duty rests until the answer.
 */
const suspends = ({ kind, effect }: Order): boolean => kind !== "CORRECTION" && !effect;

export function askReconsideration({
  id,
  entity,
  actor,
  payload,
  now,
}: Input<{ readonly reason: TextRef }>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { courtId } = actor;
  if (!entity || !receiptOf(entity, courtId))
    return refuse("NOT_A_RECIPIENT", { ruleId: "ORD-18" });
  const due = entity.clocks[dueClockOf(courtId)];
  const rests = suspends(entity);
  return accept(
    orderEvent(id, "OrderReconsiderationRequested", {
      courtId,
      reason: payload.reason,
      suspends: rests,
      ...(rests && due && due.endedAt === undefined ? { leftMs: due.dueAt - now } : {}),
      clocks: [answerClock(courtId, now)],
    }),
  );
}

export function answerReconsideration({
  id,
  entity,
  payload,
  state,
  now,
}: Input<AnswerReconsideration>): Decision<DomainEvent> {
  const { outcome, text, dueAt } = payload;
  const found = recipientIn(entity, payload.courtId);
  if ("refusal" in found) return { ok: false, refusal: found.refusal };
  const { order, receipt } = found;
  if (receipt.revoked || !isReconsidered(receipt)) {
    return refuse("NO_RECONSIDERATION", { ruleId: "ORD-18" });
  }
  const newDue = outcome === "CHANGED" ? dueAt : undefined;
  if (newDue !== undefined && newDue <= now) return refuse("DUE_IN_THE_PAST", { ruleId: "ORD-7" });
  if (outcome === "REVOKED") return withdrawn(order, receipt, text, state);
  const due = newDue ?? resumedDue(receipt, now);
  return accept(
    orderEvent(id, "OrderReconsiderationAnswered", {
      courtId: receipt.courtId,
      outcome,
      text,
      ...(due === undefined ? {} : { dueAt: due }),
      clocks: waits(receipt) ? dueClock(receipt.courtId, order.urgency, now, due) : [],
    }),
  );
}

/** Taken back for this recipient; an abort that has taken effect cannot be. */
function withdrawn(
  order: Order,
  { courtId }: Receipt,
  text: TextRef,
  state: StateReader,
): Decision<DomainEvent> {
  const stands = effectStands(order);
  if (stands) return { ok: false, refusal: stands };
  return accept(
    orderEvent(order.id, "OrderReconsiderationAnswered", {
      courtId,
      outcome: "REVOKED",
      text,
      clocks: [],
    }),
    ...liftedByRevoking(order, state),
  );
}

/** The time that was left when the duty came to rest goes on from the answer. */
const resumedDue = ({ reconsideration }: Receipt, now: number): number | undefined =>
  reconsideration?.leftMs === undefined ? undefined : now + reconsideration.leftMs;

/** Feedback may have been given meanwhile: rest is a right, not a ban. */
const waits = ({ state }: Receipt): boolean => state !== "FEEDBACK" && state !== "ACCEPTED";
