import type { StoredRecord } from "../store/dto.ts";
import type { Stores } from "../store/stores.ts";
import { isOpenIncident } from "./live-records.ts";
import { locateRef } from "./locate.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "./marker-set.ts";
import { burstMark } from "./marks.ts";

/** A red burst: waves until acknowledged, then a steady outline until resolved (MAP-7). */
export function mountIncidents(view: MapView, { records, ui }: Stores): Dispose {
  const { fleet, frames, t } = view;
  const marks = createMarkerSet(view, {
    pane: "incidents",
    keyboard: true,
    onClick: (id) => ui.getState().select({ type: "incident", id }),
  });
  const markOf = ({ id, dto }: StoredRecord<"incident">): [string, Mark][] => {
    if (!isOpenIncident(dto) || !dto.kind) return [];
    const { maps } = records.getState();
    const at = locateRef({ type: "incident", id }, maps, fleet);
    if (!at) return [];
    const who = maps.officer.get(dto.reporterId ?? "")?.dto.short ?? "";
    const acknowledged = dto.acknowledged !== undefined;
    const word = acknowledged ? "acknowledged" : "notAcknowledged";
    const title = `${t(`domain:incident.kind.${dto.kind}`)} · ${t(`domain:incident.${word}`)}`;
    return [
      [id, { at, html: burstMark(acknowledged, who), title, zIndex: acknowledged ? 0 : 1_000 }],
    ];
  };
  const draw = () => {
    const incidents = [...records.getState().maps.incident.values()];
    marks.sync(new Map(incidents.flatMap(markOf)));
  };
  return disposeOf(marks, frames.onFrame(draw));
}
