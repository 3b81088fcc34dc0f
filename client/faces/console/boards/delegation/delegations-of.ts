import { relationTo } from "../../../../store/acts.ts";
import type { StoredRecord } from "../../../../store/dto.ts";
import type { RecordMaps } from "../../../../store/records.ts";
import { byUrgency, isOver, turnOf } from "../turn.ts";

type Row = StoredRecord<"delegation">;

export interface DelegationsOf {
  readonly sent: readonly Row[];
  readonly received: readonly Row[];
  /** Between courts below, for whoever stands above them. */
  readonly superior: readonly Row[];
}

/** Delegations of this view by how the own court stands to them; the most pressing first. */
export function delegationsOf(
  maps: Pick<RecordMaps, "delegation" | "court">,
  courtId: string | undefined,
  now: number,
): DelegationsOf {
  const rows = [...maps.delegation.values()].sort(byUrgency(now));
  const own = courtId ?? "";
  return {
    sent: rows.filter(({ dto }) => dto.courtId === own),
    received: rows.filter(({ dto }) => dto.toCourtId === own),
    superior: rows.filter((row) => relationTo(own, row, maps.court) === "down"),
  };
}

/** How often each code was given back, most frequent first. */
export function returnsByCode(rows: readonly Row[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { dto } of rows) {
    const code = dto.returned?.code;
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** What waits for this court, and how much of it is over its time. */
export function delegationCount(
  maps: Pick<RecordMaps, "delegation" | "court">,
  courtId: string | undefined,
  now: number,
) {
  const mine = [...maps.delegation.values()].filter((row) => turnOf(row) === courtId);
  return { open: mine.length, act: mine.filter((row) => isOver(row, now)).length };
}
