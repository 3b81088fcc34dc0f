/**
 * Files of the stores that are gone, older, cut, spoilt or not writable, while the server runs and
 * while it is down.
 */
import { copyFile, mkdtemp, open, readdir, rename, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { remount } from "../support/disk/remount.ts";
import { mountSmallDisk, type SmallDisk } from "../support/disk/small-disk.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { signIn } from "../support/server/http-client.ts";
import { type OutageRoom, openOutageRoom } from "../support/server/outage-room.ts";
import { verifyLog } from "../support/server/read-log.ts";
import { spawnServer, spawnToEnd } from "../support/server/server-process.ts";
import { notRun, saw, tried } from "../support/trials.ts";

const LOG_NAMES = ["log.db", "log.db-wal", "log.db-shm"];

let folder: string;
let dataDir: string;
let room: OutageRoom | undefined;
const inData = (name: string) => join(dataDir, name);
const rescued = async () =>
  (await readdir(dataDir)).filter((name) => /^log\.db\.rescued-\w+$/.test(name));

const openRoom = async (): Promise<OutageRoom> => {
  const env = { EMERGENCY_DIR: join(folder, "emergency"), EMERGENCY_BALLAST_MB: "1" };
  room = await openOutageRoom({ folder, dataDir, env });
  return room;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stores-files-"));
  dataDir = join(folder, "data");
});
afterEach(async () => {
  await room?.end();
  room = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Some work that the log holds afterwards. */
async function work({ phones }: OutageRoom, ms = 500): Promise<void> {
  const load = phones.start();
  await new Promise((resolve) => setTimeout(resolve, ms));
  await load.stop();
  await phones.sendAgain();
}

describe("files of the stores that change under a running server", () => {
  it("STF-2 STF-15 given the log's files deleted, when what was saved is put back, then it goes on without a restart and without a loss", async () => {
    const here = await openRoom();
    await work(here);
    await here.through({
      name: "log files deleted while running",
      begin: () => Promise.all(LOG_NAMES.map((name) => rm(inData(name), { force: true }))),
      end: async () => {
        const [copy = ""] = await eventually(async () => {
          const found = await rescued();
          expect(found).toHaveLength(1);
          return found;
        }, 10_000);
        await rename(inData(copy), inData("log.db"));
      },
      shows: ["UNAVAILABLE"],
      journalled: true,
    });
    await here.expectKept();
  }, 180_000);

  it("STF-2 STF-6 STF-15 given the log replaced by an older one, when what was saved is put back, then nothing was taken in between and nothing is lost", async () => {
    const here = await openRoom();
    const older = join(folder, "older.db");
    expect(await here.server.stop()).toEqual({ code: 0, signal: null });
    await copyFile(inData("log.db"), older);
    await here.restart();
    await work(here);
    await here.through({
      name: "log replaced by an older one while running",
      begin: () => rename(older, inData("log.db")),
      end: async () => {
        const [copy = ""] = await eventually(async () => {
          const found = await rescued();
          expect(found).toHaveLength(1);
          return found;
        }, 10_000);
        await rename(inData(copy), inData("log.db"));
      },
      shows: ["UNAVAILABLE"],
      journalled: true,
    });
    await here.expectKept();
  }, 180_000);

  it("STF-2 STF-15 given the log's WAL deleted, when commits go on, then nothing is lost", async () => {
    const here = await openRoom();
    await here.through({
      name: "WAL deleted while running",
      begin: () => rm(inData("log.db-wal")),
      end: async () => undefined,
      shows: [],
    });
    await here.expectKept();
  }, 180_000);

  it("STF-11 STF-15 given the accounts' file moved away, when pages are loaded again, then who is signed in stays so, and nobody else gets in, which is said", async () => {
    const here = await openRoom();
    const away = join(folder, "accounts.db");
    await here.ask("GET", "/api/me", { cookie: here.cookie });
    await here.through({
      name: "accounts gone while running",
      begin: async () => {
        await rename(inData("accounts.db"), away);
        const me = await here.ask("GET", "/api/me", { cookie: here.cookie });
        expect(me.status).toBe(200);
        const other = await here.ask(
          "POST",
          "/api/login",
          {},
          { login: "jiangan.duty", password: "demo-2026" },
        );
        expect([other.status, (other.json as { code?: string }).code]).toEqual([
          503,
          "STORE_UNAVAILABLE",
        ]);
        await eventually(() => expect(here.troubles()).toContain("ACCOUNTS"), 10_000);
      },
      end: () => rename(away, inData("accounts.db")),
      shows: [],
    });
    expect(await signIn(here.server.url, "jiangan.duty")).not.toBe("");
    await here.expectKept();
  }, 180_000);
});

describe("files of the stores that changed while the server was down", () => {
  it("STF-15 given an older log put in place, when it starts, then every screen notices by the hash and holds what the server holds", async () => {
    const here = await openRoom();
    await work(here);
    expect(await here.server.stop()).toEqual({ code: 0, signal: null });
    const older = join(folder, "older.db");
    await copyFile(inData("log.db"), older);
    await here.restart();
    await here.expectLive();
    await work(here);
    const before = here.desk.stores.records.getState().cursor;
    expect(await here.server.stop()).toEqual({ code: 0, signal: null });
    await rename(older, inData("log.db"));
    await here.restart();
    await here.expectSamePicture();
    expect(here.desk.stores.records.getState().cursor?.seq).toBeLessThan(before?.seq ?? 0);
    expect(await here.server.stop()).toEqual({ code: 0, signal: null });
    expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
    saw("snapshot");
    tried("fault: log replaced by an older one while down", 1);
  }, 180_000);

  it("STF-15 given a WAL cut short after a kill, when it starts, then it stands at a whole commit, the chain verifies and every screen holds what the server holds", async () => {
    const here = await openRoom();
    await work(here);
    await here.server.kill();
    const wal = inData("log.db-wal");
    await truncate(wal, Math.floor((await stat(wal)).size * 0.8));
    await here.restart();
    await here.expectSamePicture();
    expect(await here.server.stop()).toEqual({ code: 0, signal: null });
    expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
    tried("fault: WAL cut short while down", 1);
  }, 180_000);

  it("STF-15 given a page of the log overwritten, when it is started, then it refuses in one line and leaves the file as it is", async () => {
    const port = await freePort();
    const server = await spawnServer({ dataDir, port });
    await server.stop();
    const { size } = await stat(inData("log.db"));
    const handle = await open(inData("log.db"), "r+");
    await handle.write(Buffer.alloc(4_096, 0xff), 0, 4_096, Math.floor(size / 8_192) * 4_096);
    await handle.close();
    const refused = await spawnToEnd({ dataDir, port });
    expect(refused.code).toBe(1);
    expect(refused.output.trim().split("\n")).toEqual([
      expect.stringMatching(/store cannot be used|log cannot be opened/),
    ]);
    tried("fault: page of the log overwritten", 1);
  }, 120_000);
});

const mounted = await mountSmallDisk(32);
if ("notRun" in mounted) notRun(mounted.notRun);

describe.skipIf("notRun" in mounted)("a start on a disk that cannot be written", () => {
  const disk = mounted as SmallDisk;
  beforeEach(async () => {
    dataDir = join(disk.dir, "data");
    await remount(disk.dir, "rw");
    await Promise.all(
      (await readdir(disk.dir)).map((name) => rm(join(disk.dir, name), { recursive: true })),
    );
  });

  it("STF-8 given a first start on a full disk, when it is tried, then one line says what to do", async () => {
    await disk.fill();
    const refused = await spawnToEnd({ dataDir, port: await freePort() });
    expect(refused.code).toBe(1);
    expect(refused.output.trim().split("\n")).toEqual([
      expect.stringMatching(/ENOSPC.*Make room|The store cannot be used: .*full/),
    ]);
    tried("fault: first start on a full disk", 1);
  }, 120_000);

  it.each([
    // After a kill the WAL still has room of its own, so on a full disk commits may go on.
    ["full", "stopped"],
    ["read-only", "stopped"],
    ["read-only", "killed"],
  ] as const)(
    "STF-8 given a disk that is %s and a server that was %s, when the server starts, then the province is shown, READ_ONLY is said, calls for help ring, and it heals without a restart",
    async (how, ended) => {
      const here = await openRoom();
      await work(here);
      await (ended === "stopped" ? here.server.stop() : here.server.kill());
      if (how === "full") await disk.fill();
      else await remount(disk.dir, "ro");
      await here.restart();
      await here.expectLive();
      expect(Object.keys(here.desk.records()).length).toBeGreaterThan(20);
      await eventually(() => expect(here.mode()).toBe("READ_ONLY"), 10_000);
      expect((await here.ask("GET", "/readyz")).status).toBe(200);
      const { answer, alarmMs } = await here.sos();
      expect(answer.outcome).toBe("JOURNALLED");
      expect(alarmMs).toBeLessThanOrEqual(2_000);
      if (how === "full") await disk.clear();
      else await remount(disk.dir, "rw");
      await here.expectCalm();
      await here.expectKept();
      saw("full disk");
      tried(`fault: start on a ${how} disk after it was ${ended}`, 1);
    },
    180_000,
  );

  afterAll(() => disk.remove());
});
