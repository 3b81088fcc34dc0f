import type { Platform } from "./platform.ts";

/**
 * The server's time as this page knows it: an offset to the monotonic clock, taken from the `at` of
 * what the server sends. A message that waited on the way makes the offset too small, so the largest
 * of the last two windows counts; windows, because the two clocks drift apart over a long shift.
 */
export interface ServerClock {
  /** Server time now, ms. The device's wall clock until the server was first heard. */
  serverNow(): number;
  observe(at: number): void;
  /** The device slept `ms` that the monotonic clock did not count: provisional until next heard. */
  woke(ms: number): void;
}

const WINDOW_MS = 60_000;

export function createServerClock(platform: Platform): ServerClock {
  let current: number | undefined;
  let previous: number | undefined;
  let windowEnds = 0;
  let provisional = false;
  let floor = 0;
  const offset = () => Math.max(current ?? Number.NEGATIVE_INFINITY, previous ?? current ?? 0);
  return {
    serverNow() {
      if (current === undefined) return platform.wallMs();
      // Never backwards while running, so a countdown does not jump up and down.
      const now = platform.monoMs() + offset();
      floor = now < floor && floor - now < 2_000 ? floor : now;
      return floor;
    },
    observe(at) {
      const mono = platform.monoMs();
      const sample = at - mono;
      if (current === undefined || provisional) {
        current = sample;
        previous = undefined;
        provisional = false;
        windowEnds = mono + WINDOW_MS;
      } else if (mono >= windowEnds) {
        previous = current;
        current = sample;
        windowEnds = mono + WINDOW_MS;
      } else current = Math.max(current, sample);
    },
    woke(ms) {
      if (current === undefined) return;
      current = offset() + ms;
      previous = undefined;
      provisional = true;
    },
  };
}
