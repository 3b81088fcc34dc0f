import type { Duty } from "../../shared/domain/officer/state.ts";
import type { CrewDay } from "./crew-day.ts";
import type { Crew } from "./crews.ts";
import type { Papers } from "./papers.ts";
import type { Step, Story } from "./story.ts";

/** What a `setDuty` of the plan says, for those who follow it. */
export const SET_DUTY = "officer.setDuty";

const duty = (atS: number, by: string, to: Duty): Step => ({
  atS,
  by,
  kind: SET_DUTY,
  ref: { type: "officer", id: by },
  payload: { duty: to },
});

/** Muster, out, back, home: of both officers of a crew. */
export function dutyStories(day: CrewDay, papers: Papers): Story[] {
  const { crew, musterS, homeS, outings, operations } = day;
  const away = [
    ...outings.map(({ leaveS, backS }) => ({ leaveS, backS })),
    ...operations.map(({ departS, backS }) => ({ leaveS: departS, backS })),
  ].sort((a, b) => a.leaveS - b.leaveS);
  return [crew.lead, crew.police].map((by) => ({
    id: papers.id("duty"),
    steps: [
      duty(musterS, by, "ON_DUTY"),
      ...away.flatMap(({ leaveS, backS }) => [
        duty(leaveS, by, "DEPLOYED"),
        duty(backS, by, "ON_DUTY"),
      ]),
      duty(homeS, by, "OFF_DUTY"),
    ],
  }));
}

const DESK_OPENS_S = 7.5 * 3_600;
const DESK_CLOSES_S = 21.8 * 3_600;

/** Those who sit at the desks that are played. */
export function deskDutyStories(crews: readonly Crew[], papers: Papers): Story[] {
  const sitting = new Set(crews.flatMap(({ desk }) => (desk ? [desk.director, desk.duty] : [])));
  return [...sitting].map((by) => ({
    id: papers.id("duty"),
    steps: [duty(DESK_OPENS_S, by, "ON_DUTY"), duty(DESK_CLOSES_S, by, "OFF_DUTY")],
  }));
}
