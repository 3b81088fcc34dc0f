import type { Seat } from "../../shared/domain/authority/audience.ts";
import type { Freshness } from "../store/connection.ts";

/** A field phone hears a heartbeat every 10 s, the others every 2 s. */
const LIMITS: Readonly<Record<Seat, { readonly lateMs: number; readonly staleMs: number }>> = {
  console: { lateMs: 5_000, staleMs: 10_000 },
  wall: { lateMs: 5_000, staleMs: 10_000 },
  field: { lateMs: 25_000, staleMs: 45_000 },
};

/** How old the glass is, by server time; `heardAt` is when it was last in step with the log. */
export function freshnessOf(seat: Seat, heardAt: number | undefined, now: number): Freshness {
  if (heardAt === undefined) return "never";
  const age = now - heardAt;
  if (age > LIMITS[seat].staleMs) return "stale";
  return age > LIMITS[seat].lateMs ? "late" : "fresh";
}
