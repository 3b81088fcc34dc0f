import type { LatLng } from "../../../shared/domain/kernel/record.ts";
import type { StoredRecord } from "../../store/dto.ts";

/** About 8 km around a court that has none below it. */
const ALONE_DEG = 0.08;

/** What the map shows when nothing calls: the own court and every court below it. */
export function homePoints(
  courts: ReadonlyMap<string, StoredRecord<"court">>,
  ownId: string | undefined,
): readonly LatLng[] {
  const own = ownId === undefined ? undefined : courts.get(ownId);
  if (!own) return [];
  const seats = [...courts.values()]
    .filter((court) => isWithin(court, own.id, courts))
    .flatMap(({ dto }) => (dto.seat ? [dto.seat] : []));
  const [only] = seats;
  if (seats.length !== 1 || !only) return seats;
  return [
    { lat: only.lat - ALONE_DEG, lng: only.lng - ALONE_DEG },
    { lat: only.lat + ALONE_DEG, lng: only.lng + ALONE_DEG },
  ];
}

/** Three tiers: itself, its parent or its grandparent. */
function isWithin(
  court: StoredRecord<"court">,
  ownId: string,
  courts: ReadonlyMap<string, StoredRecord<"court">>,
): boolean {
  const parent = court.dto.parentId;
  const grandparent = parent === undefined ? undefined : courts.get(parent)?.dto.parentId;
  return court.id === ownId || parent === ownId || grandparent === ownId;
}
