import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { OrderEvent } from "./events.ts";
import { sentBack, stepped } from "./receipt.ts";
import type { Order, ReceiptState } from "./state.ts";

/** Name of the clock that waits for feedback. */
export const DUE_CLOCK = "due";

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
      return { ...order, clocks: foldClockRaised(order.clocks, event) };
    case "OrderDelivered":
      return at(order, "DELIVERED", event.data.courtId, meta);
    case "OrderSigned":
      return at(order, "SIGNED", event.data.courtId, meta);
    case "OrderProgressed":
      return at(order, "IN_PROGRESS", event.data.courtId, meta);
    case "OrderFedBack":
      return withoutDue(at(order, "FEEDBACK", event.data.courtId, meta, event.data.text), meta);
    case "OrderAccepted":
      return withoutDue(
        { ...order, receipts: order.receipts.map((r) => stepped(r, step("ACCEPTED", meta))) },
        meta,
      );
    case "OrderReturned":
      return returned(order, event, meta);
    case "OrderRevoked": {
      const { reason } = event.data;
      return withoutDue({ ...order, revoked: { at: meta.at, by: meta.by, reason } }, meta);
    }
  }
}

const step = (state: ReceiptState, meta: EventMeta, text?: TextRef) => ({
  state,
  at: meta.at,
  by: meta.by,
  ...(text ? { text } : {}),
});

function issued(event: Extract<OrderEvent, { type: "OrderIssued" }>, meta: EventMeta): Order {
  const { belongs, toCourtIds, clocks, ...content } = event.data;
  return {
    ...newRecord("order", event.ref.id, belongs, meta),
    ...content,
    issuedAt: meta.at,
    receipts: toCourtIds.map((courtId) => ({
      courtId,
      state: "ISSUED",
      steps: [step("ISSUED", meta)],
    })),
    clocks: withClocks({}, clocks, meta),
  };
}

const at = (
  order: Order,
  state: ReceiptState,
  courtId: string,
  meta: EventMeta,
  text?: TextRef,
): Order => ({
  ...order,
  receipts: order.receipts.map((receipt) =>
    receipt.courtId === courtId ? stepped(receipt, step(state, meta, text)) : receipt,
  ),
});

const withoutDue = (order: Order, meta: EventMeta): Order => ({
  ...order,
  clocks: endClocks(order.clocks, [DUE_CLOCK], meta.at),
});

/** To be done again: the clock runs anew, to the old due time unless a new one is given. */
function returned(
  order: Order,
  { data }: Extract<OrderEvent, { type: "OrderReturned" }>,
  meta: EventMeta,
): Order {
  return {
    ...order,
    ...(data.dueAt === undefined ? {} : { dueAt: data.dueAt }),
    receipts: order.receipts.map((r) => sentBack(r, step("RETURNED", meta, data.text))),
    clocks: withClocks(order.clocks, data.clocks, meta),
  };
}
