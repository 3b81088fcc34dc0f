import { type BatchFix, MAX_BATCH_FIXES } from "../../shared/wire/position-batch.ts";
import type { Chance } from "./chance.ts";
import { pointAt } from "./places.ts";
import type { TerminalPlan } from "./plan.ts";
import { whereAt } from "./route.ts";

/** What a phone measured and the server has not confirmed. */
export interface PositionFeed {
  /** On another day the same phone goes other ways. */
  follow(plan: TerminalPlan): void;
  /** Measures if it is time. @returns how many fixes were made (0 or 1) and forgotten unsent. */
  tick(at: Moment, covered: boolean): { readonly made: number; readonly dropped: number };
  /** The oldest that wait, at most a batch; the same until `stored` or `lost` is called. */
  batch(): readonly BatchFix[];
  /** The server dealt with everything up to this number. @returns how many that were. */
  stored(upTo: number): number;
  /** Off duty nothing is measured, and nothing old is kept. */
  clear(): void;
}

export interface Moment {
  readonly planS: number;
  readonly monoMs: number;
  /** Clock of the phone. */
  readonly wallMs: number;
}

const EVERY_MS = 5_000;
/** Without coverage a phone saves its battery. */
const EVERY_UNCOVERED_MS = 15_000;
const JITTER_MS = 1_000;
/** Two hours without coverage. */
const MOST_HELD = 480;
/** How far a receiver errs, metres. */
const NOISE_M = 3;

/** @param speed seconds of the plan per second: what a receiver would measure as speed. */
export function createPositionFeed(
  first: TerminalPlan,
  speed: number,
  chance: Chance,
): PositionFeed {
  let plan = first;
  let held: BatchFix[] = [];
  let seq = 0;
  let nextMs = Number.NEGATIVE_INFINITY;
  const battery = chance.between(60, 100);
  const measure = ({ planS, wallMs }: Moment): BatchFix | undefined => {
    const here = whereAt(plan.stretches, planS);
    if (!here) return undefined;
    const { metres, deg } = plan.beside;
    const place = pointAt(
      pointAt(here, metres, deg),
      chance.between(0, NOISE_M),
      chance.between(0, 360),
    );
    seq += 1;
    return {
      seq,
      deviceAt: Math.round(wallMs),
      ...place,
      accuracyM: chance.whole(4, 15),
      speedMps: Math.min(600, here.speedMps * speed),
      ...(here.headingDeg === undefined ? {} : { headingDeg: here.headingDeg }),
      batteryPct: Math.max(15, Math.round(battery - ((planS % 50_400) / 50_400) * 45)),
      mock: false,
    };
  };
  return {
    follow(next) {
      plan = next;
    },
    tick(at, covered) {
      if (at.monoMs < nextMs) return { made: 0, dropped: 0 };
      const every = covered ? EVERY_MS : EVERY_UNCOVERED_MS;
      // The first one at any moment of the interval, so that phones do not speak in chorus.
      const first = nextMs === Number.NEGATIVE_INFINITY;
      nextMs =
        at.monoMs + (first ? chance.between(0, every) : every + chance.between(-1, 1) * JITTER_MS);
      const fix = measure(at);
      if (fix) held.push(fix);
      const dropped = Math.max(0, held.length - MOST_HELD);
      held = dropped > 0 ? held.slice(dropped) : held;
      return { made: fix ? 1 : 0, dropped };
    },
    batch: () => held.slice(0, MAX_BATCH_FIXES),
    stored(upTo) {
      const before = held.length;
      held = held.filter((fix) => fix.seq > upTo);
      return before - held.length;
    },
    clear() {
      held = [];
    },
  };
}
