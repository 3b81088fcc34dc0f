import { type Chance, createChance } from "./chance.ts";
import { type CrewDay, planCrewDay } from "./crew-day.ts";
import { type Crew, type DeviceToken, formCrews } from "./crews.ts";
import { outingStory, waitingProposal } from "./detention-story.ts";
import { type Dropout, planDropouts } from "./dropouts.ts";
import { deskDutyStories, dutyStories } from "./duty-story.ts";
import {
  DAY_ENDS_S,
  INCIDENTS_A_DAY,
  OSMAND_SHARE,
  POLICE_A_DAY,
  SOS_A_DAY,
  TERMINALS,
} from "./figures.ts";
import { incidentStory, sosStory } from "./incident-story.ts";
import { planOperations } from "./operation-plan.ts";
import { operationStory } from "./operation-story.ts";
import { createPapers, type Papers } from "./papers.ts";
import type { CourtPlace, Point } from "./places.ts";
import { requestStory } from "./police-story.ts";
import type { Stretch } from "./route.ts";
import type { Story } from "./story.ts";

/** The day of one phone. */
export interface TerminalPlan {
  readonly officerId: string;
  readonly road: "SOCKET" | "OSMAND";
  readonly stretches: readonly Stretch[];
  /** Nobody stands inside his colleague. */
  readonly beside: { readonly metres: number; readonly deg: number };
  readonly dropouts: readonly Dropout[];
}

export interface DayPlan {
  readonly terminals: readonly TerminalPlan[];
  readonly stories: readonly Story[];
  readonly days: readonly CrewDay[];
}

export interface PlanInput {
  readonly places: readonly CourtPlace[];
  readonly tokens: readonly DeviceToken[];
  /** Terminals in the field; they go in pairs. */
  readonly officers: number;
  readonly seed: number;
  /** How many seconds of the plan pass in a second. */
  readonly speed: number;
  /** Names this run's records; chance does not depend on it. */
  readonly runId: string;
  /** 0 on the first day. */
  readonly day: number;
  /** Calendar year, for case numbers. */
  readonly year: number;
}

/** Faster than this the ways are shortened, or officers would fly: 16 m/s × 4 < 90 m/s. */
const FULL_WAYS_UP_TO_SPEED = 4;

/** A whole day of the province: the same input, the same day. Nothing here knows the real time. */
export function planDay(input: PlanInput): DayPlan {
  const { places, tokens, officers, seed, speed, runId, day, year } = input;
  const crews = formCrews(places, tokens, officers, createChance(`${seed}`));
  const chance = createChance(`${seed}/day-${day}`);
  const papers = createPapers(runId, day, year, chance.fork("subjects"));
  const scale = Math.min(1, FULL_WAYS_UP_TO_SPEED / speed);
  const operations = planOperations(crews, places, scale, chance.fork("operations"));
  const days = crews.map((crew) =>
    planCrewDay(crew, operations, scale, chance.fork(`crew-${crew.id}`)),
  );
  const stories = [
    ...days.flatMap((crewDay) => dutyStories(crewDay, papers)),
    ...deskDutyStories(crews, papers),
    ...operations.map((operation, i) =>
      operationStory(operation, papers, chance.fork(`operation-${i}`)),
    ),
    ...peopleTaken(days, papers, chance.fork("taken")),
    ...policeStream(days, papers, chance.fork("police")),
    ...alarms(days, papers, chance.fork("alarms")),
  ];
  const terminals = days.flatMap((crewDay) => terminalsOf(crewDay, chance));
  return { terminals, stories, days };
}

const part = (days: readonly CrewDay[]): number => (days.length * 2) / TERMINALS;

function terminalsOf({ crew, stretches, musterS, homeS }: CrewDay, chance: Chance): TerminalPlan[] {
  return [crew.lead, crew.police].map((officerId): TerminalPlan => {
    const own = chance.fork(`terminal-${officerId}`);
    const mayTrack = officerId === crew.police && own.happens(2 * OSMAND_SHARE);
    return {
      officerId,
      road: mayTrack ? "OSMAND" : "SOCKET",
      stretches,
      beside: { metres: own.between(2, 8), deg: own.between(0, 360) },
      dropouts: planDropouts(crew.court.hills, musterS, homeS, own),
    };
  });
}

/** One proposal a day where a real president signs, early enough for the morning's visitors. */
const PROPOSED_AT_S = [8.2 * 3_600, 8.9 * 3_600] as const;

function peopleTaken(days: readonly CrewDay[], papers: Papers, chance: Chance): Story[] {
  const caught = days.flatMap(({ outings }) =>
    outings.flatMap((outing) => outingStory(outing, papers, chance) ?? []),
  );
  const waiting = days
    .filter(({ crew }) => !crew.desk && crew.judge && crew.court.tier === "BASIC")
    .map(({ crew }) => waitingProposal(crew, chance.between(...PROPOSED_AT_S), papers, chance));
  return [...caught, ...waiting];
}

/** A time and a door where a crew is at work. */
interface Moment {
  readonly crew: Crew;
  readonly atS: number;
  readonly place: Point;
}

function momentsOf(days: readonly CrewDay[]): Moment[] {
  return days.flatMap(({ crew, outings }) =>
    outings.flatMap(({ visits }) =>
      visits.map(({ place, fromS, toS }) => ({ crew, place, atS: (fromS + toS) / 2 })),
    ),
  );
}

/** Nothing urgent is asked for where real people sit. */
function policeStream(days: readonly CrewDay[], papers: Papers, chance: Chance): Story[] {
  const moments = momentsOf(days);
  const played = moments.filter(({ crew }) => crew.desk);
  const some = (urgency: "P2" | "P3" | "P4", from: readonly Moment[]) =>
    chance
      .shuffled(from)
      .slice(0, Math.round(POLICE_A_DAY[urgency] * part(days)))
      .map(({ crew, atS, place }) => requestStory(crew, urgency, atS, place, papers, chance));
  return [...some("P4", moments), ...some("P3", moments), ...some("P2", played)];
}

function alarms(days: readonly CrewDay[], papers: Papers, chance: Chance): Story[] {
  const loud = momentsOf(days).filter(
    ({ crew, atS }) => !crew.quiet && atS < DAY_ENDS_S - 2 * 3_600,
  );
  const drawn = (count: number) => chance.shuffled(loud).slice(0, Math.round(count * part(days)));
  return [
    ...drawn(SOS_A_DAY).map(({ crew, atS, place }) => sosStory(crew, atS, place, papers, chance)),
    ...drawn(INCIDENTS_A_DAY).map(({ crew, atS, place }) =>
      incidentStory(crew, atS, place, papers, chance),
    ),
  ];
}
