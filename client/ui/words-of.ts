import type { TFunction } from "i18next";
import { type TextView, textOf } from "../store/dto.ts";

/** The text, or why there is none: not to be read here, not readable yet, or forgotten. */
export function wordsOf(text: TextView | undefined, t: TFunction): string {
  const words = textOf(text);
  if (words !== undefined) return words;
  if (typeof text !== "object") return t("common:text.hidden");
  return t(text.unread === true ? "common:text.late" : "common:text.gone");
}
