/**
 * Two nodes over one SQLite log with Redis between them, killed in turns under load, and Redis with
 * them: who was sending goes over to the other node with the same id.
 * Settings: `NODE_KILLS`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import { type RedisHere, redisOrSaid, startRedis } from "../support/nodes/redis-here.ts";
import { until } from "../support/nodes/until.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { readCommands, verifyLog } from "../support/server/read-log.ts";
import {
  type DeviceToken,
  deviceTokens,
  type ServerProcess,
  spawnServer,
} from "../support/server/server-process.ts";
import { timesOf, tried } from "../support/trials.ts";

const KILLS = timesOf("NODE_KILLS", 4);
const PHONES = 6;
/** A person may send 100 commands in 10 s. */
const PAUSE_MS = 110;
const OVER_WITHIN_MS = 5_000;
const AGAIN_MS = 50;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const isHere = redisOrSaid("kills of two nodes with Redis between them");

describe.runIf(isHere)("kills of nodes", () => {
  let redis: RedisHere;
  let dataDir: string;
  const ports: number[] = [];
  const servers: ServerProcess[] = [];

  const start = async (n: number) => {
    const env = { NODE_NAME: `node-${n}`, REDIS_URL: redis.url, EMERGENCY_BALLAST_MB: "0" };
    servers[n] = await spawnServer({ dataDir, port: ports[n] ?? 0, env });
  };
  beforeAll(async () => {
    redis = await startRedis();
    dataDir = await mkdtemp(join(tmpdir(), "nodes-kill-"));
    ports.push(await freePort(), await freePort());
    await start(0);
    await start(1);
  });
  afterAll(async () => {
    for (const server of servers) if (server.isRunning()) await server.kill();
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Sends without end: to its own node, and with the same id to the other when that does not answer. */
  function phone(by: DeviceToken, home: number) {
    const accepted: { readonly id: string; readonly answers: CommandAnswer[] }[] = [];
    let isOn = true;
    let at = home;
    let longestMs = 0;
    const send = async (body: object): Promise<CommandAnswer> => {
      const since = performance.now();
      for (;;) {
        const who = { device: by.token };
        const url = servers[at]?.url ?? "";
        const answer = await request(url, "POST", "/api/commands", who, body).catch(
          () => undefined,
        );
        if (isAccepted(answer?.json)) {
          longestMs = Math.max(longestMs, performance.now() - since);
          return answer.json;
        }
        at = 1 - at;
        await pause(AGAIN_MS);
      }
    };
    const run = async () => {
      for (let n = 0; isOn; n += 1) {
        const duty = n % 2 ? "ON_DUTY" : "DEPLOYED";
        const body = envelope("officer.setDuty", by.officerId, { duty });
        const answers = [await send(body)];
        // A tenth goes again, to the other node: its answer was lost, perhaps.
        if (n % 10 === 0) {
          at = 1 - at;
          answers.push(await send(body));
        }
        accepted.push({ id: body.id, answers });
        await pause(PAUSE_MS);
      }
    };
    const ended = run();
    return {
      accepted,
      longestMs: () => longestMs,
      stop: async () => {
        isOn = false;
        await ended;
      },
    };
  }

  it(`NODE-4 given phones under way at two nodes, when each is killed in turns, ${KILLS} times in all, and Redis with every second one, then nothing accepted is lost or taken twice, and whoever was sending is answered by the other node within 5 s`, async () => {
    const devices = (await deviceTokens(dataDir)).slice(0, PHONES);
    const phones = devices.map((by, n) => phone(by, n % 2));
    const goneOn = () => {
      const before = phones.map(({ accepted }) => accepted.length);
      return until(
        () => phones.every((one, n) => one.accepted.length > (before[n] ?? 0) + 2),
        60_000,
      );
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      await goneOn();
      if (kill % 2 === 1) await redis.kill();
      await servers[kill % 2]?.kill();
      await goneOn();
      await start(kill % 2);
      if (kill % 2 === 1) await redis.revive();
      tried("kill: a node of two, under load", 1);
    }
    await goneOn();
    await Promise.all(phones.map((one) => one.stop()));
    const accepted = phones.flatMap((one) => one.accepted);
    const stored = new Map<string, number>();
    for (const { command } of await readCommands(dataDir))
      stored.set(command.id, (stored.get(command.id) ?? 0) + 1);
    expect(accepted.filter(({ id }) => stored.get(id) !== 1)).toEqual([]);
    const differing = accepted.filter(
      ({ answers: [first, second] }) => second && JSON.stringify(second) !== JSON.stringify(first),
    );
    expect(differing).toEqual([]);
    expect(Math.max(...phones.map((one) => one.longestMs()))).toBeLessThan(OVER_WITHIN_MS);
    expect(await verifyLog(dataDir)).toMatchObject({ exit: 0 });
  });
});
