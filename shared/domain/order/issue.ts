import { relationOf, tierPathOf } from "../authority/relation.ts";
import { belongsTo } from "../court/belongs.ts";
import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { operationEvent } from "../operation/events.ts";
import { notEnded } from "../operation/guards.ts";
import type { Operation } from "../operation/state.ts";
import { orderEvent } from "./events.ts";
import { DUE_CLOCK } from "./evolve.ts";
import type { Order, OrderEffect } from "./state.ts";

export interface IssueOrder {
  readonly toCourtId: string;
  readonly operationId?: string;
  readonly caseNo?: string;
  readonly urgency: Order["urgency"];
  readonly body: TextRef;
  readonly dueAt?: number;
}

type Input = DecideInput<Order, IssueOrder>;
interface Issuer {
  readonly officerId: string;
  readonly courtId: string;
}

/** Authority is judged by the operation's court, whatever court the order is addressed to. */
export const receivingCourt = (payload: IssueOrder, state: StateReader): string =>
  state.get("operation", payload.operationId ?? "")?.courtId ?? payload.toCourtId;

export const dueClock = (now: number, dueAt: number | undefined): readonly ClockStart[] =>
  dueAt === undefined ? [] : [startClock(DUE_CLOCK, "ORDER-DUE", now, dueAt - now)];

/** Courts between issuer and recipient: an order that skips a tier is copied to them. */
function skippedCourts(fromCourtId: string, toCourtId: string, state: StateReader): string[] {
  const path = tierPathOf(state, toCourtId);
  return path.slice(path.indexOf(fromCourtId) + 1, -1);
}

function addressRefusal({ payload, state, now }: Input): Refusal | undefined {
  const { operationId, toCourtId, dueAt } = payload;
  if (!state.get("court", toCourtId)) return refusal("NO_SUCH_COURT");
  if (dueAt !== undefined && dueAt <= now) return refusal("DUE_IN_THE_PAST", { ruleId: "ORD-7" });
  if (operationId === undefined) return undefined;
  const operation = state.get("operation", operationId);
  if (!operation) return refusal("NO_SUCH_OPERATION", { ruleId: "ORD-2" });
  return operation.courtId === toCourtId
    ? undefined
    : refusal("ORDER_TO_ANOTHER_COURT", { ruleId: "ORD-2" });
}

function issued(
  { id, payload, state, now }: Input,
  issuer: Issuer,
  effect: OrderEffect | undefined,
): DomainEvent {
  const { toCourtId, ...content } = payload;
  return orderEvent(id, "OrderIssued", {
    ...content,
    belongs: belongsTo(state, issuer.courtId),
    kind: effect ? "COMMAND" : "TASK",
    ...(effect ? { effect } : {}),
    issuedBy: issuer.officerId,
    toCourtIds: [toCourtId],
    copiedCourtIds: skippedCourts(issuer.courtId, toCourtId, state),
    clocks: dueClock(now, payload.dueAt),
  });
}

/** 任务: to a court below, with or without an operation. */
export function issueTask(input: Input): Decision<DomainEvent> {
  if (input.actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const wrong = addressRefusal(input);
  if (wrong) return { ok: false, refusal: wrong };
  return accept(issued(input, input.actor, undefined));
}

type Effect = (
  operation: Operation,
  issuer: Issuer,
  input: Input,
) => { readonly wrong: Refusal | undefined; readonly event: DomainEvent };

/** 指挥: an order and what it does to the operation are one decision. */
export const issueCommand =
  (effect: OrderEffect, act: Effect) =>
  (input: Input): Decision<DomainEvent> => {
    const { actor, payload, state } = input;
    if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
    if (payload.operationId === undefined) return refuse("NO_SUCH_OPERATION", { ruleId: "ORD-2" });
    const wrong = addressRefusal(input);
    if (wrong) return { ok: false, refusal: wrong };
    const operation = state.get("operation", payload.operationId);
    if (!operation) return refuse("NO_SUCH_OPERATION", { ruleId: "ORD-2" });
    const done = act(operation, actor, input);
    const law = notEnded(operation, state) ?? done.wrong;
    if (law) return { ok: false, refusal: law };
    return accept(issued(input, actor, effect), done.event);
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
