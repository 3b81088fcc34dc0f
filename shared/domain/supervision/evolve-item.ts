import type { EventMeta } from "../kernel/event.ts";
import type { SupervisionEvent } from "./events.ts";
import type { Evidence, RectificationItem } from "./state.ts";

/** The rectification list after an event; others leave it as it is. */
export function evolveItem(
  items: readonly RectificationItem[],
  event: Exclude<SupervisionEvent, { type: "SupervisionOpened" }>,
  meta: EventMeta,
): readonly RectificationItem[] {
  switch (event.type) {
    case "SupervisionItemAdded": {
      const { clocks: _clocks, ...item } = event.data;
      return [...items, { ...item, shown: [] }];
    }
    case "SupervisionItemEvidenced": {
      const piece = { text: event.data.evidence, at: meta.at, by: meta.by };
      return changed(items, event.data.itemId, (item) => handedIn(item, piece));
    }
    case "SupervisionItemReturned":
      return changed(items, event.data.itemId, ({ evidence: _evidence, ...item }) => ({
        ...item,
        shown: item.shown.map((each) => ({ returnedAt: meta.at, ...each })),
        dueAt: event.data.dueAt,
        returned: { text: event.data.text, at: meta.at },
      }));
    case "SupervisionItemClosed":
      return changed(items, event.data.itemId, (item) => ({
        ...item,
        closed: {
          at: meta.at,
          by: meta.by,
          ...(event.data.evidenceNo === undefined ? {} : { evidenceNo: event.data.evidenceNo }),
        },
      }));
    default:
      return items;
  }
}

function handedIn(item: RectificationItem, piece: Omit<Evidence, "no">): RectificationItem {
  const evidence = { no: item.shown.length + 1, ...piece };
  return { ...item, shown: [...item.shown, evidence], evidence };
}

const changed = (
  items: readonly RectificationItem[],
  itemId: string,
  change: (item: RectificationItem) => RectificationItem,
): readonly RectificationItem[] =>
  items.map((item) => (item.itemId === itemId ? change(item) : item));
