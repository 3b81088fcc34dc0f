import type { BatchFix } from "../../../shared/wire/position-batch.ts";
import type { FixSource } from "../../../shared/wire/position-frame.ts";

/** One position of one officer, whatever road it came by. WGS-84. */
export interface Fix {
  readonly officerId: string;
  /** The device that measured it: what repeats are recognised by. */
  readonly deviceId: string;
  readonly trackIndex: number;
  /** The device's clock at the measurement, ms. */
  readonly deviceAt: number;
  /** Server time of receipt, ms. */
  readonly receivedAt: number;
  readonly lat: number;
  readonly lng: number;
  readonly accuracyM?: number;
  readonly speedMps?: number;
  /** Clockwise from north. */
  readonly headingDeg?: number;
  readonly batteryPct?: number;
  readonly source: FixSource;
  /** The device says that the position was not measured. Kept and marked, never hidden. */
  readonly mock: boolean;
  /** The device's own number of this fix, where its protocol has one. */
  readonly seq?: number;
}

/** Who a batch speaks for, as the session or the device key says. */
export interface FixSender {
  readonly officerId: string;
  readonly deviceId: string;
  readonly trackIndex: number;
  readonly source: FixSource;
}

export const batchFixToFix = (fix: BatchFix, sender: FixSender, receivedAt: number): Fix => ({
  ...fix,
  ...sender,
  receivedAt,
});
