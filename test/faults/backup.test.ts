/**
 * Backups under load and under `kill -9`, and the drill with its figures (BAK-1, BAK-4, BAK-13,
 * BAK-15, BAK-16). Settings: `BACKUP_COMMITS` commits of the log whose backup is timed,
 * `BACKUP_APPENDS` backups of the drill after the first, `BACKUP_EVERY_MS` pause between them,
 * `BACKUP_STRIDE` of the steps before which a tool is killed, each so-manieth is tried.
 */
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readManifest } from "../../server/backup/manifest.ts";
import { openTool, type Tool } from "../../server/cli/open-tool.ts";
import { LogStoreError } from "../../server/log/log-store.ts";
import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { heldInJournal } from "../support/history/held-in-journal.ts";
import { createRecorder } from "../support/history/recorder.ts";
import {
  fillData,
  fillLongData,
  openData,
  runTool,
  type ToolOptions,
} from "../support/server/backup-rig.ts";
import { type ConsolePage, openPage } from "../support/server/console-page.ts";
import { type CutProxy, startCutProxy } from "../support/server/cut-proxy.ts";
import { demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";
import { freePort } from "../support/server/free-port.ts";
import { request, signIn } from "../support/server/http-client.ts";
import { createPhones } from "../support/server/phones.ts";
import { readCommands, verifyLog } from "../support/server/read-log.ts";
import {
  type DeviceToken,
  deviceTokens,
  type ServerProcess,
  spawnServer,
  spawnToEnd,
} from "../support/server/server-process.ts";
import { saw, timesOf, tried } from "../support/trials.ts";

const COMMITS = timesOf("BACKUP_COMMITS", 3_000);
const APPENDS = timesOf("BACKUP_APPENDS", 3);
const EVERY_MS = timesOf("BACKUP_EVERY_MS", 1_000);
const STRIDE = timesOf("BACKUP_STRIDE", 4);
const PHONES = 10;
const LOGINS = ["jiangan.duty", "huangpi.duty", "wuhan.duty", "gaoyuan.duty"] as const;
/** A guard against a loop that never ends; there are some 40 steps. */
const MOST_STEPS = 200;

const say = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backup-faults-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Kills a tool at its first step, its second (or as `BACKUP_STRIDE` says), … until it gets through. */
async function atEachStep(
  run: (options: ToolOptions, step: number) => Promise<boolean>,
): Promise<number> {
  let kills = 0;
  for (let step = 1; step <= MOST_STEPS; step += STRIDE) {
    if (await run({ killAtStep: step }, step)) return kills;
    kills += 1;
  }
  throw new Error(`not done after ${MOST_STEPS} steps`);
}

describe("tools that are killed", { timeout: 300_000 }, () => {
  let data: string;
  let to: string;
  beforeEach(async () => {
    [data, to] = [join(folder, "data"), join(folder, "to")];
    await grow(data, 30);
    expect(await runTool("backup", ["--to", to, "--data", data])).toMatchObject({ exit: 0 });
    await grow(data, 50);
  });

  const grow = async (dataDir: string, count: number) => {
    const stores = await openData(dataDir);
    await fillData(stores, count);
    await stores.close();
  };

  it("BAK-13 given a restore over an old state, when killed before each of its steps, then the old state opens, or the new one, or none with the reason, and run again it completes", async () => {
    const seen = { old: 0, restored: 0, refused: 0 };
    const kills = await atEachStep(async (options, step) => {
      const into = join(folder, `into-${step}`);
      await cp(data, into, { recursive: true });
      const args = ["--from", to, "--data", into, "--replace"];
      const { exit } = await runTool("restore", args, options);
      const found = await stateOf(into);
      seen[found] += 1;
      if (exit === 0) expect(found).toBe("restored");
      expect(await runTool("restore", args)).toMatchObject({ exit: 0 });
      expect(await stateOf(into)).toBe("restored");
      const left = (await readdir(into)).filter((name) => /^restor/.test(name));
      expect(left).toEqual(["restore.json"]);
      await rm(into, { recursive: true });
      return exit === 0;
    });
    tried("restore killed at a step", kills);
    say(`restore killed before ${kills} of its steps: ${JSON.stringify(seen)}`);
    expect(Math.min(seen.old, seen.restored, seen.refused)).toBeGreaterThan(0);
  });

  /** What a server would find: it never finds a mixture. */
  async function stateOf(dataDir: string): Promise<"old" | "restored" | "refused"> {
    try {
      const stores = await openData(dataDir);
      const tail = await stores.log.tail();
      const texts = await stores.vault.getTexts(["t1"]);
      const account = await stores.accounts.findAccount("duty");
      await stores.close();
      expect([texts.size, account?.login]).toEqual([1, "duty"]);
      expect([29, 49]).toContain(tail?.seq);
      return tail?.seq === 49 ? "old" : "restored";
    } catch (error) {
      if (!(error instanceof LogStoreError)) throw error;
      expect(error.message).toContain("was not finished; run it again with --replace");
      return "refused";
    }
  }

  it("BAK-4 given a backup in the folder, when the next is killed before each of its steps, then the folder is the one or the other, sound, and takes the next", async () => {
    const kills = await atEachStep(async (options, step) => {
      const folderOf = join(folder, `to-${step}`);
      await cp(to, folderOf, { recursive: true });
      const args = ["--to", folderOf, "--data", data, "--append"];
      const { exit } = await runTool("backup", args, options);
      const check = await runTool("restore", ["--from", folderOf, "--data", data, "--check"]);
      expect(check.exit).toBe(0);
      expect(check.out).toMatch(exit === 0 ? /50 commits/ : /30 commits|50 commits/);
      expect(await runTool("backup", args)).toMatchObject({ exit: 0 });
      const { files } = await readManifest(folderOf);
      const wanted = [...files.map(({ name }) => name), "manifest.json"];
      expect((await readdir(folderOf)).toSorted()).toEqual(wanted.toSorted());
      await rm(folderOf, { recursive: true });
      return exit === 0;
    });
    tried("backup killed at a step", kills);
    say(`backup killed before ${kills} of its steps`);
  });

  it("BAK-4 given a new folder, when its first backup is killed before its last step, then a restore says that it is none", async () => {
    const into = join(folder, "half");
    const killed = await runTool("backup", ["--to", into, "--data", data], { killAtStep: 8 });
    expect(killed.exit).toBeNull();
    expect((await readdir(into)).length).toBeGreaterThan(0);
    const refused = await runTool("restore", ["--from", into, "--data", join(folder, "new")]);
    expect(refused).toMatchObject({ exit: 1, err: expect.stringContaining("no backup") });
    const again = await runTool("backup", ["--to", into, "--data", data]);
    expect(again).toMatchObject({ exit: 1, err: expect.stringContaining("not empty") });
  });

  it("BAK-13 given a restore that was killed between the old files and the new, when a server is started, then it says so and ends", async () => {
    const args = ["--from", to, "--data", data, "--replace"];
    await atEachStep(async (options) => {
      await runTool("restore", args, options);
      return (await stateOf(data)) === "refused";
    });
    const { code, output } = await spawnToEnd({ dataDir: data, port: await freePort() });
    expect(code).toBe(1);
    expect(output).toMatch(/The store cannot be used: a restore into .* was not finished/);
  });
});

describe("a long log", { timeout: 900_000 }, () => {
  it(`BAK-2 given ${COMMITS} commits, when backed up, appended to, checked and restored, then the times are told and the log verifies`, async () => {
    const [data, to, into] = [join(folder, "data"), join(folder, "to"), join(folder, "into")];
    await fillLongData(data, COMMITS);
    await mkdir(into);
    await cp(join(data, "vault.key"), join(into, "vault.key"));
    const timed = async (what: string, tool: "backup" | "restore", args: string[]) => {
      const began = performance.now();
      const run = await runTool(tool, args);
      expect([run.exit, run.err.split("\n").slice(-3)]).toEqual([0, expect.anything()]);
      say(`${what}, ${COMMITS} commits: ${seconds(performance.now() - began)}`);
    };
    await timed("full backup", "backup", ["--to", to, "--data", data]);
    const stores = await openData(data);
    await fillData(stores, COMMITS + 500);
    await stores.close();
    await timed("append of 500 commits", "backup", ["--to", to, "--data", data, "--append"]);
    await timed("check", "restore", ["--from", to, "--data", data, "--check"]);
    await timed("restore", "restore", ["--from", to, "--data", into]);
    expect(await verifyLog(into)).toMatchObject({
      exit: 0,
      out: expect.stringContaining(`verified ${COMMITS + 500} commits`),
    });
    tried("backup and restore of a long log", 1);
  });
});

describe("the drill", { timeout: 600_000 }, () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  interface Screen {
    readonly page: ConsolePage;
    readonly view: ViewKey;
  }

  async function openScreens(server: ServerProcess): Promise<Screen[]> {
    const people = await demoPeople();
    const screens: Screen[] = [];
    for (const login of LOGINS) {
      const cookie = await signIn(server.url, login);
      const road: CutProxy = await startCutProxy({
        port: await freePort(),
        target: server.port,
        headers: [`Cookie: ${cookie}`],
      });
      const page = openPage(road.url, "console");
      closing.push(
        () => road.close(),
        () => page.close(),
      );
      await eventually(() => expect(stateOf(page).connection.kind).toBe("live"), 15_000);
      screens.push({ page, view: `console:${people.of(login).courtId}` });
    }
    return screens;
  }

  const stateOf = (page: ConsolePage) => page.stores.connection.getState();
  const cursorOf = ({ page }: Screen) => page.stores.records.getState().cursor;

  /** What each view is owed, from the stored log alone: another process than the server. */
  async function expectInStep(screens: readonly Screen[], tool: Tool): Promise<void> {
    await eventually(async () => {
      await tool.kernel.follow();
      const { views, replica } = tool.kernel;
      for (const screen of screens) {
        const puts = await views.project(screen.view);
        const truth = Object.fromEntries(
          puts.map(({ type, id, rev, dto }) => [
            `${type}:${id}`,
            JSON.parse(JSON.stringify({ rev, dto })),
          ]),
        );
        expect(cursorOf(screen)).toMatchObject({ seq: replica.tail.seq });
        expect(screen.page.records()).toEqual(truth);
      }
    }, 30_000);
  }

  it("BAK-16 BAK-15 BAK-1 given load and backups meanwhile, when the server is killed and the backup restored elsewhere, then nothing acknowledged before the last backup is lost and every client re-reads by itself", async () => {
    const [dataA, dataB, to] = ["a", "b", "to"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const port = await freePort();
    const server = await spawnServer({ dataDir: dataA, port });
    closing.push(() => (server.isRunning() ? server.kill() : undefined));
    const screens = await openScreens(server);
    const devices = await phonesOf(dataA);
    const recorder = createRecorder(join(folder, "history.ndjson"));
    const phones = createPhones(server.url, devices, recorder);
    const acknowledged = () => phones.sent().filter(({ accepted }) => accepted.length > 0);
    const load = phones.start();
    let safe: readonly string[] = [];
    let took = 0;
    for (let i = 0; i <= APPENDS; i += 1) {
      await pause(EVERY_MS);
      safe = acknowledged().map(({ command }) => command.id);
      const began = performance.now();
      const more = i === 0 ? [] : ["--append"];
      const run = await runTool("backup", ["--to", to, "--data", dataA, ...more]);
      expect([run.exit, run.err]).toEqual([0, expect.anything()]);
      took = Math.max(took, performance.now() - began);
    }
    await pause(EVERY_MS);
    const killedAt = Date.now();
    await server.kill();
    await load.stop();
    const heads = screens.map((screen) => cursorOf(screen)?.seq ?? 0);

    const decidedAt = performance.now();
    await mkdir(dataB, { mode: 0o700 });
    await cp(join(dataA, "vault.key"), join(dataB, "vault.key"));
    const restored = await runTool("restore", ["--from", to, "--data", dataB]);
    expect([restored.exit, restored.err]).toEqual([0, expect.anything()]);
    const restoredAt = performance.now();
    const { log } = await readManifest(to);
    expect(Math.max(...heads)).toBeGreaterThan(log.head.seq); // their past is not all in it
    const before = screens.map(({ page }) => page.counted.snapshots);
    const second = await spawnServer({ dataDir: dataB, port });
    closing.push(() => second.kill());
    const startedAt = performance.now();
    const tool = await openToolOnDemo(dataB);
    closing.push(() => tool.close());
    await expectInStep(screens, tool);
    const inSyncAt = performance.now();
    // Whose cursor lies in the restored history may be resumed over it.
    const ahead = screens.filter((_, i) => (heads[i] ?? 0) > log.head.seq);
    for (const { page } of ahead)
      expect(page.counted.snapshots).toBeGreaterThan(
        before[screens.findIndex((s) => s.page === page)] ?? 0,
      );

    // What a call for help was answered JOURNALLED for may still be in the restored journal.
    const held = await heldInJournal(join(dataB, "emergency"));
    const kept = new Set([
      ...(await readCommands(dataB)).map(({ command }) => command.id),
      ...held,
    ]);
    expect(safe.filter((id) => !kept.has(id))).toEqual([]);
    expect(safe.length).toBeGreaterThan(0);
    const lost = acknowledged().filter(({ command }) => !kept.has(command.id));
    const ages = lost.map(({ accepted }) => killedAt - (accepted[0]?.at ?? killedAt));
    const rpo = Math.max(0, ...ages);
    const rto = inSyncAt - decidedAt;
    say(
      [
        `drill: ${acknowledged().length} commands acknowledged, ${lost.length} of them after the last backup began`,
        `RPO ${seconds(rpo)} (oldest missing; newest missing ${seconds(Math.min(...ages))}), longest backup ${seconds(took)}, pause ${seconds(EVERY_MS)}`,
        `RTO ${seconds(rto)} (restore ${seconds(restoredAt - decidedAt)}, start ${seconds(startedAt - restoredAt)}, ${screens.length} clients ${seconds(inSyncAt - startedAt)})`,
      ].join("\n"),
    );
    expect(rpo).toBeLessThanOrEqual(60_000);
    expect(rto).toBeLessThanOrEqual(600_000);
    tried("restore drill", 1);
    saw("snapshot");

    // The restored server is a whole one: a phone's key is known, and the screens go on from here.
    const [phone] = devices;
    const sos = await request(
      second.url,
      "POST",
      "/api/commands",
      { device: phone?.token ?? "" },
      envelope("incident.sos", "sos-after", {}, { deviceAt: Date.now() }),
    );
    expect(isAccepted(sos.json)).toBe(true);
    await expectInStep(screens, tool);
    expect(await verifyLog(dataB)).toMatchObject({ exit: 0 });
  });
});

const phonesOf = async (dataDir: string): Promise<readonly DeviceToken[]> =>
  (await deviceTokens(dataDir))
    .filter(({ officerId }) => /-police2?$/.test(officerId))
    .slice(0, PHONES);

/** The tool reads the settings of the environment, where a demonstration must be said. */
async function openToolOnDemo(dataDir: string): Promise<Tool> {
  const { DEMO } = process.env;
  process.env.DEMO = "1";
  try {
    return await openTool(dataDir);
  } finally {
    if (DEMO === undefined) delete process.env.DEMO;
    else process.env.DEMO = DEMO;
  }
}
