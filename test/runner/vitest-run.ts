import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as z from "zod";
import { readTrials, type Trials } from "./trials-of-run.ts";

/** What one call of vitest came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly notRun: readonly string[];
  readonly trials: Trials;
}

export interface VitestRun {
  readonly projects: readonly string[];
  /** Names or parts of names; none means all of the projects. */
  readonly files?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ name: z.string(), startTime: z.number(), endTime: z.number() })),
});
/** Files that take longer are named, so that a tier keeps its time. */
const SLOW_MS = 15_000;

/** Runs vitest with a `TRIALS_FILE` of its own, its output on this terminal. */
export async function vitest({ projects, files = [], env = {} }: VitestRun): Promise<Tally> {
  const dir = await mkdtemp(join(tmpdir(), "ec-test-"));
  const out = join(dir, "report.json");
  const trialsFile = join(dir, "trials.ndjson");
  const args = [
    ...["node_modules/vitest/vitest.mjs", "run", ...files],
    ...projects.flatMap((project) => ["--project", project]),
    ...["--reporter=default", "--reporter=json", `--outputFile=${out}`],
  ];
  try {
    const code = await exitCode(args, { ...env, TRIALS_FILE: trialsFile });
    const text = await readFile(out, "utf8").catch(() => undefined);
    const trials = await readTrials(trialsFile);
    const { notRun } = trials;
    if (text === undefined) return { passed: 0, failed: 1, notRun, trials };
    const { numPassedTests: passed, numFailedTests, testResults } = report.parse(JSON.parse(text));
    sayWhatWasSlow(testResults);
    // A file that does not load fails no test of its own, but it fails the run.
    const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
    return { passed, failed, notRun, trials };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function sayWhatWasSlow(files: z.infer<typeof report>["testResults"]): void {
  const slow = files
    .map(({ name, startTime, endTime }) => ({ name: basename(name), ms: endTime - startTime }))
    .filter(({ ms }) => ms > SLOW_MS)
    .toSorted((a, b) => b.ms - a.ms);
  for (const { name, ms } of slow) console.log(`slow: ${name} ${Math.round(ms / 1_000)} s`);
}

const exitCode = (args: readonly string[], env: Record<string, string>): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
