import type { LatLng } from "../../../../shared/domain/kernel/record.ts";

/** Opens whatever map application the phone has; coordinates are WGS-84, as RFC 5870 says. */
export function geoLink({ lat, lng }: LatLng, label: string): string {
  const at = `${lat.toFixed(6)},${lng.toFixed(6)}`;
  return `geo:${at}?q=${at}(${encodeURIComponent(label)})`;
}

/** 80 m, 1.2 km, 35 km. */
export function distanceWords(metres: number): string {
  if (metres < 1_000) return `${Math.round(metres / 10) * 10} m`;
  const km = metres / 1_000;
  return km < 10 ? `${km.toFixed(1)} km` : `${Math.round(km)} km`;
}
