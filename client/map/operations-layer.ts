import type { StoredRecord } from "../store/dto.ts";
import { subscribeType } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import { isLiveOperation } from "./live-records.ts";
import type { Dispose, MapView } from "./map-view.ts";
import { createMarkerSet, disposeOf, type Mark } from "./marker-set.ts";
import { type FlagTone, flagMark } from "./marks.ts";

/** A flag with the letter of its kind where each live operation takes place. */
export function mountOperations(view: MapView, { records, ui }: Stores): Dispose {
  const marks = createMarkerSet(view, {
    pane: "operations",
    keyboard: true,
    onClick: (id) => ui.getState().select({ type: "operation", id }),
  });
  const draw = () => {
    const operations = [...records.getState().maps.operation.values()];
    marks.sync(new Map(operations.flatMap((operation) => markOf(operation, view))));
  };
  draw();
  return disposeOf(marks, subscribeType(records, "operation", draw));
}

function markOf({ id, dto }: StoredRecord<"operation">, { t }: MapView): [string, Mark][] {
  const { place, kind, state, code } = dto;
  if (!place || !kind || !state || !isLiveOperation(dto)) return [];
  const kindWord = t(`domain:operation.kind.${kind}`);
  const letter = t(`domain:operation.letter.${kind}`);
  const title = `${code ?? ""} ${kindWord} · ${t(`domain:operation.state.${state}`)}`.trim();
  return [[id, { at: place, html: flagMark(letter, toneOf(dto)), title }]];
}

function toneOf({ state, pauseOrder }: StoredRecord<"operation">["dto"]): FlagTone {
  if (state === "PAUSED" || pauseOrder) return "paused";
  return state === "APPROVED" || state === "MUSTERING" ? "waiting" : "active";
}
