import { relationOf } from "../authority/relation.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { operationEvent } from "../operation/events.ts";
import { notEnded } from "../operation/guards.ts";
import type { Operation } from "../operation/state.ts";
import { hasMovedCase } from "./assigned-case.ts";
import { type IssueOrder, type Issuer, issued, issueRefusal } from "./issue.ts";
import type { Order, OrderEffect } from "./state.ts";

/** 指挥 that pauses, resumes or ends an operation at once. */
type Input = DecideInput<Order, IssueOrder>;

type Effect = (
  operation: Operation,
  issuer: Issuer,
  input: Input,
) => { readonly wrong: Refusal | undefined; readonly event: DomainEvent };

/** A pause may outlive its operation, and is lifted then too. */
const overRefusal = (effect: OrderEffect, operation: Operation, state: StateReader) =>
  effect === "LIFT_PAUSE" && operation.pauseOrder ? undefined : notEnded(operation, state);

/** An order and what it does to the operation are one decision. */
export const issueEffect =
  (command: string, effect: OrderEffect, act: Effect) =>
  (input: Input): Decision<DomainEvent> => {
    const { actor, payload, state } = input;
    if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
    if (payload.operationId === undefined) return refuse("NO_SUCH_OPERATION", { ruleId: "ORD-2" });
    const wrong = issueRefusal(command, "COMMAND", input, actor, true);
    if (wrong) return { ok: false, refusal: wrong };
    const operation = state.get("operation", payload.operationId);
    if (!operation) return refuse("NO_SUCH_OPERATION", { ruleId: "ORD-2" });
    const done = act(operation, actor, input);
    const law = overRefusal(effect, operation, state) ?? done.wrong;
    if (law) return { ok: false, refusal: law };
    return accept(...issued("COMMAND", input, actor, effect), done.event);
  };

/** The issuer's court or one above it: the same court, or an ancestor of it. */
const mayOverrule = (actorCourtId: string, pauserCourtId: string, state: StateReader): boolean =>
  ["own", "down"].includes(relationOf(actorCourtId, { courtId: pauserCourtId }, state));

const named = (courtId: string, state: StateReader) => ({
  courtId,
  court: state.get("court", courtId)?.name ?? courtId,
});

/** A pause that stands is replaced only by a court above its issuer, whose own it then is. */
export const orderPause: Effect = (
  { id, pauseOrder },
  issuer,
  { id: orderId, payload, state },
) => ({
  wrong:
    pauseOrder &&
    (pauseOrder.byCourtId === issuer.courtId ||
      !mayOverrule(issuer.courtId, pauseOrder.byCourtId, state))
      ? refusal("PAUSED_ALREADY", { ruleId: "ORD-4", params: named(pauseOrder.byCourtId, state) })
      : undefined,
  event: operationEvent(id, "OperationPauseOrdered", {
    byCourtId: issuer.courtId,
    byOfficerId: issuer.officerId,
    orderId,
    reason: payload.body,
  }),
});

function liftRefusal({ pauseOrder }: Operation, issuer: Issuer, state: StateReader) {
  if (!pauseOrder) return refusal("NO_PAUSE_TO_LIFT", { ruleId: "ORD-5" });
  return mayOverrule(issuer.courtId, pauseOrder.byCourtId, state)
    ? undefined
    : refusal("NOT_THE_PAUSER", { ruleId: "ORD-5", params: named(pauseOrder.byCourtId, state) });
}

export const orderLift: Effect = (operation, issuer, { id: orderId, state }) => ({
  wrong: liftRefusal(operation, issuer, state),
  event: operationEvent(operation.id, "OperationPauseLifted", {
    byCourtId: issuer.courtId,
    orderId,
  }),
});

export const orderAbort: Effect = ({ id }, issuer, { id: orderId, payload }) => ({
  wrong: undefined,
  event: operationEvent(id, "OperationAborted", {
    reason: payload.body,
    byCourtId: issuer.courtId,
    orderId,
  }),
});

/** Taking back a pause order that stands lifts the pause. */
export function liftedByRevoking(order: Order | undefined, state: StateReader): DomainEvent[] {
  const operation = state.get("operation", order?.operationId ?? "");
  if (!order || operation?.pauseOrder?.orderId !== order.id) return [];
  return [
    operationEvent(operation.id, "OperationPauseLifted", {
      byCourtId: order.courtId,
      orderId: order.id,
    }),
  ];
}

/** What an order did cannot be undone by taking it back, except a pause that still stands. */
export const effectStands = (order: Order): Refusal | undefined =>
  order.effect === "ABORT" || order.effect === "LIFT_PAUSE" || hasMovedCase(order)
    ? refusal("EFFECT_STANDS", { ruleId: "ORD-10" })
    : undefined;
