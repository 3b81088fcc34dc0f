import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import { issueEffect, orderAbort, orderLift, orderPause } from "./effects.ts";
import { orderEvent } from "./events.ts";
import { forcesRefusal, recall, someAreOut } from "./forces.ts";
import { inState, mayAnswerReconsideration, mayAskReconsideration } from "./guards.ts";
import { type IssueOrder, issueOrder, receivingCourt } from "./issue.ts";
import { reconsiderUntil } from "./limits.ts";
import { receiptOf } from "./receipt.ts";
import {
  type AnswerReconsideration,
  answerReconsideration,
  askReconsideration,
} from "./reconsider.ts";
import {
  type AboutRecipient,
  type AcceptOrder,
  acceptFeedback,
  mayRevoke,
  type ReturnOrder,
  type RevokeOrder,
  revoke,
  sendBack,
} from "./settle.ts";
import type { Order, OrderEffect, OrderKind } from "./state.ts";

type Empty = Record<string, never>;
type Spec = CommandSpec<Order, never>;
type Input<P> = DecideInput<Order, P>;

const newOrder = (
  kind: OrderKind,
  decide: (input: Input<IssueOrder>) => Decision<DomainEvent>,
): Spec =>
  command<Order, IssueOrder>({
    nature: "REQUEST",
    target: "NEW",
    courtOf: receivingCourt(kind),
    decide,
  });

const issue = (name: string, kind: OrderKind): Spec => newOrder(kind, issueOrder(name, kind));
const effect = (name: string, what: OrderEffect, act: Parameters<typeof issueEffect>[2]): Spec =>
  newOrder("COMMAND", issueEffect(name, what, act));

/** About the record as it is; `guard` also makes the button say why not. */
const request = <P>(
  guard: NonNullable<CommandSpec<Order, P>["guard"]>,
  decide: CommandSpec<Order, P>["decide"],
): Spec => command<Order, P>({ nature: "REQUEST", target: "EXISTING", guard, decide });

/** Every console of the court reports the delivery: one of them says something new. */
function deliver({ id, actor, entity }: Input<Empty>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { courtId } = actor;
  const delivered = entity && receiptOf(entity, courtId)?.state !== "ISSUED";
  return delivered ? accept() : accept(orderEvent(id, "OrderDelivered", { courtId }));
}

/** Twice is nothing: the first signature stays. */
function sign({ id, actor, now }: Input<Empty>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { courtId } = actor;
  return accept(orderEvent(id, "OrderSigned", { courtId, reconsiderUntil: reconsiderUntil(now) }));
}

function progress({ id, actor }: Input<Empty>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  return accept(orderEvent(id, "OrderProgressed", { courtId: actor.courtId }));
}

interface Feedback {
  readonly text: TextRef;
  /** RESOURCE: who is sent. */
  readonly officerIds?: readonly string[];
}

function feedback({ id, entity, actor, payload, state }: Input<Feedback>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  if (!entity) return refuse("NO_SUCH_RECORD");
  const wrong = forcesRefusal(entity, payload.officerIds, actor.courtId, state);
  if (wrong) return { ok: false, refusal: wrong };
  return accept(orderEvent(id, "OrderFedBack", { courtId: actor.courtId, ...payload }));
}

export const ORDER_COMMANDS: CommandSpecs<Order> = {
  "order.task": issue("order.task", "TASK"),
  "order.command": issue("order.command", "COMMAND"),
  "order.correct": issue("order.correct", "CORRECTION"),
  "order.defer": issue("order.defer", "DEFERRAL"),
  "order.reassign": issue("order.reassign", "REASSIGN"),
  "order.resource": issue("order.resource", "RESOURCE"),
  "order.pause": effect("order.pause", "PAUSE", orderPause),
  "order.liftPause": effect("order.liftPause", "LIFT_PAUSE", orderLift),
  "order.abort": effect("order.abort", "ABORT", orderAbort),
  "order.deliver": command<Order, Empty>({ nature: "FACT", target: "EXISTING", decide: deliver }),
  "order.sign": command<Order, Empty>({ nature: "FACT", target: "EXISTING", decide: sign }),
  "order.progress": request<Empty>(inState("SIGNED", "RETURNED"), progress),
  "order.feedback": request<Feedback>(inState("SIGNED", "IN_PROGRESS", "RETURNED"), feedback),
  "order.accept": request<AcceptOrder>(inState("FEEDBACK"), acceptFeedback),
  "order.return": request<ReturnOrder>(inState("FEEDBACK"), sendBack),
  "order.askReconsideration": request<{ readonly reason: TextRef }>(
    mayAskReconsideration,
    askReconsideration,
  ),
  "order.answerReconsideration": request<AnswerReconsideration>(
    mayAnswerReconsideration,
    answerReconsideration,
  ),
  "order.recall": request<AboutRecipient>(someAreOut, recall),
  "order.revoke": request<RevokeOrder>(mayRevoke, revoke),
};
