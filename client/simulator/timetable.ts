import { SET_DUTY } from "./duty-story.ts";
import type { Step, Story } from "./story.ts";

/** One step and when it is due. */
export interface Due {
  readonly storyId: string;
  /** Number of the step in its story: part of the command's id. */
  readonly n: number;
  readonly step: Step;
}

export interface Timetable {
  /** Everything due by now that was not given out yet, in order of time. */
  due(nowS: number): readonly Due[];
}

/**
 * The steps of all stories by time. A day that begins in the middle brings everything up to now at
 * once, in order; of the duties before, only the last counts, and no alarm comes before its time.
 */
export function createTimetable(
  stories: readonly Story[],
  startS: number,
  alarmsFromS: number,
): Timetable {
  const steps = stories
    .filter(({ alarming, steps: [first] }) => !alarming || (first?.atS ?? 0) >= alarmsFromS)
    .flatMap(({ id, steps }) =>
      steps
        .map((step, n): Due => ({ storyId: id, n, step }))
        .filter(({ step, n }) => !isOverruled(step, steps[n + 1], startS)),
    )
    .sort((a, b) => a.step.atS - b.step.atS);
  let next = 0;
  return {
    due(nowS) {
      const from = next;
      while ((steps[next]?.step.atS ?? Number.POSITIVE_INFINITY) <= nowS) next += 1;
      return steps.slice(from, next);
    },
  };
}

const isOverruled = (step: Step, later: Step | undefined, startS: number): boolean =>
  step.kind === SET_DUTY && later !== undefined && later.atS <= startS;
