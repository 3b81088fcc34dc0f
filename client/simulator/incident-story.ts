import type { Chance } from "./chance.ts";
import type { Crew } from "./crews.ts";
import type { Papers } from "./papers.ts";
import type { Point } from "./places.ts";
import { answered } from "./police-story.ts";
import { type Step, type Story, tell } from "./story.ts";

const MINUTE_S = 60;

/** A call for help, and how the desk of its court takes it; a desk of real people is left to them. */
export function sosStory(
  crew: Crew,
  atS: number,
  place: Point,
  papers: Papers,
  chance: Chance,
): Story {
  const ref = { type: "incident", id: papers.id("sos") } as const;
  const id = papers.id("story");
  const by = chance.happens(0.5) ? crew.lead : crew.police;
  const call: Step = {
    atS,
    by,
    kind: "incident.sos",
    ref,
    opens: true,
    payload: { place: { ...place, accuracyM: chance.whole(5, 25) }, battery: chance.whole(20, 95) },
  };
  if (!crew.desk) {
    const cancel = { reason: "现场已平息（模拟）" };
    const later = atS + chance.between(10, 15) * MINUTE_S;
    const request = { atS: later, by, kind: "incident.requestCancel", ref, payload: cancel };
    return { ...tell(id, [call, request]), alarming: true };
  }
  const { duty } = crew.desk;
  // The server names the police request after the command, which is the first of its story.
  const police = { type: "police", id: `${commandId(id, 0)}:police` } as const;
  const steps = [
    call,
    ...handled(
      ref,
      duty,
      atS,
      [
        // Mostly before the second tone (15 s), now and then after it.
        ["incident.acknowledge", 5, 19],
        ["incident.confirm", 15, 40],
        ["incident.respond", 15, 40],
        ["incident.control", 7 * MINUTE_S, 12 * MINUTE_S],
        ["incident.resolve", 5 * MINUTE_S, 10 * MINUTE_S],
      ],
      chance,
    ),
    ...answered(
      police,
      duty,
      atS,
      [
        ["ACKED", 25, 50],
        ["DISPATCHED", 40, 110],
        ["ARRIVED", 5 * MINUTE_S, 11 * MINUTE_S],
        ["CLOSED", 10 * MINUTE_S, 20 * MINUTE_S],
      ],
      chance,
    ),
  ];
  return { ...tell(id, steps), alarming: true };
}

/** Id of a story's n-th command: the same whenever it is sent. */
export const commandId = (storyId: string, n: number): string => `${storyId}:${n}`;

const KINDS = ["MEDICAL", "TRAFFIC", "GROUP_PETITION", "SELF_HARM", "EQUIPMENT"] as const;

/** Something of level 一般 that the own court settles. */
export function incidentStory(
  crew: Crew,
  atS: number,
  place: Point,
  papers: Papers,
  chance: Chance,
): Story {
  const ref = { type: "incident", id: papers.id("incident") } as const;
  const report: Step = {
    atS,
    by: crew.lead,
    kind: "incident.report",
    ref,
    opens: true,
    payload: {
      kind: chance.pick(KINDS),
      level: "GENERAL",
      place: { ...place, accuracyM: chance.whole(5, 25) },
    },
  };
  const later = crew.desk
    ? handled(
        ref,
        crew.desk.duty,
        atS,
        [
          ["incident.acknowledge", 20, 120],
          ["incident.confirm", 60, 240],
          ["incident.respond", 60, 180],
          ["incident.control", 5 * MINUTE_S, 15 * MINUTE_S],
          ["incident.resolve", 5 * MINUTE_S, 15 * MINUTE_S],
        ],
        chance,
      )
    : [];
  return { ...tell(papers.id("story"), [report, ...later]), alarming: true };
}

type Handling = readonly (readonly [kind: string, least: number, most: number])[];

function handled(
  ref: Step["ref"],
  duty: string,
  fromS: number,
  handling: Handling,
  chance: Chance,
): Step[] {
  let t = fromS;
  return handling.map(([kind, least, most]): Step => {
    t += chance.between(least, most);
    return { atS: t, by: duty, kind, ref, payload: {} };
  });
}
