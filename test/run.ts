/**
 * `npm test`: what every change must pass, in some five minutes. `--tier faults` breaks things
 * (`npm run test:faults`), `--tier long` does so with large counts (`npm run test:long`),
 * `--only mongodb` runs the contract suites against a MongoDB-compatible server, `--only e2e` the
 * browser tests. What this machine cannot run is said as `NOT RUN: why`; with `REQUIRE_ALL=1` it
 * is a failure (CI). Above the end stand the trials: `what: N tried, K failed`.
 * The last line is `N passed, N failed`.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { longRun } from "./runner/long-run.ts";
import { addTrials, NO_TRIALS, summaryOf, tableOf } from "./runner/trials-of-run.ts";
import { FAULTS, type Tally, vitest } from "./runner/vitest-run.ts";
import { CHROMIUM } from "./support/chromium-path.ts";
import { startMongoServer } from "./support/mongo-server.ts";

const cannot = (why: string): Tally => ({
  passed: 0,
  failed: 0,
  notRun: [why],
  trials: NO_TRIALS,
  failures: [],
});

async function mongodb(): Promise<Tally> {
  const server = await startMongoServer();
  if ("notRun" in server) return cannot(`mongodb: ${server.notRun}`);
  try {
    return await vitest({
      projects: ["contract"],
      env: {
        MONGODB_URI: server.uri,
        MONGODB_ALLOW_STANDALONE: server.allowStandalone ? "1" : "0",
      },
      files: ["test/contract/mongo.test.ts", "test/contract/mongo-backup.test.ts"],
    });
  } finally {
    await server.stop();
  }
}

async function e2e(): Promise<Tally> {
  if (existsSync(CHROMIUM)) return vitest({ projects: ["e2e"] });
  return cannot(`e2e: no Chromium at ${CHROMIUM} (Debian package chromium; or set CHROMIUM)`);
}

const { values } = parseArgs({
  options: {
    tier: { type: "string" },
    only: { type: "string" },
    piece: { type: "string" },
    fresh: { type: "boolean" },
    list: { type: "boolean" },
  },
});

async function tallies(): Promise<readonly Tally[]> {
  if (values.only === "mongodb") return [await mongodb()];
  if (values.only === "e2e") return [await e2e()];
  if (values.tier === "faults") return [await vitest({ projects: FAULTS })];
  if (values.tier === "long") return longRun(values);
  return [await vitest({ projects: ["unit", "contract", "kept-starts", "integration"] })];
}

function finish(all: readonly Tally[]): void {
  const sum = (key: "passed" | "failed"): number => all.reduce((n, tally) => n + tally[key], 0);
  const missing = [...new Set(all.flatMap(({ notRun }) => notRun))];
  const trials = addTrials(all.map((tally) => tally.trials));
  for (const row of tableOf(trials)) console.log(row);
  console.log(summaryOf(trials, missing));
  for (const why of missing) console.log(`NOT RUN: ${why}`);
  for (const what of all.flatMap(({ failures }) => failures)) console.log(`FAILED: ${what}`);
  const failed = sum("failed") + (process.env.REQUIRE_ALL === "1" ? missing.length : 0);
  console.log(`${sum("passed")} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

finish(await tallies());
