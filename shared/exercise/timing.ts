/** When each step is due, who is waited for, and how each measured time stands against its target. */
import type { Done, Instance, Progress } from "./progress.ts";
import type { ScenarioTarget } from "./scenario.ts";

export interface Pace {
  /** Server ms of the log's first commit. */
  readonly startedAt: number;
  /** Seconds of the scenario per second. */
  readonly speed: number;
}

/** Seats with a person at them, and since when (server ms). */
export type People = ReadonlyMap<string, number>;

const S_MS = 1_000;

const real = (seconds: number, { speed }: Pace): number => Math.round((seconds * S_MS) / speed);

/** When a step or an inject is due: undefined while what it waits for is not done. */
export function dueAt(
  progress: Progress,
  { after, delayS }: { readonly after: readonly string[]; readonly delayS: number },
  pace: Pace,
): number | undefined {
  const first = pace.startedAt + real(progress.scenario.leadS, pace);
  const moments = after.map((id) => momentOf(progress, id, pace));
  if (moments.includes(undefined)) return undefined;
  return Math.max(first, ...moments.map((at) => at ?? 0)) + real(delayS, pace);
}

/** An inject happens by itself when its time has come. */
function momentOf(progress: Progress, id: string, pace: Pace): number | undefined {
  const inject = progress.scenario.injects.find((each) => each.id === id);
  return inject ? dueAt(progress, inject, pace) : progress.doneOf(id)?.at;
}

export type Turn =
  | { readonly state: "DONE"; readonly done: Done }
  /** What it waits for is not done. */
  | { readonly state: "BLOCKED" }
  /** `dueAt` lies ahead. */
  | { readonly state: "COMING"; readonly dueAt: number }
  /** A person's turn; the simulator takes it when the patience is over. */
  | { readonly state: "WAITS"; readonly dueAt: number; readonly patienceUntil: number }
  /** The simulator's turn. */
  | { readonly state: "SIMULATED"; readonly dueAt: number }
  /** The exercise is over without it. */
  | { readonly state: "LEFT_OUT" };

export function turnOf(
  progress: Progress,
  instance: Instance,
  pace: Pace,
  people: People,
  now: number,
): Turn {
  if (instance.done) return { state: "DONE", done: instance.done };
  if (progress.end) return { state: "LEFT_OUT" };
  const due = dueAt(progress, instance.step, pace);
  if (due === undefined) return { state: "BLOCKED" };
  if (now < due) return { state: "COMING", dueAt: due };
  const since = people.get(instance.officerId);
  if (since === undefined) return { state: "SIMULATED", dueAt: due };
  const patience = instance.step.patienceS ?? progress.scenario.patienceS;
  const patienceUntil = Math.max(due, since) + real(patience, pace);
  return now < patienceUntil
    ? { state: "WAITS", dueAt: due, patienceUntil }
    : { state: "SIMULATED", dueAt: due };
}

/**
 * MET and MISSED are measured; RUNNING and LATE still run, before and after the target; NOT_BEGUN
 * has no beginning yet; NOT_REACHED was never done, and the exercise is over.
 */
export type Verdict = "MET" | "MISSED" | "RUNNING" | "LATE" | "NOT_BEGUN" | "NOT_REACHED";

export interface Measured {
  readonly target: ScenarioTarget;
  readonly verdict: Verdict;
  readonly from?: Done;
  readonly to?: Done;
  /** Seconds of the scenario, so far where it still runs. */
  readonly tookS?: number;
}

/** Every target against the log, in the order of the scenario. */
export function debrief(progress: Progress, pace: Pace, now: number): Measured[] {
  return progress.scenario.targets.map((target) => measure(progress, target, pace, now));
}

function measure(progress: Progress, target: ScenarioTarget, pace: Pace, now: number): Measured {
  const from = progress.doneOf(target.from);
  const to = progress.doneOf(target.to);
  if (to && from) {
    const tookS = between(from.at, to.at, pace);
    return { target, from, to, tookS, verdict: tookS <= target.targetS ? "MET" : "MISSED" };
  }
  if (progress.end) return { target, verdict: "NOT_REACHED", ...(from ? { from } : {}) };
  if (!from) return { target, verdict: "NOT_BEGUN" };
  const tookS = between(from.at, now, pace);
  return { target, from, tookS, verdict: tookS <= target.targetS ? "RUNNING" : "LATE" };
}

/** What was done before it was asked took no time. */
const between = (from: number, to: number, { speed }: Pace): number =>
  Math.max(0, Math.round(((to - from) * speed) / S_MS));
