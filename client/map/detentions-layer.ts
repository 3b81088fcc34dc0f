import type { StoredRecord } from "../store/dto.ts";
import type { Stores } from "../store/stores.ts";
import { isHeld } from "./live-records.ts";
import { locateRef } from "./locate.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "./marker-set.ts";
import { heldMark } from "./marks.ts";

/** A ring in liberty colour around the escort of each person held; it moves with the dot. */
export function mountDetentions(view: MapView, { records, ui }: Stores): Dispose {
  const { fleet, frames, t } = view;
  const marks = createMarkerSet(view, {
    pane: "rings",
    keyboard: true,
    onClick: (id) => ui.getState().select({ type: "detention", id }),
  });
  const markOf = ({ id, dto }: StoredRecord<"detention">): [string, Mark][] => {
    if (!isHeld(dto) || !dto.kind || !dto.state) return [];
    const at = locateRef({ type: "detention", id }, records.getState().maps, fleet);
    if (!at) return [];
    const title = `${t(`domain:detention.kind.${dto.kind}`)} · ${t(`domain:detention.state.${dto.state}`)}`;
    return [[id, { at, html: heldMark(dto.overtime === true), title }]];
  };
  const draw = () => {
    const detentions = [...records.getState().maps.detention.values()];
    marks.sync(new Map(detentions.flatMap(markOf)));
  };
  return disposeOf(marks, frames.onFrame(draw));
}
