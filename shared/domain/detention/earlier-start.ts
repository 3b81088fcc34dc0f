import { type ClockStart, type Clocks, withClocks } from "../kernel/clock.ts";
import type { EventMeta } from "../kernel/event.ts";

/**
 * Starts clocks, or moves running and ended ones earlier: a late report may show that a person was
 * held before the server knew, never that the time began later or lasts longer. A clock moved keeps
 * its levels, so nothing is raised twice. A clock under another rule is a new one (S4 → S5).
 */
export function startOrMoveEarlier(
  clocks: Clocks,
  started: readonly ClockStart[],
  meta: EventMeta,
): Clocks {
  let next = clocks;
  for (const start of started) {
    const known = next[start.name];
    next =
      known && known.ruleId === start.ruleId
        ? { ...next, [start.name]: earlierOf(known, start) }
        : withClocks(next, [start], meta);
  }
  return next;
}

function earlierOf(known: Clocks[string], start: ClockStart): Clocks[string] {
  const startAt = Math.min(known.startAt, start.startAt);
  const dueAt = Math.min(known.dueAt, start.dueAt);
  const overran = known.endedAt !== undefined && known.endedAt > dueAt;
  return { ...known, startAt, dueAt, ...(overran ? { overran } : {}) };
}
