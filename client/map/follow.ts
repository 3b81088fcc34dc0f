import type { LatLng } from "../../shared/domain/kernel/record.ts";
import type { Stores } from "../store/stores.ts";
import type { LeafletMap } from "./leaflet.ts";
import { locateRef } from "./locate.ts";
import type { Dispose, MapView } from "./map-view.ts";

const isOff = (map: LeafletMap, at: LatLng): boolean =>
  map.latLngToContainerPoint(at).distanceTo(map.getSize().divideBy(2)) >= 1;

/** Keeps the followed record in the middle; any gesture of the person ends it (MAP-8). */
export function startFollow(view: MapView, { ui, records }: Stores): Dispose {
  const { map, frames, fleet, camera } = view;
  const stopFrames = frames.onFrame(() => {
    const { follow } = ui.getState();
    if (!follow) return;
    const at = locateRef(follow, records.getState().maps, fleet);
    if (at && isOff(map, at)) camera.panTo(at);
  });
  const letGo = () => {
    if (ui.getState().follow) ui.getState().setFollow(null);
  };
  map.on("dragstart", letGo);
  return () => {
    stopFrames();
    map.off("dragstart", letGo);
  };
}
