import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { MapSurface } from "../../../map/MapSurface.tsx";
import type { MapView } from "../../../map/map-view.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { formatSeconds } from "../../../ui/format-time.ts";
import { type Desk, useDesk, useDeskState } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { toggleReplay } from "../replay/toggle-replay.ts";
import { consoleLayers } from "./console-layers.ts";
import { MapTools } from "./MapTools.tsx";

/** Marks a little larger on a very large screen. */
export const scaleOf = (heightPx: number): number => (heightPx > 1_500 ? 1.4 : 1);

export function ConsoleMap() {
  const { t } = useTranslation("console");
  const desk = useDesk();
  const layers = useMemo(() => consoleLayers(desk.store), [desk]);
  const onView = useCallback((view: MapView | null) => handOver(desk, view), [desk]);
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
      <CutNotice />
    </MapSurface>
  );
}

/** The map that comes looks where the one that went looked. */
export function handOver(desk: Desk, view: MapView | null): void {
  const before = desk.map.current;
  if (!view && before) {
    const { lat, lng } = before.map.getCenter();
    desk.sight.current = { center: { lat, lng }, zoom: before.map.getZoom() };
  }
  const { sight } = desk;
  if (view && sight.current)
    view.map.setView(sight.current.center, sight.current.zoom, { animate: false });
  desk.map.current = view;
}

/** A call for help ended a look into the past; the instant is kept. */
function CutNotice() {
  const { t } = useTranslation("replay");
  const { store } = useDesk();
  const { ui } = useStores();
  const replayed = useDeskState((s) => s.replayed);
  if (!replayed?.cut) return null;
  return (
    <p className="map-pick map-cut" role="status">
      {t("cut", { time: formatSeconds(replayed.at) })}
      <button type="button" onClick={() => toggleReplay(store, ui)}>
        {t("cutOn")}
        <KeyHint k="P" />
      </button>
      <button type="button" onClick={() => store.getState().forgetCut()}>
        {t("cutSeen")}
      </button>
    </p>
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
