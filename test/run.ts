/**
 * `npm test`: everything this machine can run, and `NOT RUN: why` for what it cannot.
 * `--only mongodb` runs the contract suites against a MongoDB-compatible server, `--only e2e` the
 * browser tests. With `REQUIRE_ALL=1` something that could not run is a failure (CI).
 * The last line is `N passed, N failed`.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { CHROMIUM } from "./support/chromium-path.ts";
import { startMongoServer } from "./support/mongo-server.ts";

interface Tally {
  passed: number;
  failed: number;
  notRun: string[];
}

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTestSuites: z.number(),
  success: z.boolean(),
});

async function vitest(
  projects: readonly string[],
  env: Record<string, string>,
  files: readonly string[] = [],
): Promise<Tally> {
  const dir = await mkdtemp(join(tmpdir(), "ec-test-"));
  const out = join(dir, "report.json");
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...files,
    ...projects.flatMap((p) => ["--project", p]),
  ];
  args.push("--reporter=default", "--reporter=json", `--outputFile=${out}`);
  const code = await exitCode(args, env);
  const text = await readFile(out, "utf8").catch(() => undefined);
  await rm(dir, { recursive: true, force: true });
  if (text === undefined) return { passed: 0, failed: 1, notRun: [] };
  const { numPassedTests, numFailedTests } = report.parse(JSON.parse(text));
  // A file that does not load fails no test of its own, but it fails the run.
  return {
    passed: numPassedTests,
    failed: numFailedTests === 0 && code !== 0 ? 1 : numFailedTests,
    notRun: [],
  };
}

const exitCode = (args: readonly string[], env: Record<string, string>): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });

async function mongodb(): Promise<Tally> {
  const server = await startMongoServer();
  if ("notRun" in server) return { passed: 0, failed: 0, notRun: [`mongodb: ${server.notRun}`] };
  try {
    return await vitest(
      ["contract"],
      { MONGODB_URI: server.uri, MONGODB_ALLOW_STANDALONE: server.allowStandalone ? "1" : "0" },
      ["test/contract/mongo.test.ts"],
    );
  } finally {
    await server.stop();
  }
}

async function e2e(): Promise<Tally> {
  if (!existsSync(CHROMIUM)) {
    return {
      passed: 0,
      failed: 0,
      notRun: [`e2e: no Chromium at ${CHROMIUM} (Debian package chromium; or set CHROMIUM)`],
    };
  }
  return vitest(["e2e"], {});
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const tallies: Tally[] = [];
  if (values.only === "mongodb") tallies.push(await mongodb());
  else if (values.only === "e2e") tallies.push(await e2e());
  else {
    tallies.push(await vitest(["unit", "contract", "integration"], {}));
    tallies.push(await e2e());
    tallies.push({
      passed: 0,
      failed: 0,
      notRun: ["mongodb: has a command of its own, npm run test:mongodb"],
    });
  }
  finish(tallies, values.only !== undefined);
}

function finish(tallies: readonly Tally[], only: boolean): void {
  const sum = (key: "passed" | "failed"): number => tallies.reduce((n, t) => n + t[key], 0);
  const missing = tallies.flatMap((t) => t.notRun);
  for (const why of missing) console.log(`NOT RUN: ${why}`);
  const owed =
    process.env.REQUIRE_ALL === "1"
      ? missing.filter((why) => only || !why.startsWith("mongodb:")).length
      : 0;
  const failed = sum("failed") + owed;
  console.log(`${sum("passed")} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

await main();
