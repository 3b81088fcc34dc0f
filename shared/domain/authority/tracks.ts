/**
 * Who may see where officers were (domain/authority.md 5.2 of their live positions, 5.3 and PIPL 28
 * of whereabouts): the command centre of the court itself and of those above it, and the officer
 * himself. Courts that see a live position for an operation's sake see the moment, not the past;
 * the court that an officer is lent to sees the time since. Walls, observers and linked units never.
 */
import type { StateReader } from "../kernel/state.ts";
import { lentTo } from "../officer/lent.ts";
import type { Officer } from "../officer/state.ts";
import { tierPathOf } from "./relation.ts";
import { isReason, type RevealDecision, refused, type Viewer } from "./reveal.ts";
import { CENTER_ROLES } from "./roles.ts";

/** CFG. What is longer ago than this is not looked at without a reason. */
export const REPLAY_WITHOUT_REASON_MS = 86_400_000;

/** The past of everybody of a court and those below it. */
export function mayReplay(
  viewer: Viewer,
  courtId: string,
  { ageMs, reason }: { readonly ageMs: number; readonly reason: string | undefined },
  state: StateReader,
): RevealDecision {
  if (!isCentre(viewer) || !tierPathOf(state, courtId).includes(viewer.courtId)) {
    return refused("REVEAL_OFFICER");
  }
  return ageMs <= REPLAY_WITHOUT_REASON_MS || isReason(reason)
    ? { ok: true, form: "CLEAR" }
    : refused("REVEAL_REASON_REQUIRED");
}

/** One officer's way; his own he sees without a reason. */
export function mayFollow(
  viewer: Viewer,
  officer: Officer,
  reason: string | undefined,
  state: StateReader,
): RevealDecision {
  if (viewer.officerId === officer.id) return { ok: true, form: "CLEAR" };
  if (!isCentre(viewer) || followedSince(officer, viewer.courtId, state) === undefined) {
    return refused("REVEAL_OFFICER");
  }
  return isReason(reason) ? { ok: true, form: "CLEAR" } : refused("REVEAL_REASON_REQUIRED");
}

/** Server ms from which this court and those below it see the officer's past; nothing: never. */
export function followedSince(
  officer: Officer,
  courtId: string,
  state: StateReader,
): number | undefined {
  if (officer.unitId !== undefined) return undefined;
  if (tierPathOf(state, officer.courtId).includes(courtId)) return 0;
  const lent = lentTo(officer, state);
  if (lent === undefined || !tierPathOf(state, lent).includes(courtId)) return undefined;
  return officer.lent?.at;
}

const isCentre = ({ roles }: Viewer): boolean => roles.some((role) => CENTER_ROLES.includes(role));
