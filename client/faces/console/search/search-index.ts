import type { Ref } from "../../../../shared/domain/kernel/ref.ts";

/** Something that the search box can find: a record, a person, a court, or an action to run. */
export interface Entry {
  readonly key: string;
  readonly group: "action" | "record" | "officer" | "court";
  readonly title: string;
  readonly detail: string;
  /** What is matched besides the title, e.g. a badge number. */
  readonly words: string;
  readonly ref?: Ref;
  /** Name of the action. */
  readonly run?: string;
}

/** More than a screen of answers is counted, not shown. */
export const MOST_FOUND = 40;

export interface Found {
  readonly entries: readonly Entry[];
  readonly more: number;
}

/** Every word typed must be somewhere in the entry; what begins with it comes first (CON-10). */
export function search(entries: readonly Entry[], typed: string): Found {
  const words = typed.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) {
    const actions = entries.filter((entry) => entry.group === "action");
    return { entries: actions, more: 0 };
  }
  const scored = entries.flatMap((entry) => {
    const score = scoreOf(entry, words);
    return score === undefined ? [] : [{ entry, score }];
  });
  scored.sort((a, b) => a.score - b.score);
  return {
    entries: scored.slice(0, MOST_FOUND).map(({ entry }) => entry),
    more: Math.max(0, scored.length - MOST_FOUND),
  };
}

function scoreOf(entry: Entry, words: readonly string[]): number | undefined {
  const title = entry.title.toLowerCase();
  const text = `${title} ${entry.detail} ${entry.words}`.toLowerCase();
  if (!words.every((word) => text.includes(word))) return undefined;
  const [first = ""] = words;
  if (title.startsWith(first)) return 0;
  return title.includes(first) ? 1 : 2;
}
