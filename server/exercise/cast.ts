import type { Standing } from "../../shared/exercise/progress.ts";
import { type Player, playersOf, type Scenario } from "../../shared/exercise/scenario.ts";
import type { CourtLine } from "../registry/read-courts.ts";

/** Ids of what an exercise adds to the province; each says that it is none of the province's own. */
const PREFIX = "exercise";
export const exerciseUnitId = (key: string): string => `${PREFIX}-unit-${key}`;
export const exerciseDeviceId = (seat: string): string => `${PREFIX}-device-${seat}`;
const ownOfficerId = (seat: string): string => `${PREFIX}-${seat}`;

/** Everything by name that a scenario names. */
export interface CastIds extends Standing {
  readonly players: readonly Player[];
}

/** @throws Error when the scenario names a court that the province has not. */
export function castIds(scenario: Scenario, courts: readonly CourtLine[]): CastIds {
  const courtIds = new Map(
    Object.entries(scenario.courts).map(([key, name]) => {
      const court = courts.find((each) => each.name === name);
      if (!court) throw new Error(`scenario ${scenario.id}: the province has no court ${name}`);
      return [key, court.id];
    }),
  );
  const courtOf = (key: string): string => named(courtIds.get(key), "court", key);
  const players = playersOf(scenario);
  const officerIds = new Map(
    players.map(({ seat, member }) => [
      seat,
      member.post === undefined ? ownOfficerId(seat) : `${courtOf(member.court)}-${member.post}`,
    ]),
  );
  return {
    players,
    courtOf,
    officerOf: (seat) => named(officerIds.get(seat), "seat", seat),
    unitOf: (key) => exerciseUnitId(named(key in scenario.units ? key : undefined, "unit", key)),
  };
}

function named(id: string | undefined, what: string, key: string): string {
  if (id === undefined) throw new Error(`scenario: there is no ${what} ${key}`);
  return id;
}
