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
