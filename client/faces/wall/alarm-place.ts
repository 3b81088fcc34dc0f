import type { LatLng } from "../../../shared/domain/kernel/record.ts";
import type { StoredRecord } from "../../store/dto.ts";
import type { PositionArrays } from "../../store/positions.ts";

export interface AlarmPlace {
  readonly at: LatLng;
  /** Server ms of the fix, when the place is one. */
  readonly fixAt: number | undefined;
}

/**
 * Where to send people: whoever calls for help is where his phone was last heard; anything else
 * happened where it was reported. The map flies to the same point.
 */
export function alarmPlace(
  { dto }: StoredRecord<"incident">,
  reporter: StoredRecord<"officer"> | undefined,
  operation: StoredRecord<"operation"> | undefined,
  positions: Pick<PositionArrays, "lat" | "lng" | "at">,
): AlarmPlace | undefined {
  const fix = lastFix(reporter, positions);
  if (dto.sos && fix) return fix;
  if (dto.place) return { at: dto.place, fixAt: undefined };
  if (fix) return fix;
  const place = operation?.dto.place;
  return place && { at: place, fixAt: undefined };
}

function lastFix(
  reporter: StoredRecord<"officer"> | undefined,
  { lat, lng, at }: Pick<PositionArrays, "lat" | "lng" | "at">,
): AlarmPlace | undefined {
  const { trackIndex: index, duty } = reporter?.dto ?? {};
  if (index === undefined || duty === "OFF_DUTY") return undefined;
  const fixAt = at[index] ?? 0;
  return fixAt > 0 ? { at: { lat: lat[index] ?? 0, lng: lng[index] ?? 0 }, fixAt } : undefined;
}
