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

/** What a record may say of courts that act on it though they are not of its line. */
export interface Hosted {
  readonly hostCourtId?: string;
  /** Court to which the matter was given by hand. */
  readonly held?: { readonly courtId: string };
  readonly assist?: { readonly courtId: string; readonly state: string };
}

/**
 * The court of the place as this court sees it: itself where the matter was designated to it or it
 * helps until it is taken over, else the one the record names.
 */
export function hostSeenFrom(courtId: string, record: Hosted | undefined): string | undefined {
  const { hostCourtId, held, assist } = record ?? {};
  const helps = assist?.courtId === courtId && !/^(TAKEN_OVER|DECLINED)$/.test(assist.state);
  return held?.courtId === courtId || helps ? courtId : hostCourtId;
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
