import { locateRef } from "../../../map/locate.ts";
import type { MountLayer } from "../../../map/map-view.ts";
import { subtreeIds } from "../queue/court-counts.ts";

/** The map comes to what is selected when it lies outside, and to the court that was chosen. */
export const focusLayer: MountLayer = (view, { ui, records, session }) => {
  const showSelection = () => {
    const { selection } = ui.getState();
    if (!selection) return;
    const at = locateRef(selection, records.getState().maps, view.fleet);
    if (!at || view.map.getBounds().pad(-0.1).contains(at)) return;
    view.camera.flyTo(at, Math.max(view.map.getZoom(), 11));
  };
  const showCourt = () => {
    const { courtFilter } = ui.getState();
    const courtId = courtFilter ?? session.getState().hello?.courtId;
    const courts = records.getState().maps.court;
    if (courtId === undefined || courts.get(courtId)?.dto.tier === "HIGH") {
      view.camera.home();
      return;
    }
    const ids = subtreeIds(courtId, courts) ?? new Set();
    view.camera.fit(
      [...ids].flatMap((id) => courts.get(id)?.dto.seat ?? []),
      { maxZoom: 11 },
    );
  };
  let opened = false;
  const first = () => {
    if (opened || records.getState().cursor === null) return;
    opened = true;
    showCourt();
  };
  first();
  const stops = [
    records.subscribe(first),
    ui.subscribe((now, before) => {
      if (now.selection !== before.selection) showSelection();
      if (now.courtFilter !== before.courtFilter) showCourt();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};
