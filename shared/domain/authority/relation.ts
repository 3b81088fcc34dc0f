import type { StateReader } from "../kernel/state.ts";

/**
 * The record's court as seen from the actor: `down` = a descendant of the actor's court, `up` = an
 * ancestor, `host` = the actor's court is the court of the place, `sibling` = a common superior.
 * `unit` is no relation of courts: the record is a request addressed to the actor's linked unit.
 */
export type Relation = "own" | "down" | "up" | "host" | "sibling" | "unit" | "none";

/** What of a record says how a person stands to it. */
export interface Related {
  readonly courtId: string;
  readonly hostCourtId?: string | undefined;
  /** The court that whoever reported it was lent to. */
  readonly servesCourtId?: string | undefined;
  /** Court to which the matter was given by hand. */
  readonly held?: { readonly courtId: string } | undefined;
  /** Court that was named to help. */
  readonly assist?: { readonly courtId: string; readonly state: string } | undefined;
  /** The linked unit that the request is addressed to. */
  readonly unitId?: string | undefined;
  /** Units it was sent on from, and the commit from which each could know. */
  readonly formerUnits?: readonly { readonly unitId: string; readonly untilSeq: number }[];
}

/**
 * How a person of a linked unit stands to a record.
 * @param knownSeq of a report of fact: made before the sender could know that the request was sent
 *   on, it is still its own.
 */
export function unitRelation(unitId: string, record: Related | undefined, knownSeq = 0): Relation {
  if (record?.unitId === unitId) return "unit";
  const known = record?.formerUnits?.some(
    (former) => former.unitId === unitId && 0 < knownSeq && knownSeq < former.untilSeq,
  );
  return known ? "unit" : "none";
}

/** Ids from the root down to and including the court; empty when the court is unknown. */
export function tierPathOf(state: StateReader, courtId: string): readonly string[] {
  return state.get("court", courtId)?.tierPath ?? [];
}

/**
 * The court of the place as this court sees it: itself where the matter was designated to it, or it
 * helps until it is taken over, or it commands who reported it, else the one the record names.
 */
export function hostSeenFrom(courtId: string, record: Related | undefined): string | undefined {
  const { hostCourtId, servesCourtId, held, assist } = record ?? {};
  const helps = assist?.courtId === courtId && !/^(TAKEN_OVER|DECLINED)$/.test(assist.state);
  const stands = held?.courtId === courtId || servesCourtId === courtId || helps;
  return stands ? courtId : hostCourtId;
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
