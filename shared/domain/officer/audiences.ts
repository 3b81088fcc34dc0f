import { type AudienceEntry, courtViews, tierViews, uniqueViews } from "../authority/audience.ts";
import { consolesUpward } from "../court/consoles.ts";
import type { StateReader } from "../kernel/state.ts";
import { rosterOf } from "../operation/roster.ts";
import { isEnded } from "../operation/steps.ts";
import { lentTo } from "./lent.ts";
import type { Officer } from "./state.ts";

/**
 * Own court and those above it; the host court while he works in its district; the court that he
 * is lent to, as a host; his own phone; and
 * the phones of those who are in a live operation with him (`public.field`: no badge).
 */
export function officerAudiences(officer: Officer, state: StateReader): readonly AudienceEntry[] {
  // No force of the court: an entry of its register, on no wall, no phone and no map.
  if (officer.unitId !== undefined) return consolesUpward(state, officer.courtId);
  const operations = state
    .linked("operation", `officer:${officer.id}`)
    .filter((operation) => !isEnded(operation));
  const hosts = new Set([
    ...operations.map((operation) => operation.hostCourtId),
    ...escortHosts(officer, state),
    lentTo(officer, state),
  ]);
  return uniqueViews([
    ...tierViews(state, officer.courtId),
    ...[...hosts].flatMap((host) => (host === undefined ? [] : courtViews(host, "host"))),
    { view: `field:${officer.id}`, audience: "own.field" },
    ...operations.flatMap(rosterOf).map(
      (id): AudienceEntry => ({
        view: `field:${id}`,
        audience: "public.field",
      }),
    ),
  ]);
}

/** Host courts of the live detentions he escorts, directly or through their operation. */
const escortHosts = (officer: Officer, state: StateReader): (string | undefined)[] =>
  state
    .linked("detention", `officer:${officer.id}`)
    .map(
      (detention) =>
        detention.hostCourtId ?? state.get("operation", detention.operationId ?? "")?.hostCourtId,
    );
