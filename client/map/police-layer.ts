import type { StoredRecord } from "../store/dto.ts";
import { subscribeType } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import { clockView, mostPressing } from "../ui/clock-look.ts";
import { isLivePolice } from "./live-records.ts";
import { locateRef } from "./locate.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "./marker-set.ts";
import { shieldMark } from "./marks.ts";

/** A shield where help of the police was asked for; its outline empties with the next clock. */
export function mountPolice(view: MapView, { records, ui, clock }: Stores): Dispose {
  const { fleet, frames, t } = view;
  const marks = createMarkerSet(view, {
    pane: "police",
    keyboard: true,
    onClick: (id) => ui.getState().select({ type: "police", id }),
  });
  const markOf = ({ id, dto }: StoredRecord<"police">, now: number): [string, Mark][] => {
    const at = locateRef({ type: "police", id }, records.getState().maps, fleet);
    if (!at || !isLivePolice(dto) || !dto.kind || !dto.state) return [];
    const running = mostPressing(dto.clocks, now);
    const look = running ? clockView(running, now) : undefined;
    const left = running && look ? look.leftMs / (running.dueAt - running.startAt) : undefined;
    const html = shieldMark(left, look?.look ?? "ended", t("map:police"));
    const title = `${t(`domain:police.kind.${dto.kind}`)} · ${t(`domain:police.state.${dto.state}`)}`;
    return [[id, { at, html, title }]];
  };
  let drawnMs = Number.NEGATIVE_INFINITY;
  const draw = () => {
    const now = clock.serverNow();
    const requests = [...records.getState().maps.police.values()];
    marks.sync(new Map(requests.flatMap((request) => markOf(request, now))));
  };
  // A clock moves by the second; the map may be drawing faster.
  const drawEachSecond = (monoMs: number) => {
    if (monoMs - drawnMs < 950) return;
    drawnMs = monoMs;
    draw();
  };
  return disposeOf(marks, frames.onFrame(drawEachSecond), subscribeType(records, "police", draw));
}
