/**
 * What a phone was told is stored is on its track, whatever kills the server or fills the disk
 * (TRK-1, TRK-2, TRK-4). Settings: `TRACK_KILLS` kills at each load.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountSmallDisk } from "../support/disk/small-disk.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { missingFrom, openTrackPhones } from "../support/tracks/track-phones.ts";
import { notRun, timesOf, tried } from "../support/trials.ts";

const KILLS = timesOf("TRACK_KILLS", 2);
const PHONES = 40;
const LOADS = [200, 2_000];
const LOAD_MS = { least: 700, most: 2_500 };
const ROUND_TIMEOUT_MS = 40_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const phonesOf = async (dataDir: string) =>
  (await deviceTokens(dataDir)).filter(({ officerId }) => /-police2?$/.test(officerId));

describe("tracks of a server that is killed", () => {
  let dataDir: string;
  let port: number;
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "track-kill-"));
    port = await freePort();
  });
  afterAll(async () => {
    if (server?.isRunning()) await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  for (const perSecond of LOADS) {
    it(
      `TRK-4 given ${perSecond} positions a second, when the server is killed ${KILLS} times, then none that was answered is lost`,
      async () => {
        let answered = 0;
        let sent = 0;
        for (let round = 0; round < KILLS; round += 1) {
          server = await spawnServer({ dataDir, port });
          const devices = (await phonesOf(dataDir)).slice(0, PHONES);
          const phones = await openTrackPhones(server.url, devices);
          const load = phones.start(perSecond);
          await pause(LOAD_MS.least + Math.random() * (LOAD_MS.most - LOAD_MS.least));
          await server.kill();
          await load.stop();
          phones.close();
          const lost = await missingFrom(dataDir, phones.answered);
          tried(`position answered: kill at ${perSecond}/s`, phones.answered.length, lost.length);
          expect(lost).toEqual([]);
          expect(phones.answered.length).toBeGreaterThan(perSecond / 20);
          answered += phones.answered.length;
          sent += phones.sent();
        }
        process.stdout.write(
          `tracks: ${KILLS} kills at ${perSecond}/s, ${sent} sent, ${answered} answered, 0 of them lost\n`,
        );
      },
      60_000 + KILLS * ROUND_TIMEOUT_MS,
    );
  }
});

const mounted = await mountSmallDisk(8);
if ("notRun" in mounted) notRun(mounted.notRun);

describe.skipIf("notRun" in mounted)("tracks on a full disk", () => {
  it("TRK-2 given a disk without room, then phones keep their fixes, faces say so, and both end when there is room again", async () => {
    if ("notRun" in mounted) return;
    const disk = mounted;
    const dataDir = await mkdtemp(join(tmpdir(), "track-full-"));
    const env = { TRACKS_DIR: disk.dir };
    const server = await spawnServer({ dataDir, port: await freePort(), env });
    try {
      const devices = (await phonesOf(dataDir)).slice(0, 8);
      let trouble: readonly string[] = [];
      const looker = await RawClient.open(
        server.url,
        { seat: "field", device: devices[0]?.token ?? "" },
        {
          onEvent: ({ event, body }) => {
            if (event === "hb") trouble = (body as { readonly trouble: string[] }).trouble;
          },
        },
      );
      const phones = await openTrackPhones(server.url, devices);
      const load = phones.start(400);
      await eventually(() => expect(phones.answered.length).toBeGreaterThan(50), 20_000);
      await disk.fill();
      await eventually(() => expect(phones.refused()).toBeGreaterThan(50), 40_000);
      await eventually(() => expect(trouble).toContain("TRACKS"), 25_000);
      const before = phones.answered.length;
      await disk.clear();
      await eventually(() => expect(phones.answered.length).toBeGreaterThan(before + 50), 30_000);
      await eventually(() => expect(trouble).not.toContain("TRACKS"), 25_000);
      await load.stop();
      await server.kill();
      looker.terminate();
      phones.close();
      const lost = await missingFrom(dataDir, phones.answered, disk.dir);
      tried("position answered: full disk", phones.answered.length, lost.length);
      expect(lost).toEqual([]);
    } finally {
      if (server.isRunning()) await server.kill();
      await disk.remove();
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 200_000);
});
