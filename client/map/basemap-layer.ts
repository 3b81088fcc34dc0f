import type { LatLng } from "../../shared/domain/kernel/record.ts";
import type { Stores } from "../store/stores.ts";
import { type Basemap, loadBasemap, type Ring } from "./basemap-data.ts";
import { escapeHtml } from "./escape-html.ts";
import { leaflet as L } from "./leaflet.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, type Mark } from "./marker-set.ts";
import { paletteOf } from "./palette.ts";

/** The bundled outline of the province: no tiles, no network but our own server. */
export function mountBasemap(view: MapView, stores: Stores): Dispose {
  const gone = new AbortController();
  let dispose: Dispose = () => undefined;
  const draw = async () => {
    const basemap = await loadBasemap(gone.signal);
    if (basemap && !gone.signal.aborted) dispose = drawBasemap(view, stores, basemap);
  };
  draw().catch(() => {
    // Unreadable data: marks on an empty ground still tell where people are.
  });
  return () => {
    gone.abort();
    dispose();
  };
}

function drawBasemap(view: MapView, { ui }: Stores, basemap: Basemap): Dispose {
  const { map, t } = view;
  const attribution = t("map:attribution");
  const renderer = L.canvas({ pane: "land", padding: 0.4 });
  const land = L.geoJSON(
    [...basemap.prefectures] as unknown as Parameters<typeof L.geoJSON>[0],
    {
      attribution,
      renderer,
      pane: "land",
      interactive: false,
    } as L.GeoJSONOptions,
  );
  const lines = { renderer, pane: "land", interactive: false } as L.GeoJSONOptions;
  const borders = L.geoJSON(basemap.borders, lines);
  const outline = L.geoJSON(basemap.outline, lines);
  const all = L.layerGroup([land, borders, outline]).addTo(map);

  const paint = () => {
    const colors = paletteOf(ui.getState().theme);
    const scale = view.scale();
    map.getContainer().style.background = colors.ground;
    land.setStyle({ stroke: false, fillColor: colors.land, fillOpacity: 1 });
    borders.setStyle({ color: colors.border, weight: 1.2 * scale, fill: false });
    outline.setStyle({ color: colors.outline, weight: 1.8 * scale, fill: false });
  };
  paint();
  const stopTheme = ui.subscribe((now, before) => {
    if (now.theme !== before.theme) paint();
  });
  map.on("resize", paint);

  const names = createMarkerSet(view, { pane: "places", keyboard: false });
  names.sync(nameMarks(basemap, view));
  return () => {
    stopTheme();
    map.off("resize", paint);
    names.clear();
    all.remove();
  };
}

function nameMarks(basemap: Basemap, { t }: MapView): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { properties, geometry } of basemap.prefectures) {
    const name = t(`map:prefecture.${properties.adcode}`, { defaultValue: properties.name });
    const rings = geometry.type === "Polygon" ? [geometry.coordinates] : [...geometry.coordinates];
    marks.set(properties.adcode, {
      at: centroidOf(rings.map((polygon) => polygon[0] ?? [])),
      html: `<span class="map-place">${escapeHtml(name)}</span>`,
      title: name,
    });
  }
  return marks;
}

/** Of the largest ring: where a name has room. */
function centroidOf(rings: readonly Ring[]): LatLng {
  let best = { area: 0, x: 0, y: 0 };
  for (const ring of rings) {
    const each = areaAndCentroid(ring);
    if (Math.abs(each.area) > Math.abs(best.area)) best = each;
  }
  return { lat: best.y, lng: best.x };
}

function areaAndCentroid(ring: Ring) {
  let area = 0;
  let x = 0;
  let y = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [x0 = 0, y0 = 0] = ring[j]!;
    const [x1 = 0, y1 = 0] = ring[i]!;
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  return { area, x: x / (3 * area), y: y / (3 * area) };
}
