import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer } from "../../server/compose.ts";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/edge/logging.ts";
import { explain } from "../../server/explain-start.ts";
import { freePort } from "../support/server/free-port.ts";
import { readCommands } from "../support/server/read-log.ts";

type Env = Readonly<Record<string, string>>;

const EXERCISE = { EXERCISE: "xiangyang" };
let root: string;
const folder = (name: string) => join(root, name);

async function start(dataDir: string, env: Env): Promise<string> {
  const settings = { PORT: String(await freePort()), DATA_DIR: dataDir, SIMULATOR: "0", ...env };
  const config = readConfig(settings, () => []);
  try {
    const server = await startServer(config, {
      logger: createLogger("silent"),
      clientDir: join(root, "no-client"),
    });
    await server.stop();
    return "started";
  } catch (error) {
    return explain(error);
  }
}

/** A command line of the repository, as a person would type it. */
function run(script: string, args: readonly string[], env: Env = {}) {
  return new Promise<{ exit: number; out: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(import.meta.dirname, "../../server", script), ...args],
      { env: { ...process.env, LOG_LEVEL: "silent", ...env }, timeout: 60_000 },
      (_error, out, err) => resolve({ exit: child.exitCode ?? -1, out: out + err }),
    );
  });
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "exercise-apart-"));
  expect(await start(folder("exercise"), EXERCISE)).toBe("started");
  expect(await start(folder("demo"), {})).toBe("started");
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

describe("an exercise and what is real never share a folder", () => {
  test.each([
    ["exercise", {}, "EXERCISE", "DEMO"],
    ["exercise", { DEMO: "0" }, "EXERCISE", "LIVE"],
    ["demo", EXERCISE, "DEMO", "EXERCISE"],
  ] as const)(
    "EXR-2 the folder %s with %o is refused, and what to do is said",
    async (name, env, is, as) => {
      const before = await readCommands(folder(name));
      const said = await start(folder(name), env);
      expect(said).toContain(`is ${is}, this server was started as ${as}`);
      expect(said).toContain("set DATA_DIR to another one");
      expect(await readCommands(folder(name))).toHaveLength(before.length);
    },
  );

  test("EXR-2 another scenario or another speed is another exercise", async () => {
    const said = await start(folder("exercise"), { ...EXERCISE, EXERCISE_SPEED: "30" });
    expect(said).toContain("xiangyang (speed 1)");
    expect(said).toContain("xiangyang (speed 30)");
    expect(await start(folder("exercise"), EXERCISE)).toBe("started");
  });

  test("EXR-2 the program ends with status 1 and a sentence, and so do the tools", async () => {
    const server = await run("main.ts", [], { DATA_DIR: folder("exercise"), DEMO: "0" });
    expect(server.exit).toBe(1);
    expect(server.out).toContain("This log cannot be opened");
    const tool = await run("cli/device-code.ts", ["--data", folder("exercise"), "--device", "x"]);
    expect(tool.exit).toBe(1);
    expect(tool.out).toContain("this server was started as LIVE");
  });

  test("EXR-2 a scenario that does not exist is named with what to write", async () => {
    const { exit, out } = await run("cli/exercise.ts", ["--scenario", "nothing"]);
    expect(exit).toBe(1);
    expect(out).toContain("EXERCISE=nothing: there is no such scenario");
  });

  test("EXR-3 copied accounts are refused, both ways", async () => {
    await mkdir(folder("mixed"));
    await cp(folder("exercise"), folder("mixed"), { recursive: true });
    for (const end of ["", "-wal", "-shm"]) {
      await rm(join(folder("mixed"), `accounts.db${end}`), { force: true });
      await cp(
        join(folder("demo"), `accounts.db${end}`),
        join(folder("mixed"), `accounts.db${end}`),
      ).catch(() => undefined);
    }
    expect(await start(folder("mixed"), EXERCISE)).toContain(
      "accounts are not those of an exercise",
    );
    await cp(folder("demo"), folder("mixed-2"), { recursive: true });
    for (const end of ["", "-wal", "-shm"]) {
      await rm(join(folder("mixed-2"), `accounts.db${end}`), { force: true });
      await cp(
        join(folder("exercise"), `accounts.db${end}`),
        join(folder("mixed-2"), `accounts.db${end}`),
      ).catch(() => undefined);
    }
    expect(await start(folder("mixed-2"), {})).toContain("accounts are those of an exercise");
  });

  test("EXR-3 an emergency journal that lies apart is refused, both ways", async () => {
    const apart = { EMERGENCY_DIR: folder("journal") };
    expect(await start(folder("exercise"), { ...EXERCISE, ...apart })).toBe("started");
    expect(await start(folder("demo"), apart)).toContain("emergency journal of an exercise");
    await mkdir(folder("used"));
    await writeFile(join(folder("used"), "segment-000001.jnl"), "");
    expect(
      await start(folder("exercise"), { ...EXERCISE, EMERGENCY_DIR: folder("used") }),
    ).toContain("calls for help that are not an exercise's");
  });

  test("EXR-4 a backup is restored as an exercise only, and says that it is one", async () => {
    const to = folder("backup");
    const taken = await run("cli/backup.ts", ["--to", to, "--data", folder("exercise")], EXERCISE);
    expect([taken.exit, taken.out]).toEqual([0, expect.any(String)]);
    const key = { VAULT_KEY_FILE: join(folder("exercise"), "vault.key") };
    const restore = (env: Env, data: string) =>
      run("cli/restore.ts", ["--from", to, "--data", folder(data)], { ...key, ...env });
    const asLive = await restore({ DEMO: "0" }, "restored-live");
    expect(asLive.exit).toBe(1);
    expect(asLive.out).toContain("started as LIVE");
    const asExercise = await restore(EXERCISE, "restored");
    expect(asExercise.out).toContain("（演练） (EXERCISE)");
    expect(asExercise.exit).toBe(0);
    expect(await start(folder("restored"), { ...EXERCISE, ...key })).toBe("started");
  });

  test("EXR-1 the history as lines says first what it is", async () => {
    const { out } = await run("cli/log-dump.ts", ["--data", folder("exercise"), "--from", "5"]);
    expect(out.split("\n")[0]).toContain("演练 EXERCISE");
    const sheet = await run("cli/exercise-debrief.ts", ["--data", folder("exercise")]);
    expect(sheet.out).toContain("演练 EXERCISE");
    const none = await run("cli/exercise-debrief.ts", ["--data", folder("demo")]);
    expect([none.exit, none.out.trim()]).toEqual([1, "this log is no exercise (演练)"]);
  });

  test("EXR-5 a gateway outside is refused in an exercise", () => {
    const env = { ...EXERCISE, NOTIFY_URL: "https://sms.example.cn/" };
    expect(() => readConfig(env, () => [])).toThrow(/NOTIFY_URL: not with EXERCISE/);
  });
});
