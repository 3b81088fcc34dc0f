import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { MapSurface } from "../../../map/MapSurface.tsx";
import type { MapView } from "../../../map/map-view.ts";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { consoleLayers } from "./console-layers.ts";
import { MapTools } from "./MapTools.tsx";

/** Marks a little larger on a very large screen. */
const scaleOf = (heightPx: number): number => (heightPx > 1_500 ? 1.4 : 1);

export function ConsoleMap() {
  const { t } = useTranslation("console");
  const desk = useDesk();
  const layers = useMemo(() => consoleLayers(desk.store), [desk]);
  const onView = useCallback(
    (view: MapView | null) => {
      desk.map.current = view;
    },
    [desk],
  );
  return (
    <MapSurface
      layers={layers}
      label={t("map.label")}
      interactive
      scaleOf={scaleOf}
      onView={onView}
    >
      <MapTools />
      <PickNotice />
    </MapSurface>
  );
}

function PickNotice() {
  const { t } = useTranslation("console");
  const picking = useDeskState((s) => s.pick !== null);
  return picking ? (
    <p className="map-pick" role="status">
      {t("map.pick")}
    </p>
  ) : null;
}
