import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../client/simulator/start-simulator.ts";
import { type RunningServer, startServer } from "../../server/compose.ts";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/edge/logging.ts";
import { freePort } from "../support/server/free-port.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";

let dataDir: string;
let port: number;
let server: RunningServer;
const running: Simulator[] = [];

const open = (store: "memory" | "sqlite") =>
  startServer(
    readConfig(
      {
        PORT: String(port),
        DATA_DIR: dataDir,
        STORE: store,
        SIMULATOR: "0",
        METRICS_ADDR: "127.0.0.1",
      },
      () => [],
    ),
    { logger: createLogger("silent"), clientDir: join(dataDir, "no-client") },
  );

const play = (over: Partial<Parameters<typeof startSimulator>[0]> = {}): Simulator => {
  const tokens = server.handout?.devices ?? [];
  const simulator = startSimulator({
    url: server.url,
    tokens,
    officers: 20,
    seed: 7,
    speed: 1,
    runId: "t1",
    ...over,
  });
  running.push(simulator);
  return simulator;
};

const count = (type: "operation" | "detention" | "police") =>
  [...server.kernel.replica.world.all(type)].length;
const soon = { timeout: 30_000, interval: 100 };

const closeAll = async () => {
  for (const simulator of running.splice(0)) simulator.stop();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
};

describe("twenty officers against a server", () => {
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "simulator-"));
    port = await freePort();
  });
  afterEach(closeAll);

  test("SIM-12 move, report and are never refused", async () => {
    server = await open("memory");
    const simulator = play({ speed: 30 });
    await expect.poll(() => simulator.report().positions.stored, soon).toBeGreaterThan(20);
    await expect.poll(() => count("operation"), soon).toBeGreaterThan(0);
    await expect.poll(() => count("detention"), soon).toBeGreaterThan(0);
    await expect.poll(() => count("police"), soon).toBeGreaterThan(0);
    const onDuty = [...server.kernel.replica.world.all("officer")].filter(
      ({ id, duty }) => duty !== "OFF_DUTY" && /-(judge|police2?)$/.test(id),
    );
    expect(onDuty.length).toBeGreaterThan(14);
    const report = simulator.report();
    expect(report.terminals).toBe(20);
    expect([report.refusals, report.turnedAway, report.leftOut]).toEqual([{}, 0, 0]);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/ec_positions_total\{result="accepted"\} [1-9]/);
    expect(metrics).not.toMatch(/result="(jump|future|out_of_range|null_island)"/);
  });

  test("SIM-13 come back after the server was away, and nothing that was answered is lost", async () => {
    server = await open("sqlite");
    const simulator = play();
    await expect.poll(() => simulator.report().commands.accepted, soon).toBeGreaterThan(15);
    await server.stop();
    const before = simulator.report();
    server = await open("sqlite");
    await expect.poll(() => simulator.report().reconnects, soon).toBeGreaterThan(10);
    await expect
      .poll(() => simulator.report().positions.stored, soon)
      .toBeGreaterThan(before.positions.stored + 20);
    const { refusals, byKind } = simulator.report();
    expect(refusals).toEqual({});
    const opened = byKind["operation.open"]?.accepted ?? 0;
    expect(count("operation")).toBeGreaterThanOrEqual(opened);
  });

  test("SIM-14 of a later run bring to an end what an earlier one left", async () => {
    server = await open("memory");
    const first = play();
    await expect.poll(() => count("operation"), soon).toBeGreaterThan(0);
    await expect.poll(() => first.report().commands.sent, soon).toBeGreaterThan(30);
    first.stop();
    const second = play({ runId: "t2" });
    const unfinished = () =>
      [...server.kernel.replica.world.all("operation")].filter(
        ({ id, state }) => id.startsWith("sim-t1-") && state !== "ABORTED" && state !== "CLOSED",
      );
    await expect.poll(unfinished, soon).toEqual([]);
    expect(second.report().refusals).toEqual({});
  });
});

describe("a real duty officer above", () => {
  let here: ServerHere;
  let simulator: Simulator;

  beforeEach(async () => {
    here = await startHere();
    const tokens = here.server.handout?.devices ?? [];
    const { url } = here;
    simulator = startSimulator({ url, tokens, officers: 20, seed: 7, speed: 1, runId: "t1" });
  });
  afterEach(async () => {
    simulator.stop();
    await here.close();
  });

  test("SIM-17 orders a pause, which the played commander confirms", async () => {
    const { world } = here.server.kernel.replica;
    const moving = () =>
      [...world.all("operation")].find(({ state }) => state !== "APPROVED" && state !== "CLOSED");
    await expect.poll(moving, soon).toBeDefined();
    const operation = moving();
    const court = operation && world.get("court", operation.courtId);
    const order = {
      id: "order-command-1",
      kind: "order.pause",
      ref: { type: "order", id: "order-1" },
      payload: {
        toCourtId: court?.id,
        operationId: operation?.id,
        urgency: "P1",
        body: "原地待命",
      },
      knownSeq: 0,
      knownAt: 0,
    };
    const answer = await fetch(`${here.url}/api/commands`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        origin: here.url,
        cookie: await here.cookieOf(`${court?.parentId}-duty`),
      },
      body: JSON.stringify(order),
    });
    expect(await answer.json()).toMatchObject({ outcome: "ACCEPTED" });
    const state = () => world.get("operation", operation?.id ?? "")?.pauseOrder?.confirmed?.by;
    await expect.poll(state, { timeout: 40_000, interval: 200 }).toBe(operation?.sceneCommanderId);
  });
});
