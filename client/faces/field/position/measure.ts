import type { BatchFix } from "../../../../shared/wire/position-batch.ts";

/** A fix as the page got it from the device. */
export type Measured = Omit<BatchFix, "seq">;

/** What of a `GeolocationPosition` is needed; the browser's own type has methods besides. */
export interface RawPosition {
  readonly timestamp: number;
  readonly coords: {
    readonly latitude: number;
    readonly longitude: number;
    readonly accuracy: number | null;
    readonly speed: number | null;
    readonly heading: number | null;
  };
}

/** Bounds of the wire's row; what the device does not know is left out. */
export function measured(raw: RawPosition, batteryPct: number | undefined): Measured {
  const { latitude, longitude, accuracy, speed, heading } = raw.coords;
  return {
    deviceAt: Math.round(raw.timestamp),
    lat: latitude,
    lng: longitude,
    ...bounded("accuracyM", accuracy, 6_553),
    ...bounded("speedMps", speed, 655),
    ...bounded("headingDeg", heading, 360),
    ...(batteryPct === undefined ? {} : { batteryPct }),
    mock: false,
  };
}

function bounded<K extends string>(
  name: K,
  value: number | null,
  most: number,
): Partial<Record<K, number>> {
  if (value === null || !Number.isFinite(value) || value < 0) return {};
  return { [name]: Math.min(most, value) } as Partial<Record<K, number>>;
}

/** The dot moves smoothly enough on the console, and a track stays small. CFG. */
const EVERY_MS = 5_000;
const MOVED_M = 15;
const SOONEST_MS = 1_000;

/** Whether a fix says something that the last one kept did not: time or distance. */
export function isWorthKeeping(
  last: { readonly deviceAt: number } | undefined,
  fix: { readonly deviceAt: number },
  movedM: number,
): boolean {
  if (!last) return true;
  const since = fix.deviceAt - last.deviceAt;
  if (since < 0) return true; // the device's clock was set back; its times are kept as they are
  return since >= EVERY_MS || (movedM >= MOVED_M && since >= SOONEST_MS);
}
