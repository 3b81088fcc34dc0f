import fc from "fast-check";
import { type Sometimes, saw, tried } from "../support/trials.ts";
import { type Plan, plans } from "./world/plan.ts";
import { type Seen, simulate } from "./world/simulation.ts";

export interface Failed {
  readonly seed: number;
  readonly problems: readonly string[];
}

/** What a row of simulations met, and which of them failed. */
export interface Outcome {
  readonly runs: number;
  readonly failed: readonly Failed[];
  readonly sum: Readonly<Record<Counted, number>>;
  /** Largest lateness of an escalation, ms. */
  readonly latestMs: number;
}

const COUNTED = [
  "sos",
  "escalations",
  "settled",
  "repairs",
  "commands",
  "duplicates",
  "twisted",
  "journalled",
  "imports",
  "alarms",
  "crashes",
  "crashesInSos",
  "resumes",
  "snapshots",
  "heldSteps",
  "lasted",
] as const satisfies readonly (keyof Seen)[];
type Counted = (typeof COUNTED)[number];

export function planOf(seed: number): Plan {
  const [plan] = fc.sample(plans, { seed, numRuns: 1 });
  if (!plan) throw new Error(`no plan for ${seed}`);
  return plan;
}

/** What one plan breaks; empty is good. */
export async function problemsOf(plan: Plan): Promise<readonly string[]> {
  try {
    await simulate(plan);
    return [];
  } catch (error) {
    return linesOf(error);
  }
}

export async function runSeeds(first: number, count: number): Promise<Outcome> {
  const sum = Object.fromEntries(COUNTED.map((key) => [key, 0])) as Record<Counted, number>;
  const failed: Failed[] = [];
  let latestMs = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      const seen = await simulate(planOf(seed));
      for (const key of COUNTED) sum[key] += seen[key];
      latestMs = Math.max(latestMs, seen.latestMs);
    } catch (error) {
      failed.push({ seed, problems: linesOf(error) });
      process.stdout.write(`${againWith(seed)}\n${linesOf(error).join("\n")}\n`);
    }
  }
  return { runs: count, failed, sum, latestMs };
}

/** The smallest plan that breaks something like it, as text for `regressions.ts`. */
export async function shrunk(seed: number, forMs: number): Promise<string> {
  const property = fc.asyncProperty(plans, async (plan) => {
    await simulate(plan);
  });
  const result = await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: forMs });
  return result.failed ? JSON.stringify(result.counterexample?.[0]) : "it does not fail";
}

/** For the runner's table, and for the sum of rare things that the long run must have met. */
export function noteTrials({ runs, failed, sum }: Outcome): void {
  const broke = (what: RegExp): number =>
    failed.filter(({ problems }) => problems.some((line) => what.test(line))).length;
  tried("simulated histories", runs, failed.length);
  tried("simulated escalations of calls for help", sum.escalations, broke(/INV-[79] /));
  tried("simulated repairs of a client", sum.repairs, broke(/INV-1[023] /));
  tried("simulated alarms looked for on a desk after 2 s", sum.alarms, broke(/INV-15 /));
  const met: readonly (readonly [Sometimes, number])[] = [
    ["restart during an open SOS", sum.crashesInSos],
    ["duplicate command", sum.duplicates],
    ["resume", sum.resumes],
    ["snapshot", sum.snapshots],
    ["journal import", sum.imports],
    ["held clock step", sum.heldSteps],
  ];
  for (const [what, times] of met) if (times > 0) saw(what);
}

const againWith = (seed: number): string =>
  `\nSEED=${seed} npx vitest run --project integration test/simulation/simulation.test.ts`;

const linesOf = (error: unknown): readonly string[] =>
  (error instanceof Error ? error.message : String(error)).split("\n");
