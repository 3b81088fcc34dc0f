import { headingOf, type PositionFrame, speedOf } from "../../shared/wire/position-frame.ts";

/**
 * Last values of officers by `trackIndex`, outside React. The arrays grow, so read them from the
 * store on each use and never keep them. `at` is server ms of the fix, 0 = no position.
 */
export interface PositionArrays {
  readonly lat: Float64Array;
  readonly lng: Float64Array;
  /** Degrees clockwise from north; NaN = unknown. */
  readonly heading: Float32Array;
  /** m/s; NaN = unknown. */
  readonly speed: Float32Array;
  /** As on the wire: 1 low battery, 2 mock, 192 battery level. */
  readonly flags: Uint8Array;
  readonly at: Float64Array;
}

export interface PositionStore {
  readonly arrays: PositionArrays;
  /** Grows by one with each frame that was taken in. */
  readonly version: number;
  /** Id of the officer bit set of the last frame, and its tick; -1 before the first. */
  readonly set: number;
  readonly tick: number;
  /** Called once per frame; renders nothing. Returns unsubscribe. */
  subscribe(listener: () => void): () => void;
  /** For the link only. */
  apply(frame: PositionFrame): void;
  clear(): void;
}

const FIRST_CAPACITY = 1_024;

export function createPositionStore(): PositionStore {
  let arrays = makeArrays(FIRST_CAPACITY);
  let version = 0;
  let set = -1;
  let tick = -1;
  const listeners = new Set<() => void>();
  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    get arrays() {
      return arrays;
    },
    get version() {
      return version;
    },
    get set() {
      return set;
    },
    get tick() {
      return tick;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    apply(frame) {
      const needed = frame.trackIndex.reduce((most, index) => Math.max(most, index + 1), 0);
      if (needed > arrays.at.length) arrays = grown(arrays, needed);
      for (let row = 0; row < frame.count; row += 1) writeRow(arrays, frame, row);
      set = frame.set;
      tick = Math.max(tick, frame.tick);
      changed();
    },
    clear() {
      arrays = makeArrays(FIRST_CAPACITY);
      set = -1;
      tick = -1;
      changed();
    },
  };
}

function makeArrays(capacity: number): PositionArrays {
  return {
    lat: new Float64Array(capacity),
    lng: new Float64Array(capacity),
    heading: new Float32Array(capacity).fill(Number.NaN),
    speed: new Float32Array(capacity).fill(Number.NaN),
    flags: new Uint8Array(capacity),
    at: new Float64Array(capacity),
  };
}

function grown(old: PositionArrays, needed: number): PositionArrays {
  const next = makeArrays(Math.max(needed, old.at.length * 2));
  next.lat.set(old.lat);
  next.lng.set(old.lng);
  next.heading.set(old.heading);
  next.speed.set(old.speed);
  next.flags.set(old.flags);
  next.at.set(old.at);
  return next;
}

/** An older fix never overwrites a newer one; the age is in whole seconds at `tickAt`. */
function writeRow(arrays: PositionArrays, frame: PositionFrame, row: number): void {
  const index = frame.trackIndex[row] ?? 0;
  const at = frame.tickAt - (frame.ageS[row] ?? 0) * 1_000;
  if (at < (arrays.at[index] ?? 0)) return;
  const flags = frame.flags[row] ?? 0;
  arrays.lat[index] = frame.lat[row] ?? 0;
  arrays.lng[index] = frame.lng[row] ?? 0;
  arrays.heading[index] = headingOf(frame.heading[row] ?? 0, flags) ?? Number.NaN;
  arrays.speed[index] = speedOf(frame.speed[row] ?? 0, flags) ?? Number.NaN;
  arrays.flags[index] = flags;
  arrays.at[index] = at;
}
