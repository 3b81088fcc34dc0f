import type { LatLng } from "../../shared/domain/kernel/record.ts";
import { leaflet as L, type LeafletMap } from "./leaflet.ts";

/** Moves the map. A jump instead of a flight where motion is not wanted. */
export interface Camera {
  /** All these points, with room around them; a single one at `maxZoom` at most. */
  fit(points: readonly LatLng[], options?: FitOptions): void;
  flyTo(point: LatLng, zoom?: number): void;
  /** Keeps the zoom. */
  panTo(point: LatLng): void;
  /** The whole province. */
  home(): void;
}

export interface FitOptions {
  readonly maxZoom?: number;
  /** CSS pixels kept free at the left or right, e.g. under a card. */
  readonly padLeftPx?: number;
  readonly padRightPx?: number;
}

/** Around Hubei: nothing outside is drawn, so nothing outside is shown. */
const PROVINCE: { readonly southWest: LatLng; readonly northEast: LatLng } = {
  southWest: { lat: 29.03, lng: 108.36 },
  northEast: { lat: 33.28, lng: 116.13 },
};

export const provinceBounds = () => L.latLngBounds(PROVINCE.southWest, PROVINCE.northEast);

/** Streets of a quarter: closer there is nothing to see on the bundled map. */
const CLOSE_ZOOM = 13;
const FLIGHT_S = 1.2;
const EDGE_PX = 48;

export function createCamera(map: LeafletMap, still: () => boolean, scale: () => number): Camera {
  // A face may still hold the view of a map that a re-render has just taken away.
  const stands = () => map.getPane("mapPane") !== undefined;
  const edgePx = () => EDGE_PX * scale();
  const flyToBounds = (points: readonly LatLng[], options: FitOptions) => {
    const bounds = L.latLngBounds([...points]);
    const fit = {
      maxZoom: options.maxZoom ?? CLOSE_ZOOM,
      paddingTopLeft: L.point(edgePx() + (options.padLeftPx ?? 0), edgePx()),
      paddingBottomRight: L.point(edgePx() + (options.padRightPx ?? 0), edgePx()),
    };
    if (still()) map.fitBounds(bounds, { ...fit, animate: false });
    else map.flyToBounds(bounds, { ...fit, duration: FLIGHT_S });
  };
  return {
    fit(points, options = {}) {
      if (stands() && points.length > 0) flyToBounds(points, options);
    },
    flyTo(point, zoom = CLOSE_ZOOM) {
      if (!stands()) return;
      if (still()) map.setView(point, zoom, { animate: false });
      else map.flyTo(point, zoom, { duration: FLIGHT_S });
    },
    panTo: (point) => {
      if (stands()) map.panTo(point, { animate: false });
    },
    home: () => {
      if (stands()) map.fitBounds(provinceBounds(), { animate: false });
    },
  };
}
