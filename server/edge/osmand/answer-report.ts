import RateLimiterMemory from "rate-limiter-flexible/lib/RateLimiterMemory.js";
import RateLimiterRes from "rate-limiter-flexible/lib/RateLimiterRes.js";
import type { OsmandReport } from "./report.ts";
import { type OsmandDeps, type OsmandDevice, takeReport } from "./take-report.ts";

/** CFG. A phone that was off the net sends its outbox as fast as it is answered. */
const REPORTS_PER_DEVICE_PER_MINUTE = 1_200;
/** CFG. Unknown devices and wrong secrets, per address; a mobile network has few addresses. */
const FAILURES_PER_ADDRESS_PER_MINUTE = 300;

export interface OsmandLimits {
  readonly reports: RateLimiterMemory;
  readonly failures: RateLimiterMemory;
}

export const osmandLimits = (): OsmandLimits => ({
  reports: new RateLimiterMemory({ points: REPORTS_PER_DEVICE_PER_MINUTE, duration: 60 }),
  failures: new RateLimiterMemory({ points: FAILURES_PER_ADDRESS_PER_MINUTE, duration: 60 }),
});

/** The device, if it may speak and its secret is right. All failures look alike from outside. */
export async function knownDevice(
  deviceId: string,
  secret: string,
  deps: OsmandDeps,
): Promise<OsmandDevice | undefined> {
  const device = deps.findDevice(deviceId);
  const isRight = await deps.checkSecret(deviceId, secret);
  const maySpeak = device && device.kind !== "KIOSK" && device.status !== "REVOKED";
  return maySpeak && isRight ? device : undefined;
}

/** What a device that is known is answered. */
export async function answerReport(
  report: OsmandReport,
  device: OsmandDevice,
  deps: OsmandDeps,
  limits: OsmandLimits,
): Promise<{ readonly status: number; readonly waitS?: number }> {
  // No limit ever stands before a call for help.
  const waitS = report.sos ? undefined : await secondsToWait(limits.reports, report.deviceId);
  if (waitS !== undefined) return { status: 429, waitS };
  return { status: (await takeReport(report, device, deps)) === "STORED" ? 200 : 503 };
}

/** Takes a point; nothing when there was one left. */
export async function secondsToWait(
  limiter: RateLimiterMemory,
  key: string,
): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1_000);
    throw refused;
  }
}
