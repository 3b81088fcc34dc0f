import { mountBasemap } from "./basemap-layer.ts";
import { mountCourts } from "./courts-layer.ts";
import { mountDetentions } from "./detentions-layer.ts";
import { mountIncidents } from "./incidents-layer.ts";
import type { MountLayer } from "./map-view.ts";
import { officersLayer } from "./officers-layer.ts";
import { mountOperations } from "./operations-layer.ts";
import { mountPolice } from "./police-layer.ts";
import { mountSelection } from "./selection-layer.ts";

/** Everything a command centre looks at, from the land up. */
export const CENTRE_LAYERS: readonly MountLayer[] = [
  mountBasemap,
  mountCourts,
  mountOperations,
  officersLayer({ crowd: 4 }),
  mountDetentions,
  mountPolice,
  mountSelection,
  mountIncidents,
];
