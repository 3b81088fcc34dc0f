import { headingOf, speedOf } from "../../../../shared/wire/position-frame.ts";
import type { Tracks } from "../../../../shared/wire/track-answer.ts";
import type { PositionArrays, PositionStore } from "../../../store/positions.ts";

/** Positions of one instant, in the shape in which the map reads live ones. */
export interface PastPositions extends PositionStore {
  /** Everybody's last position then; who is not in it has none. */
  show(picture: Tracks): void;
}

const FIRST_CAPACITY = 1_024;

const arraysOf = (capacity: number): PositionArrays => ({
  lat: new Float64Array(capacity),
  lng: new Float64Array(capacity),
  heading: new Float32Array(capacity).fill(Number.NaN),
  speed: new Float32Array(capacity).fill(Number.NaN),
  flags: new Uint8Array(capacity),
  at: new Float64Array(capacity),
});

export function createPastPositions(): PastPositions {
  let arrays = arraysOf(FIRST_CAPACITY);
  let version = 0;
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
    set: -1,
    tick: -1,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(picture) {
      arrays.at.fill(0);
      arrays = roomFor(arrays, picture);
      for (let row = 0; row < picture.count; row += 1) writeRow(arrays, picture, row);
      changed();
    },
    apply() {
      // Frames are of the present: there is no road by which one could come here.
    },
    clear() {
      arrays = arraysOf(FIRST_CAPACITY);
      changed();
    },
  };
}

function roomFor(arrays: PositionArrays, { trackIndex }: Tracks): PositionArrays {
  const needed = trackIndex.reduce((most, index) => Math.max(most, index + 1), 0);
  return needed <= arrays.at.length ? arrays : arraysOf(Math.max(needed, arrays.at.length * 2));
}

/** The place is NaN where tracking had ended: then there is no dot. */
function writeRow(arrays: PositionArrays, picture: Tracks, row: number): void {
  const lat = picture.lat[row] ?? Number.NaN;
  if (Number.isNaN(lat)) return;
  const index = picture.trackIndex[row] ?? 0;
  const flags = picture.flags[row] ?? 0;
  arrays.lat[index] = lat;
  arrays.lng[index] = picture.lng[row] ?? 0;
  arrays.heading[index] = headingOf(picture.heading[row] ?? 0, flags) ?? Number.NaN;
  arrays.speed[index] = speedOf(picture.speed[row] ?? 0, flags) ?? Number.NaN;
  arrays.flags[index] = flags;
  arrays.at[index] = picture.at[row] ?? 0;
}
