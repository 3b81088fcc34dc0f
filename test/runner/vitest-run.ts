import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import * as z from "zod";
import { readTrials, type Trials } from "./trials-of-run.ts";

/** What one call of vitest came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly notRun: readonly string[];
  readonly trials: Trials;
  /** `file > title: first line of what went wrong`, one per failed test or file that did not load. */
  readonly failures: readonly string[];
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
  testResults: z.array(
    z.object({
      name: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
/** The projects of `vitest.config.ts` among which the files of `test/faults` are divided. */
export const FAULTS = ["waiting-faults", "faults", "cluster-faults"] as const;
type Files = z.infer<typeof report>["testResults"];
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
    if (text === undefined)
      return { passed: 0, failed: 1, notRun, trials, failures: ["vitest wrote no report"] };
    const { numPassedTests: passed, numFailedTests, testResults } = report.parse(JSON.parse(text));
    sayWhatWasSlow(testResults);
    // A file that does not load fails no test of its own, but it fails the run.
    const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
    return { passed, failed, notRun, trials, failures: failuresOf(testResults) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** What failed, short enough to stand at the very end of a long output. */
export function failuresOf(files: Files): readonly string[] {
  return files.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed")
      return [`${basename(name)}: ${whatItSays(message)}`];
    return failed.map(
      (test) =>
        `${basename(name)} > ${test.fullName}: ${whatItSays(test.failureMessages?.[0] ?? "no message")}`,
    );
  });
}

/** The message in one line, for what gathers lines; without its stack and the colours of a terminal. */
const whatItSays = (text: string): string =>
  stripVTControlCharacters(text)
    .split(/\n\s+at /, 1)
    .join("")
    .trim()
    .replaceAll(/\s*\n\s*/g, " | ")
    .slice(0, 600);

function sayWhatWasSlow(files: Files): void {
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
