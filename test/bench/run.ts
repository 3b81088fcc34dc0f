/**
 * `npm run bench` measures what the issue asks within a quarter of an hour, `-- fanout sos` some of
 * it, `--soak` all the rest. `ROUNDS=9` for more rounds than five. Results go to
 * `test/bench/results/NAME.json` and `docs/PERFORMANCE.md`; with `--smoke` nothing is kept. Each bench
 * is a process of its own, so that one that fails stops no other. Ends with 1 when a goal was missed
 * or a bench failed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { BENCHES } from "./benches.ts";
import { cells, failed, type Judged, TABLE_HEAD } from "./goals.ts";
import { type Ended, inTurn } from "./in-turn.ts";
import { measure } from "./measure.ts";
import { printTable } from "./print.ts";
import { keep, keptResults, loadNow, thisMachine } from "./results.ts";
import { BUDGETS_S, chosen, patienceMs } from "./the-set.ts";

/** Nothing is measured: one may wait while another works. */
const SMOKE_AT_ONCE = 2;
const LAST_WORDS_MS = 1_000;
const NAMES = Object.keys(BENCHES);
const args = process.argv.slice(2);
const isSmoke = args.includes("--smoke");
const asked = args.filter((arg) => !arg.startsWith("--"));
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`no such bench: ${unknown.join(", ")}; there are ${NAMES.join(", ")}`);
  process.exit(2);
}

if (args.includes("--alone")) process.exit(await measure(asked[0] ?? "", NAMES, isSmoke));
process.exit(await all(chosen(asked, { isSmoke, isSoak: args.includes("--soak") })));

async function all(names: readonly string[]): Promise<number> {
  const begun = performance.now();
  if (!isSmoke) sayHowLong(names);
  const took: string[] = [];
  const { code, lost } = await inTurn(
    names,
    async (name) => {
      const from = performance.now();
      const end = await alone(name);
      took.push(`${name} ${seconds(from)}`);
      return end;
    },
    async (name, why) => {
      console.error(`\nFAILED: the bench ${name}: ${why}`);
      if (!isSmoke) await keepFailure(name, why);
    },
    isSmoke ? SMOKE_AT_ONCE : 1,
  );
  if (!isSmoke) await printAll(names);
  console.log(`\n${seconds(begun)} s in all (${took.join(", ")})`);
  if (lost.length > 0) console.log(`failed: ${lost.join(", ")}`);
  return code;
}

function sayHowLong(names: readonly string[]): void {
  const known = names.filter((name) => name in BUDGETS_S);
  const sum = known.reduce((all, name) => all + (BUDGETS_S[name] ?? 0), 0);
  if (known.length > 0)
    console.log(
      `at most ${(sum / 60).toFixed(1)} min on a quiet machine: ${known.map((name) => `${name} ${BUDGETS_S[name]} s`).join(", ")}`,
    );
}

/** One bench in a process of its own; whatever holds it up ends with it. */
function alone(name: string): Promise<Ended> {
  const flags = ["--alone", ...(isSmoke ? ["--smoke"] : [])];
  // Beside others it says all at its end, so that no two tables are shuffled together.
  const said: Buffer[] = [];
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), name, ...flags], {
    stdio: isSmoke ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => said.push(chunk));
  const ms = patienceMs(name);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, ms);
  return new Promise((resolve) =>
    child.once("exit", async (code, signal) => {
      clearTimeout(timer);
      if (isSmoke) {
        // The last words; not for ever: a server of a bench that was killed may hold the pipe open.
        await Promise.race([once(child, "close"), pause(LAST_WORDS_MS, undefined, { ref: false })]);
        process.stdout.write(Buffer.concat(said));
      }
      const why = isLate ? `not over after ${ms / 1_000} s` : `it ended with ${code ?? signal}`;
      resolve({ code: code ?? 3, why });
    }),
  );
}

/** The table says so; the figures of an earlier run would say something else. */
function keepFailure(name: string, why: string): Promise<void> {
  const { about, goals = [] } = BENCHES[name] ?? { about: "" };
  const on = new Date().toISOString().slice(0, 10);
  const judged = goals.map((goal) => failed(goal, why));
  return keep(
    { name, about, on, machine: thisMachine(loadNow()), rounds: [], goals: judged, failed: why },
    NAMES,
  );
}

async function printAll(names: readonly string[]): Promise<void> {
  const results = await keptResults(names);
  const rows: Judged[] = names.flatMap((name) => results.get(name)?.goals ?? []);
  if (names.length > 1 && rows.length > 0) printTable([[...TABLE_HEAD], ...rows.map(cells)]);
}

function seconds(from: number): string {
  return ((performance.now() - from) / 1_000).toFixed(0);
}
