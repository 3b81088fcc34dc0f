import type { EventMeta } from "./event.ts";
import { type Refusal, refusal } from "./refusal.ts";

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

/** As long as the wire takes an id: a longer one could be named by nobody afterwards. */
const LONGEST_ID = 64;

/**
 * Ids of the records that one command makes: the first is the command's, the others follow from it.
 * A client chose it, so they may be taken, or too long to be answered to.
 */
export function freshIds(
  id: string,
  count: number,
  isTaken: (id: string) => boolean,
): readonly string[] | Refusal {
  const ids = Array.from({ length: count }, (_, n) => (n === 0 ? id : `${id}.${n + 1}`));
  if (ids.some((each) => each.length > LONGEST_ID)) {
    return refusal("MALFORMED", { params: { field: "id", problem: `> ${LONGEST_ID}` } });
  }
  return ids.some(isTaken) ? refusal("ALREADY_EXISTS") : ids;
}
