import type { DeviceKind } from "../../../shared/domain/device/state.ts";
import type { Fix, FixSender } from "../../app/positions/fix.ts";
import type { PositionClock } from "../../app/positions/ports.ts";
import { judgeFix } from "../../app/positions/sanity.ts";
import type { OsmandReport } from "./report.ts";
import { reportToFix } from "./report-to-fix.ts";

export interface OsmandDevice {
  readonly officerId: string;
  readonly trackIndex: number;
  readonly kind: DeviceKind;
  readonly status: "REGISTERED" | "ENROLLED" | "REVOKED";
}

export interface OsmandSos {
  /** The same for every retry of the same call, so that it is raised once. */
  readonly commandId: string;
  readonly deviceId: string;
  readonly officerId: string;
  /** Device time of the call, ms; time of receipt when the device named none. */
  readonly at: number;
  readonly receivedAt: number;
  /** Absent when the device had no position that can be on a map. */
  readonly fix?: Fix;
}

export interface OsmandDeps {
  /** A device that speaks for an officer, or nothing. */
  findDevice(deviceId: string): OsmandDevice | undefined;
  checkSecret(deviceId: string, secret: string): Promise<boolean>;
  /** True when they are dealt with and what belongs to a track would survive a crash. */
  ingest(fixes: readonly Fix[]): Promise<boolean>;
  /** A sign of life without a position. */
  seen(trackIndex: number, at: number): void;
  /** True when the call for help is stored, in the log or in the emergency journal. */
  raiseSos(sos: OsmandSos): Promise<boolean>;
  readonly clock: PositionClock;
}

/** STORED: the device need not send it again. */
export type Taken = "STORED" | "NOT_STORED";

/** A device without a clock repeats its call for help; within a minute it is the same call. */
const SAME_CALL_MS = 60_000;

/** Takes what an authenticated device says: the call for help first, then the position. */
export async function takeReport(
  report: OsmandReport,
  device: OsmandDevice,
  deps: OsmandDeps,
): Promise<Taken> {
  const receivedAt = deps.clock.now();
  const sender: FixSender = {
    officerId: device.officerId,
    deviceId: report.deviceId,
    trackIndex: device.trackIndex,
    source: "DEVICE",
  };
  const fix = reportToFix(report, sender, receivedAt);
  const taken = report.sos ? await raise(report, fix, sender, receivedAt, deps) : "STORED";
  if (!fix || !report.position?.valid) {
    deps.seen(device.trackIndex, receivedAt);
    return taken;
  }
  const kept = deps.ingest([fix]);
  // A call for help carries its place by itself, and never waits for a track.
  if (report.sos) return taken;
  return (await kept) ? "STORED" : "NOT_STORED";
}

async function raise(
  report: OsmandReport,
  fix: Fix | undefined,
  sender: FixSender,
  receivedAt: number,
  deps: OsmandDeps,
): Promise<Taken> {
  const stamp = report.deviceAt ?? Math.floor(receivedAt / SAME_CALL_MS) * SAME_CALL_MS;
  const isStored = await deps.raiseSos({
    commandId: `dev:${sender.deviceId}:sos:${stamp}`,
    deviceId: sender.deviceId,
    officerId: sender.officerId,
    at: report.deviceAt ?? receivedAt,
    receivedAt,
    ...(fix && isOnMap(fix) ? { fix } : {}),
  });
  return isStored ? "STORED" : "NOT_STORED";
}

/** A position that no schema would take must not cost the call its way. */
function isOnMap(fix: Fix): boolean {
  const verdict = judgeFix(fix, undefined);
  return (
    verdict.kind !== "REJECT" ||
    (verdict.reason !== "OUT_OF_RANGE" && verdict.reason !== "NULL_ISLAND")
  );
}
