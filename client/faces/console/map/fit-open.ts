import { locateRef } from "../../../map/locate.ts";
import type { MapView } from "../../../map/map-view.ts";
import type { Stores } from "../../../store/stores.ts";
import { subtreeIds } from "../queue/court-counts.ts";

const SHOWN = ["incident", "police", "detention", "operation"] as const;

/** Everything that is open, within the court that the queue is narrowed to. */
export function fitOpen(view: MapView, { records, ui }: Stores): void {
  const { maps } = records.getState();
  const courts = subtreeIds(ui.getState().courtFilter, maps.court);
  const points = SHOWN.flatMap((type) =>
    [...maps[type].values()].flatMap(({ id, dto }) => {
      if (courts && !courts.has(dto.courtId ?? "")) return [];
      return locateRef({ type, id }, maps, view.fleet) ?? [];
    }),
  );
  if (points.length === 0) view.camera.home();
  else view.camera.fit(points, { maxZoom: 13 });
}
