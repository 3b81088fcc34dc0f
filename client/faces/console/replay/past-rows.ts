import {
  isHeld,
  isLiveOperation,
  isLivePolice,
  isOpenIncident,
} from "../../../map/live-records.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { RecordMaps } from "../../../store/records.ts";

export const PAST_KINDS = ["incident", "detention", "police", "operation"] as const;
export type PastKind = (typeof PAST_KINDS)[number];

export interface PastGroup {
  readonly kind: PastKind;
  readonly rows: readonly StoredRecord<PastKind>[];
  /** How many there are, with those that are not listed. */
  readonly total: number;
}

/** A list that is longer is no list any more; the map has them all. */
const MOST_ROWS = 60;

/** What was under way at the instant, by kind, the newest first; kinds without any are left out. */
export function pastGroups(maps: RecordMaps): readonly PastGroup[] {
  const open: Readonly<Record<PastKind, readonly StoredRecord<PastKind>[]>> = {
    incident: [...maps.incident.values()].filter(({ dto }) => isOpenIncident(dto)),
    detention: [...maps.detention.values()].filter(({ dto }) => isHeld(dto)),
    police: [...maps.police.values()].filter(({ dto }) => isLivePolice(dto)),
    operation: [...maps.operation.values()].filter(({ dto }) => isLiveOperation(dto)),
  };
  return PAST_KINDS.flatMap((kind) => {
    const all = open[kind].toSorted((a, b) => b.id.localeCompare(a.id));
    return all.length === 0 ? [] : [{ kind, rows: all.slice(0, MOST_ROWS), total: all.length }];
  });
}
