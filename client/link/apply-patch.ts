import type { Cursor } from "../../shared/wire/live.ts";

/** What a patch or a heartbeat means to a view that stands at `cursor`. */
export type PatchVerdict = "ignore" | "apply" | "resume";

interface Span {
  readonly from: number;
  readonly to: number;
  readonly hash8: string;
}

/**
 * A patch covers `(from, to]`; a heartbeat is the same without puts. Beyond what this view holds:
 * ask for the gap. Behind it: an overlap, its puts are older or equal. The same commit under another
 * hash is another history.
 */
export function judgePatch(cursor: Cursor | null, span: Span): PatchVerdict {
  if (cursor === null || span.from > cursor.seq) return "resume";
  if (span.to === cursor.seq && span.hash8 !== cursor.hash8) return "resume";
  return span.to <= cursor.seq ? "ignore" : "apply";
}
