import {
  type Audience,
  type AudienceEntry,
  courtViews,
  narrowedViews,
  type Standing,
  uniqueViews,
} from "../authority/audience.ts";
import { clockDeadlines } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { assignedLink } from "./assigned-case.ts";
import { answerClockOf, dueClockOf } from "./clocks.ts";
import { ORDER_COMMANDS } from "./commands.ts";
import { deferredLink } from "./deferred-case.ts";
import { ORDER_EVENT_TYPES, type OrderEvent } from "./events.ts";
import { evolveOrder } from "./evolve.ts";
import { projectOrder, visibleReceipts } from "./project.ts";
import { isDeferring, isDone, isOut, openRecipients, orderState } from "./receipt.ts";
import { ORDER_REFUSALS } from "./refusals.ts";
import type { Order, Receipt } from "./state.ts";

/** The parent of the issuer, once an order has long been overdue. */
const courtAbove = (order: Order): string | undefined =>
  order.toldAbove ? order.tierPath.at(-2) : undefined;

/** Of several recipients none sees what another one did. */
function audiences(order: Order): readonly AudienceEntry[] {
  const views = (courtId: string, standing: Standing) =>
    order.receipts.length > 1 ? narrowedViews(courtId, standing) : courtViews(courtId, standing);
  const above = courtAbove(order);
  return uniqueViews([
    ...courtViews(order.courtId, "issuer"),
    ...order.receipts.flatMap((receipt) => views(receipt.courtId, "recipient")),
    ...order.copiedCourtIds.flatMap((courtId) => views(courtId, "copied")),
    ...(above ? courtViews(above, "parent") : []),
  ]);
}

/** Reaching the screen changes nothing that the issuer decided on. */
const stateOf = ({ state }: Receipt): string => (state === "DELIVERED" ? "ISSUED" : state);

/**
 * Of several recipients each goes its own way, and the guards say what it may do: one who signs
 * makes no request of another stale.
 */
function standing(order: Order): string {
  const whole = orderState(order);
  const over = whole === "REVOKED" || whole === "SUPERSEDED" ? whole : "";
  const [only] = order.receipts;
  if (order.receipts.length > 1 || !only) return over;
  const { reconsideration } = only;
  return `${over} ${stateOf(only)} ${reconsideration?.at} ${reconsideration?.answer?.outcome}`;
}

const LINES: Readonly<Record<OrderEvent["type"] | "ClockRaised", Bilingual>> = {
  OrderIssued: { zh: "指令下达", en: "Order issued" },
  OrderDelivered: { zh: "指令送达", en: "Order delivered" },
  OrderSigned: { zh: "指令签收", en: "Order signed" },
  OrderProgressed: { zh: "指令办理中", en: "Order in progress" },
  OrderForcesRecalled: { zh: "警力归建", en: "Forces ordered home" },
  OrderFedBack: { zh: "指令反馈", en: "Order fed back" },
  OrderAccepted: { zh: "指令核销", en: "Order accepted" },
  OrderReturned: { zh: "指令退回重办", en: "Order returned" },
  OrderReconsiderationRequested: { zh: "请求复议", en: "Reconsideration asked for" },
  OrderReconsiderationAnswered: { zh: "复议答复", en: "Reconsideration answered" },
  OrderRevoked: { zh: "指令撤销", en: "Order revoked" },
  OrderSuperseded: { zh: "指令被新指令替代", en: "Order replaced by a new one" },
  ClockRaised: { zh: "指令逾期", en: "Order overdue" },
};

/** What happened at a recipient that this audience may not see leaves no line. */
function line(event: DomainEvent, order: Order, audience: Audience): Bilingual | undefined {
  const { courtId, clock } = event.data as { readonly courtId?: string; readonly clock?: string };
  const concerns = ({ courtId: of }: Receipt) =>
    of === courtId || clock === dueClockOf(of) || clock === answerClockOf(of);
  const about = order.receipts.filter(concerns);
  const visible = visibleReceipts(order, audience);
  return about.length === 0 || about.some((receipt) => visible.includes(receipt))
    ? LINES[event.type as keyof typeof LINES]
    : undefined;
}

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
  links: (order) => [
    ...openLinks(true, openRecipients(order)),
    ...(order.operationId ? [`operation:${order.operationId}`] : []),
    ...(order.kind === "REASSIGN" && order.caseNo ? [assignedLink(order.caseNo)] : []),
    ...(order.kind === "DEFERRAL" && order.caseNo ? [deferredLink(order.caseNo)] : []),
  ],
  // Forces that are out stay on the board until they are ordered home.
  live: (order) => !isDone(order) || isDeferring(order) || order.receipts.some(isOut),
  /** The operation carries the state of the order that paused it. */
  dependents: (_before, after, state) => [
    ...(after.operationId ? [{ type: "operation" as const, id: after.operationId }] : []),
    ...((after.kind === "REASSIGN" || after.kind === "DEFERRAL") && after.caseNo
      ? state
          .linked("operation", `case:${after.caseNo}`)
          .map(({ id }) => ({ type: "operation" as const, id }))
      : []),
  ],
  deadlines: (order) => clockDeadlines({ type: "order", id: order.id }, order.clocks),
  audiences,
  project: projectOrder,
  line,
};
