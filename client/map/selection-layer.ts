import type { Stores } from "../store/stores.ts";
import { locateRef } from "./locate.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "./marker-set.ts";
import { selectionMark } from "./marks.ts";

/** A ring around what is selected, whatever its kind. */
export function mountSelection(view: MapView, { records, ui }: Stores): Dispose {
  const marks = createMarkerSet(view, { pane: "selection", keyboard: false });
  const draw = () => {
    const { selection } = ui.getState();
    const at = selection && locateRef(selection, records.getState().maps, view.fleet);
    const mark: Mark | null | undefined = at && { at, html: selectionMark(), title: "" };
    marks.sync(new Map(mark ? [["selection", mark]] : []));
  };
  return disposeOf(marks, view.frames.onFrame(draw), ui.subscribe(draw));
}
