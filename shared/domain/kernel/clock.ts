import { clockRule } from "../rules/clock-rules.ts";
import type { DomainEvent, EventMeta } from "./event.ts";
import type { Ref } from "./ref.ts";

/**
 * A clock as stored in the event that started it. Old cases stay judged by the rule version they
 * were started under; replay needs nothing but the log.
 */
export interface ClockStart {
  /** Name within the record, e.g. `inquiry`; restarting the same name replaces it. */
  readonly name: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly startAt: number;
  readonly dueAt: number;
}

export interface RunningClock extends ClockStart {
  /**
   * Commit that started it; part of the id of every `system` command it causes. Another start in
   * the same commit counts in thousandths, or the levels of both would have one id.
   */
  readonly startSeq: number;
  /** Highest level already raised; 0 when none. */
  readonly level: number;
  /** Set when the thing it waits for happened (or no longer matters). */
  readonly endedAt?: number;
  /** Ended after `dueAt`. */
  readonly overran?: boolean;
}

export type Clocks = Readonly<Record<string, RunningClock>>;

/** What a DTO carries of a clock; the client adds the server's time. */
export interface ClockDto {
  readonly name: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly startAt: number;
  readonly dueAt: number;
  readonly level: number;
  readonly endedAt?: number;
  readonly overran?: boolean;
  /** Liberty clocks are never hidden by a filter. */
  readonly liberty: boolean;
}

/** A clock of rule `ruleId` running from `startAt`; the limit is the rule's unless given. */
export function startClock(
  name: string,
  ruleId: string,
  startAt: number,
  limitMs = clockRule(ruleId).limitMs,
): ClockStart {
  return {
    name,
    ruleId,
    ruleVersion: clockRule(ruleId).version,
    startAt,
    dueAt: startAt + limitMs,
  };
}

export function withClocks(
  clocks: Clocks,
  started: readonly ClockStart[],
  meta: EventMeta,
): Clocks {
  const next: Record<string, RunningClock> = { ...clocks };
  for (const clock of started) {
    const startSeq = startNumber(next[clock.name]?.startSeq, meta.seq);
    next[clock.name] = { ...clock, startSeq, level: 0 };
  }
  return next;
}

const STARTS_IN_A_COMMIT = 1_000;

function startNumber(before: number | undefined, seq: number): number {
  if (before === undefined || Math.floor(before) !== seq) return seq;
  return (Math.round(before * STARTS_IN_A_COMMIT) + 1) / STARTS_IN_A_COMMIT;
}

/** Ends the named clocks at `at`; ones that ended already or never ran stay as they are. */
export function endClocks(clocks: Clocks, names: readonly string[], at: number): Clocks {
  let next: Record<string, RunningClock> | undefined;
  for (const name of names) {
    const clock = (next ?? clocks)[name];
    if (clock && clock.endedAt === undefined) {
      next ??= { ...clocks };
      const ended = { ...clock, endedAt: at };
      next[name] = at > clock.dueAt ? { ...ended, overran: true } : ended;
    }
  }
  return next ?? clocks;
}

export function clockDtos(clocks: Clocks): ClockDto[] {
  return Object.values(clocks).map(({ startSeq: _startSeq, ...clock }) => ({
    ...clock,
    liberty: clockRule(clock.ruleId).liberty,
  }));
}

/** The one event by which `system` raises a level of a running clock, whatever the record. */
export type ClockRaised = DomainEvent<
  "ClockRaised",
  {
    readonly clock: string;
    readonly startSeq: number;
    readonly level: number;
    readonly severity: "WARN" | "ALARM";
  }
>;

export function foldClockRaised(clocks: Clocks, event: ClockRaised): Clocks {
  const clock = clocks[event.data.clock];
  if (!clock || clock.startSeq !== event.data.startSeq) return clocks;
  return { ...clocks, [clock.name]: { ...clock, level: Math.max(clock.level, event.data.level) } };
}

/** When something must be raised unless a commit prevents it first. */
export interface Deadline {
  readonly ref: Ref;
  readonly clock: string;
  readonly startSeq: number;
  readonly level: number;
  readonly at: number;
}

/** Deterministic, so several nodes fire once and a renewed clock fires again. */
export const deadlineCommandId = (d: Deadline): string =>
  `sys:${d.ref.type}:${d.ref.id}:${d.clock}:${d.startSeq}:${d.level}`;

/** The next level of each running clock: the default `deadlines` of a record with clocks. */
export function clockDeadlines(ref: Ref, clocks: Clocks): Deadline[] {
  const out: Deadline[] = [];
  for (const clock of Object.values(clocks)) {
    if (clock.endedAt !== undefined) continue;
    const next = clockRule(clock.ruleId).levels.find((l) => l.level > clock.level);
    if (!next) continue;
    const at =
      next.beforeDueMs === undefined
        ? clock.startAt + next.afterMs
        : clock.dueAt - next.beforeDueMs;
    out.push({ ref, clock: clock.name, startSeq: clock.startSeq, level: next.level, at });
  }
  return out;
}
