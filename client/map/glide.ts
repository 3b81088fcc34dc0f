import { distanceM } from "../../shared/geo/distance.ts";
import type { PositionArrays } from "../store/positions.ts";
import { mercatorX, mercatorY } from "./mercator.ts";

/**
 * Where each officer is drawn: glides from fix to fix, so that a room sees movement and not jumps.
 * Columns by `trackIndex`, in normalised mercator; they grow, so read them on each use.
 */
export interface Glide {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Takes the newest fixes of these officers in; true when anything changed. */
  take(positions: PositionArrays, indices: Uint32Array, monoMs: number): boolean;
  /** Moves everybody on; true while somebody is on the way. */
  step(indices: Uint32Array, monoMs: number): boolean;
}

/** A fix every few seconds: longer gliding would show people where they were. */
const LONGEST_GLIDE_MS = 2_000;
/** Farther than anybody drives between two fixes: a correction, not a movement. */
const JUMP_FROM_M = 1_500;

interface Columns {
  x: Float64Array;
  y: Float64Array;
  fromX: Float64Array;
  fromY: Float64Array;
  toX: Float64Array;
  toY: Float64Array;
  startMs: Float64Array;
  /** 0 = stands. */
  forMs: Float64Array;
  /** `at` of the fix taken in; 0 = none. */
  fixAt: Float64Array;
}

const columnsOf = (capacity: number): Columns => ({
  x: new Float64Array(capacity),
  y: new Float64Array(capacity),
  fromX: new Float64Array(capacity),
  fromY: new Float64Array(capacity),
  toX: new Float64Array(capacity),
  toY: new Float64Array(capacity),
  startMs: new Float64Array(capacity),
  forMs: new Float64Array(capacity),
  fixAt: new Float64Array(capacity),
});

function grown(old: Columns, capacity: number): Columns {
  const next = columnsOf(capacity);
  for (const key of Object.keys(next) as (keyof Columns)[]) next[key].set(old[key]);
  return next;
}

/** `still`: no gliding at all (reduced motion). */
export function createGlide(still: () => boolean): Glide {
  let columns = columnsOf(1_024);
  let last: { positions: PositionArrays; lat: Float64Array; lng: Float64Array } | undefined;
  const heldOf = (positions: PositionArrays) => {
    if (last?.positions !== positions) {
      // The store grew: what was drawn stays.
      const size = positions.at.length;
      if (size > columns.x.length) columns = grown(columns, size);
      const lat = new Float64Array(size);
      const lng = new Float64Array(size);
      if (last) {
        lat.set(last.lat.subarray(0, size));
        lng.set(last.lng.subarray(0, size));
      }
      last = { positions, lat, lng };
    }
    return last;
  };
  return {
    get x() {
      return columns.x;
    },
    get y() {
      return columns.y;
    },
    take(positions, indices, monoMs) {
      const held = heldOf(positions);
      const isStill = still();
      let changed = false;
      for (const index of indices) {
        const at = positions.at[index] ?? 0;
        if (at === columns.fixAt[index] || at === 0) continue;
        const lat = positions.lat[index]!;
        const lng = positions.lng[index]!;
        const jumps =
          isStill ||
          columns.fixAt[index] === 0 ||
          distanceM({ lat: held.lat[index]!, lng: held.lng[index]! }, { lat, lng }) > JUMP_FROM_M;
        setOut(columns, index, { lat, lng, gapMs: jumps ? 0 : at - columns.fixAt[index]!, monoMs });
        columns.fixAt[index] = at;
        held.lat[index] = lat;
        held.lng[index] = lng;
        changed = true;
      }
      return changed;
    },
    step(indices, monoMs) {
      let moving = false;
      for (const index of indices) if (moveOn(columns, index, monoMs)) moving = true;
      return moving;
    },
  };
}

interface Leg {
  readonly lat: number;
  readonly lng: number;
  readonly gapMs: number;
  readonly monoMs: number;
}

function setOut(c: Columns, index: number, { lat, lng, gapMs, monoMs }: Leg): void {
  c.toX[index] = mercatorX(lng);
  c.toY[index] = mercatorY(lat);
  c.fromX[index] = c.x[index]!;
  c.fromY[index] = c.y[index]!;
  c.startMs[index] = monoMs;
  c.forMs[index] = Math.min(LONGEST_GLIDE_MS, Math.max(0, gapMs));
  if (c.forMs[index] === 0) {
    c.x[index] = c.toX[index]!;
    c.y[index] = c.toY[index]!;
  }
}

function moveOn(c: Columns, index: number, monoMs: number): boolean {
  const forMs = c.forMs[index]!;
  if (forMs === 0) return false;
  const share = Math.min(1, (monoMs - c.startMs[index]!) / forMs);
  c.x[index] = c.fromX[index]! + (c.toX[index]! - c.fromX[index]!) * share;
  c.y[index] = c.fromY[index]! + (c.toY[index]! - c.fromY[index]!) * share;
  if (share === 1) c.forMs[index] = 0;
  return share < 1;
}
