import type { LatLng } from "../../shared/domain/kernel/record.ts";

/**
 * Web mercator normalised to 0..1. The map is always EPSG:3857 (MAP-2), so layers with thousands of
 * points project themselves, without an object per point.
 */
export const mercatorX = (lng: number): number => lng / 360 + 0.5;

export function mercatorY(lat: number): number {
  const sin = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

export function fromMercator(x: number, y: number): LatLng {
  const lat = (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
  return { lat, lng: (x - 0.5) * 360 };
}

/** Side of the whole world in CSS pixels. */
export const worldSize = (zoom: number): number => 256 * 2 ** zoom;
