import type { StoredRecord } from "../store/dto.ts";
import { subscribeType } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import { namedCourts } from "./court-labels.ts";
import { courtShortNames } from "./court-name.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "./marker-set.ts";
import { courtMark } from "./marks.ts";

const HEIGHT: Readonly<Record<string, number>> = { HIGH: 300, INTERMEDIATE: 200, BASIC: 100 };

/** Diamonds by tier, hollow when the court's centre is known to be offline; names where they fit. */
export function mountCourts(view: MapView, stores: Stores): Dispose {
  const { map } = view;
  const marks = createMarkerSet(view, {
    pane: "courts",
    keyboard: false,
    onClick: (id) => stores.ui.getState().select({ type: "court", id }),
  });
  const draw = () => {
    const courts = stores.records.getState().maps.court;
    const own = stores.session.getState().hello?.courtId;
    const names = courtShortNames(courts);
    const zoom = map.getZoom();
    const named = namedCourts(courts.values(), names, own, {
      zoom,
      scale: view.scale(),
      toPixel: (seat) => map.project(seat, zoom),
    });
    const markOf = ({ id, dto }: StoredRecord<"court">): [string, Mark][] => {
      if (!dto.seat) return [];
      const tier = dto.tier ?? "BASIC";
      const label = named.has(id) ? names.get(id) : undefined;
      const html = courtMark(tier, id === own, isOffline(dto), label);
      return [[id, { at: dto.seat, html, title: dto.name ?? id, zIndex: HEIGHT[tier] ?? 0 }]];
    };
    marks.sync(new Map([...courts.values()].flatMap(markOf)));
  };
  draw();
  map.on("zoomend resize", draw);
  return disposeOf(
    marks,
    subscribeType(stores.records, "court", draw),
    stores.session.subscribe(draw),
    () => map.off("zoomend resize", draw),
  );
}

/** Model 4.1 `centerStatus`; servers that do not say so leave every diamond filled. */
const isOffline = (dto: object): boolean =>
  (dto as { readonly centerStatus?: string }).centerStatus === "OFFLINE";
