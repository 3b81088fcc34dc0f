import { maskField } from "../../shared/domain/authority/subject-mask.ts";
import type { Chance } from "./chance.ts";
import type { Crew } from "./crews.ts";
import type { Papers } from "./papers.ts";
import type { Point } from "./places.ts";
import { type Step, type Story, tell } from "./story.ts";
import { impossiblePlate } from "./subjects.ts";

const MINUTE_S = 60;

/** How long the police take for each step, seconds from the one before. */
type Pace = readonly (readonly [state: string, least: number, most: number])[];

const PACE: Readonly<Record<"P2" | "P3" | "P4", Pace>> = {
  P2: [
    ["ACKED", 20, 150],
    ["DISPATCHED", 60, 300],
    ["ARRIVED", 6 * MINUTE_S, 16 * MINUTE_S],
    ["CLOSED", 20 * MINUTE_S, 45 * MINUTE_S],
  ],
  P3: [
    ["ACKED", 2 * MINUTE_S, 12 * MINUTE_S],
    ["DISPATCHED", 5 * MINUTE_S, 20 * MINUTE_S],
    ["ARRIVED", 10 * MINUTE_S, 30 * MINUTE_S],
    ["CLOSED", 20 * MINUTE_S, 60 * MINUTE_S],
  ],
  P4: [
    ["ACKED", 3 * MINUTE_S, 40 * MINUTE_S],
    ["CLOSED", 30 * MINUTE_S, 150 * MINUTE_S],
  ],
};
/** The police hold somebody until the court comes. */
const HELD_PACE: Pace = [
  ["ACKED", 1 * MINUTE_S, 5 * MINUTE_S],
  ["HELD_BY_POLICE", 5 * MINUTE_S, 15 * MINUTE_S],
];

interface Asked {
  readonly crew: Crew;
  readonly kind: string;
  readonly urgency: "P2" | "P3" | "P4";
  readonly atS: number;
  readonly place?: Point;
  readonly operationId?: string;
}

/** A request and what the duty officer hears by telephone; without a played desk only the request. */
export function policeSteps(
  { crew, kind, urgency, atS, place, operationId }: Asked,
  papers: Papers,
  chance: Chance,
): Step[] {
  const ref = { type: "police", id: papers.id("police") } as const;
  const aboutPerson = kind !== "SCENE_SUPPORT";
  const subject = aboutPerson ? papers.subject() : undefined;
  const plate = kind === "SEIZE_VEHICLE" ? impossiblePlate(chance) : undefined;
  const withPlate =
    subject && plate ? { ...subject, identity: { ...subject.identity, plate } } : subject;
  const sent: Step = {
    atS,
    by: crew.lead,
    kind: "police.send",
    ref,
    opens: true,
    ...(withPlate ? { subject: withPlate } : {}),
    payload: {
      kind,
      urgency,
      ...(aboutPerson ? { caseNo: papers.caseNo(crew.court) } : {}),
      ...(operationId ? { operationId } : {}),
      unitId: `unit-${crew.court.id}`,
      ...(place ? { place: { lat: place.lat, lng: place.lng } } : {}),
      ...(subject ? { subject: subject.ref } : {}),
      ...papersFor(kind, plate, papers),
    },
  };
  if (!crew.desk) return [sent];
  const { duty } = crew.desk;
  const pace = kind === "TEMP_CONTROL" ? HELD_PACE : PACE[urgency];
  const answers = answered(ref, duty, atS, pace, chance);
  return [
    sent,
    ...answers,
    ...(kind === "TEMP_CONTROL" ? takenOver(ref, crew, answers, chance) : []),
  ];
}

/** Without these the server refuses the request (POL-17). */
function papersFor(kind: string, plate: string | undefined, papers: Papers): object {
  if (plate) return { plate: maskField("plate", plate), orderNo: papers.paper("扣押裁定") };
  return kind === "EXIT_BAN" ? { decisionNo: papers.paper("限制出境决定书") } : {};
}

export function answered(
  ref: Step["ref"],
  duty: string,
  fromS: number,
  pace: Pace,
  chance: Chance,
): Step[] {
  const saidBy = `模拟接警员${chance.whole(1, 30)}`;
  let t = fromS;
  return pace.map(([state, least, most]): Step => {
    t += chance.between(least, most);
    return { atS: t, by: duty, kind: "police.answer", ref, payload: { state, saidBy } };
  });
}

function takenOver(
  ref: Step["ref"],
  { lead, police }: Crew,
  answers: readonly Step[],
  chance: Chance,
): Step[] {
  const heldS = answers.at(-1)?.atS ?? 0;
  const takenS = heldS + chance.between(25, 80) * MINUTE_S;
  const closedS = takenS + chance.between(5, 15) * MINUTE_S;
  return [
    { atS: takenS, by: police, kind: "police.takeOver", ref, payload: {} },
    { atS: closedS, by: lead, kind: "police.close", ref, payload: {} },
  ];
}

const QUERIES = ["LOCATE_PERSON", "LOCATE_PERSON", "SEIZE_VEHICLE", "EXIT_BAN"] as const;
const PLANNED = ["SCENE_SUPPORT", "TEMP_CONTROL", "SEIZE_VEHICLE"] as const;

/** One request of the day's stream, not part of an operation. */
export function requestStory(
  crew: Crew,
  urgency: "P2" | "P3" | "P4",
  atS: number,
  place: Point,
  papers: Papers,
  chance: Chance,
): Story {
  const kind = kindFor(urgency, chance);
  const asked = { crew, kind, urgency, atS, ...(urgency === "P4" ? {} : { place }) };
  return tell(papers.id("story"), policeSteps(asked, papers, chance));
}

function kindFor(urgency: "P2" | "P3" | "P4", chance: Chance): string {
  if (urgency === "P4") return chance.pick(QUERIES);
  return urgency === "P3" ? chance.pick(PLANNED) : "SCENE_SUPPORT";
}
