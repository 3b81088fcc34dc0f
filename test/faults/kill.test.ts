/**
 * Killed at any moment, under load, idle and while starting: what was acknowledged is there, once
 * (FLT-1 … FLT-5). Settings: `KILLS` kills of a running server, `CRASH_LOOPS` rows of ten kills
 * while it starts.
 */
import { createHmac } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SystemClock } from "../../server/app/clock.ts";
import { openKernel } from "../../server/app/kernel.ts";
import { readConfig } from "../../server/config.ts";
import { demoAccounts } from "../../server/demo/accounts.ts";
import { demoCourts } from "../../server/demo/bootstrap.ts";
import { demoCommands } from "../../server/demo/province.ts";
import { demoSecrets } from "../../server/demo/seed.ts";
import { openStores } from "../../server/stores.ts";
import { expectFolded } from "../support/history/expect-folded.ts";
import { expectHistory } from "../support/history/expect-history.ts";
import { journalSettled } from "../support/history/held-in-journal.ts";
import { createRecorder, type Recorder } from "../support/history/recorder.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";
import { freePort } from "../support/server/free-port.ts";
import { signIn } from "../support/server/http-client.ts";
import { createPhones, type Phones } from "../support/server/phones.ts";
import { readCommands, verifyLog } from "../support/server/read-log.ts";
import {
  deviceTokens,
  type ServerProcess,
  spawnAndKill,
  spawnServer,
} from "../support/server/server-process.ts";
import { saw, timesOf, tried } from "../support/trials.ts";

const KILLS = timesOf("KILLS", 20);
const CRASH_LOOPS = timesOf("CRASH_LOOPS", 1);
/** Each so-manieth kill meets a server that has nothing to do. */
const IDLE_EVERY = 10;
const PHONES = 20;
const LOAD_MS = { least: 300, most: 1_500 };
/** From nothing at all to listening and beyond: a warm start takes about 1.3 s. */
const START_MS = { least: 50, most: 1_800 };
const STARTS_IN_A_LOOP = 10;
const ROUND_TIMEOUT_MS = 20_000;

interface Range {
  readonly least: number;
  readonly most: number;
}

const between = ({ least, most }: Range): number => least + Math.random() * (most - least);
const pauseFor = (range: Range) => pause(between(range));

