/**
 * `npm run test:mutants`: seeds each defect in a copy of the program and expects its tests to fail
 * there. First the same tests run on an unchanged copy: what fails by itself catches nothing.
 * `-- --only NAME` for one. The last line is `N passed, N failed`: caught, and not caught.
 */
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import * as z from "zod";
import { DEFECTS, type Defect } from "./defects.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

const report = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

interface Verdict {
  readonly caught: boolean;
  readonly why: string;
}

/** What a clone would hold, with the changes that are not committed yet. */
async function copyProgram(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "ec-mutant-"));
  const listed = await run("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT });
  const files = listed.stdout.split("\n").filter(Boolean);
  for (const file of files) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    await cp(join(ROOT, file), join(dir, file)).catch(() => undefined); // deleted, not committed
  }
  await symlink(join(ROOT, "node_modules"), join(dir, "node_modules"));
  return dir;
}

/** @throws Error when the text that a defect changes is not there exactly once. */
async function seed(dir: string, { name, edits }: Defect): Promise<void> {
  for (const { file, find, put } of edits) {
    const text = await readFile(join(dir, file), "utf8");
    const parts = text.split(find);
    if (parts.length !== 2)
      throw new Error(`${name}: the text to change stands ${parts.length - 1} times in ${file}`);
    await writeFile(join(dir, file), parts.join(put));
  }
}

async function testsIn(dir: string, { tests, env = {} }: Pick<Defect, "tests" | "env">) {
  const out = join(dir, "mutant-report.json");
  const args = ["node_modules/vitest/vitest.mjs", "run", "--root", dir, ...tests];
  args.push("--reporter=json", `--outputFile=${out}`);
  await new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: dir,
      stdio: "ignore",
      env: { ...process.env, ...env },
    });
    child.on("exit", resolve);
  });
  const read = report.safeParse(JSON.parse(await readFile(out, "utf8").catch(() => "{}")));
  await rm(out, { force: true });
  return read.success ? read.data : { numPassedTests: 0, numFailedTests: 0 };
}

async function tryDefect(defect: Defect): Promise<Verdict> {
  const dir = await copyProgram();
  try {
    const sound = await testsIn(dir, defect);
    if (sound.numFailedTests > 0 || sound.numPassedTests === 0)
      return { caught: false, why: `its tests do not pass without it: ${JSON.stringify(sound)}` };
    await seed(dir, defect);
    const seeded = await testsIn(dir, defect);
    return seeded.numFailedTests > 0
      ? { caught: true, why: `${seeded.numFailedTests} tests fail` }
      : { caught: false, why: `${seeded.numPassedTests} tests pass with it` };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { only: { type: "string" } } });
const chosen = DEFECTS.filter(({ name }) => values.only === undefined || name === values.only);
let caught = 0;
for (const defect of chosen) {
  const verdict = await tryDefect(defect).catch(
    (error: unknown): Verdict => ({ caught: false, why: String(error) }),
  );
  if (verdict.caught) caught += 1;
  console.log(`${verdict.caught ? "caught    " : "NOT CAUGHT"} ${defect.name}: ${verdict.why}`);
}
console.log(`${chosen.length} tried, ${chosen.length - caught} failed`);
console.log(`${caught} passed, ${chosen.length - caught} failed`);
process.exit(caught === chosen.length && chosen.length > 0 ? 0 : 1);
