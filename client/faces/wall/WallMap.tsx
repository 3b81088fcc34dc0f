import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CENTRE_LAYERS } from "../../map/layers.ts";
import { locateRef } from "../../map/locate.ts";
import { MapSurface } from "../../map/MapSurface.tsx";
import type { MapView } from "../../map/map-view.ts";
import { useStores } from "../../store/stores-context.tsx";
import { useLoaded } from "../../store/use-records.ts";
import type { Alarm } from "./alarms.ts";
import { homePoints } from "./home-view.ts";
import { createViewLock, type ViewLock } from "./view-lock.ts";

/** Marks of a desk are made for a map of this height; a wall is looked at from afar. */
const DESK_HEIGHT_PX = 620;
const scaleOf = (heightPx: number): number => Math.max(0.9, heightPx / DESK_HEIGHT_PX);

/** At scale 1: a quarter of a city, some 10 km across. */
const ALARM_ZOOM = 12.25;

interface Locked {
  readonly view: MapView;
  readonly lock: ViewLock;
}

/** The map of the own subtree; it moves only when the set of alarms changes. */
export function WallMap({ takers }: { takers: readonly Alarm[] }) {
  const { t } = useTranslation("wall");
  const stores = useStores();
  const loaded = useLoaded();
  const [locked, setLocked] = useState<Locked | null>(null);
  const onView = useCallback(
    (view: MapView | null) => setLocked(view && { view, lock: createViewLock() }),
    [],
  );

  const glass = useGlass(locked?.view);

  useEffect(() => {
    if (!locked || !loaded) return;
    const { view, lock } = locked;
    const { maps } = stores.records.getState();
    const move = lock.next(takers, glass);
    if (move === "stay") return;
    const points = takers.flatMap(
      ({ id }) => locateRef({ type: "incident", id }, maps, view.fleet) ?? [],
    );
    if (move === "alarms" && points.length > 0) {
      // The card lies over the left half; the alarm must not lie under it.
      const padLeftPx = view.map.getSize().x * CARD_SHARE;
      view.camera.fit(points, { maxZoom: ALARM_ZOOM + Math.log2(view.scale()), padLeftPx });
      return;
    }
    const home = homePoints(maps.court, stores.session.getState().hello?.courtId);
    if (home.length > 0) view.camera.fit(home);
    else view.camera.home();
  }, [locked, loaded, takers, stores, glass]);

  return (
    <MapSurface
      layers={CENTRE_LAYERS}
      label={t("map")}
      interactive={false}
      scaleOf={scaleOf}
      onView={onView}
    />
  );
}

/** The size of the map; another one when the glass has become another. */
function useGlass(view: MapView | undefined): string {
  const [glass, setGlass] = useState("");
  useEffect(() => {
    if (!view) return;
    const { map } = view;
    const measure = () => {
      const { x, y } = map.getSize();
      setGlass(`${x}x${y}`);
    };
    measure();
    map.on("resize", measure);
    return () => {
      map.off("resize", measure);
    };
  }, [view]);
  return glass;
}

/** Share of the map's width that the alarm card covers. */
const CARD_SHARE = 0.4;
