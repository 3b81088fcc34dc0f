import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { map as en } from "../i18n/en/map.ts";
import { addTexts } from "../i18n/i18n.ts";
import { map as zh } from "../i18n/zh/map.ts";
import { useStores } from "../store/stores-context.tsx";
import { useConnection } from "../store/use-session.ts";
import { formatSeconds } from "../ui/format-time.ts";
import { useLanguage } from "../ui/use-language.ts";
import type { MapView, MountLayer } from "./map-view.ts";
import { mountMap } from "./mount-map.ts";
import "./map.css";
import "./marks.css";

export interface MapSurfaceProps {
  /** A stable list (module constant): another list mounts another map. */
  readonly layers: readonly MountLayer[];
  /** What a screen reader calls it. */
  readonly label: string;
  /** False on a wall: nothing to drag, click or focus. */
  readonly interactive: boolean;
  /** Size of the marks for a map of this height; a stable function. 1 on a desk. */
  readonly scaleOf?: (heightPx: number) => number;
  /** Dots stand where they were said to be and do not glide; for the past. */
  readonly jumps?: true;
  /** The map once it stands, null when it goes; a stable function. */
  readonly onView?: (view: MapView | null) => void;
  readonly children?: ReactNode;
}

/** The map: one element, its layers, and the notice when what it shows is old. */
export function MapSurface({
  layers,
  label,
  interactive,
  scaleOf,
  jumps,
  onView,
  children,
}: MapSurfaceProps) {
  const stores = useStores();
  const language = useLanguage();
  const { i18n } = useTranslation();
  if (!i18n.hasResourceBundle("zh", "map")) addTexts(i18n, "map", { zh, en });
  const freshness = useConnection((s) => s.freshness);
  const [everyMs, setEveryMs] = useState<number>();

  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      if (!element) return;
      const t = i18n.getFixedT(language);
      const mounted = mountMap(element, stores, { layers, interactive, scaleOf, jumps, t });
      const { pace } = mounted.view;
      const stopPace = pace.subscribe(() =>
        setEveryMs(pace.level > 0 ? pace.ease.everyMs : undefined),
      );
      onView?.(mounted.view);
      return () => {
        stopPace();
        onView?.(null);
        mounted.dispose();
      };
    },
    [stores, language, i18n, layers, interactive, scaleOf, jumps, onView],
  );

  return (
    <section className="map-surface" data-freshness={freshness} aria-label={label}>
      <div className="map-canvas-host live-map" ref={ref} />
      <p className="map-label">{i18n.getFixedT(language)("map:schematic")}</p>
      {freshness === "stale" ? <StaleNotice /> : null}
      {everyMs === undefined ? null : <EasedNotice everyMs={everyMs} />}
      {children}
    </section>
  );
}

/** A machine that is slow is not hidden from who looks at it. */
function EasedNotice({ everyMs }: { everyMs: number }) {
  const { t } = useTranslation();
  return (
    <p className="map-eased" role="status">
      {t("map:eased", { n: Math.round(1_000 / everyMs) })}
    </p>
  );
}

function StaleNotice() {
  const { t } = useTranslation();
  const heardAt = useConnection((s) => s.heardAt) ?? 0;
  return (
    <p className="map-stale" role="status">
      {t("map:stale", { time: formatSeconds(heardAt) })}
    </p>
  );
}
