import type { TFunction } from "i18next";
import { type TextView, textOf } from "../store/dto.ts";

/** The text, or why there is none: the server could not read it yet, or it is not to be read here. */
export function wordsOf(text: TextView | undefined, t: TFunction): string {
  const words = textOf(text);
  if (words !== undefined) return words;
  const isLate = typeof text === "object" && text.unread === true;
  return t(isLate ? "common:text.late" : "common:text.hidden");
}
