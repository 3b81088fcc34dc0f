import { bearingDeg } from "../../shared/geo/bearing.ts";
import { distanceM } from "../../shared/geo/distance.ts";
import type { Chance } from "./chance.ts";
import { type Point, pointAt } from "./places.ts";

/** One straight stretch at one speed, or a stay when both ends are the same. Seconds of the day. */
export interface Stretch {
  readonly fromS: number;
  readonly toS: number;
  readonly from: Point;
  readonly to: Point;
}

const WALK_MPS = 1.2;
const DRIVE_MPS = [8, 16] as const;
/** From the car to the door. */
const WALK_M = [60, 180] as const;
/** How far a way leaves the straight line, as a part of its length. */
const SIDEWAYS = 0.12;

/** A way from `from` to `to` beginning at `atS`: some straight legs by car, the last metres on foot. */
export function way(atS: number, from: Point, to: Point, scale: number, chance: Chance): Stretch[] {
  const whole = distanceM(from, to);
  const heading = bearingDeg(from, to);
  const walkM = Math.min(whole / 2, chance.between(...WALK_M) * scale);
  const parked = pointAt(from, whole - walkM, heading);
  const bends = whole > 3_000 * scale ? chance.whole(1, 3) : 0;
  const stops = Array.from({ length: bends }, (_, i) =>
    pointAt(
      pointAt(from, ((whole - walkM) * (i + 1)) / (bends + 1), heading),
      whole * SIDEWAYS * chance.between(-1, 1),
      heading + 90,
    ),
  );
  const stretches: Stretch[] = [];
  let here = from;
  let t = atS;
  const go = (next: Point, mps: number) => {
    const stretch = { fromS: t, toS: t + distanceM(here, next) / mps, from: here, to: next };
    stretches.push(stretch);
    here = next;
    t = stretch.toS;
  };
  // Speeds are those of the ground; a shortened way (high speed of time) is also a slower one.
  for (const stop of [...stops, parked]) go(stop, chance.between(...DRIVE_MPS) * scale);
  go(to, WALK_MPS * scale);
  return stretches;
}

export const stay = (fromS: number, toS: number, at: Point): Stretch => ({
  fromS,
  toS,
  from: at,
  to: at,
});

export const endOf = (stretches: readonly Stretch[], otherwise: number): number =>
  stretches.at(-1)?.toS ?? otherwise;

export interface Whereabouts extends Point {
  /** Metres per second of the plan's time. */
  readonly speedMps: number;
  readonly headingDeg?: number;
}

/** Where one is at second `atS`: before the first stretch at its beginning, after the last at its end. */
export function whereAt(stretches: readonly Stretch[], atS: number): Whereabouts | undefined {
  const found = stretches[lastBegun(stretches, atS)];
  if (!found) return undefined;
  const { fromS, toS, from, to } = found;
  const length = toS - fromS;
  const part = length > 0 ? Math.min(1, Math.max(0, (atS - fromS) / length)) : 1;
  const here = {
    lat: from.lat + (to.lat - from.lat) * part,
    lng: from.lng + (to.lng - from.lng) * part,
  };
  const way = part > 0 && part < 1 ? distanceM(from, to) : 0;
  return way === 0
    ? { ...here, speedMps: 0 }
    : { ...here, speedMps: way / length, headingDeg: bearingDeg(from, to) };
}

/** Index of the last stretch that begins at or before `atS`; 0 when none does. */
function lastBegun(stretches: readonly Stretch[], atS: number): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle]?.fromS ?? Number.POSITIVE_INFINITY) <= atS) low = middle;
    else high = middle - 1;
  }
  return low;
}
