import { type Audience, seatOf, standingOf } from "../authority/audience.ts";
import type { StateReader } from "../kernel/state.ts";
import { officerShort } from "../mask.ts";
import { lentTo } from "./lent.ts";
import { rolesOf } from "./roles-of.ts";
import type { Officer } from "./state.ts";

/**
 * `short` (surname and title) goes to everybody; `name`, `title` and `badgeNo` only where 5.2 says
 * so. Grants and sessions never leave the server.
 */
export function projectOfficer(officer: Officer, state: StateReader, audience: Audience) {
  const { courtId, trackIndex, duty, teamId, unitId, gender } = officer;
  const common = {
    short: officerShort(officer.name, officer.title),
    courtId,
    trackIndex,
    duty,
    ...lentOf(officer, state),
  };
  const team = { ...(teamId ? { teamId } : {}), ...(unitId ? { unitId } : {}) };
  const seat = seatOf(audience);
  if (seat === "wall") return { ...common, ...team };
  if (seat === "field") return { ...common, ...identity(officer, audience) };
  return { ...common, ...team, gender, ...identity(officer, audience) };
}

function identity(officer: Officer, audience: Audience) {
  const { name, title, badgeNo } = officer;
  switch (standingOf(audience)) {
    case "own":
      return audience === "own.console"
        ? { name, title, badgeNo, roles: rolesOf(officer), disabled: officer.disabled }
        : { name, title, badgeNo };
    case "parent":
      return { name, title, badgeNo };
    case "host":
    case "public":
      return { name, title };
    default:
      return {};
  }
}

const lentOf = (officer: Officer, state: StateReader) =>
  officer.lent && lentTo(officer, state) !== undefined ? { lent: officer.lent } : {};
