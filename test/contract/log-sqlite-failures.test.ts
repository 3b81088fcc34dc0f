/** A SQLite log whose files are taken away, replaced or spoilt while it is open. */
import { copyFile, mkdtemp, open, readdir, rename, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteLog, type SqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { verifyChain } from "../../server/log/verify-chain.ts";
import { appendAll, nextCommit, sampleChain, sampleCommand } from "./sample-commits.ts";

describe("log store: sqlite file that fails", { timeout: 20_000 }, () => {
  let folder: string;
  let file: string;
  let log: SqliteLog;
  const chain = sampleChain(8);
  const head = chain[7] as Commit;
  const next = nextCommit(head);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "log-fails-"));
    file = join(folder, "log.db");
    log = await openSqliteLog({ file });
    await appendAll(log, chain);
  });
  afterEach(async () => {
    await log.abort();
    await rm(folder, { recursive: true });
  });

  const rescued = async () =>
    (await readdir(folder)).filter((name) => /^log\.db\.rescued-/.test(name));

  /** Everything that was appended stands in that file, as a person would look. */
  const holds = async (path: string, count: number) => {
    const found = await openSqliteLog({ file: path, readOnly: true });
    expect(await verifyChain(found.read)).toMatchObject({ ok: true, count });
    await found.close();
  };

  it("STF-2 given a file that is deleted while it is open, when a commit comes, then it is refused, what was held is saved, and put back it goes on", async () => {
    await Promise.all(["log.db", "log.db-wal", "log.db-shm"].map((name) => rm(join(folder, name))));
    await expect(log.append(next, [])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(log.append(next, [])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(log.tail()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const [copy = ""] = await rescued();
    expect((await stat(join(folder, copy))).mode & 0o777).toBe(0o600);
    await holds(join(folder, copy), 8);
    await rename(join(folder, copy), file);
    expect(await log.append(next, [])).toBe("APPENDED");
    expect(await log.read(-1, 100)).toEqual([...chain, next]);
    expect(await rescued()).toEqual([]);
  });

  it("STF-2 given a file that is moved away and back, when a commit comes, then it goes on with all it held, its WAL included", async () => {
    const away = join(folder, "away.db");
    await rename(file, away);
    await expect(log.append(next, [])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(log.append(next, [])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await rename(away, file);
    expect(await log.append(next, [])).toBe("APPENDED");
    expect(await log.read(-1, 100)).toEqual([...chain, next]);
  });

  it("STF-2 given only the WAL deleted while it is open, when a commit comes, then nothing is lost and it goes on", async () => {
    await rm(join(folder, "log.db-wal"));
    await log.append(next, []).catch(() => log.append(next, []));
    expect(await log.read(-1, 100)).toEqual([...chain, next]);
    await log.close();
    await holds(file, 9);
    expect(await rescued()).toEqual([]);
  });

  it("STF-2 given a file that is replaced by an older one while it is open, when a commit comes, then it is not appended there and what was held is saved", async () => {
    const older = join(folder, "older.db");
    const backup = await openSqliteLog({ file: older });
    await appendAll(backup, chain.slice(0, 3));
    await backup.close();
    await rename(older, file);
    await expect(log.append(next, [])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(log.append(next, [])).rejects.toMatchObject({ code: "CORRUPT" });
    expect(await log.tail()).toEqual(chain[2]);
    const [copy = ""] = await rescued();
    await holds(join(folder, copy), 8);
    await rename(join(folder, copy), file);
    const put = () => log.append(next, []);
    expect(await put().catch(put)).toBe("APPENDED");
    expect(await log.read(-1, 100)).toEqual([...chain, next]);
  });

  it("STF-6 given a history of the same length that went another way, when a commit comes, then it is refused and not chained to it", async () => {
    const fork = [...chain.slice(0, 7), nextCommit(chain[6] as Commit, [sampleCommand("other")])];
    const other = await openSqliteLog({ file: join(folder, "other.db") });
    await appendAll(other, fork);
    await expect(other.append(next, [])).rejects.toMatchObject({ code: "CORRUPT" });
    expect(await other.read(-1, 100)).toEqual(fork);
    await other.close();
  });

  it("STF-1 given a page that is spoilt while it is open, when it is read again, then CORRUPT, and once mended it is read anew", async () => {
    await log.close();
    const kept = join(folder, "kept.db");
    await copyFile(file, kept);
    log = await openSqliteLog({ file });
    const bytes = (await stat(file)).size;
    const handle = await open(file, "r+");
    for (let page = 1; page * 4096 < bytes; page += 1)
      await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, page * 4096);
    await handle.close();
    await expect(log.read(-1, 100)).rejects.toMatchObject({ code: "CORRUPT" });
    await expect(log.append(next, [])).rejects.toMatchObject({ code: "CORRUPT" });
    await rm(`${file}-wal`, { force: true });
    await rename(kept, file);
    const read = () => log.read(-1, 100);
    expect(await read().catch(read).catch(read)).toEqual(chain);
    expect(await log.append(next, [])).toBe("APPENDED");
  });

  it("STF-4 given a file that is full, when it is probed, then UNAVAILABLE, and in a roomy one it is not", async () => {
    await log.close();
    const pages = Math.ceil((await stat(file)).size / 4096) + 8;
    log = await openSqliteLog({ file, maxPages: pages });
    await expect(log.probe()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await log.tail()).toEqual(head);
    await log.close();
    log = await openSqliteLog({ file });
    for (let i = 0; i < 20; i += 1) await log.probe();
    await log.close();
    expect((await stat(file)).size).toBeLessThan(400_000);
  });

  it("STF-15 given a WAL that is cut while nobody has it open, when the log is opened, then it ends at a whole commit", async () => {
    // What a kill leaves: both files as they are, nobody having closed them.
    const left = join(folder, "left.db");
    await copyFile(file, left);
    await copyFile(`${file}-wal`, `${left}-wal`);
    await truncate(`${left}-wal`, Math.floor((await stat(`${left}-wal`)).size * 0.9));
    await log.close();
    log = await openSqliteLog({ file: left });
    const report = await verifyChain(log.read);
    expect(report).toMatchObject({ ok: true });
    const kept = await log.read(-1, 100);
    expect(kept).toEqual(chain.slice(0, kept.length));
    expect(kept.length).toBeLessThan(chain.length);
  });
});
