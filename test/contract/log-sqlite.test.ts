/** What only the SQLite log has: triggers against rewriting, a file that fills up, a thread. */
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { verifyChain } from "../../server/log/verify-chain.ts";
import { appendAll, nextCommit, sampleChain, sampleCommand } from "./sample-commits.ts";

describe("log store: sqlite file", { timeout: 20_000 }, () => {
  let folder: string;
  let file: string;
  const chain = sampleChain(8);
  const head = chain[7] as Commit;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "log-sqlite-"));
    file = join(folder, "log.db");
    const log = await openSqliteLog({ file });
    await appendAll(log, chain);
    await log.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const verify = async () => {
    const log = await openSqliteLog({ file, readOnly: true });
    try {
      return await verifyChain(log.read);
    } finally {
      await log.close();
    }
  };

  const FORGED = `'${"f".repeat(64)}', '${"f".repeat(64)}', '{}'`;
  it.each([
    ["INSERT OR REPLACE", `INSERT OR REPLACE INTO commits VALUES (5, 1, ${FORGED})`],
    ["REPLACE of the last", `REPLACE INTO commits VALUES (7, 1, ${FORGED})`],
    [
      "UPSERT",
      `INSERT INTO commits VALUES (5, 1, ${FORGED}) ON CONFLICT (seq) DO UPDATE SET body = ''`,
    ],
    ["INSERT with a gap", `INSERT INTO commits VALUES (9, 1, ${FORGED})`],
    ["INSERT before the genesis", `INSERT INTO commits VALUES (-1, 1, ${FORGED})`],
    ["UPDATE", "UPDATE commits SET body = '{}' WHERE seq = 5"],
    ["UPDATE OR REPLACE", "UPDATE OR REPLACE commits SET seq = 6 WHERE seq = 5"],
    ["DELETE", "DELETE FROM commits WHERE seq = 7"],
    ["DELETE of all", "DELETE FROM commits"],
    ["UPDATE of command ids", "UPDATE command_ids SET seq = 1"],
    ["DELETE of command ids", "DELETE FROM command_ids"],
  ])(
    "LOG-10 given a connection without our settings, when it tries %s, then it is refused",
    async (_name, sql) => {
      const stranger = new DatabaseSync(file);
      stranger.exec("PRAGMA recursive_triggers = OFF; PRAGMA foreign_keys = OFF");
      expect(() => stranger.exec(sql)).toThrow();
      stranger.close();
      expect(await verify()).toEqual({ ok: true, count: 8, head: head.hash });
    },
  );

  it("LOG-10 given dropped triggers, when the log is opened for writing, then they are back", async () => {
    const stranger = new DatabaseSync(file);
    stranger.exec("DROP TRIGGER commits_no_delete; DROP TRIGGER commits_follow_the_tail");
    await (await openSqliteLog({ file })).close();
    expect(() => stranger.exec("DELETE FROM commits WHERE seq = 7")).toThrow("append-only");
    stranger.close();
  });

  it("LOG-8 given one changed byte anywhere in the table, when verified, then its commit is named", async () => {
    const stranger = new DatabaseSync(file);
    stranger.exec("DROP TRIGGER commits_no_update");
    const place = fc.record({
      seq: fc.nat(7),
      column: fc.constantFrom("body", "hash", "prev_hash"),
      position: fc.nat(),
      flip: fc.integer({ min: 1, max: 127 }),
    });
    const log = await openSqliteLog({ file, readOnly: true });
    await fc.assert(
      fc.asyncProperty(place, async ({ seq, column, position, flip }) => {
        const row = stranger
          .prepare(`SELECT CAST(${column} AS BLOB) AS bytes FROM commits WHERE seq = ?`)
          .get(seq);
        const original = row?.bytes;
        if (!(original instanceof Uint8Array)) throw new Error("no such commit");
        const changed = Uint8Array.from(original);
        const where = position % changed.length;
        // A hash keeps its 64 characters, as its CHECK demands; a body may become anything.
        const mask = column === "body" ? flip : (flip % 15) + 1;
        changed[where] = (changed[where] ?? 0) ^ mask;
        const put = stranger.prepare(
          `UPDATE commits SET ${column} = CAST(? AS TEXT) WHERE seq = ?`,
        );
        put.run(changed, seq);
        const report = await verifyChain(log.read);
        put.run(original, seq);
        expect(report).toMatchObject({ ok: false, seq });
      }),
      { numRuns: 150 },
    );
    await log.close();
    stranger.close();
    expect(await verify()).toMatchObject({ ok: true, count: 8 });
  });

  it("LOG-13 given a file that is full, when a commit comes, then UNAVAILABLE and the rest stays readable", async () => {
    const pages = Math.ceil((await stat(file)).size / 4096) + 8;
    const log = await openSqliteLog({ file, maxPages: pages });
    let tail = head;
    const fill = async () => {
      for (;;) {
        const next = nextCommit(tail, [sampleCommand(`cmd-${tail.seq + 1}`, "x".repeat(3_000))]);
        await log.append(next, [`cmd-${next.seq}`]);
        tail = next;
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(tail.seq).toBeGreaterThan(head.seq);
    expect(await log.tail()).toEqual(tail);
    expect(await log.findCommand(`cmd-${tail.seq + 1}`)).toBeUndefined();
    await log.close();

    const roomy = await openSqliteLog({ file });
    expect(await roomy.append(nextCommit(tail), [])).toBe("APPENDED");
    expect(await verifyChain(roomy.read)).toMatchObject({ ok: true, count: tail.seq + 2 });
    await roomy.close();
  });

  it("LOG-13 given a log opened for reading, when a commit comes, then UNAVAILABLE", async () => {
    const log = await openSqliteLog({ file, readOnly: true });
    await expect(log.append(nextCommit(head), [])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await log.close();
  });

  it("LOG-13 given another process in a long transaction, when a commit comes, then UNAVAILABLE after the busy time", async () => {
    const log = await openSqliteLog({ file, busyTimeoutMs: 100 });
    const stranger = new DatabaseSync(file);
    stranger.exec("BEGIN IMMEDIATE");
    await expect(log.append(nextCommit(head), [])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    stranger.exec("ROLLBACK");
    expect(await log.append(nextCommit(head), [])).toBe("APPENDED");
    stranger.close();
    await log.close();
  });

  it("LOG-13 given something that is no log, when it is opened, then CORRUPT or UNAVAILABLE", async () => {
    const missing = openSqliteLog({ file: join(folder, "missing.db"), readOnly: true });
    await expect(missing).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const foreign = openSqliteLog({ file: import.meta.filename, readOnly: true });
    await expect(foreign).rejects.toMatchObject({ code: "CORRUPT" });
    const stranger = new DatabaseSync(file);
    stranger.exec("PRAGMA user_version = 2");
    stranger.close();
    await expect(openSqliteLog({ file })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("LOG-14 given a thread that dies, when a commit is in flight, then UNCLEAR, and UNAVAILABLE after", async () => {
    const log = await openSqliteLog({ file });
    const next = nextCommit(head);
    const inFlight = log.append(next, ["cmd-8"]);
    const reading = log.tail();
    const dead = log.abort();
    await expect(inFlight).rejects.toMatchObject({ code: "UNCLEAR" });
    await expect(reading).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await dead;
    await expect(log.append(next, ["cmd-8"])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await log.close();

    const again = await openSqliteLog({ file });
    const result = await again.append(next, ["cmd-8"]);
    expect(["APPENDED", "CONFLICT"]).toContain(result);
    expect(await again.tail()).toEqual(next);
    await again.close();
  });
});

describe("log store: settings", () => {
  it("LOG-15 given a new log, when its file is looked at, then it is private and in WAL mode", async () => {
    const folder = await mkdtemp(join(tmpdir(), "log-sqlite-"));
    const file = join(folder, "data", "log.db");
    const log = await openSqliteLog({ file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const stranger = new DatabaseSync(file, { readOnly: true });
    expect(stranger.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    stranger.close();
    await log.close();
    await rm(folder, { recursive: true });
  });
});
