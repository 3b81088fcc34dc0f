import type { LatLng } from "../../shared/domain/kernel/record.ts";
import type { StoredRecord } from "../store/dto.ts";
import type { PositionArrays } from "../store/positions.ts";
import { subscribeType } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import { createGlide } from "./glide.ts";
import { fromMercator } from "./mercator.ts";
import { onSceneIndices } from "./on-scene.ts";

/**
 * The officers that may be drawn, and where: the one place that joins records and positions.
 * A dot exists only while its officer's record is in the store, on duty, with that index (MAP-4).
 */
export interface Fleet {
  /** Track indices that may be drawn now. */
  readonly indices: Uint32Array;
  /** Drawn place by track index, normalised mercator. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly positions: PositionArrays;
  readonly onScene: ReadonlySet<number>;
  officerAt(index: number): StoredRecord<"officer"> | undefined;
  indexOf(officerId: string): number | undefined;
  /** Where the officer is drawn now; nothing without a fix or off duty. */
  locate(officerId: string | undefined): LatLng | undefined;
  /** Brings everything to this moment; true when anything looks different than before. */
  step(monoMs: number): boolean;
  dispose(): void;
}

/** Track index by officer of the store, for those who are on duty. */
function trackedOfficers(
  officers: ReadonlyMap<string, StoredRecord<"officer">>,
): Map<number, StoredRecord<"officer">> {
  const tracked = new Map<number, StoredRecord<"officer">>();
  for (const officer of officers.values()) {
    const { trackIndex, duty } = officer.dto;
    if (trackIndex === undefined || duty === undefined || duty === "OFF_DUTY") continue;
    tracked.set(trackIndex, officer);
  }
  return tracked;
}

export function createFleet(stores: Stores, still: () => boolean): Fleet {
  const { records, positions } = stores;
  const glide = createGlide(still);
  let tracked = trackedOfficers(records.getState().maps.officer);
  let indices = new Uint32Array(0);
  let onScene: ReadonlySet<number> = new Set();
  let dirty = true;

  const soil = () => {
    dirty = true;
  };
  const stops = [
    positions.subscribe(soil),
    subscribeType(records, "officer", (officers) => {
      tracked = trackedOfficers(officers);
      soil();
    }),
    subscribeType(records, "operation", soil),
  ];

  const refresh = (monoMs: number) => {
    const { arrays } = positions;
    indices = Uint32Array.from([...tracked.keys()].filter((index) => (arrays.at[index] ?? 0) > 0));
    glide.take(arrays, indices, monoMs);
    const { maps } = records.getState();
    onScene = onSceneIndices(maps.operation.values(), maps.officer, arrays);
    dirty = false;
  };

  const indexOf = (officerId: string): number | undefined => {
    const index = records.getState().maps.officer.get(officerId)?.dto.trackIndex;
    return index !== undefined && tracked.get(index)?.id === officerId ? index : undefined;
  };

  return {
    get indices() {
      return indices;
    },
    get x() {
      return glide.x;
    },
    get y() {
      return glide.y;
    },
    get positions() {
      return positions.arrays;
    },
    get onScene() {
      return onScene;
    },
    officerAt: (index) => tracked.get(index),
    indexOf,
    locate(officerId) {
      const index = officerId === undefined ? undefined : indexOf(officerId);
      if (index === undefined || !((positions.arrays.at[index] ?? 0) > 0)) return undefined;
      const x = glide.x[index] ?? 0;
      // Not stepped yet since its first fix: the fix itself.
      if (x === 0) return { lat: positions.arrays.lat[index]!, lng: positions.arrays.lng[index]! };
      return fromMercator(x, glide.y[index]!);
    },
    step(monoMs) {
      const wasDirty = dirty;
      if (dirty) refresh(monoMs);
      return glide.step(indices, monoMs) || wasDirty;
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
