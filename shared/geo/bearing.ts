const RAD_PER_DEG = Math.PI / 180;

interface LatLng {
  readonly lat: number;
  readonly lng: number;
}

/** Initial bearing from `a` to `b` in degrees clockwise from north, 0 ≤ bearing < 360. */
export function bearingDeg(a: LatLng, b: LatLng): number {
  const lat1 = a.lat * RAD_PER_DEG;
  const lat2 = b.lat * RAD_PER_DEG;
  const dLng = (b.lng - a.lng) * RAD_PER_DEG;
  const y = Math.sin(dLng) * Math.cos(lat2);
  const x = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLng);
  const deg = Math.atan2(y, x) / RAD_PER_DEG;
  // `% 360` twice would leave 360 for a tiny negative angle.
  // `+ 0` turns minus zero into zero.
  return deg < 0 ? (deg + 360) % 360 : deg + 0;
}
