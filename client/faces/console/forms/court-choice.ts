import type { StoredRecord } from "../../../store/dto.ts";

type Courts = ReadonlyMap<string, StoredRecord<"court">>;

/** One line of the picker: a court, how deep it stands, and all courts of its subtree. */
export interface CourtLine {
  readonly id: string;
  readonly name: string;
  readonly depth: number;
  /** Itself and everything below it that may be chosen. */
  readonly subtree: readonly string[];
}

/** Courts that may be chosen, as a tree read from top to bottom. */
export function courtLines(
  rootId: string,
  courts: Courts,
  may: (court: StoredRecord<"court">) => boolean,
): readonly CourtLine[] {
  const childIds = new Map<string, string[]>();
  for (const { id, dto } of courts.values()) {
    if (dto.parentId === undefined) continue;
    childIds.set(dto.parentId, [...(childIds.get(dto.parentId) ?? []), id]);
  }
  const walk = (id: string, depth: number, above: readonly string[]): readonly CourtLine[] => {
    if (above.includes(id)) return [];
    const below = (childIds.get(id) ?? [])
      .toSorted()
      .flatMap((child) => walk(child, depth + 1, [...above, id]));
    const court = courts.get(id);
    if (!court || !may(court)) return below;
    const subtree = [id, ...below.map((line) => line.id)];
    return [{ id, name: court.dto.name ?? id, depth, subtree }, ...below];
  };
  return walk(rootId, 0, []);
}

const parts = (typed: string): readonly string[] =>
  typed
    .split(/[\s、，,;；]+/u)
    .map((part) => part.trim())
    .filter(Boolean);

/** Lines of which any typed part is in the name; all of them while nothing is typed. */
export function matching(lines: readonly CourtLine[], typed: string): readonly CourtLine[] {
  const wanted = parts(typed);
  return wanted.length === 0
    ? lines
    : lines.filter(({ name }) => wanted.some((part) => name.includes(part)));
}

/** For each typed part the court that is meant: the shortest name that holds it. */
export function meant(
  lines: readonly CourtLine[],
  typed: string,
): { readonly ids: readonly string[]; readonly unknown: readonly string[] } {
  const found = parts(typed).map((part) => {
    const [best] = lines
      .filter(({ name }) => name.includes(part))
      .toSorted((a, b) => a.name.length - b.name.length || a.depth - b.depth);
    return { part, id: best?.id };
  });
  return {
    ids: [...new Set(found.flatMap(({ id }) => id ?? []))],
    unknown: found.filter(({ id }) => id === undefined).map(({ part }) => part),
  };
}

/** Ticked when it was not, else taken out; of several all or none. */
export function toggled(chosen: readonly string[], ids: readonly string[]): readonly string[] {
  const all = ids.every((id) => chosen.includes(id));
  return all
    ? chosen.filter((id) => !ids.includes(id))
    : [...chosen, ...ids.filter((id) => !chosen.includes(id))];
}

export const hasCourtsBelow = (courtId: string, courts: Courts): boolean =>
  [...courts.values()].some(({ dto }) => dto.parentId === courtId);
