import type { LatLng } from "../../shared/domain/kernel/record.ts";
import type { EntityType, Ref } from "../../shared/domain/kernel/ref.ts";
import type { RecordMaps } from "../store/records.ts";
import type { Fleet } from "./fleet.ts";

type Where = Pick<Fleet, "locate">;
type Finder = (id: string, maps: RecordMaps, fleet: Where) => LatLng | undefined;

const operationPlace = (id: string | undefined, maps: RecordMaps): LatLng | undefined =>
  id === undefined ? undefined : maps.operation.get(id)?.dto.place;

const courtSeat = (id: string | undefined, maps: RecordMaps): LatLng | undefined =>
  id === undefined ? undefined : maps.court.get(id)?.dto.seat;

function firstEscort(ids: readonly string[] | undefined, fleet: Where): LatLng | undefined {
  for (const id of ids ?? []) {
    const at = fleet.locate(id);
    if (at) return at;
  }
  return undefined;
}

/** Where a record is on the map: its own point, else where the people or the operation of it are. */
const FINDERS: Readonly<Partial<Record<EntityType, Finder>>> = {
  court: (id, maps) => courtSeat(id, maps),
  officer: (id, _maps, fleet) => fleet.locate(id),
  operation: (id, maps) => operationPlace(id, maps),
  unit: (id, maps) => maps.unit.get(id)?.dto.seat,
  detention(id, maps, fleet) {
    const dto = maps.detention.get(id)?.dto;
    return firstEscort(dto?.escortIds, fleet) ?? operationPlace(dto?.operationId, maps);
  },
  police(id, maps) {
    const dto = maps.police.get(id)?.dto;
    return dto?.place ?? operationPlace(dto?.operationId, maps);
  },
  incident(id, maps, fleet) {
    const dto = maps.incident.get(id)?.dto;
    // Who calls for help is looked for where he is now; anything else happened where it happened.
    const caller = dto?.sos ? fleet.locate(dto.reporterId) : undefined;
    return (
      caller ??
      dto?.place ??
      fleet.locate(dto?.reporterId) ??
      operationPlace(dto?.operationId, maps) ??
      courtSeat(dto?.courtId, maps)
    );
  },
};

export const locateRef = (ref: Ref, maps: RecordMaps, fleet: Where): LatLng | undefined =>
  FINDERS[ref.type]?.(ref.id, maps, fleet);
