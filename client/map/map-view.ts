import type { TFunction } from "i18next";
import type { Stores } from "../store/stores.ts";
import type { Camera } from "./camera.ts";
import type { Fleet } from "./fleet.ts";
import type { FrameLoop } from "./frame-loop.ts";
import type { LeafletMap } from "./leaflet.ts";
import type { Pace } from "./pace.ts";

export type Dispose = () => void;

/** What a layer is given: the map, and what layers share. */
export interface MapView {
  readonly map: LeafletMap;
  readonly fleet: Fleet;
  readonly frames: FrameLoop;
  readonly camera: Camera;
  /** What may be asked of this machine. */
  readonly pace: Pace;
  /** Size of marks and labels: 1 on a desk, more on a wall. */
  scale(): number;
  /** May marks be clicked and reached by keyboard? */
  readonly interactive: boolean;
  /** Keys with their namespace: `map:lost`, `domain:operation.letter.RAPID`. */
  readonly t: TFunction;
  /** True when the person or the system asked for no motion. */
  still(): boolean;
}

/** One layer, one file: subscribes to the stores itself, never through rendering. */
export type MountLayer = (view: MapView, stores: Stores) => Dispose;
