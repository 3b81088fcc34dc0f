import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { mountBasemap } from "../../../map/basemap-layer.ts";
import { mountCourts } from "../../../map/courts-layer.ts";
import { mountDetentions } from "../../../map/detentions-layer.ts";
import { mountIncidents } from "../../../map/incidents-layer.ts";
import { MapSurface } from "../../../map/MapSurface.tsx";
import type { MapView, MountLayer } from "../../../map/map-view.ts";
import { officersLayer } from "../../../map/officers-layer.ts";
import { mountOperations } from "../../../map/operations-layer.ts";
import { mountPolice } from "../../../map/police-layer.ts";
import { mountSelection } from "../../../map/selection-layer.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { handOver, scaleOf } from "../map/ConsoleMap.tsx";
import { CROWD } from "../map/console-layers.ts";

/** The live map's layers on the replay's own stores; nothing can be picked or followed. */
const LAYERS: readonly MountLayer[] = [
  mountBasemap,
  mountCourts,
  mountOperations,
  officersLayer({ crowd: CROWD }),
  mountDetentions,
  mountPolice,
  mountSelection,
  mountIncidents,
];

export function ReplayMap() {
  const { t } = useTranslation("replay");
  const desk = useDesk();
  const onView = useCallback((view: MapView | null) => handOver(desk, view), [desk]);
  return (
    <MapSurface
      layers={LAYERS}
      label={t("map")}
      interactive
      jumps
      scaleOf={scaleOf}
      onView={onView}
    />
  );
}
