import type { Role } from "../authority/roles.ts";
import type { Belongs } from "../kernel/new-record.ts";
import { levelAtLeast } from "./level.ts";
import type { Incident, IncidentLevel, Told } from "./state.ts";

/**
 * How an incident climbs (model 4.10). Its level tells the tiers above at once; an SOS that nobody
 * acknowledges passes from desk to desk: 15 s own centre again, 30 s own director and the parent's
 * desk, 60 s the High Court's desk.
 */
export const ACK_CLOCK = "ack";

const DESK: readonly Role[] = ["DUTY_OFFICER"];
const CHIEFS: readonly Role[] = ["DIRECTOR"];

const parentOf = ({ tierPath }: Belongs): string | undefined => tierPath.at(-2);
const highOf = ({ tierPath }: Belongs): string | undefined => tierPath.at(-3);

type Desk = readonly [courtId: string | undefined, roles: readonly Role[]];

function tell(told: readonly Told[], desks: readonly Desk[], at: number): readonly Told[] {
  const known = new Set(told.map((each) => `${each.courtId}:${each.roles.join()}`));
  const news = desks.flatMap(([courtId, roles]) =>
    courtId === undefined || known.has(`${courtId}:${roles.join()}`)
      ? []
      : [{ courtId, roles, at }],
  );
  return news.length > 0 ? [...told, ...news] : told;
}

/** Desks told because of the level: own always, parent from LARGER, High Court from MAJOR. */
export const toldByLevel = (
  told: readonly Told[],
  belongs: Belongs,
  level: IncidentLevel,
  at: number,
): readonly Told[] =>
  tell(
    told,
    [
      [belongs.courtId, DESK],
      ...(levelAtLeast(level, "LARGER") ? [[parentOf(belongs), DESK] as const] : []),
      ...(levelAtLeast(level, "MAJOR") ? [[highOf(belongs), DESK] as const] : []),
    ],
    at,
  );

/** Desks told because of what the courts they sit in are to the incident. */
export const toldDesks = (
  told: readonly Told[],
  courtIds: readonly (string | undefined)[],
  at: number,
): readonly Told[] =>
  tell(
    told,
    courtIds.map((courtId) => [courtId, DESK]),
    at,
  );

/** The court of an SOS, and the one that its reporter was lent to. */
type Called = Belongs & Pick<Incident, "servesCourtId">;

/** Desks that an SOS is passed to when this level of its clock comes; missing tiers are left out. */
function desksAtLevel(belongs: Called, clockLevel: number): readonly Desk[] {
  switch (clockLevel) {
    case 1:
      return [
        [belongs.courtId, DESK],
        [belongs.servesCourtId, DESK],
      ];
    case 2:
      return [
        [belongs.courtId, CHIEFS],
        [parentOf(belongs), DESK],
      ];
    case 3:
      return [[highOf(belongs), DESK]];
    default:
      return [];
  }
}

export const alarmedAtLevel = (belongs: Called, clockLevel: number) =>
  desksAtLevel(belongs, clockLevel).flatMap(([courtId, roles]) =>
    courtId === undefined ? [] : [{ courtId, roles }],
  );

/** Desks told because an SOS stayed unacknowledged to this level of its clock. */
export const toldByClimbing = (
  told: readonly Told[],
  belongs: Called,
  clockLevel: number,
  at: number,
): readonly Told[] => tell(told, desksAtLevel(belongs, clockLevel), at);

const climbedLevel = (incident: Incident): number => incident.clocks[ACK_CLOCK]?.level ?? 0;

/**
 * Whose desk has it while nobody acknowledges: the own one, the parent's from 30 s, the High
 * Court's from 60 s. The top of the tree stands in for missing tiers.
 */
export function climbedDesk(incident: Incident): string {
  const level = climbedLevel(incident);
  const parent = parentOf(incident) ?? incident.courtId;
  if (level >= 3) return highOf(incident) ?? parent;
  return level === 2 ? parent : incident.courtId;
}

/**
 * How many tiers above the own court may see it: by the highest level it had, by climbing, or
 * because a desk there was told.
 */
export function climb(incident: Incident): 0 | 1 | 2 {
  const level = climbedLevel(incident);
  const isTold = (courtId: string | undefined) =>
    incident.told.some((each) => each.courtId === courtId);
  if (level >= 3 || levelAtLeast(incident.climbedTo, "MAJOR") || isTold(highOf(incident))) return 2;
  return level === 2 || levelAtLeast(incident.climbedTo, "LARGER") || isTold(parentOf(incident))
    ? 1
    : 0;
}
