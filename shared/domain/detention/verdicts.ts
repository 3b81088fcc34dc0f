import type { RunningClock } from "../kernel/clock.ts";
import type { DomainEvent, Occurred } from "../kernel/event.ts";
import { clockRule } from "../rules/clock-rules.ts";
import type { NoteEvent } from "./events.ts";
import { clocksEndedBy, isFinalLevel, isLegalMaximum } from "./limits.ts";
import type { Detention } from "./state.ts";

const isKnown = (detention: Detention, clock: RunningClock): boolean =>
  detention.breaches.some((b) => b.clock === clock.name && b.ruleId === clock.ruleId);

const overran = (detention: Detention, { name, ruleId, dueAt }: RunningClock): DomainEvent =>
  ({
    type: "DetentionOverran",
    ref: { type: "detention", id: detention.id },
    data: { clock: name, ruleId, dueAt },
  }) satisfies NoteEvent;

/** The final alarm of a legal maximum is a breach. */
export function breachRaised(
  detention: Detention,
  clock: RunningClock,
  level: number,
): readonly DomainEvent[] {
  const rule = clockRule(clock.ruleId);
  const breach =
    isLegalMaximum(rule) && isFinalLevel(clock.ruleId, level) && !isKnown(detention, clock);
  return breach ? [overran(detention, clock)] : [];
}

/** Clocks that a report ended, or moved, beyond their legal maximum before any level was raised. */
export function breachesFound(after: Detention): DomainEvent[] {
  return Object.values(after.clocks)
    .filter((clock) => clock.overran && isLegalMaximum(clockRule(clock.ruleId)))
    .filter((clock) => !isKnown(after, clock))
    .map((clock) => overran(after, clock));
}

/** Breaches that this report disproves: what the clock waited for happened in time. */
export function breachesRefuted(
  report: string,
  before: Detention,
  after: Detention,
  occurred: Occurred,
): DomainEvent[] {
  const ended: readonly string[] = clocksEndedBy(report, before);
  return before.breaches
    .filter((b) => b.refutedAt === undefined && ended.includes(b.clock))
    .filter((b) => occurred.latest <= (after.clocks[b.clock]?.dueAt ?? b.dueAt))
    .map(
      ({ clock, ruleId, dueAt }) =>
        ({
          type: "BreachRefuted",
          ref: { type: "detention", id: before.id },
          data: { clock, ruleId, dueAt, provenAt: occurred.latest },
        }) satisfies NoteEvent,
    );
}
