import type { Clocks } from "../kernel/clock.ts";
import type { EventMeta } from "../kernel/event.ts";
import type { NoteEvent } from "./events.ts";
import type { Breach, Detention } from "./state.ts";

type BreachEvent = Extract<NoteEvent, { type: "DetentionOverran" | "BreachRefuted" }>;

/** A breach is never deleted; a late report that disproves it stands beside it (迟报). */
export function evolveBreach(
  detention: Detention,
  { type, data }: BreachEvent,
  meta: EventMeta,
): Detention {
  const { clock, ruleId, dueAt } = data;
  if (type === "DetentionOverran") {
    const breach: Breach = { clock, ruleId, dueAt, raisedAt: meta.at };
    return { ...detention, breaches: [...detention.breaches, breach] };
  }
  return {
    ...detention,
    breaches: detention.breaches.map((breach) =>
      breach.clock === clock && breach.ruleId === ruleId && breach.refutedAt === undefined
        ? { ...breach, refutedAt: meta.at }
        : breach,
    ),
    clocks: endedInTime(detention.clocks, clock, data.provenAt),
  };
}

function endedInTime(clocks: Clocks, name: string, provenAt: number): Clocks {
  const clock = clocks[name];
  if (!clock) return clocks;
  const { overran: _overran, ...rest } = clock;
  return {
    ...clocks,
    [name]: { ...rest, endedAt: Math.min(clock.endedAt ?? provenAt, provenAt) },
  };
}
