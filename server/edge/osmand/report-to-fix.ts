import type { Fix, FixSender } from "../../app/positions/fix.ts";
import type { OsmandReport } from "./report.ts";

/** The report's position as a fix; nothing for a keep-alive. No time given: the time of receipt. */
export function reportToFix(
  report: OsmandReport,
  sender: FixSender,
  receivedAt: number,
): Fix | undefined {
  if (!report.position) return undefined;
  const { valid: _valid, ...position } = report.position;
  return {
    ...position,
    ...sender,
    deviceAt: report.deviceAt ?? receivedAt,
    receivedAt,
    ...(report.batteryPct === undefined ? {} : { batteryPct: report.batteryPct }),
    mock: report.mock,
  };
}
