import { mountBasemap } from "../../../map/basemap-layer.ts";
import { mountCourts } from "../../../map/courts-layer.ts";
import { mountDetentions } from "../../../map/detentions-layer.ts";
import { mountIncidents } from "../../../map/incidents-layer.ts";
import type { MountLayer } from "../../../map/map-view.ts";
import { officersLayer } from "../../../map/officers-layer.ts";
import { mountOperations } from "../../../map/operations-layer.ts";
import { mountPolice } from "../../../map/police-layer.ts";
import { mountSelection } from "../../../map/selection-layer.ts";
import type { DeskStore } from "../desk/desk-store.ts";
import { focusLayer } from "./focus-layer.ts";
import { pickLayer } from "./pick-layer.ts";
import { toggledLayer } from "./toggled-layer.ts";

/** A desk looks closer than a wall: officers are counted together only when they really crowd. */
export const CROWD = 8;

/** From the land up. Alarms cannot be switched off. */
export const consoleLayers = (desk: DeskStore): readonly MountLayer[] => [
  mountBasemap,
  toggledLayer(desk, "courts", mountCourts),
  toggledLayer(desk, "operations", mountOperations),
  toggledLayer(desk, "officers", officersLayer({ crowd: CROWD })),
  toggledLayer(desk, "detentions", mountDetentions),
  toggledLayer(desk, "police", mountPolice),
  mountSelection,
  mountIncidents,
  pickLayer(desk),
  focusLayer,
];
