import type { Chance } from "./chance.ts";
import type { CourtPlace } from "./places.ts";

export interface DeviceToken {
  readonly officerId: string;
  /** `<deviceId>.<secret>` */
  readonly token: string;
}

/** Officers who go out together; never one alone (rule C3). */
export interface Crew {
  readonly id: string;
  readonly court: CourtPlace;
  /** Judge or executor. */
  readonly lead: string;
  /** The judicial police officer. */
  readonly police: string;
  /** Whether the lead is a judge, who alone may propose a detention. */
  readonly judge: boolean;
  /** Those who sit at the desks of the court, where the simulator plays them. */
  readonly desk?: Desk;
  /** People at the seats of this court are real: nothing urgent is staged here. */
  readonly quiet: boolean;
}

export interface Desk {
  readonly president: string;
  readonly director: string;
  readonly duty: string;
}

/** Courts whose desks belong to people who sign in to the demonstration. */
const REAL_DESKS: ReadonlySet<string> = new Set([
  "湖北省高级人民法院",
  "武汉市中级人民法院",
  "武汉市江岸区人民法院",
  "武汉市黄陂区人民法院",
]);
/** Here people also carry real phones: only two of its officers are played, and no alarm is staged. */
const REAL_PHONES = "武汉市江岸区人民法院";

type Pair = readonly [lead: string, police: string];
const PAIRS: readonly Pair[] = [
  ["judge", "police"],
  ["executor", "police2"],
];
const PAIRS_BESIDE_REAL_PHONES: readonly Pair[] = [["judge", "police2"]];

/** `officers` of those whose tokens are known, in pairs: one of each court first, then second ones. */
export function formCrews(
  places: readonly CourtPlace[],
  tokens: readonly DeviceToken[],
  officers: number,
  chance: Chance,
): Crew[] {
  const known = new Set(tokens.map(({ officerId }) => officerId));
  const crewsOf = (rank: number) =>
    chance
      .fork(`crews-${rank}`)
      .shuffled(places)
      .flatMap((court) => crewOf(court, rank, known));
  return [0, 1].flatMap(crewsOf).slice(0, Math.floor(officers / 2));
}

function crewOf(court: CourtPlace, rank: number, known: ReadonlySet<string>): Crew[] {
  const quiet = court.name === REAL_PHONES;
  const pair = (quiet ? PAIRS_BESIDE_REAL_PHONES : PAIRS)[rank];
  if (!pair) return [];
  const [leadPost, policePost] = pair;
  const lead = `${court.id}-${leadPost}`;
  const police = `${court.id}-${policePost}`;
  if (!known.has(lead) || !known.has(police)) return [];
  const desk = REAL_DESKS.has(court.name) ? undefined : deskOf(court, known);
  return [
    {
      id: `${court.id}-${rank}`,
      court,
      lead,
      police,
      judge: leadPost === "judge",
      quiet,
      ...(desk ? { desk } : {}),
    },
  ];
}

function deskOf({ id }: CourtPlace, known: ReadonlySet<string>): Desk | undefined {
  const desk = { president: `${id}-president`, director: `${id}-director`, duty: `${id}-duty` };
  return Object.values(desk).every((officerId) => known.has(officerId)) ? desk : undefined;
}
