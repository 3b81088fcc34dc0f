/** `log:verify` and `log:dump` as a person runs them. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { createLogChildren } from "../contract/log-child-runs.ts";
import { appendAll, nextCommit, sampleChain, sampleCommand } from "../contract/sample-commits.ts";

interface Run {
  readonly exit: number;
  readonly out: string;
}

function run(command: "log-verify" | "log-dump", ...args: string[]): Promise<Run> {
  const script = fileURLToPath(new URL(`../../server/cli/${command}.ts`, import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], (_error, out) => {
      resolve({ exit: child.exitCode ?? -1, out });
    });
  });
}

describe("log tools", { timeout: 30_000 }, () => {
  let folder: string;
  let file: string;
  const children = createLogChildren();
  const chain = sampleChain(20);
  const head = chain[19] as Commit;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "log-cli-"));
    file = join(folder, "log.db");
    const log = await openSqliteLog({ file });
    await appendAll(log, chain);
    await log.close();
  });
  afterEach(async () => {
    await children.killAll();
    await rm(folder, { recursive: true });
  });

  /** Everything but `-shm`, which is only an index of the WAL. */
  const fingerprint = async () => {
    const names = (await readdir(folder)).filter((name) => !name.endsWith("-shm")).toSorted();
    const digest = async (name: string) =>
      createHash("sha256")
        .update(await readFile(join(folder, name)))
        .digest("hex");
    return Object.fromEntries(await Promise.all(names.map(async (n) => [n, await digest(n)])));
  };

  const tamper = (name: string, sql: string) => {
    const db = new DatabaseSync(join(folder, name));
    db.exec("PRAGMA foreign_keys = OFF");
    db.exec(`DROP TRIGGER commits_no_update; DROP TRIGGER commits_no_delete; ${sql}`);
    db.close();
  };

  it("LOG-18 given a sound log, when verified, then count and head are printed and nothing changes", async () => {
    const before = await fingerprint();
    expect(await run("log-verify", "--data", folder)).toEqual({
      exit: 0,
      out: `verified 20 commits, head ${head.hash}\n`,
    });
    expect(await fingerprint()).toEqual(before);
    expect(Object.keys(before)).toEqual(["log.db"]);
  });

  it("LOG-18 given a changed commit, when verified, then it is named and the exit status is 1", async () => {
    tamper("log.db", "UPDATE commits SET body = replace(body, '7', '8') WHERE seq = 17");
    const { exit, out } = await run("log-verify", "--data", folder);
    expect(exit).toBe(1);
    expect(out).toMatch(/^commit 17: stored hash differs/);
  });

  it("LOG-18 given an access log, when verified, then it is checked as well and its damage counts", async () => {
    const access = await openSqliteLog({ file: join(folder, "access.db") });
    await appendAll(access, chain.slice(0, 4));
    await access.close();
    const sound = await run("log-verify", "--data", folder);
    expect(sound).toEqual({
      exit: 0,
      out: `verified 20 commits, head ${head.hash}\naccess: verified 4 commits, head ${chain[3]?.hash}\n`,
    });
    tamper("access.db", "UPDATE commits SET at = at + 1 WHERE seq = 2");
    const damaged = await run("log-verify", "--data", folder);
    expect(damaged.exit).toBe(1);
    expect(damaged.out).toContain("access: commit 2: stored hash differs");
  });

  it("LOG-18 given a log cut at its end, when an expected head is given, then it shows", async () => {
    tamper("log.db", "DELETE FROM commits WHERE seq > 14");
    const cut = chain[14] as Commit;
    expect((await run("log-verify", "--data", folder)).exit).toBe(0);
    const expected = ["--expect", `14:${cut.hash}`, "--expect", `19:${head.hash}`];
    const { exit, out } = await run("log-verify", "--data", folder, ...expected);
    expect({ exit, out }).toEqual({
      exit: 1,
      out: "commit 19: expected, but the log ends at 14\n",
    });
  });

  it("LOG-18 given everything deleted, when verified, then an empty log is no sound log", async () => {
    tamper("log.db", "DELETE FROM commits");
    const { exit, out } = await run("log-verify", "--data", folder);
    expect({ exit, out }).toEqual({ exit: 1, out: "commit 0: missing (the log is empty)\n" });
  });

  it("LOG-18 given a file that SQLite cannot read, when verified, then the exit status is 1", async () => {
    const bytes = await readFile(file);
    bytes.fill(0x5a, 4096);
    await writeFile(file, bytes);
    expect((await run("log-verify", "--data", folder)).exit).toBe(1);
  });

  it("LOG-18 given wrong usage or no log, when verified, then help and exit status 2", async () => {
    for (const args of [[], ["--data"], ["--what"], ["--data", folder, "--mongodb", "x"], ["x"]]) {
      const { exit, out } = await run("log-verify", ...args);
      expect({ exit, help: out.includes("npm run log:verify") }).toEqual({ exit: 2, help: true });
    }
    const missing = await run("log-verify", "--data", join(folder, "nowhere"));
    expect(missing).toMatchObject({ exit: 2, out: expect.stringContaining("does not exist") });
    expect(await run("log-verify", "--help")).toMatchObject({ exit: 0 });
  });

  it("LOG-19 given a process that writes and is then killed, when verified meanwhile and after, then it is sound and untouched", async () => {
    const child = children.start(file, "busy");
    await child.until("won", 30);
    const meanwhile = await run("log-verify", "--data", folder);
    expect(meanwhile).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^verified \d+ commits/),
    });
    await child.kill();
    const before = await fingerprint();
    const after = await run("log-verify", "--data", folder);
    expect(after).toMatchObject({ exit: 0, out: expect.stringMatching(/^verified \d+ commits/) });
    expect(await fingerprint()).toEqual(before);
    expect(Object.keys(before)).toEqual(["log.db", "log.db-wal"]);
  });

  it("LOG-20 given a log, when dumped from a seq, then each event is a line", async () => {
    const { exit, out } = await run("log-dump", "--data", folder, "--from", "18");
    expect({ exit, out }).toEqual({
      exit: 0,
      out: [18, 19]
        .map((seq) => {
          const time = new Date(chain[seq]?.at ?? 0).toISOString();
          return `${seq} ${time} officer-7 ReportArrival UnitArrived unit:unit-3 {"note":"到场 🚓"}\n`;
        })
        .join(""),
    });
    const all = await run("log-dump", "--data", folder);
    expect(all.out.split("\n")[0]).toBe(
      `0 2026-11-22T09:00:00.000Z node-1 GENESIS 湖北 DEMO sha256 ${chain[0]?.hash}`,
    );
    expect(all.out.trimEnd().split("\n")).toHaveLength(20);
  });

  it("LOG-20 given signs that steer a terminal, when dumped, then they are shown and not sent", async () => {
    const log = await openSqliteLog({ file });
    const command = { ...sampleCommand("cmd-evil", "\u001b[2J\u202e"), actor: "evil\u001b[31m\n0" };
    await log.append(nextCommit(head, [command]), []);
    await log.close();
    const { out } = await run("log-dump", "--data", folder, "--from", "20");
    for (const sign of ["\u001b", "\u202e"]) expect(out.includes(sign)).toBe(false);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(out).toContain("evil\\u001b[31m\\u000a0");
  });

  it("LOG-20 given a body that cannot be read, when dumped, then it says so, goes on and exits 1", async () => {
    tamper("log.db", "UPDATE commits SET body = '{' WHERE seq = 18");
    const { exit, out } = await run("log-dump", "--data", folder, "--from", "18");
    expect(exit).toBe(1);
    expect(out.split("\n")[0]).toContain("the body is not JSON");
    expect(out).toContain("\n19 ");
  });

  it("LOG-20 given wrong usage, when dumped, then help and exit status 2", async () => {
    for (const args of [[], ["--from", "1"], ["--data", folder, "--from", "-1"], ["--x"]]) {
      const { exit, out } = await run("log-dump", ...args);
      expect({ exit, help: out.includes("npm run log:dump") }).toEqual({ exit: 2, help: true });
    }
  });
});
