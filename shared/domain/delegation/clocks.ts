import { endOfWorkingDays } from "../calendar.ts";
import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { DelegationContent } from "./state.ts";

const ACCEPT_WORKING_DAYS = 3;

/** What runs against the entrusted court. */
const ENTRUSTED_CLOCKS = ["accept", "start", "report", "finish"] as const;
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

export const papersClock = (now: number): readonly ClockStart[] => [
  startClock("papers", "W6", now),
];

/** A term that the common superior sets for whoever's turn it is. */
export const directedClock = (now: number, dueAt: number | undefined): readonly ClockStart[] =>
  dueAt === undefined ? [] : [startClock("directed", "DEL-TERM", now, dueAt - now)];

const finishClock = (now: number, dueAt: number | undefined): ClockStart =>
  dueAt === undefined || dueAt <= now
    ? startClock("finish", "W5-FINISH", now)
    : startClock("finish", "W5-FINISH", now, dueAt - now);
