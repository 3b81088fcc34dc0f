import { shanghaiDay, startOfShanghaiDay } from "../calendar.ts";
import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { DESK_CHECK_MS } from "../rules/duty-clocks.ts";
import type { Shift } from "./state.ts";

/** Name of the clock that waits for somebody to sign for the desk. */
export const DESK_CLOCK = "desk";

/** Key under which the live shifts of a court's desk are filed. */
export const deskLink = (courtId: string): string => `desk:${courtId}`;

export const isLive = ({ state }: Shift): boolean => state === "SCHEDULED" || state === "ON";

/** Shifts of the desk that are planned or on. */
export const liveShifts = (state: StateReader, courtId: string): readonly Shift[] =>
  state.linked("shift", deskLink(courtId));

/** Who holds the desk now: at most one. */
export const shiftOn = (state: StateReader, courtId: string): Shift | undefined =>
  liveShifts(state, courtId).find((shift) => shift.state === "ON");

/** The first daily desk check (08:30 in Shanghai, CFG) at or after `at`. */
export function nextDeskCheck(at: number): number {
  const day = shanghaiDay(at);
  const today = startOfShanghaiDay(day) + DESK_CHECK_MS;
  return at <= today ? today : startOfShanghaiDay(day + 1) + DESK_CHECK_MS;
}

/** Waits from `now` for the first desk check at or after `from` that lies in the future. */
export const deskClock = (now: number, from: number): ClockStart =>
  startClock(DESK_CLOCK, "SHF-DESK", now, nextDeskCheck(Math.max(from, now + 1)) - now);

/** A shift may last over a weekend by telephone, no longer. CFG. */
export const LONGEST_SHIFT_MS = 3 * 86_400_000;
