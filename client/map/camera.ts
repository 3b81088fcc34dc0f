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
export const PROVINCE: { readonly southWest: LatLng; readonly northEast: LatLng } = {
  southWest: { lat: 29.03, lng: 108.36 },
  northEast: { lat: 33.28, lng: 116.13 },
};

export const provinceBounds = () => L.latLngBounds(PROVINCE.southWest, PROVINCE.northEast);

/** Streets of a quarter: closer there is nothing to see on the bundled map. */
const CLOSE_ZOOM = 13;
const FLIGHT_S = 1.2;
const EDGE_PX = 48;

export function createCamera(map: LeafletMap, still: () => boolean): Camera {
  const flyToBounds = (points: readonly LatLng[], options: FitOptions) => {
    const bounds = L.latLngBounds([...points]);
    const fit = {
      maxZoom: options.maxZoom ?? CLOSE_ZOOM,
      paddingTopLeft: L.point(EDGE_PX + (options.padLeftPx ?? 0), EDGE_PX),
      paddingBottomRight: L.point(EDGE_PX + (options.padRightPx ?? 0), EDGE_PX),
    };
    if (still()) map.fitBounds(bounds, { ...fit, animate: false });
    else map.flyToBounds(bounds, { ...fit, duration: FLIGHT_S });
  };
  return {
    fit(points, options = {}) {
      if (points.length > 0) flyToBounds(points, options);
    },
    flyTo(point, zoom = CLOSE_ZOOM) {
      if (still()) map.setView(point, zoom, { animate: false });
      else map.flyTo(point, zoom, { duration: FLIGHT_S });
    },
    panTo: (point) => {
      map.panTo(point, { animate: false });
    },
    home: () => {
      map.fitBounds(provinceBounds(), { animate: false });
    },
  };
}
