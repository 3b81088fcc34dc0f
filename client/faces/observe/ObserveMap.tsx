import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LatLng } from "../../../shared/domain/kernel/record.ts";
import type { ObservedOperation } from "../../../shared/domain/observer/frame.ts";
import { mountBasemap } from "../../map/basemap-layer.ts";
import { MapSurface } from "../../map/MapSurface.tsx";
import type { MapView } from "../../map/map-view.ts";
import { mountObserved } from "./observed-layer.ts";

const LAYERS = [mountBasemap, mountObserved];
/** Closer than this a place to a kilometre would look like an address. */
const ROUGH_ZOOM = 10;
const scaleOf = (heightPx: number): number => (heightPx > 700 ? 1.8 : 1);

/** The wall's picture for this seat: the land, and the released operations where they about are. */
export function ObserveMap({ operations }: { readonly operations: readonly ObservedOperation[] }) {
  const { t } = useTranslation("observe");
  const [view, setView] = useState<MapView | null>(null);
  // As text: a new frame with the same places moves nothing.
  const places = JSON.stringify(operations.map(({ lat, lng }) => ({ lat, lng })));
  useEffect(() => {
    if (!view) return;
    const points = JSON.parse(places) as readonly LatLng[];
    if (points.length > 0) view.camera.fit(points, { maxZoom: ROUGH_ZOOM });
    else view.camera.home();
  }, [view, places]);
  return (
    <div className="observe-map">
      <MapSurface layers={LAYERS} label={t("map")} interactive scaleOf={scaleOf} onView={setView} />
    </div>
  );
}
