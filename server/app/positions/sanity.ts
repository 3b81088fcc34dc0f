import { distanceM } from "../../../shared/geo/distance.ts";
import { MAX_TRACK_INDEX } from "../../../shared/wire/position-frame.ts";
import type { Fix } from "./fix.ts";

/** CFG. Faster than any vehicle of a court, slower than a jump between cell towers. */
const MAX_SPEED_MPS = 90;
/** CFG. Device clocks drift; more than this is a wrong clock, and would pin the dot. */
const MAX_FUTURE_MS = 60_000;
/** CFG. A longer outbox is not a track any more, and would open track files at will. */
const MAX_AGE_MS = 72 * 3_600_000;
/** After this long without a good fix the old one no longer contradicts: a wrong one must not rule. */
const JUMP_FORGOTTEN_AFTER_MS = 120_000;
/** Around 0°, 0° lies no court: what receivers report before they have a position. */
const NULL_ISLAND_DEG = 0.01;
/** Fixes of the same second are judged as if a second apart, or noise would look like speed. */
const MIN_STEP_MS = 1_000;

export const REJECT_REASONS = [
  "OUT_OF_RANGE",
  "NULL_ISLAND",
  "FUTURE",
  "TOO_OLD",
  "JUMP",
  "OFF_DUTY",
  "DUPLICATE",
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** `LATE`: believable but older than what is known, so it belongs to the track only. */
export type Verdict =
  | { readonly kind: "ACCEPT" }
  | { readonly kind: "LATE" }
  | { readonly kind: "REJECT"; readonly reason: RejectReason };

/** The newest accepted position of the same officer. */
export interface Previous {
  readonly lat: number;
  readonly lng: number;
  readonly deviceAt: number;
}

export function judgeFix(fix: Fix, previous: Previous | undefined): Verdict {
  if (!isInRange(fix)) return reject("OUT_OF_RANGE");
  if (isNullIsland(fix)) return reject("NULL_ISLAND");
  if (fix.deviceAt > fix.receivedAt + MAX_FUTURE_MS) return reject("FUTURE");
  if (fix.deviceAt < fix.receivedAt - MAX_AGE_MS) return reject("TOO_OLD");
  if (!previous) return { kind: "ACCEPT" };
  if (fix.deviceAt <= previous.deviceAt) return { kind: "LATE" };
  return isJump(fix, previous) ? reject("JUMP") : { kind: "ACCEPT" };
}

const reject = (reason: RejectReason): Verdict => ({ kind: "REJECT", reason });

/** Written so that NaN is out of range too. */
const isInRange = (fix: Fix): boolean =>
  Math.abs(fix.lat) <= 90 &&
  Math.abs(fix.lng) <= 180 &&
  Number.isSafeInteger(fix.deviceAt) &&
  Number.isSafeInteger(fix.trackIndex) &&
  fix.trackIndex >= 0 &&
  fix.trackIndex <= MAX_TRACK_INDEX;

const isNullIsland = (fix: Fix): boolean =>
  Math.abs(fix.lat) < NULL_ISLAND_DEG && Math.abs(fix.lng) < NULL_ISLAND_DEG;

function isJump(fix: Fix, previous: Previous): boolean {
  const elapsedMs = fix.deviceAt - previous.deviceAt;
  if (elapsedMs > JUMP_FORGOTTEN_AFTER_MS) return false;
  const reachM = (Math.max(elapsedMs, MIN_STEP_MS) / 1_000) * MAX_SPEED_MPS;
  return distanceM(previous, fix) - (fix.accuracyM ?? 0) > reachM;
}
