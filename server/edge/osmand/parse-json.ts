import * as z from "zod";
import { parseTimestamp } from "./parse-timestamp.ts";
import type { OsmandParsed, OsmandPosition, OsmandReport } from "./report.ts";

/** Whatever a member holds that is not a finite number is taken as absent: clients send nulls. */
const maybeNumber = z.number().optional().catch(undefined);
const maybeText = z.string().optional().catch(undefined);
const maybeFlag = z.boolean().optional().catch(undefined);

const coords = z.object({
  latitude: maybeNumber,
  longitude: maybeNumber,
  accuracy: maybeNumber,
  speed: maybeNumber,
  heading: maybeNumber,
});

const location = z.object({
  timestamp: z.unknown(),
  coords: coords.optional().catch(undefined),
  mock: maybeFlag,
  alarm: maybeText,
  /** Where the app puts the alarm of its SOS button when a template of its own is not set. */
  extras: z.object({ alarm: maybeText }).optional().catch(undefined),
  battery: z.object({ level: maybeNumber }).optional().catch(undefined),
});

/** Members that are not named here are dropped unread. */
const message = z.object({
  device_id: z.union([z.string(), z.number().transform(String)]),
  location: location.optional().catch(undefined),
});

/** The newer form: JSON, speed in m/s, battery as a fraction, negative for unknown. */
export function parseOsmandJson(body: unknown): OsmandParsed {
  const parsed = message.safeParse(body);
  if (!parsed.success || parsed.data.device_id === "") return { ok: false, reason: "NO_ID" };
  const { device_id: deviceId, location: place } = parsed.data;
  if (!place) return { ok: true, report: { deviceId, mock: false, sos: false } };
  const { timestamp } = place;
  const deviceAt = parseTimestamp(timestamp);
  const isStamped = timestamp !== undefined && timestamp !== null && timestamp !== "";
  const report = reportOf(deviceId, deviceAt, place);
  // A call for help is taken whatever else in it cannot be read.
  if (isStamped && deviceAt === undefined && !report.sos) return { ok: false, reason: "TIMESTAMP" };
  return { ok: true, report };
}

function reportOf(
  deviceId: string,
  deviceAt: number | undefined,
  place: z.infer<typeof location>,
): OsmandReport {
  const position = place.coords && positionOf(place.coords);
  const level = place.battery?.level;
  const isKnownLevel = level !== undefined && level >= 0 && level <= 1;
  return {
    deviceId,
    ...(deviceAt === undefined ? {} : { deviceAt }),
    ...(position ? { position } : {}),
    ...(isKnownLevel ? { batteryPct: Math.round(level * 100) } : {}),
    mock: place.mock ?? false,
    sos: (place.alarm ?? place.extras?.alarm)?.toLowerCase() === "sos",
  };
}

function positionOf(from: z.infer<typeof coords>): OsmandPosition | undefined {
  const { latitude, longitude, accuracy, speed, heading } = from;
  if (latitude === undefined || longitude === undefined) return undefined;
  return {
    lat: latitude,
    lng: longitude,
    ...(accuracy === undefined || accuracy < 0 ? {} : { accuracyM: accuracy }),
    ...(speed === undefined || speed < 0 ? {} : { speedMps: speed }),
    ...(heading === undefined || heading < 0 ? {} : { headingDeg: heading % 360 }),
    valid: true,
  };
}
