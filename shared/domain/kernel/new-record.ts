import type { EventMeta } from "./event.ts";

/** The court a record belongs to, as stored in the event that creates it. */
export interface Belongs {
  readonly courtId: string;
  readonly tierPath: readonly string[];
}

/** Base fields of a record that an event creates; the fold overwrites the revisions. */
export function newRecord<T extends string>(type: T, id: string, court: Belongs, meta: EventMeta) {
  return {
    type,
    id,
    rev: 0,
    stateRev: 0,
    courtId: court.courtId,
    tierPath: court.tierPath,
    createdAt: meta.at,
    updatedAt: meta.at,
  };
}
