import type { Stores } from "../store/stores.ts";
import type { Fleet } from "./fleet.ts";
import { isHeld, isOpenIncident } from "./live-records.ts";

/** Officers that no cluster may hide: selected, calling for help, escorting a held person. */
export function keptApart(stores: Pick<Stores, "records" | "ui">, fleet: Fleet): Set<number> {
  const { maps } = stores.records.getState();
  const { selection, follow } = stores.ui.getState();
  const apart = new Set<number>();
  const keep = (officerId: string | undefined) => {
    const index = officerId === undefined ? undefined : fleet.indexOf(officerId);
    if (index !== undefined) apart.add(index);
  };
  if (selection?.type === "officer") keep(selection.id);
  if (follow?.type === "officer") keep(follow.id);
  for (const { dto } of maps.incident.values()) if (isOpenIncident(dto)) keep(dto.reporterId);
  for (const { dto } of maps.detention.values()) {
    if (isHeld(dto)) for (const id of dto.escortIds ?? []) keep(id);
  }
  return apart;
}

/** Whose name the burst of an open SOS already bears: it stands on the caller's own dot. */
export function namedByBurst({ records }: Pick<Stores, "records">, fleet: Fleet): Set<number> {
  const named = new Set<number>();
  for (const { dto } of records.getState().maps.incident.values()) {
    if (!dto.sos || !dto.kind || !isOpenIncident(dto) || dto.reporterId === undefined) continue;
    const index = fleet.indexOf(dto.reporterId);
    if (index !== undefined) named.add(index);
  }
  return named;
}
