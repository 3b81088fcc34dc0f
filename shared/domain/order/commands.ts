import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { operationEvent } from "../operation/events.ts";
import { type OrderEvent, orderEvent } from "./events.ts";
import {
  dueClock,
  type IssueOrder,
  issueCommand,
  issueTask,
  orderAbort,
  orderLift,
  orderPause,
  receivingCourt,
} from "./issue.ts";
import { isDone, orderState } from "./receipt.ts";
import type { Order, ReceiptState } from "./state.ts";

type Empty = Record<string, never>;
type Spec = CommandSpec<Order, never>;
type Input<P> = DecideInput<Order, P>;

const issue = (decide: (input: Input<IssueOrder>) => Decision<DomainEvent>): Spec =>
  command<Order, IssueOrder>({
    nature: "REQUEST",
    target: "NEW",
    courtOf: receivingCourt,
    decide,
  });

const inState =
  (...states: readonly ReceiptState[]) =>
  (order: Order): Refusal | undefined => {
    const state = orderState(order);
    if (state === "REVOKED") return refusal("ORDER_REVOKED", { ruleId: "ORD-9" });
    return states.includes(state)
      ? undefined
      : refusal("ORDER_NOT_READY", {
          ruleId: "ORD-8",
          params: { state, needed: states.join(",") },
        });
  };

type ReceiptEvent = Extract<
  OrderEvent["type"],
  "OrderDelivered" | "OrderSigned" | "OrderProgressed"
>;

const receipt =
  (type: ReceiptEvent) =>
  ({ id, actor, entity }: Input<Empty>): Decision<DomainEvent> => {
    if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
    const { courtId } = actor;
    // Every console of the court reports the delivery: one of them says something new.
    const delivered = entity?.receipts.some((r) => r.courtId === courtId && r.state !== "ISSUED");
    if (type === "OrderDelivered" && delivered) return accept();
    return accept(orderEvent(id, type, { courtId }));
  };

/** Delivered, signed: it happened on their screen, and twice is nothing. */
const receiptFact = (type: ReceiptEvent): Spec =>
  command<Order, Empty>({ nature: "FACT", target: "EXISTING", decide: receipt(type) });

function feedback({
  id,
  actor,
  payload,
}: Input<{ readonly text: TextRef }>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  return accept(orderEvent(id, "OrderFedBack", { courtId: actor.courtId, text: payload.text }));
}

interface ReturnOrder {
  readonly text: TextRef;
  readonly dueAt?: number;
}

function sendBack({ id, entity, payload, now }: Input<ReturnOrder>): Decision<DomainEvent> {
  if (payload.dueAt !== undefined && payload.dueAt <= now) {
    return refuse("DUE_IN_THE_PAST", { ruleId: "ORD-7" });
  }
  const clocks = dueClock(now, payload.dueAt ?? entity?.dueAt);
  return accept(orderEvent(id, "OrderReturned", { ...payload, clocks }));
}

/** What an order did cannot be undone by taking it back, except a pause that still stands. */
function mayRevoke(order: Order): Refusal | undefined {
  if (isDone(order)) return refusal("ORDER_DONE", { ruleId: "ORD-9" });
  return order.effect === "ABORT" || order.effect === "LIFT_PAUSE"
    ? refusal("EFFECT_STANDS", { ruleId: "ORD-10" })
    : undefined;
}

function liftedByRevoking(order: Order | undefined, state: StateReader): DomainEvent[] {
  const operation = state.get("operation", order?.operationId ?? "");
  if (!order || operation?.pauseOrder?.orderId !== order.id) return [];
  return [
    operationEvent(operation.id, "OperationPauseLifted", {
      byCourtId: order.courtId,
      orderId: order.id,
    }),
  ];
}

export const ORDER_COMMANDS: CommandSpecs<Order> = {
  "order.task": issue(issueTask),
  "order.pause": issue(issueCommand("PAUSE", orderPause)),
  "order.liftPause": issue(issueCommand("LIFT_PAUSE", orderLift)),
  "order.abort": issue(issueCommand("ABORT", orderAbort)),
  "order.deliver": receiptFact("OrderDelivered"),
  "order.sign": receiptFact("OrderSigned"),
  "order.progress": command<Order, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: inState("SIGNED", "RETURNED"),
    decide: receipt("OrderProgressed"),
  }),
  "order.feedback": command<Order, { readonly text: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: inState("SIGNED", "IN_PROGRESS", "RETURNED"),
    decide: feedback,
  }),
  "order.accept": command<Order, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: inState("FEEDBACK"),
    decide: ({ id }) => accept(orderEvent(id, "OrderAccepted", {})),
  }),
  "order.return": command<Order, ReturnOrder>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: inState("FEEDBACK"),
    decide: sendBack,
  }),
  "order.revoke": command<Order, { readonly reason: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayRevoke,
    decide: ({ id, entity, payload, state }) =>
      accept(
        orderEvent(id, "OrderRevoked", { reason: payload.reason }),
        ...liftedByRevoking(entity, state),
      ),
  }),
};
