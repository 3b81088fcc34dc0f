import { type AudienceEntry, courtViews, uniqueViews } from "../authority/audience.ts";
import { clockDeadlines } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { ORDER_COMMANDS } from "./commands.ts";
import { ORDER_EVENT_TYPES, type OrderEvent } from "./events.ts";
import { evolveOrder } from "./evolve.ts";
import { projectOrder } from "./project.ts";
import { isDone, orderState } from "./receipt.ts";
import { ORDER_REFUSALS } from "./refusals.ts";
import type { Order } from "./state.ts";

const audiences = (order: Order): readonly AudienceEntry[] =>
  uniqueViews([
    ...courtViews(order.courtId, "issuer"),
    ...order.receipts.flatMap((receipt) => courtViews(receipt.courtId, "recipient")),
    ...order.copiedCourtIds.flatMap((courtId) => courtViews(courtId, "copied")),
  ]);

/** Reaching the screen changes nothing that the issuer decided on. */
function standing(order: Order): string {
  const state = orderState(order);
  return state === "DELIVERED" ? "ISSUED" : state;
}

const LINES: Readonly<Record<OrderEvent["type"] | "ClockRaised", Bilingual>> = {
  OrderIssued: { zh: "指令下达", en: "Order issued" },
  OrderDelivered: { zh: "指令送达", en: "Order delivered" },
  OrderSigned: { zh: "指令签收", en: "Order signed" },
  OrderProgressed: { zh: "指令办理中", en: "Order in progress" },
  OrderFedBack: { zh: "指令反馈", en: "Order fed back" },
  OrderAccepted: { zh: "指令核销", en: "Order accepted" },
  OrderReturned: { zh: "指令退回重办", en: "Order returned" },
  OrderRevoked: { zh: "指令撤销", en: "Order revoked" },
  ClockRaised: { zh: "指令逾期", en: "Order overdue" },
};

export const orderModule: EntityModule<"order"> = {
  type: "order",
  eventTypes: ORDER_EVENT_TYPES,
  commands: ORDER_COMMANDS,
  refusals: ORDER_REFUSALS,
  evolve: evolveOrder,
  standing,
  parts: (order) => ({
    issuer: [order.issuedBy],
    issuerCourt: [order.courtId],
    recipientCourt: order.receipts.map((receipt) => receipt.courtId),
    copiedCourt: order.copiedCourtIds,
  }),
  links: (order) => (order.operationId ? [`operation:${order.operationId}`] : []),
  live: (order) => !isDone(order),
  /** The operation carries the state of the order that paused it. */
  dependents: (_before, after) =>
    after.operationId ? [{ type: "operation", id: after.operationId }] : [],
  deadlines: (order) => clockDeadlines({ type: "order", id: order.id }, order.clocks),
  audiences,
  project: projectOrder,
  line: (event) => LINES[event.type as keyof typeof LINES],
};
