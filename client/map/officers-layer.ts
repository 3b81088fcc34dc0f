import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { Stores } from "../store/stores.ts";
import { createBlitter } from "./blit-officers.ts";
import { createBrushChoice } from "./brush.ts";
import { type CanvasFrame, CanvasPane } from "./canvas-pane.ts";
import { type Clustered, clusterByGrid, makeScreenPoints, type ScreenPoints } from "./cluster.ts";
import { drawOfficers } from "./draw-officers.ts";
import { fixFreshness } from "./fix-freshness.ts";
import { hitTest } from "./hit-test.ts";
import { keptApart, namedByBurst } from "./kept-apart.ts";
import { leaflet as L } from "./leaflet.ts";
import type { Dispose, MapView, MountLayer } from "./map-view.ts";
import { worldSize } from "./mercator.ts";
import { officerLook } from "./officer-look.ts";
import { createSprites, type Sprites } from "./officer-sprites.ts";
import { paletteOf } from "./palette.ts";

export interface OfficersOptions {
  /** From this many in one cell they become one mark with a count; Infinity never. */
  readonly crowd: number;
}

const CELL_PX = 58;
const REACH_PX = 14;
/** A closer look at what a cluster holds. */
const ZOOM_IN_BY = 2;

/** All officers on one canvas: no object, no element and no listener per officer (MAP-3). */
export const officersLayer =
  (options: OfficersOptions): MountLayer =>
  (view, stores) =>
    mountOfficers(view, stores, options);

function mountOfficers(view: MapView, stores: Stores, options: OfficersOptions): Dispose {
  const { map, fleet, frames, pace } = view;
  let points = makeScreenPoints(1_024);
  let drawn: Clustered = { clusters: [], singles: new Uint32Array(0) };
  const sprites = spritesByLook();
  const blitter = createBlitter();
  const brushes = createBrushChoice();

  const draw = () => {
    const frame = pane.frame();
    if (!frame) return;
    const now = stores.clock.serverNow();
    const palette = paletteOf(stores.ui.getState().theme);
    const ownCourt = stores.session.getState().hello?.courtId;
    if (points.index.length < fleet.indices.length)
      points = makeScreenPoints(fleet.indices.length * 2);
    collect(points, frame, view, { now, apart: keptApart(stores, fleet) });
    drawn = clusterByGrid(points, gridOf(frame, view, options));
    drawOfficers({
      frame,
      points,
      clustered: drawn,
      view,
      palette,
      sprites: sprites(stores.ui.getState().theme, view.scale() * frame.ratio),
      blitter,
      brush: brushes.pick(drawn.singles.length, performance.now()),
      now,
      namedElsewhere: namedByBurst(stores, fleet),
      lookOf: (index) =>
        officerLook(fleet, index, fleet.officerAt(index)?.dto.courtId === ownCourt, now),
    });
  };
  const pane = new CanvasPane("officers", frames.must, () => pace.ease.sharpness);
  pane.addTo(map);
  const stops = [
    frames.onFrame(draw),
    frames.onCost(brushes.measured),
    pace.subscribe(() => pane.misplace()),
  ];
  const stopPointing = view.interactive
    ? startPointing({ view, stores, pane, hits: () => ({ points, drawn }) })
    : () => undefined;
  return () => {
    for (const stop of stops) stop();
    stopPointing();
    pane.remove();
  };
}

/** Pictures depend on theme and size; both change rarely. */
function spritesByLook() {
  let made: { key: string; sprites: Sprites } | undefined;
  return (theme: "dark" | "light", unitPx: number): Sprites => {
    const key = `${theme}:${unitPx}`;
    if (made?.key !== key) made = { key, sprites: createSprites(paletteOf(theme), unitPx) };
    return made.sprites;
  };
}

const gridOf = (frame: CanvasFrame, view: MapView, { crowd }: OfficersOptions) => ({
  cellPx: CELL_PX * view.scale(),
  originX: frame.originX,
  originY: frame.originY,
  crowd,
});

/** Who is on the canvas, and where on it. */
function collect(
  points: ScreenPoints,
  frame: CanvasFrame,
  { fleet }: MapView,
  { now, apart }: { now: number; apart: ReadonlySet<number> },
): void {
  const size = worldSize(frame.zoom);
  points.count = 0;
  for (const index of fleet.indices) {
    const x = fleet.x[index]! * size - frame.originX;
    const y = fleet.y[index]! * size - frame.originY;
    if (x < 0 || y < 0 || x > frame.widthPx || y > frame.heightPx) continue;
    const row = points.count;
    points.x[row] = x;
    points.y[row] = y;
    points.index[row] = index;
    points.apart[row] = apart.has(index) ? 1 : 0;
    points.old[row] = fixFreshness(fleet.positions.at[index]!, now) === "FRESH" ? 0 : 1;
    points.count += 1;
  }
}

interface Pointing {
  readonly view: MapView;
  readonly stores: Stores;
  readonly pane: CanvasPane;
  hits(): { points: ScreenPoints; drawn: Clustered };
}

/** Click selects, a cluster zooms in; the name shows under the pointer. */
function startPointing({ view, stores, pane, hits }: Pointing): Dispose {
  const { map, fleet } = view;
  const at = (event: L.LeafletMouseEvent) => {
    const { points, drawn } = hits();
    const pixel = pane.fromContainer(event.containerPoint);
    return hitTest(points, drawn, pixel, REACH_PX * view.scale());
  };
  const tooltip = L.tooltip({ direction: "top", offset: [0, -8], className: "map-tip" });
  const click = (event: L.LeafletMouseEvent) => {
    const hit = at(event);
    if (!hit) {
      stores.ui.getState().select(null);
      return;
    }
    if (hit.kind === "cluster") {
      view.camera.flyTo(event.latlng, map.getZoom() + ZOOM_IN_BY);
      return;
    }
    const officer = fleet.officerAt(hit.index);
    const type: EntityType = "officer";
    if (officer) stores.ui.getState().select({ type, id: officer.id });
  };
  const move = (event: L.LeafletMouseEvent) => {
    const hit = at(event);
    map.getContainer().style.cursor = hit ? "pointer" : "";
    const officer = hit?.kind === "officer" ? fleet.officerAt(hit.index) : undefined;
    if (!officer?.dto.short) tooltip.remove();
    else {
      const words = document.createTextNode(officer.dto.short);
      const holder = document.createElement("span");
      holder.append(words);
      tooltip.setLatLng(event.latlng).setContent(holder);
      if (!map.hasLayer(tooltip)) tooltip.addTo(map);
    }
  };
  map.on("click", click).on("mousemove", move);
  return () => {
    map.off("click", click).off("mousemove", move);
    tooltip.remove();
  };
}
