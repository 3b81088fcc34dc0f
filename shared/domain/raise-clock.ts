import type { ClockRaised, Clocks } from "./kernel/clock.ts";
import type { Command, DecideContext } from "./kernel/command.ts";
import type { DomainEvent } from "./kernel/event.ts";
import { accept, type Decision, refuse } from "./kernel/refusal.ts";
import { getRef, type StateReader } from "./kernel/state.ts";
import { moduleOf } from "./modules.ts";
import { clockRule } from "./rules/clock-rules.ts";

/** Kind of the command that the deadline scan issues for every record with clocks. */
export const RAISE_CLOCK = "clock.raise";

/**
 * Raises one level of a running clock: flags and escalation only. Refused when the clock ended, was
 * renewed, or the level was raised before, so a late or double firing changes nothing.
 */
export function decideRaiseClock(
  state: StateReader,
  cmd: Command,
  ctx: DecideContext,
): Decision<DomainEvent> {
  if (ctx.actor.kind !== "system") return refuse("ONLY_SYSTEM");
  const {
    clock: name,
    startSeq,
    level,
  } = cmd.payload as { clock: string; startSeq: number; level: number };
  const record = getRef(state, cmd.ref);
  const clock = (record as { clocks?: Clocks } | undefined)?.clocks?.[name];
  if (!record || !clock || clock.startSeq !== startSeq) return refuse("NO_SUCH_RECORD");
  const step = clockRule(clock.ruleId).levels.find((l) => l.level === level);
  if (!step || clock.endedAt !== undefined || clock.level >= level) return refuse("CLOCK_NOT_DUE");
  const module = moduleOf(cmd.ref.type);
  const due = module
    .deadlines(record as never, state)
    .find((d) => d.clock === name && d.level === level);
  if (!due || (due.at > ctx.now && !cmd.elapsed)) return refuse("CLOCK_NOT_DUE");
  const raised: ClockRaised = {
    type: "ClockRaised",
    ref: cmd.ref,
    data: { clock: name, startSeq, level, severity: step.severity },
  };
  const more = module.raised?.(record as never, clock, level, state) ?? [];
  return accept<DomainEvent>(raised, ...more);
}
