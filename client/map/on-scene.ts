import type { LatLng } from "../../shared/domain/kernel/record.ts";
import type { OperationState } from "../../shared/domain/operation/state.ts";
import { distanceM } from "../../shared/geo/distance.ts";
import type { StoredRecord } from "../store/dto.ts";
import type { PositionArrays } from "../store/positions.ts";

/** The geofence suggests arrival at 150 m; a scene is a house, its yard and the road before it. */
const ON_SCENE_WITHIN_M = 300;

const AT_PLACE: ReadonlySet<OperationState> = new Set([
  "ON_SCENE",
  "EXECUTING",
  "PAUSED",
  "CLOSING",
]);

/** Members of an operation that has arrived, as far as they are really there. */
export function onSceneIndices(
  operations: Iterable<StoredRecord<"operation">>,
  officers: ReadonlyMap<string, StoredRecord<"officer">>,
  positions: PositionArrays,
): Set<number> {
  const found = new Set<number>();
  for (const { dto } of operations) {
    const { state, place } = dto;
    if (!state || !AT_PLACE.has(state) || !place) continue;
    const indices = (dto.memberIds ?? []).map((id) => officers.get(id)?.dto.trackIndex);
    for (const index of indices) {
      if (index !== undefined && isNear(positions, index, place)) found.add(index);
    }
  }
  return found;
}

function isNear(positions: PositionArrays, index: number, place: LatLng): boolean {
  if (!positions.at[index]) return false;
  const at = { lat: positions.lat[index]!, lng: positions.lng[index]! };
  return distanceM(at, place) <= ON_SCENE_WITHIN_M;
}
