import type { QueueItem } from "./queue-item.ts";

/** By urgency, then by the clock, then by id so that equal rows never swap places (CON-1). */
export const inOrder = (items: readonly QueueItem[]): QueueItem[] =>
  [...items].sort((a, b) => a.rank - b.rank || byDue(a, b) || (a.key < b.key ? -1 : 1));

/** `Infinity - Infinity` is no order. */
const byDue = (a: QueueItem, b: QueueItem): number => (a.dueAt === b.dueAt ? 0 : a.dueAt - b.dueAt);

/**
 * The order under the pointer: rows that were there keep their places, what ended leaves, what is
 * new comes last (the alarm bar is where a new alarm shows first) (CON-2).
 */
export function heldOrder(held: readonly string[], sorted: readonly QueueItem[]): QueueItem[] {
  const byKey = new Map(sorted.map((item) => [item.key, item]));
  const kept = held.flatMap((key) => byKey.get(key) ?? []);
  const known = new Set(held);
  return [...kept, ...sorted.filter((item) => !known.has(item.key))];
}

/** How many rows would stand elsewhere if the order were let go. */
export const displaced = (shown: readonly QueueItem[], sorted: readonly QueueItem[]): number =>
  shown.filter((item, at) => sorted[at]?.key !== item.key).length;
