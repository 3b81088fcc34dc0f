import type { StoredRecord } from "../store/dto.ts";
import { subscribeType } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import { courtShortNames } from "./court-name.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "./marker-set.ts";
import { courtMark } from "./marks.ts";

/** From here on a tier's names have room; marks are always there. */
const NAMES_FROM: readonly (readonly [zoom: number, className: string])[] = [
  [7.5, "shows-intermediate"],
  [10.5, "shows-basic"],
];

const RANK: Readonly<Record<string, number>> = { HIGH: 300, INTERMEDIATE: 200, BASIC: 100 };

/** Diamonds by tier, hollow when the court's centre is known to be offline. */
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
    marks.sync(new Map([...courts.values()].flatMap((court) => markOf(court, own, names))));
  };
  const showNames = () => {
    const zoom = map.getZoom() - Math.log2(view.scale());
    for (const [from, name] of NAMES_FROM) map.getContainer().classList.toggle(name, zoom >= from);
  };
  draw();
  showNames();
  map.on("zoomend", showNames);
  return disposeOf(
    marks,
    subscribeType(stores.records, "court", draw),
    stores.session.subscribe(draw),
    () => map.off("zoomend", showNames),
  );
}

function markOf(
  { id, dto }: StoredRecord<"court">,
  own: string | undefined,
  names: ReadonlyMap<string, string>,
): [string, Mark][] {
  if (!dto.seat) return [];
  const tier = dto.tier ?? "BASIC";
  const name = names.get(id) ?? id;
  const html = courtMark(tier, id === own, isOffline(dto), name);
  return [[id, { at: dto.seat, html, title: dto.name ?? name, zIndex: RANK[tier] ?? 0 }]];
}

/** Model 4.1 `centerStatus`; servers that do not say so leave every diamond filled. */
const isOffline = (dto: object): boolean =>
  (dto as { readonly centerStatus?: string }).centerStatus === "OFFLINE";
