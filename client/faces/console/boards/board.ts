import type { ComponentType } from "react";
import type { Hello } from "../../../../shared/wire/live.ts";
import type { RecordMaps } from "../../../store/records.ts";

/** What a board reads of this console to say how much waits on it. */
export interface BoardView {
  readonly maps: RecordMaps;
  readonly hello: Hello | undefined;
  /** Server ms. */
  readonly now: number;
}

/** How much of a board waits for this court, and how much of that must be acted on now. */
export interface BoardCount {
  readonly open: number;
  readonly act: number;
}

/** A sheet in the map's place: everything of one kind that a desk has to look at together. */
export interface Board {
  /** In the address (`#board=orders`) and in the words `boards:name.…`. */
  readonly name: string;
  readonly Body: ComponentType;
  /** What the menu shows beside the name; cheap, it is asked each second. */
  readonly count?: (view: BoardView) => BoardCount;
}
