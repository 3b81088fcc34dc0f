import type { BatchFix } from "../../shared/wire/position-batch.ts";

/** One request a fix, the next only after 200, as OsmAnd and Traccar Client do. */
export interface OsmandRoad {
  /** Resolves with the highest number that was answered, or nothing. */
  send(fixes: readonly BatchFix[]): Promise<number | undefined>;
}

const KNOTS_PER_MPS = 3_600 / 1_852;
const TIMEOUT_MS = 10_000;
/** A phone back in coverage does not hold its road for ever. */
const MOST_AT_ONCE = 40;

export function createOsmandRoad(token: string, fetcher: typeof fetch): OsmandRoad {
  const dot = token.lastIndexOf(".");
  const deviceId = token.slice(0, dot);
  const secret = token.slice(dot + 1);
  const sendOne = async (fix: BatchFix): Promise<boolean> => {
    try {
      const answer = await fetcher(`/osmand?${queryOf(deviceId, fix)}`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      return answer.status === 200;
    } catch {
      return false; // no network or no answer in time: the fix stays with the phone
    }
  };
  return {
    async send(fixes) {
      let upTo: number | undefined;
      for (const fix of fixes.slice(0, MOST_AT_ONCE)) {
        if (!(await sendOne(fix))) return upTo;
        upTo = fix.seq;
      }
      return upTo;
    },
  };
}

function queryOf(deviceId: string, fix: BatchFix): URLSearchParams {
  const { deviceAt, lat, lng, accuracyM, speedMps, headingDeg, batteryPct } = fix;
  const said: Record<string, string> = {
    id: deviceId,
    timestamp: String(deviceAt),
    lat: lat.toFixed(6),
    lon: lng.toFixed(6),
  };
  if (accuracyM !== undefined) said.accuracy = String(accuracyM);
  if (speedMps !== undefined) said.speed = (speedMps * KNOTS_PER_MPS).toFixed(2);
  if (headingDeg !== undefined) said.bearing = headingDeg.toFixed(1);
  if (batteryPct !== undefined) said.batt = String(batteryPct);
  return new URLSearchParams(said);
}
