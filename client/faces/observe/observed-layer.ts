import type { ObservedOperation, ObserverFrame } from "../../../shared/domain/observer/frame.ts";
import type { Dispose, MapView } from "../../map/map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "../../map/marker-set.ts";
import { type FlagTone, flagMark } from "../../map/marks.ts";
import { subscribeType } from "../../store/records.ts";
import type { Stores } from "../../store/stores.ts";

/** OBS-12: a flag for each released operation, where its frame says it is: to about a kilometre. */
export function mountObserved(view: MapView, { records }: Stores): Dispose {
  const marks = createMarkerSet(view, { pane: "operations", keyboard: true });
  const draw = () => {
    const [seat] = records.getState().maps.observer.values();
    const frame = seat?.dto as unknown as ObserverFrame | undefined;
    marks.sync(new Map((frame?.operations ?? []).map((each) => [each.id, markOf(each, view)])));
  };
  draw();
  return disposeOf(marks, subscribeType(records, "observer", draw));
}

const ENDED: ReadonlySet<string> = new Set(["CLOSED", "ABORTED", "CANCELLED", "REJECTED"]);

function markOf({ lat, lng, kind, state, code }: ObservedOperation, { t }: MapView): Mark {
  const letter = t(`domain:operation.letter.${kind}`);
  const words = [code, t(`domain:operation.kind.${kind}`), t(`domain:operation.state.${state}`)];
  return { at: { lat, lng }, html: flagMark(letter, toneOf(state)), title: words.join(" · ") };
}

function toneOf(state: string): FlagTone {
  if (state === "PAUSED") return "paused";
  return state === "APPROVED" || state === "MUSTERING" || ENDED.has(state) ? "waiting" : "active";
}
