import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import { answerClockOf, dueClockOf, TOLD_ABOVE_LEVEL } from "./clocks.ts";
import type { OrderEvent } from "./events.ts";
import { sentBack, stepped } from "./receipt.ts";
import type { Order, Receipt, ReceiptState } from "./state.ts";

type Event<T extends OrderEvent["type"]> = Extract<OrderEvent, { type: T }>;
type Later = Exclude<OrderEvent, { type: "OrderIssued" }> | ClockRaised;

export function evolveOrder(order: Order | undefined, raw: DomainEvent, meta: EventMeta): Order {
  const event = raw as OrderEvent | ClockRaised;
  if (event.type === "OrderIssued") return issued(event, meta);
  if (!order) throw new Error(`${event.type} before OrderIssued`);
  return changed(order, event, meta);
}

function changed(order: Order, event: Later, meta: EventMeta): Order {
  switch (event.type) {
    case "ClockRaised":
      return raised(order, event);
    case "OrderDelivered":
      return at(order, event.data.courtId, (r) => stepped(r, step("DELIVERED", meta)));
    case "OrderSigned":
      return at(order, event.data.courtId, (r) => signed(r, event, meta));
    case "OrderProgressed":
      return at(order, event.data.courtId, (r) => stepped(r, step("IN_PROGRESS", meta)));
    case "OrderFedBack":
    case "OrderAccepted":
      return finished(order, event, meta);
    case "OrderForcesRecalled":
      return recalled(order, event, meta);
    case "OrderReturned":
      return returned(order, event, meta);
    case "OrderReconsiderationRequested":
      return asked(order, event, meta);
    case "OrderReconsiderationAnswered":
      return answered(order, event, meta);
    case "OrderRevoked":
      return revoked(order, event, meta);
    case "OrderSuperseded":
      return over({ ...order, supersededBy: { orderId: event.data.byOrderId, at: meta.at } }, meta);
  }
}

/** What the court above was told once it keeps seeing, whatever due time is set afterwards. */
function raised(order: Order, event: ClockRaised): Order {
  const next = { ...order, clocks: foldClockRaised(order.clocks, event) };
  return isLongOverdue(next) ? { ...next, toldAbove: true } : next;
}

const isLongOverdue = ({ receipts, clocks }: Order): boolean =>
  receipts.some(({ courtId }) => (clocks[dueClockOf(courtId)]?.level ?? 0) >= TOLD_ABOVE_LEVEL);

const step = (state: ReceiptState, meta: EventMeta, text?: TextRef) => ({
  state,
  at: meta.at,
  by: meta.by,
  ...(text ? { text } : {}),
});

function issued(event: Event<"OrderIssued">, meta: EventMeta): Order {
  const { belongs, recipients, clocks, ...content } = event.data;
  const addressed = new Set(recipients.map(({ courtId }) => courtId));
  const copied = new Set(recipients.flatMap(({ copiedCourtIds }) => copiedCourtIds));
  return {
    ...newRecord("order", event.ref.id, belongs, meta),
    ...content,
    issuedAt: meta.at,
    receipts: recipients.map((recipient) => ({
      ...recipient,
      state: "ISSUED",
      steps: [step("ISSUED", meta)],
      ...(content.dueAt === undefined ? {} : { dueAt: content.dueAt }),
    })),
    copiedCourtIds: [...copied].filter((courtId) => !addressed.has(courtId)),
    clocks: withClocks({}, clocks, meta),
  };
}

const at = (order: Order, courtId: string, change: (receipt: Receipt) => Receipt): Order => ({
  ...order,
  receipts: order.receipts.map((receipt) =>
    receipt.courtId === courtId ? change(receipt) : receipt,
  ),
});

const ended = (order: Order, names: readonly string[], meta: EventMeta): Order => ({
  ...order,
  clocks: endClocks(order.clocks, names, meta.at),
});

/** Everything that ran for this order stops. */
const over = (order: Order, meta: EventMeta): Order =>
  ended(order, Object.keys(order.clocks), meta);

