import { DAY_BEGINS_S, DAY_ENDS_S, FIRST_SOS_AFTER_MS } from "./figures.ts";
import type { DayPlan } from "./plan.ts";
import { createTimetable, type Due } from "./timetable.ts";

/** From real time to the plan's: one day after the other, without the nights. */
export interface DayLoop {
  /** Second of the plan's day, and the steps that became due. */
  at(monoMs: number): { readonly planS: number; readonly due: readonly Due[] };
}

export interface DayLoopStart {
  readonly monoMs: number;
  /** Second of the first day. */
  readonly startS: number;
  /** Seconds of the plan per second. */
  readonly speed: number;
}

/** @param open plans a day and lets its people follow the plan. */
export function createDayLoop(
  { monoMs, startS, speed }: DayLoopStart,
  open: (day: number) => DayPlan,
): DayLoop {
  let day = 0;
  let began = { monoMs, planS: startS };
  const alarmsFromS = startS + (FIRST_SOS_AFTER_MS / 1_000) * speed;
  let timetable = createTimetable(open(day).stories, startS, alarmsFromS);
  return {
    at(nowMs) {
      const planS = began.planS + ((nowMs - began.monoMs) / 1_000) * speed;
      const due = timetable.due(planS);
      if (planS >= DAY_ENDS_S) {
        day += 1;
        began = { monoMs: nowMs, planS: DAY_BEGINS_S };
        timetable = createTimetable(open(day).stories, DAY_BEGINS_S, DAY_BEGINS_S);
      }
      return { planS, due };
    },
  };
}
