import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import { refKey } from "../kernel/ref.ts";
import { DESK_CLOCK } from "./desk.ts";
import type { ShiftEvent } from "./events.ts";
import type { HandoverItem, HandoverList, Matter, Shift } from "./state.ts";

type Of<T extends ShiftEvent["type"]> = Extract<ShiftEvent, { type: T }>;
type Later = Exclude<ShiftEvent, { type: "ShiftScheduled" }> | ClockRaised;

export function evolveShift(shift: Shift | undefined, raw: DomainEvent, meta: EventMeta): Shift {
  const event = raw as ShiftEvent | ClockRaised;
  if (event.type === "ShiftScheduled") return scheduled(event, meta);
  if (!shift) throw new Error(`${event.type} before ShiftScheduled`);
  return changed(shift, event, meta);
}

function changed(shift: Shift, event: Later, meta: EventMeta): Shift {
  switch (event.type) {
    case "ClockRaised":
      return { ...shift, clocks: foldClockRaised(shift.clocks, event) };
    case "ShiftCancelled":
      return { ...signedFor(shift, meta), state: "CANCELLED" };
    case "ShiftSigned":
      return signed(shift, event, meta);
    case "ShiftHandedOver":
      return handedOver(shift, event, meta);
    case "DeskUnsigned":
      return {
        ...shift,
        unsignedSince: shift.unsignedSince ?? event.data.dueAt,
        clocks: withClocks(shift.clocks, event.data.clocks, meta),
      };
    default:
      return { ...shift, list: listAfter(shift, event, meta) };
  }
}

function scheduled({ ref, data }: Of<"ShiftScheduled">, meta: EventMeta): Shift {
  const { belongs, clocks, ...content } = data;
  return {
    ...newRecord("shift", ref.id, belongs, meta),
    ...content,
    state: "SCHEDULED",
    clocks: withClocks({}, clocks, meta),
  };
}

/** Its desk clock waits no longer, and what it flagged is over. */
function signedFor(shift: Shift, meta: EventMeta): Shift {
  const { unsignedSince: _over, ...rest } = shift;
  return { ...rest, clocks: endClocks(shift.clocks, [DESK_CLOCK], meta.at) };
}

const signed = (shift: Shift, { data }: Of<"ShiftSigned">, meta: EventMeta): Shift => ({
  ...signedFor(shift, meta),
  state: "ON",
  signedAt: meta.at,
  ...(data.previousId ? { previousId: data.previousId } : {}),
  clocks: withClocks(shift.clocks, data.clocks, meta),
});

function handedOver(shift: Shift, { data }: Of<"ShiftHandedOver">, meta: EventMeta): Shift {
  const list = shift.list ?? noList(meta);
  const added = data.added.map((matter): HandoverItem => ({ ...matter, late: true }));
  return {
    ...signedFor(shift, meta),
    state: "HANDED_OVER",
    handedOverAt: meta.at,
    nextId: data.nextId,
    list: { ...list, items: [...list.items, ...added] },
  };
}

const noList = (meta: EventMeta): HandoverList => ({
  preparedAt: meta.at,
  preparedBy: meta.by,
  items: [],
});

type OfList = Extract<ShiftEvent, { type: `Handover${string}` }>;

function listAfter(shift: Shift, event: OfList, meta: EventMeta): HandoverList {
  const list = shift.list ?? noList(meta);
  switch (event.type) {
    case "HandoverPrepared":
      return { ...noList(meta), items: withMarks(event.data.matters, list.items) };
    case "HandoverMarked":
      return { ...list, items: list.items.map((item) => marked(item, event, meta)) };
    case "HandoverOffered": {
      const { returned: _answered, ...rest } = list;
      return { ...rest, offered: { ...event.data, at: meta.at, by: meta.by } };
    }
    case "HandoverReturned": {
      const { offered: _declined, ...rest } = list;
      return { ...rest, returned: { at: meta.at, by: meta.by, reason: event.data.reason } };
    }
  }
}

/** Made anew: what was said of a matter that is still open stays said. */
function withMarks(matters: readonly Matter[], old: readonly HandoverItem[]): HandoverItem[] {
  const marks = new Map(old.map((item) => [refKey(item.ref), item.mark]));
  return matters.map((matter) => {
    const mark = marks.get(refKey(matter.ref));
    return mark ? { ...matter, mark } : { ...matter };
  });
}

function marked(item: HandoverItem, { data }: Of<"HandoverMarked">, meta: EventMeta) {
  if (!data.keys.includes(refKey(item.ref))) return item;
  const note = data.note ? { note: data.note } : {};
  return { ...item, mark: { done: data.done, by: meta.by, at: meta.at, ...note } };
}
