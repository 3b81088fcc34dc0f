/**
 * `npm run test:long`: the fault tests with large counts, in pieces. What a piece came to is kept,
 * so a run that was cut off goes on where it was; a piece that failed runs again.
 *
 *     npm run test:long                    what has not passed yet
 *     npm run test:long -- --piece NAME    that piece, whether it passed or not; two may run at once
 *     npm run test:long -- --fresh         all of it, from the beginning
 *     npm run test:long -- --list          what there is, and what has passed
 */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { type Piece, piecesOfLongRun } from "./pieces.ts";
import { addTrials, NO_TRIALS, neverSeen } from "./trials-of-run.ts";
import { FAULTS, type Tally, vitest } from "./vitest-run.ts";

const STATE = fileURLToPath(
  new URL("../../node_modules/.cache/proving-ground/long-run.json", import.meta.url),
);

const result = z.strictObject({
  /** With `+` behind it when files differed from that commit. */
  commit: z.string(),
  endedAt: z.string(),
  seconds: z.number(),
  passed: z.number(),
  failed: z.number(),
  notRun: z.array(z.string()),
  failures: z.array(z.string()),
  trials: z.strictObject({
    rows: z.array(z.strictObject({ what: z.string(), tried: z.number(), failed: z.number() })),
    seen: z.array(z.string()),
    notRun: z.array(z.string()),
  }),
});
const state = z.record(z.string(), result);
type State = z.infer<typeof state>;

export interface LongOptions {
  readonly piece?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly list?: boolean | undefined;
}

/** @returns the tallies of all pieces, those of earlier calls included, or of the one asked for. */
export async function longRun(options: LongOptions): Promise<readonly Tally[]> {
  const pieces = piecesOfLongRun();
  if (options.piece !== undefined && !pieces.some(({ name }) => name === options.piece)) {
    const names = pieces.map(({ name }) => name).join(", ");
    console.error(`no such piece: ${options.piece}; there are ${names}`);
    process.exit(2);
  }
  if (options.fresh) await rm(STATE, { force: true });
  const results = await readState();
  const due = options.list ? [] : duePieces(pieces, results, options.piece);
  for (const piece of due) {
    const seconds = (results[piece.name] as State[string] | undefined)?.seconds;
    console.log(`== ${piece.name}${seconds === undefined ? "" : ` (last time ${seconds} s)`}`);
    const result = await runPiece(piece);
    results[piece.name] = result;
    // Another run of this program may have finished pieces meanwhile.
    await writeState({ ...(await readState()), [piece.name]: result });
  }
  return options.piece === undefined
    ? tallies(pieces, results)
    : pieces.flatMap(({ name }) => (name === options.piece ? (results[name] ?? []) : []));
}

/** What has not passed whole, in its order; or the one piece that was asked for. */
export function duePieces(
  pieces: readonly Piece[],
  results: Readonly<Record<string, Pick<State[string], "failed" | "notRun">>>,
  only?: string,
): readonly Piece[] {
  if (only !== undefined) return pieces.filter(({ name }) => name === only);
  return pieces.filter(({ name }) => {
    const last = results[name];
    return last === undefined || last.failed > 0 || last.notRun.length > 0;
  });
}

async function runPiece({ files, env }: Piece): Promise<State[string]> {
  const from = performance.now();
  const { passed, failed, notRun, trials, failures } = await vitest({
    projects: [...FAULTS, "integration"],
    files,
    env: { ...env, LONG: "1" },
  });
  return {
    commit: currentCommit(),
    endedAt: new Date().toISOString(),
    seconds: Math.round((performance.now() - from) / 1_000),
    passed,
    failed,
    notRun: [...notRun],
    failures: [...failures],
    trials: { rows: [...trials.rows], seen: [...trials.seen], notRun: [...trials.notRun] },
  };
}

/** A row per piece; then what is missing for the whole to count. */
function tallies(pieces: readonly Piece[], results: State): readonly Tally[] {
  const known = pieces.flatMap(({ name }) => results[name] ?? []);
  for (const { name } of pieces) console.log(rowOf(name, results[name]));
  const commits = new Set(known.map(({ commit }) => commit));
  if (commits.size > 1) console.log(`the pieces ran at ${commits.size} different commits`);
  const open = pieces.filter(({ name }) => results[name] === undefined).map(({ name }) => name);
  if (open.length > 0) {
    return [
      ...known,
      {
        passed: 0,
        failed: 0,
        notRun: [`pieces ${open.join(", ")}`],
        trials: NO_TRIALS,
        failures: [],
      },
    ];
  }
  const unseen = neverSeen(addTrials(known.map(({ trials }) => trials)));
  for (const what of unseen) console.log(`NEVER SEEN in the whole run: ${what}`);
  return [
    ...known,
    { passed: 0, failed: unseen.length, notRun: [], trials: NO_TRIALS, failures: [] },
  ];
}

function rowOf(name: string, last: State[string] | undefined): string {
  if (last === undefined) return `  ${name}: not run yet`;
  const outcome = last.failed > 0 ? `${last.failed} FAILED` : `${last.passed} passed`;
  return `  ${name}: ${outcome} at ${last.commit} in ${last.seconds} s, ${last.endedAt}`;
}

function currentCommit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  try {
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : "+"}`;
  } catch {
    return "no repository";
  }
}

async function readState(): Promise<State> {
  const text = await readFile(STATE, "utf8").catch(() => "{}");
  const read = state.safeParse(JSON.parse(text));
  return read.success ? read.data : {};
}

async function writeState(results: State): Promise<void> {
  await mkdir(dirname(STATE), { recursive: true });
  await writeFile(STATE, `${JSON.stringify(results, null, 2)}\n`);
}
