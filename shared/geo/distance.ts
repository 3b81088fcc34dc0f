/** Mean radius of the Earth (IUGG). */
const EARTH_RADIUS_M = 6_371_008.8;
const RAD_PER_DEG = Math.PI / 180;

interface LatLng {
  readonly lat: number;
  readonly lng: number;
}

/** Great-circle distance in metres between two WGS-84 points; good to 0.5 %. */
export function distanceM(a: LatLng, b: LatLng): number {
  const dLat = (b.lat - a.lat) * RAD_PER_DEG;
  const dLng = (b.lng - a.lng) * RAD_PER_DEG;
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a.lat * RAD_PER_DEG) * Math.cos(b.lat * RAD_PER_DEG) * Math.sin(dLng / 2) ** 2;
  // Rounding can push h a hair above 1 for antipodes.
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(Math.min(1, h)));
}
