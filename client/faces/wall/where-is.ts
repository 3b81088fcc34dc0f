import type { LatLng } from "../../../shared/domain/kernel/record.ts";
import { bearingDeg } from "../../../shared/geo/bearing.ts";
import { distanceM } from "../../../shared/geo/distance.ts";
import type { StoredRecord } from "../../store/dto.ts";

/** A place in words a room understands, without an address: so far from that court. */
export interface Whereabouts {
  readonly courtId: string;
  readonly km: number;
  /** 0 north, 1 north-east … 7 north-west. */
  readonly direction: number;
}

/** An address may be the debtor's home; a wall says only how far from which court (WALL-5). */
export function whereabouts(
  at: LatLng,
  courts: Iterable<StoredRecord<"court">>,
): Whereabouts | undefined {
  let best: { courtId: string; meters: number; seat: LatLng } | undefined;
  for (const { id, dto } of courts) {
    if (!dto.seat) continue;
    const meters = distanceM(dto.seat, at);
    if (!best || meters < best.meters) best = { courtId: id, meters, seat: dto.seat };
  }
  if (!best) return undefined;
  return {
    courtId: best.courtId,
    km: best.meters / 1_000,
    direction: Math.round(bearingDeg(best.seat, at) / 45) % 8,
  };
}