/** The first signature counts, and with it the time for reconsideration. */
function signed(receipt: Receipt, { data }: Event<"OrderSigned">, meta: EventMeta): Receipt {
  const next = stepped(receipt, step("SIGNED", meta));
  return next === receipt || receipt.reconsiderUntil !== undefined
    ? next
    : { ...next, reconsiderUntil: data.reconsiderUntil };
}

function finished(
  order: Order,
  event: Event<"OrderFedBack"> | Event<"OrderAccepted">,
  meta: EventMeta,
): Order {
  const { courtId } = event.data;
  const done =
    event.type === "OrderFedBack"
      ? step("FEEDBACK", meta, event.data.text)
      : step("ACCEPTED", meta);
  return ended(
    at(order, courtId, (r) => sending(stepped(r, done), event)),
    event.type === "OrderAccepted"
      ? [dueClockOf(courtId), answerClockOf(courtId)]
      : [dueClockOf(courtId)],
    meta,
  );
}

/** To be done again: the clock runs anew, to the old due time unless a new one is given. */
function returned(order: Order, { data }: Event<"OrderReturned">, meta: EventMeta): Order {
  const next = at(order, data.courtId, (receipt) => ({
    ...sentBack(receipt, step("RETURNED", meta, data.text)),
    ...(data.dueAt === undefined ? {} : { dueAt: data.dueAt }),
  }));
  return { ...next, clocks: withClocks(next.clocks, data.clocks, meta) };
}

function asked(
  order: Order,
  { data }: Event<"OrderReconsiderationRequested">,
  meta: EventMeta,
): Order {
  const { courtId, reason, suspends, leftMs } = data;
  const next = at(order, courtId, (receipt) => ({
    ...receipt,
    reconsideration: {
      at: meta.at,
      by: meta.by,
      reason,
      suspends,
      ...(leftMs === undefined ? {} : { leftMs }),
    },
  }));
  const rested = suspends ? ended(next, [dueClockOf(courtId)], meta) : next;
  return { ...rested, clocks: withClocks(rested.clocks, data.clocks, meta) };
}

function answered(
  order: Order,
  { data }: Event<"OrderReconsiderationAnswered">,
  meta: EventMeta,
): Order {
  const { courtId, outcome, text, dueAt } = data;
  const answer = { outcome, text, at: meta.at, by: meta.by };
  const next = at(order, courtId, (receipt) => ({
    ...receipt,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(receipt.reconsideration ? { reconsideration: { ...receipt.reconsideration, answer } } : {}),
  }));
  const told = ended(next, [answerClockOf(courtId)], meta);
  if (outcome === "REVOKED") return takenBack(told, courtId, text, meta);
  return { ...told, clocks: withClocks(told.clocks, data.clocks, meta) };
}

function revoked(order: Order, { data }: Event<"OrderRevoked">, meta: EventMeta): Order {
  const { courtId, reason } = data;
  return courtId === undefined
    ? over({ ...order, revoked: { at: meta.at, by: meta.by, reason } }, meta)
    : takenBack(order, courtId, reason, meta);
}

/** When it is taken back for the last one that it stood for, the order itself is. */
function takenBack(order: Order, courtId: string, reason: TextRef, meta: EventMeta): Order {
  const mark = { at: meta.at, by: meta.by, reason };
  const next = at(order, courtId, (receipt) => ({ ...receipt, revoked: mark }));
  if (next.receipts.every((receipt) => receipt.revoked)) {
    return over({ ...next, revoked: mark }, meta);
  }
  return ended(next, [dueClockOf(courtId), answerClockOf(courtId)], meta);
}

/** The last feedback says who is sent. */
const sending = (
  receipt: Receipt,
  { data }: Event<"OrderFedBack"> | Event<"OrderAccepted">,
): Receipt =>
  "officerIds" in data && data.officerIds ? { ...receipt, forces: data.officerIds } : receipt;

const recalled = (
  order: Order,
  { data }: Event<"OrderForcesRecalled">,
  meta: EventMeta,
): Order => ({
  ...order,
  receipts: order.receipts.map((receipt) =>
    data.courtIds.includes(receipt.courtId)
      ? { ...receipt, recalled: { at: meta.at, by: meta.by } }
      : receipt,
  ),
});