describe("a server that is killed", () => {
  let folder: string;
  let dataDir: string;
  let port: number;
  let server: ServerProcess | undefined;
  let recorder: Recorder;
  let phones: Phones | undefined;
  /** Acknowledged commands that were counted as trials: one history runs through all tests. */
  let counted = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kill-"));
    dataDir = join(folder, "data");
    recorder = createRecorder(join(folder, "history.ndjson"));
    port = await freePort();
  });
  afterAll(async () => {
    if (server?.isRunning()) await server.kill();
    recorder.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A running server and phones that can load it. */
  const underWay = async (): Promise<{ server: ServerProcess; phones: Phones }> => {
    if (!server?.isRunning()) server = await spawnServer({ dataDir, port });
    phones ??= createPhones(server.url, (await policePhones(dataDir)).slice(0, PHONES), recorder);
    return { server, phones };
  };

  const killUnderLoad = async (): Promise<void> => {
    const running = await underWay();
    const load = running.phones.start();
    await running.phones.accepted(PHONES);
    await pauseFor(LOAD_MS);
    await running.server.kill();
    await load.stop();
  };

  const killIdle = async (): Promise<void> => {
    const running = await underWay();
    await pauseFor(LOAD_MS);
    await running.server.kill();
  };

  /** After a kill: the log is whole; after the next start: every command is answered, rightly. */
  const expectAllKept = async () => {
    expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
    const atKill = await expectHistory(recorder, dataDir);
    const running = await underWay();
    await running.phones.sendAgain();
    return { atKill, after: await expectHistory(recorder, dataDir) };
  };

  it("FLT-2 given an accepted command and commits after it, when it comes again, then the answer names the commit that holds it", async () => {
    const k = await testKernel();
    const id = v7();
    const send = () =>
      k.accepted("jiangan.police", "incident.sos", "incident", "i1", {}, { id, deviceAt: 5 });
    const first = await send();
    k.clock.pass(1_000);
    await k.accepted("jiangan.duty", "incident.acknowledge", "incident", "i1");
    const again = await send();
    const afterRestart = await (await k.reopened()).accepted(
      "jiangan.police",
      "incident.sos",
      "incident",
      "i1",
      {},
      { id, deviceAt: 5 },
    );
    expect([again, afterRestart]).toEqual([first, first]);
  });

  it("FLT-4 given a server killed while it built the demo province, when it starts again, then the province is whole", async () => {
    const fresh = await mkdtemp(join(tmpdir(), "kill-start-"));
    try {
      await buildHalfProvince(fresh);
      for (const ms of [1_300, 1_600, 1_900]) await spawnAndKill({ dataDir: fresh, port }, ms);
      const started = await spawnServer({ dataDir: fresh, port });
      await signIn(started.url, "gaoyuan.secadmin");
      await started.stop();
      // What ends by itself is made when the province stands, not with it: the visitor's seat, and
      // at three desks a shift that is signed for and the one after it.
      const wanted = [
        ...demoCommands(await demoCourts()).map(({ id }) => id),
        "demo:observer:open:1",
      ];
      const stored = (await readCommands(fresh)).map(({ command }) => command);
      const [shifts, others] = [true, false].map((is) =>
        stored.filter(({ kind }) => kind.startsWith("shift.") === is),
      );
      expect(others?.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
      expect(shifts?.map(({ kind }) => kind).toSorted()).toEqual([
        ...Array<string>(6).fill("shift.schedule"),
        ...Array<string>(3).fill("shift.sign"),
      ]);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }, 60_000);

  it("FLT-5 given a kill that left the seed of the device tokens empty, when it starts again, then tokens cannot be guessed", async () => {
    const fresh = await mkdtemp(join(tmpdir(), "kill-seed-"));
    await writeFile(join(fresh, "demo.seed"), "");
    const derive = await demoSecrets(join(fresh, "demo.seed"));
    expect(derive("dev-1")).not.toBe(createHmac("sha256", "").update("dev-1").digest("base64url"));
    expect((await demoSecrets(join(fresh, "demo.seed")))("dev-1")).toBe(derive("dev-1"));
    await rm(fresh, { recursive: true });
  });

  it(
    `FLT-1 given ${PHONES} phones under way, when the server is killed ${KILLS} times, then every acknowledged command stands in the log exactly once where the answer said`,
    async () => {
      const isIdle = (round: number) => round % IDLE_EVERY === IDLE_EVERY - 1;
      let takenUnanswered = 0;
      for (let round = 0; round < KILLS; round += 1) {
        await (isIdle(round) ? killIdle() : killUnderLoad());
        const { atKill, after } = await expectAllKept();
        // Stored, and the client never heard of it: the kill fell between commit and answer.
        if (atKill.takenUnanswered > takenUnanswered) tried("kill between commit and answer", 1);
        ({ takenUnanswered } = after);
        tried(isIdle(round) ? "kill: SQLite, idle" : "kill: SQLite, under load", 1);
      }
      await expectEffects(await underWay());
    },
    60_000 + KILLS * ROUND_TIMEOUT_MS,
  );

  it(
    `FLT-6 given a kill under load, when each of ${STARTS_IN_A_LOOP} starts is killed too, then the next one answers for everything that was acknowledged`,
    async () => {
      for (let loop = 0; loop < CRASH_LOOPS; loop += 1) {
        await killUnderLoad();
        for (let start = 0; start < STARTS_IN_A_LOOP; start += 1)
          await spawnAndKill({ dataDir, port }, between(START_MS));
        await expectAllKept();
        tried(`crash loop of ${STARTS_IN_A_LOOP}: SQLite`, 1);
      }
      await expectEffects(await underWay());
    },
    60_000 + CRASH_LOOPS * 3 * ROUND_TIMEOUT_MS,
  );

  /** What the log folds to shows each command's effect once; the share of duplicates was kept. */
  const expectEffects = async (running: { server: ServerProcess; phones: Phones }) => {
    // What was slow went to the journal: once it is in the log, sending it again names its commit.
    await journalSettled(join(dataDir, "emergency"));
    await running.phones.sendAgain();
    await journalSettled(join(dataDir, "emergency"));
    await running.server.kill();
    const sent = running.phones.sent();
    expect(sent.filter(({ accepted, joined }) => accepted.length === 0 && !joined)).toEqual([]);
    await expectFolded(
      dataDir,
      sent.map(({ command }) => command),
    );
    const { commands, acknowledged, duplicated, bothRoads } = await expectHistory(
      recorder,
      dataDir,
    );
    expect(acknowledged).toBe(commands);
    expect(duplicated / commands).toBeGreaterThan(0.1);
    saw("duplicate command");
    tried("acknowledged command: SQLite, kills", acknowledged - counted);
    counted = acknowledged;
    process.stdout.write(
      `kills: ${commands} commands, all acknowledged, ${duplicated} sent more than once, ${bothRoads} by both roads\n`,
    );
  };

  it("FLT-4 given the last kill, when it starts again, then its accounts open", async () => {
    server = await spawnServer({ dataDir, port });
    const [account] = demoAccounts(await demoCourts());
    expect(await signIn(server.url, account?.login ?? "")).toMatch(/^(__Host-ec|ec)=/);
  });
});

const policePhones = async (dataDir: string) =>
  (await deviceTokens(dataDir)).filter(({ officerId }) => /-police2?$/.test(officerId));

/** What a kill in the middle of the first start leaves behind: courts, and some of the people. */
async function buildHalfProvince(folder: string): Promise<void> {
  const config = readConfig({ DATA_DIR: folder }, () => []);
  const stores = await openStores(config);
  const kernel = await openKernel({
    ...stores,
    clock: new SystemClock(),
    genesis: { deployment: config.deployment, alg: config.hashAlg, mode: "DEMO" },
    node: "killed",
    severalWriters: false,
    newId: () => v7(),
    pause,
    yieldTurn: () => turn(),
  });
  const commands = demoCommands(await demoCourts());
  const half = commands.slice(0, commands.length / 2);
  await Promise.all(half.map((command) => kernel.app.systemCommand(command)));
  await stores.close();
}
