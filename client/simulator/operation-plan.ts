import type { OperationKind } from "../../shared/domain/operation/state.ts";
import type { Chance } from "./chance.ts";
import type { Crew, Desk } from "./crews.ts";
import { OPERATIONS, TERMINALS } from "./figures.ts";
import { createTrip, siteNear, type Visit } from "./outing.ts";
import { type CourtPlace, neighbourOf } from "./places.ts";
import type { Stretch } from "./route.ts";

/** An organised operation: one or both crews of a court, together. */
export interface OperationPlan {
  readonly crews: readonly [Crew, ...Crew[]];
  readonly desk: Desk;
  readonly kind: OperationKind;
  /** The court in whose district it happens, when not the own. */
  readonly host?: CourtPlace;
  readonly departS: number;
  readonly scene: Visit;
  readonly backS: number;
  readonly stretches: readonly Stretch[];
}

const MINUTE_S = 60;
const ON_SCENE_S = [35 * MINUTE_S, 110 * MINUTE_S] as const;
const ABROAD_SHARE = 0.12;
const ABROAD_WITHIN_M = 14_000;
const KINDS: readonly [OperationKind, ...OperationKind[]] = [
  "EVICTION",
  "EVICTION",
  "SEARCH",
  "SEARCH",
  "SEIZURE",
  "COMPEL",
  "COMPEL",
  "DETAIN",
  "RAPID",
];

interface Team {
  readonly crews: readonly [Crew, ...Crew[]];
  readonly desk: Desk;
}

/** The operations of a day; courts that can send two crews first, no court twice in one wave. */
export function planOperations(
  crews: readonly Crew[],
  places: readonly CourtPlace[],
  scale: number,
  chance: Chance,
): OperationPlan[] {
  const teams = teamsOf(crews);
  const part = (crews.length * 2) / TERMINALS;
  return OPERATIONS.flatMap(({ count, departS }, wave) => {
    const shuffled = chance.fork(`wave-${wave}`).shuffled(teams);
    const sorted = [...shuffled].sort((a, b) => b.crews.length - a.crews.length);
    const wanted = Math.max(1, Math.round(count * part));
    return sorted.slice(0, wanted).map((team, i) => {
      const [least, most] = departS;
      const at = least + ((most - least) * (i + chance.next())) / wanted;
      return planOperation(team, at, places, scale, chance);
    });
  });
}

/** Operations are opened by a director, so only courts whose desk is played have any. */
function teamsOf(crews: readonly Crew[]): Team[] {
  const teams = new Map<string, Team>();
  for (const crew of crews) {
    if (!crew.desk) continue;
    const known = teams.get(crew.court.id);
    teams.set(crew.court.id, {
      desk: crew.desk,
      crews: known ? [known.crews[0], crew] : [crew],
    });
  }
  return [...teams.values()];
}

function planOperation(
  { crews, desk }: Team,
  departS: number,
  places: readonly CourtPlace[],
  scale: number,
  chance: Chance,
): OperationPlan {
  const { court } = crews[0];
  const host = chance.happens(ABROAD_SHARE)
    ? neighbourOf(court, places, ABROAD_WITHIN_M)
    : undefined;
  const trip = createTrip(court.seat, departS, scale, chance);
  const scene = trip.visit(
    siteNear(scale === 1 && host ? host : court, scale, chance),
    chance.between(...ON_SCENE_S),
  );
  trip.goTo(court.seat);
  return {
    crews,
    desk,
    kind: chance.pick(KINDS),
    ...(host ? { host } : {}),
    departS,
    scene,
    backS: trip.nowS(),
    stretches: trip.stretches,
  };
}
