import type { StoredRecord } from "../../../store/dto.ts";
import type { QueueItem } from "./queue-item.ts";

type Courts = ReadonlyMap<string, StoredRecord<"court">>;

/** A court of the tree with what is open in it and below. */
export interface CourtNode {
  readonly id: string;
  readonly open: number;
  /** Rows that somebody must act on now. */
  readonly act: number;
  readonly children: readonly CourtNode[];
}

/** The tree under `rootId`, busiest first; empty courts stay so that they can be chosen. */
export function courtTree(rootId: string, courts: Courts, items: readonly QueueItem[]): CourtNode {
  const childIds = childrenByParent(courts);
  const here = new Map<string, { open: number; act: number }>();
  for (const { courtId, tone } of items) {
    const count = here.get(courtId) ?? { open: 0, act: 0 };
    here.set(courtId, { open: count.open + 1, act: count.act + (tone === "act" ? 1 : 0) });
  }
  const nodeOf = (id: string, above: readonly string[]): CourtNode => {
    const below = (childIds.get(id) ?? []).filter((child) => !above.includes(child));
    const children = below
      .map((child) => nodeOf(child, [...above, id]))
      .sort((a, b) => b.act - a.act || b.open - a.open || (a.id < b.id ? -1 : 1));
    const own = here.get(id) ?? { open: 0, act: 0 };
    const sum = (pick: "open" | "act") => children.reduce((n, c) => n + c[pick], own[pick]);
    return { id, open: sum("open"), act: sum("act"), children };
  };
  return nodeOf(rootId, []);
}

function childrenByParent(courts: Courts): ReadonlyMap<string, readonly string[]> {
  const byParent = new Map<string, string[]>();
  for (const { id, dto } of courts.values()) {
    if (dto.parentId === undefined) continue;
    byParent.set(dto.parentId, [...(byParent.get(dto.parentId) ?? []), id]);
  }
  return byParent;
}

/** The court and everything below it; undefined when nothing narrows the view. */
export function subtreeIds(
  courtId: string | null,
  courts: Courts,
): ReadonlySet<string> | undefined {
  if (courtId === null) return undefined;
  const childIds = childrenByParent(courts);
  const found = new Set<string>();
  const waiting = [courtId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(childIds.get(id) ?? []));
  }
  return found;
}
