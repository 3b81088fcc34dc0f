import type { Seat } from "../../shared/domain/authority/audience.ts";
import type { Freshness } from "../store/connection.ts";

/** A field phone hears a heartbeat every 10 s, the others every 2 s. */
const LIMITS: Readonly<Record<Seat, { readonly lateMs: number; readonly staleMs: number }>> = {
  console: { lateMs: 5_000, staleMs: 10_000 },
  wall: { lateMs: 5_000, staleMs: 10_000 },
  partner: { lateMs: 5_000, staleMs: 10_000 },
  field: { lateMs: 25_000, staleMs: 45_000 },
  inspector: { lateMs: 5_000, staleMs: 10_000 },
  president: { lateMs: 5_000, staleMs: 10_000 },
  /** Of a glass that is 30 s behind by design; its time is that of what it shows. */
  observer: { lateMs: 5_000, staleMs: 10_000 },
};

/**
 * How old the glass is: `ageMs` since it was last in step with the log, `UNKNOWN` for what was
 * remembered from before the server was heard (the device's own clock may be wrong by days).
 */
export function freshnessOf(seat: Seat, ageMs: number | "UNKNOWN" | undefined): Freshness {
  if (ageMs === undefined) return "never";
  if (ageMs === "UNKNOWN" || ageMs > LIMITS[seat].staleMs) return "stale";
  return ageMs > LIMITS[seat].lateMs ? "late" : "fresh";
}
