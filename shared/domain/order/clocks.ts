import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { Order } from "./state.ts";

/** Clock that waits for one recipient's feedback. */
export const dueClockOf = (courtId: string): string => `due:${courtId}`;
/** Clock that waits for the answer to one recipient's request for reconsideration. */
export const answerClockOf = (courtId: string): string => `answer:${courtId}`;
/** Clock of a deferral, the same for all recipients. */
export const DEFERRAL_CLOCK = "deferral";

/** From this level of a due clock on, the court above the issuer sees the order. */
export const TOLD_ABOVE_LEVEL = 2;

/** A due time that has passed already is raised at once. */
export const dueClock = (
  courtId: string,
  urgency: Order["urgency"],
  now: number,
  dueAt: number | undefined,
): readonly ClockStart[] =>
  dueAt === undefined
    ? []
    : [
        startClock(
          dueClockOf(courtId),
          urgency === "P1" ? "ORDER-DUE-P1" : "ORDER-DUE",
          now,
          dueAt - now,
        ),
      ];

export const answerClock = (courtId: string, now: number): ClockStart =>
  startClock(answerClockOf(courtId), "ORDER-RECONSIDER", now);

export const deferralClock = (now: number, until: number | undefined): readonly ClockStart[] =>
  until === undefined ? [] : [startClock(DEFERRAL_CLOCK, "ORDER-DEFERRAL", now, until - now)];
