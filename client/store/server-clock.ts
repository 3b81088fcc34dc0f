import type { Platform } from "./platform.ts";

/**
 * The server's time as this page knows it: an offset to the monotonic clock that lies between two
 * bounds. What the server sends was made before it arrived, so each message gives a lower bound; a
 * question and its answer give an upper one too. Without the upper bound a road that delays
 * everything alike would make old data look new.
 */
export interface ServerClock {
  /** Server time now, ms, for countdowns. The device's wall clock until the server was first heard. */
  serverNow(): number;
  /** The most that has passed, ms, since the server stamped `at`; for how old the glass may be. */
  ageOf(at: number): number;
  /** Whether the server was heard in this page's life: before, no age can be known. */
  isHeard(): boolean;
  observe(at: number): void;
  /** Asked at `askedMono` (or dialled), answered now with `at`. True: the server's time is another. */
  bracket(askedMono: number, at: number): boolean;
  /** The device slept `ms` that the monotonic clock did not count: provisional until next heard. */
  woke(ms: number): void;
}

/** Two clocks drift apart over a long shift; 500 ppm is ten times what quartz does. */
const DRIFT = 5e-4;

interface Bound {
  readonly offset: number;
  /** Monotonic ms at which it was measured. */
  readonly since: number;
}

interface Bounds {
  readonly lo: Bound;
  /** Undefined until a question was answered. */
  readonly hi: Bound | undefined;
}

export function createServerClock(platform: Platform): ServerClock {
  let held: Bounds | undefined;
  let provisional = false;
  let wokeAt = Number.NEGATIVE_INFINITY;
  let floor = 0;

  /** What was known moves apart as the two clocks may have. */
  const lowest = ({ offset, since }: Bound) => offset - (platform.monoMs() - since) * DRIFT;
  const highest = ({ offset, since }: Bound) => offset + (platform.monoMs() - since) * DRIFT;
  const bound = (offset: number): Bound => ({ offset, since: platform.monoMs() });

  const observe = (at: number): void => {
    const sample = bound(at - platform.monoMs());
    if (!held || provisional) held = { lo: sample, hi: held?.hi };
    else if (sample.offset > lowest(held.lo)) {
      const { lo, hi } = held;
      // Server time was set on: the upper bound goes with it, as far above as before.
      const isAbove = hi !== undefined && sample.offset > highest(hi);
      const width = isAbove ? highest(hi) - lowest(lo) : 0;
      held = { lo: sample, hi: isAbove ? bound(sample.offset + width) : hi };
    }
    provisional = false;
  };

  const isOutside = (lo: Bound, hi: Bound): boolean =>
    held !== undefined &&
    (hi.offset < lowest(held.lo) || (held.hi !== undefined && lo.offset > highest(held.hi)));

  const narrowed = (lo: Bound, hi: Bound): Bounds => {
    if (!held) return { lo, hi };
    const isLower = held.hi === undefined || hi.offset < highest(held.hi);
    return { lo: lo.offset > lowest(held.lo) ? lo : held.lo, hi: isLower ? hi : held.hi };
  };

  return {
    serverNow() {
      if (!held) return platform.wallMs();
      // Never backwards while running, so a countdown does not jump up and down.
      const time = platform.monoMs() + held.lo.offset;
      floor = time < floor && floor - time < 2_000 ? floor : time;
      return floor;
    },
    ageOf(at) {
      if (!held) return platform.wallMs() - at;
      const { lo, hi } = held;
      return platform.monoMs() + Math.max(lo.offset, hi ? highest(hi) : lo.offset) - at;
    },
    isHeard: () => held !== undefined,
    observe,
    bracket(askedMono, at) {
      if (askedMono < wokeAt) {
        // The device slept between question and answer: the answer bounds from below only.
        observe(at);
        return false;
      }
      const [lo, hi] = [bound(at - platform.monoMs()), bound(at - askedMono)];
      const isAnother = isOutside(lo, hi);
      held = isAnother || provisional ? { lo, hi } : narrowed(lo, hi);
      if (isAnother) floor = 0;
      provisional = false;
      return isAnother;
    },
    woke(ms) {
      if (!held) return;
      wokeAt = platform.monoMs();
      const { lo, hi } = held;
      held = { lo: bound(lo.offset + ms), hi: bound((hi ? highest(hi) : lo.offset) + ms) };
      provisional = true;
    },
  };
}
