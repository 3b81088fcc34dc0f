import { parseTimestamp } from "./parse-timestamp.ts";
import type { OsmandParsed, OsmandPosition } from "./report.ts";

const MPS_PER_KNOT = 1_852 / 3_600;

/** The older form: everything as text, by query or as a posted form; speed in knots. */
export function parseOsmandQuery(params: URLSearchParams): OsmandParsed {
  const deviceId = text(params, "id") ?? text(params, "deviceid");
  if (!deviceId) return { ok: false, reason: "NO_ID" };
  const sos = text(params, "alarm")?.toLowerCase() === "sos";
  const stamp = text(params, "timestamp");
  const deviceAt = parseTimestamp(stamp);
  const place = placeOf(params);
  // A call for help is taken whatever else in it cannot be read.
  if (stamp && deviceAt === undefined && !sos) return { ok: false, reason: "TIMESTAMP" };
  if (place === "UNREADABLE" && !sos) return { ok: false, reason: "POSITION" };
  const position = place && place !== "UNREADABLE" ? positionOf(params, place) : undefined;
  return {
    ok: true,
    report: {
      deviceId,
      ...(deviceAt === undefined ? {} : { deviceAt }),
      ...(position ? { position } : {}),
      ...batteryOf(params),
      mock: isTrue(text(params, "mock")),
      sos,
    },
  };
}

function batteryOf(params: URLSearchParams): { batteryPct?: number } {
  const pct = number(params, "batt");
  return pct !== undefined && pct >= 0 && pct <= 100 ? { batteryPct: Math.round(pct) } : {};
}

type Place = Pick<OsmandPosition, "lat" | "lng">;

/** `lat` and `lon`, or `location=lat,lon`; nothing when neither is there. */
function placeOf(params: URLSearchParams): Place | "UNREADABLE" | undefined {
  const [first, second] = text(params, "location")?.split(",") ?? [];
  const lat = text(params, "lat") ?? first;
  const lng = text(params, "lon") ?? second;
  if (lat === undefined && lng === undefined) return undefined;
  const place = { lat: toNumber(lat), lng: toNumber(lng) };
  return Number.isFinite(place.lat) && Number.isFinite(place.lng) ? place : "UNREADABLE";
}

function positionOf(params: URLSearchParams, place: Place): OsmandPosition {
  const knots = number(params, "speed");
  const heading = number(params, "bearing") ?? number(params, "heading");
  const accuracyM = number(params, "accuracy");
  return {
    ...place,
    ...(accuracyM === undefined || accuracyM < 0 ? {} : { accuracyM }),
    ...(knots === undefined || knots < 0 ? {} : { speedMps: knotsToMps(knots) }),
    ...(heading === undefined || heading < 0 ? {} : { headingDeg: heading % 360 }),
    valid: !isFalse(text(params, "valid")),
  };
}

/** To the centimetre: finer than any receiver, and the same as a device that sends m/s. */
const knotsToMps = (knots: number): number => Math.round(knots * MPS_PER_KNOT * 100) / 100;

/** Absent, empty and the words that clients write for "nothing" are all nothing. */
function text(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name)?.trim();
  return value === undefined || value === "" || value === "null" ? undefined : value;
}

function number(params: URLSearchParams, name: string): number | undefined {
  const value = toNumber(text(params, name));
  return Number.isFinite(value) ? value : undefined;
}

/** Decimal only: `Number` alone would read an empty text as 0 and `0x10` as 16. */
function toNumber(value: string | undefined): number {
  const trimmed = value?.trim() ?? "";
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

const isTrue = (value: string | undefined): boolean => value === "true" || value === "1";
const isFalse = (value: string | undefined): boolean => value === "false" || value === "0";
