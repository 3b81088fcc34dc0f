import { endOfWorkingDays } from "../calendar.ts";
import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { Delegation, DelegationContent } from "./state.ts";

const ACCEPT_WORKING_DAYS = 3;

/** What runs against the entrusted court. */
const ENTRUSTED_CLOCKS = ["accept", "start", "report", "finish"] as const;
/** A term that the common superior sets. */
export const TERM = "directed";
export const ALL_CLOCKS: readonly string[] = [...ENTRUSTED_CLOCKS, "papers"];
export const AFTER_ACCEPTING: readonly string[] = ["accept"];
export const AFTER_STARTING: readonly string[] = ["start"];

type Term = Pick<DelegationContent, "urgent" | "dueAt">;

/** From the receipt on the platform: accept (W5), start (W3), report (W4) and finish (W5). */
export const receiptClocks = (now: number, { urgent, dueAt }: Term): readonly ClockStart[] => [
  urgent
    ? startClock("accept", "W5-URGENT", now)
    : startClock("accept", "W5-ACCEPT", now, endOfWorkingDays(now, ACCEPT_WORKING_DAYS) - now),
  startClock("start", "W3", now),
  startClock("report", "W4", now),
  finishClock(now, dueAt),
];

/** To be done again: result or progress once more, and a term to finish. */
export const redoClocks = (now: number, dueAt: number | undefined): readonly ClockStart[] => [
  startClock("report", "W4", now),
  finishClock(now, dueAt),
];

export const progressClock = (now: number): readonly ClockStart[] => [
  startClock("report", "W4", now),
];

/**
 * What stood still while papers were awaited. The first time they come everything begins anew, as
 * on receipt; after that, and always for the common superior's term, only what was left goes on:
 * asking again and again buys no time.
 */
export const afterPapers = (now: number, delegation: Delegation): readonly ClockStart[] => {
  const { clocks, papers } = delegation;
  const goOn = (names: readonly string[]) =>
    names.flatMap((name) => {
      const clock = clocks[name];
      return clock?.endedAt !== undefined && clock.endedAt === papers?.askedAt
        ? [startClock(name, clock.ruleId, now, clock.dueAt - clock.endedAt)]
        : [];
    });
  const again = (papers?.times ?? 1) > 1;
  return [...(again ? goOn(ENTRUSTED_CLOCKS) : receiptClocks(now, delegation)), ...goOn([TERM])];
};

export const papersClock = (now: number): readonly ClockStart[] => [
  startClock("papers", "W6", now),
];

/** A term that the common superior sets for whoever's turn it is. */
export const directedClock = (now: number, dueAt: number | undefined): readonly ClockStart[] =>
  dueAt === undefined ? [] : [startClock(TERM, "DEL-TERM", now, dueAt - now)];

const finishClock = (now: number, dueAt: number | undefined): ClockStart =>
  dueAt === undefined || dueAt <= now
    ? startClock("finish", "W5-FINISH", now)
    : startClock("finish", "W5-FINISH", now, dueAt - now);
