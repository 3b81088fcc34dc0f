import { bearingDeg } from "../../../shared/geo/bearing.ts";
import { distanceM } from "../../../shared/geo/distance.ts";
import { type BatchFix, MAX_BATCH_FIXES } from "../../../shared/wire/position-batch.ts";
import { type Point, pointAt } from "../places.ts";

/** Where somebody is on a way, and how fast. */
export interface Whereabouts extends Point {
  readonly speedMps: number;
  readonly headingDeg?: number;
}

/** What a phone measured and the server has not confirmed. */
export interface Phone {
  /** One more fix, and all that wait are sent. */
  measure(at: Whereabouts, wallMs: number): void;
  /** @returns how many were confirmed. */
  stored(upTo: number): number;
}

/** The largest speed that the wire can say. */
const MOST_MPS = 600;
const ACCURACY_M = 8;
const BATTERY_PCT = 90;

export function createPhone(send: (fixes: readonly BatchFix[]) => void): Phone {
  let held: BatchFix[] = [];
  let seq = 0;
  return {
    measure({ lat, lng, speedMps, headingDeg }, wallMs) {
      seq += 1;
      const fix: BatchFix = {
        seq,
        deviceAt: Math.round(wallMs),
        lat,
        lng,
        accuracyM: ACCURACY_M,
        speedMps: Math.min(MOST_MPS, speedMps),
        ...(headingDeg === undefined ? {} : { headingDeg }),
        batteryPct: BATTERY_PCT,
        mock: false,
      };
      held = [...held, fix].slice(-MAX_BATCH_FIXES);
      send(held);
    },
    stored(upTo) {
      const before = held.length;
      held = held.filter((fix) => fix.seq > upTo);
      return before - held.length;
    },
  };
}

/** Where one is after a part (0 to 1) of a way, by length. */
export function along(points: readonly Point[], part: number, takesS: number): Whereabouts {
  const legs = points.slice(1).map((to, i) => ({ from: points[i] ?? to, to }));
  const lengths = legs.map(({ from, to }) => distanceM(from, to));
  const whole = lengths.reduce((sum, each) => sum + each, 0);
  let rest = Math.min(1, Math.max(0, part)) * whole;
  for (const [i, { from, to }] of legs.entries()) {
    const length = lengths[i] ?? 0;
    if (rest > length) {
      rest -= length;
      continue;
    }
    const share = length > 0 ? rest / length : 0;
    const here = {
      lat: from.lat + (to.lat - from.lat) * share,
      lng: from.lng + (to.lng - from.lng) * share,
    };
    if (part <= 0 || part >= 1) return { ...here, speedMps: 0 };
    return { ...here, speedMps: whole / takesS, headingDeg: bearingDeg(from, to) };
  }
  const end = points.at(-1) ?? { lat: 0, lng: 0 };
  return { ...end, speedMps: 0 };
}

/** Everybody a little beside the others. */
export const beside = <P extends Point>(here: P, n: number): P => ({
  ...here,
  ...pointAt(here, 4 + (n % 7) * 3, (n * 137) % 360),
});
