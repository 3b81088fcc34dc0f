/** Killed at any moment, under load: what was acknowledged is there, once (FLT-1 … FLT-4). */
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
import { testKernel } from "../support/kernel/test-kernel.ts";
import { expectKept } from "../support/server/expect-kept.ts";
import { freePort } from "../support/server/free-port.ts";
import { signIn } from "../support/server/http-client.ts";
import { createPhones, type SentCommand } from "../support/server/phones.ts";
import { foldedWorld, readCommands, verifyLog } from "../support/server/read-log.ts";
import {
  deviceTokens,
  type ServerProcess,
  spawnAndKill,
  spawnServer,
} from "../support/server/server-process.ts";

/** `KILL_ROUNDS=30 npx vitest run --project integration kill` is the long run. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 5);
const PHONES = 20;
const LOAD_MS = { least: 300, most: 1_500 };
const ROUND_TIMEOUT_MS = 20_000;

const between = ({ least, most }: { least: number; most: number }): number =>
  least + Math.random() * (most - least);

describe("a server that is killed", () => {
  let dataDir: string;
  let port: number;
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "kill-"));
    port = await freePort();
  });
  afterAll(async () => {
    if (server?.isRunning()) await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

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
    const folder = await mkdtemp(join(tmpdir(), "kill-start-"));
    try {
      await buildHalfProvince(folder);
      for (const ms of [1_300, 1_600, 1_900]) await spawnAndKill({ dataDir: folder, port }, ms);
      const started = await spawnServer({ dataDir: folder, port });
      await signIn(started.url, "gaoyuan.secadmin");
      await started.stop();
      const wanted = demoCommands(await demoCourts()).map(({ id }) => id);
      const stored = (await readCommands(folder)).map(({ command }) => command.id);
      expect(stored.toSorted()).toEqual(wanted.toSorted());
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it("FLT-5 given a kill that left the seed of the device tokens empty, when it starts again, then tokens cannot be guessed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kill-seed-"));
    await writeFile(join(folder, "demo.seed"), "");
    const derive = await demoSecrets(folder);
    expect(derive("dev-1")).not.toBe(createHmac("sha256", "").update("dev-1").digest("base64url"));
    expect((await demoSecrets(folder))("dev-1")).toBe(derive("dev-1"));
    await rm(folder, { recursive: true });
  });

  it(
    `FLT-1 given ${PHONES} phones under way, when the server is killed ${ROUNDS} times, then every acknowledged command stands in the log exactly once where the answer said`,
    async () => {
      server = await spawnServer({ dataDir, port });
      const phones = createPhones(server.url, (await policePhones(dataDir)).slice(0, PHONES));
      for (let round = 0; round < ROUNDS; round += 1) {
        const load = phones.start();
        await new Promise((resolve) => setTimeout(resolve, between(LOAD_MS)));
        await server.kill();
        await load.stop();
        expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
        server = await spawnServer({ dataDir, port });
        await phones.sendAgain();
        expectKept(phones.sent(), await readCommands(dataDir));
      }
      await server.kill();
      const sent = phones.sent();
      expect(sent.filter(({ accepted }) => accepted.length === 0)).toEqual([]);
      await expectEffects(dataDir, sent);
      report(sent);
    },
    30_000 + ROUNDS * ROUND_TIMEOUT_MS,
  );

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

/** What the log folds to shows each command's effect once. */
async function expectEffects(dataDir: string, sent: readonly SentCommand[]): Promise<void> {
  const world = await foldedWorld(dataDir);
  const of = (kind: string) => sent.filter(({ command }) => command.kind === kind);
  const messages = of("message.send").map(({ command }) => command.ref.id);
  expect([...world.all("message")].map(({ id }) => id).toSorted()).toEqual(messages.toSorted());
  const calls = of("incident.sos").map(({ command }) => command.id);
  const heard = [...world.all("incident")].flatMap(({ commandIds }) => commandIds);
  expect(heard.toSorted()).toEqual(calls.toSorted());
  for (const { command } of of("detention.release")) {
    expect(world.get("detention", command.ref.id)).toMatchObject({ state: "RELEASED" });
  }
}

function report(sent: readonly SentCommand[]): void {
  const answers = sent.reduce((n, s) => n + s.accepted.length, 0);
  const again = sent.filter(({ tries }) => tries > 1).length;
  process.stdout.write(
    `kills ${ROUNDS}: ${sent.length} commands, ${answers} acknowledgements, ${again} commands sent more than once, 0 lost, 0 twice\n`,
  );
}
