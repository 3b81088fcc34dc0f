import type { Chance } from "./chance.ts";
import type { Crew } from "./crews.ts";
import { COMPEL_PER_OUTING, DETAIN_PER_OUTING, EMERGENCY_SHARE } from "./figures.ts";
import { type CourtPlace, type Point, pointAt } from "./places.ts";
import { endOf, type Stretch, stay, way } from "./route.ts";

/** What an outing brings home: nothing, or a person under one of the measures. */
type Catch = "NOBODY" | "COMPEL" | "DETAIN" | "EMERGENCY";

export interface Visit {
  readonly place: Point;
  readonly fromS: number;
  readonly toS: number;
}

/** A crew leaves its court, calls at some doors and comes back. */
export interface Outing {
  readonly crew: Crew;
  readonly leaveS: number;
  readonly backS: number;
  readonly visits: readonly [Visit, ...Visit[]];
  readonly catch: Catch;
  /** At the detention house, for those who are taken there. */
  readonly house?: Visit;
  readonly stretches: readonly Stretch[];
}

const MINUTE_S = 60;
const SITE_M = { city: [700, 4_500], hills: [1_500, 9_000] } as const;
const WORK_S = [8 * MINUTE_S, 30 * MINUTE_S] as const;
const INTAKE_S = [10 * MINUTE_S, 25 * MINUTE_S] as const;
/** As the crow flies; one house a court. */
const HOUSE_M = 3_200;

/** @param scale shortens all ways when time runs faster than a vehicle could follow. */
export function planOuting(
  crew: Crew,
  leaveS: number,
  doors: number,
  scale: number,
  chance: Chance,
): Outing {
  const caught = drawCatch(crew, chance);
  const trip = createTrip(crew.court.seat, leaveS, scale, chance);
  const call = (): Visit =>
    trip.visit(siteNear(crew.court, scale, chance), chance.between(...WORK_S));
  const first = call();
  const more = Array.from({ length: doors - 1 }, call);
  const held = caught === "DETAIN" || caught === "EMERGENCY";
  const house = held
    ? trip.visit(houseOf(crew.court, scale), chance.between(...INTAKE_S))
    : undefined;
  trip.goTo(crew.court.seat);
  return {
    crew,
    leaveS,
    backS: trip.nowS(),
    visits: [first, ...more],
    catch: caught,
    ...(house ? { house } : {}),
    stretches: trip.stretches,
  };
}

/** A trip under way: adds ways and stays behind each other. */
export function createTrip(start: Point, leaveS: number, scale: number, chance: Chance) {
  const stretches: Stretch[] = [];
  let here = start;
  const nowS = () => endOf(stretches, leaveS);
  const goTo = (place: Point) => {
    stretches.push(...way(nowS(), here, place, scale, chance));
    here = place;
  };
  return {
    stretches,
    nowS,
    goTo,
    visit(place: Point, lastsS: number): Visit {
      goTo(place);
      const fromS = nowS();
      stretches.push(stay(fromS, fromS + lastsS, place));
      return { place, fromS, toS: fromS + lastsS };
    },
  };
}

export function siteNear({ seat, hills }: CourtPlace, scale: number, chance: Chance): Point {
  const [least, most] = hills ? SITE_M.hills : SITE_M.city;
  return pointAt(seat, chance.between(least, most) * scale, chance.between(0, 360));
}

const houseOf = ({ id, seat }: CourtPlace, scale: number): Point =>
  pointAt(seat, HOUSE_M * scale, Number(id.slice(-3)) * 47);

/** Who is not allowed to be taken is not: compelling needs a president, proposing a judge. */
function drawCatch({ desk, judge }: Crew, chance: Chance): Catch {
  const drawn = chance.next();
  if (!desk) return "NOBODY";
  if (drawn < COMPEL_PER_OUTING) return "COMPEL";
  // Only every second crew has a judge, who takes the others' share.
  if (!judge || drawn > COMPEL_PER_OUTING + 2 * DETAIN_PER_OUTING) return "NOBODY";
  return chance.happens(EMERGENCY_SHARE) ? "EMERGENCY" : "DETAIN";
}
