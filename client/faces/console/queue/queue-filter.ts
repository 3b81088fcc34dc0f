import type { QueueFilter } from "../../../store/ui.ts";
import type { QueueItem } from "./queue-item.ts";

const MATCHES: Readonly<Record<QueueFilter, (item: QueueItem) => boolean>> = {
  ALL: () => true,
  MINE: (item) => item.mine,
  OVERDUE: (item) => item.overdue,
};

export interface Filtered {
  readonly shown: readonly QueueItem[];
  /** How many match each tab, for its count. */
  readonly counts: Readonly<Record<QueueFilter, number>>;
  /** Keys of rows that are here although the filter leaves them out: liberty clocks (CON-3). */
  readonly forced: ReadonlySet<string>;
}

/** `courts`: the subtree that the queue is narrowed to; undefined is everything. */
export function filterQueue(
  items: readonly QueueItem[],
  filter: QueueFilter,
  courts: ReadonlySet<string> | undefined,
): Filtered {
  const here = (item: QueueItem) => courts === undefined || courts.has(item.courtId);
  const near = items.filter(here);
  const matches = (item: QueueItem) => here(item) && MATCHES[filter](item);
  const forced = items.filter((item) => item.liberty && !matches(item));
  const forcedKeys = new Set(forced.map((item) => item.key));
  return {
    shown: items.filter((item) => matches(item) || forcedKeys.has(item.key)),
    counts: {
      ALL: near.length,
      MINE: near.filter(MATCHES.MINE).length,
      OVERDUE: near.filter(MATCHES.OVERDUE).length,
    },
    forced: forcedKeys,
  };
}
