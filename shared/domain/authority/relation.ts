import type { StateReader } from "../kernel/state.ts";

/**
 * The record's court as seen from the actor: `down` = a descendant of the actor's court, `up` = an
 * ancestor, `host` = the actor's court is the court of the place, `sibling` = a common superior.
 */
export type Relation = "own" | "down" | "up" | "host" | "sibling" | "none";

/** Ids from the root down to and including the court; empty when the court is unknown. */
export function tierPathOf(state: StateReader, courtId: string): readonly string[] {
  return state.get("court", courtId)?.tierPath ?? [];
}

export function relationOf(
  actorCourtId: string,
  record: { readonly courtId: string; readonly hostCourtId?: string | undefined },
  state: StateReader,
): Relation {
  if (record.courtId === actorCourtId) return "own";
  const recordPath = tierPathOf(state, record.courtId);
  if (recordPath.includes(actorCourtId)) return "down";
  if (record.hostCourtId !== undefined && record.hostCourtId === actorCourtId) return "host";
  const actorPath = tierPathOf(state, actorCourtId);
  if (actorPath.includes(record.courtId)) return "up";
  return actorPath[0] !== undefined && actorPath[0] === recordPath[0] ? "sibling" : "none";
}
