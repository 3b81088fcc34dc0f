import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import { Appeal } from "./appeal.ts";
import { GUIDED } from "./guidance.ts";
import type { Given } from "./play-story.ts";
import { type Pace, Player } from "./player.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PACE: Pace = {
  jumps: [5_000, 16_000, 65_000, 4 * MINUTE, 11 * MINUTE],
  seldom: [60 * MINUTE],
  patienceMs: 11 * MINUTE,
};

const DAYS_TRIED = 12;
const HEAD_START = 2;

/** One command of a day, as its sender sent it. */
export interface OfDay {
  readonly given: Given;
  readonly at: number;
  readonly id: string;
}

/** Operations have the longest way to go, and a day is short. */
function towardsTheScene(): Appeal {
  const appeal = new Appeal(GUIDED);
  for (const rule of GUIDED) {
    const isLate = /^(operation|checkin)/.test(rule.machine);
    for (let i = 0; i < HEAD_START && !isLate; i += 1) appeal.took(rule);
  }
  return appeal;
}

/** Days are tried one after the other until one has it all; the same seed, the same day. */
export function fullDayAtRandom(firstSeed: number, types: readonly string[]): readonly OfDay[] {
  for (let seed = firstSeed; seed < firstSeed + DAYS_TRIED; seed += 1) {
    const day = dayAtRandom(seed);
    const happened = new Set<string>(day.map(({ given }) => given.ref.type));
    if (types.every((type) => happened.has(type))) return day;
  }
  throw new Error(`none of ${DAYS_TRIED} days has all of ${types.join(", ")}`);
}

/** What everybody does in 24 hours, accepted ones only and without what the clocks do by themselves. */
function dayAtRandom(seed: number): readonly OfDay[] {
  const player = new Player(seed, towardsTheScene(), PACE);
  const { story } = player;
  const end = story.now + DAY;
  const day: OfDay[] = [];
  while (story.now < end) {
    for (const { given, decision } of player.turn()) {
      if (decision.ok && given.kind !== RAISE_CLOCK) {
        day.push({ given, at: story.now, id: `play-${String(story.seq).padStart(6, "0")}` });
      }
    }
    for (const _raised of story.pass(0));
  }
  return day;
}
