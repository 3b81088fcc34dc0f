/** What one OsmAnd request says, whichever of its two forms it came in. */
export interface OsmandReport {
  readonly deviceId: string;
  /** ms; absent when the request named no time. */
  readonly deviceAt?: number;
  /** Absent: a keep-alive, or a receiver without a position. */
  readonly position?: OsmandPosition;
  readonly batteryPct?: number;
  readonly mock: boolean;
  readonly sos: boolean;
}

export interface OsmandPosition {
  readonly lat: number;
  readonly lng: number;
  readonly accuracyM?: number;
  readonly speedMps?: number;
  readonly headingDeg?: number;
  /** False: the receiver itself does not trust it. Shown with an SOS, never tracked. */
  readonly valid: boolean;
}

/** QUERY: Traccar Client up to 8 and OsmAnd itself; JSON: Traccar Client from 9 on. */
export type OsmandForm = "QUERY" | "JSON";

export type OsmandParsed =
  | { readonly ok: true; readonly report: OsmandReport }
  | { readonly ok: false; readonly reason: "NO_ID" | "TIMESTAMP" | "POSITION" };
