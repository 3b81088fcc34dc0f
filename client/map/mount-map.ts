import type { TFunction } from "i18next";
import { subscribeType } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import { createCamera, provinceBounds } from "./camera.ts";
import { createFleet } from "./fleet.ts";
import { startFollow } from "./follow.ts";
import { type FrameLoop, startFrameLoop } from "./frame-loop.ts";
import { leaflet as L, type LeafletMap } from "./leaflet.ts";
import type { Dispose, MapView, MountLayer } from "./map-view.ts";
import { createPace } from "./pace.ts";

interface MapOptions {
  readonly layers: readonly MountLayer[];
  readonly interactive: boolean;
  readonly scaleOf: ((heightPx: number) => number) | undefined;
  readonly jumps?: true | undefined;
  readonly t: TFunction;
}

interface MountedMap {
  readonly view: MapView;
  readonly dispose: Dispose;
}

const STEP_OF_ZOOM = 0.25;
const CLOSEST_ZOOM = 17;

/** The map with all its layers in one element; `dispose` leaves the element as it was. */
export function mountMap(
  element: HTMLElement,
  stores: Stores,
  { layers, interactive, scaleOf, jumps, t }: MapOptions,
): MountedMap {
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = createMap(element, interactive);
  const fleet = createFleet(stores, () => jumps === true || still());
  const pace = createPace();
  const frames = startFrameLoop({
    step: (monoMs) => fleet.step(monoMs),
    everyMs: () => pace.ease.everyMs,
  });
  let scale = 1;
  const view: MapView = {
    map,
    fleet,
    frames,
    camera: createCamera(map, still, () => scale),
    pace,
    scale: () => scale,
    interactive,
    t,
    still,
  };
  const fitToElement = () => {
    scale = scaleOf?.(element.clientHeight) ?? 1;
    element.style.setProperty("--mark", String(scale));
    map.invalidateSize({ animate: false, pan: true });
    const furthest = furthestZoom(map);
    // Left to itself the map goes there in motion, and then not where it is sent meanwhile.
    if (map.getZoom() < furthest) map.setZoom(furthest, { animate: false });
    map.setMinZoom(furthest);
    frames.soon();
  };
  const observer = new ResizeObserver(fitToElement);
  observer.observe(element);
  fitToElement();
  map.fitBounds(provinceBounds(), { animate: false });
  const disposals = [
    ...layers.map((mount) => mount(view, stores)),
    startFollow(view, stores),
    frames.onCost(pace.measured),
    ...hurry(frames, map, stores),
    () => observer.disconnect(),
    () => frames.stop(),
    () => fleet.dispose(),
    () => map.remove(),
  ];
  return {
    view,
    dispose: () => {
      for (const dispose of disposals) dispose();
    },
  };
}

/** What nobody waits for, and what the browser moves meanwhile. */
function hurry(frames: FrameLoop, map: LeafletMap, { positions, records }: Stores): Dispose[] {
  map.on("move", () => frames.carried(performance.now())).on("moveend", frames.released);
  return [positions.subscribe(frames.now), subscribeType(records, "incident", frames.must)];
}

function createMap(element: HTMLElement, interactive: boolean): LeafletMap {
  const map = L.map(element, {
    attributionControl: true,
    zoomControl: interactive,
    dragging: interactive,
    keyboard: interactive,
    scrollWheelZoom: interactive,
    doubleClickZoom: interactive,
    boxZoom: interactive,
    zoomSnap: STEP_OF_ZOOM,
    maxZoom: CLOSEST_ZOOM,
    // Open on the province and never further out: the bundled map is no map of China.
    maxBounds: provinceBounds().pad(0.35),
    maxBoundsViscosity: 1,
    center: provinceBounds().getCenter(),
    zoom: 7,
  });
  map.attributionControl.setPrefix(false);
  L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 140 }).addTo(map);
  for (const [name, zIndex] of PANES) {
    map.createPane(name).style.zIndex = String(zIndex);
  }
  return map;
}

/** From the land up to what calls for help. */
const PANES: readonly (readonly [name: string, zIndex: number])[] = [
  ["land", 200],
  ["places", 250],
  ["courts", 300],
  ["officers", 350],
  ["operations", 400],
  ["rings", 450],
  ["police", 500],
  ["selection", 550],
  ["incidents", 600],
];

/** Of the size that it has now. Leaflet answers nothing below its own bound, which is of the size before. */
function furthestZoom(map: LeafletMap): number {
  map.options.minZoom = 0;
  return map.getBoundsZoom(provinceBounds(), false) - STEP_OF_ZOOM;
}
