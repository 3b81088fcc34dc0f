/** Rate limits that two nodes count together, on a real Redis. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandWait, createLimits, type Limits } from "../../server/edge/http/limits.ts";
import {
  beginConnecting,
  endConnection,
  type RedisClient,
  redisClient,
} from "../../server/nodes/redis-clients.ts";
import { redisClaims, redisCounters } from "../../server/nodes/redis-counters.ts";
import { SOS_KIND } from "../../shared/wire/sos.ts";
import { type RedisHere, redisOrSaid, startRedis } from "../support/nodes/redis-here.ts";
import { until } from "../support/nodes/until.ts";

const isHere = redisOrSaid("rate limits of several nodes");

describe.runIf(isHere)("rate limits of several nodes", () => {
  let redis: RedisHere;
  const clients: RedisClient[] = [];
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) endConnection(client);
    await redis.close();
  });

  async function node(prefix = "ec:test"): Promise<Limits> {
    const client = redisClient(redis.url, () => undefined);
    clients.push(client);
    beginConnecting(client);
    await until(() => client.isReady);
    return createLimits({ client: redisCounters(client), prefix });
  }
  const takeFrom = async (limits: Limits, times: number) => {
    const waits: number[] = [];
    for (let i = 0; i < times; i += 1) waits.push((await limits.signInPair.take("k")).waitMs);
    return waits.filter((waitMs) => waitMs > 0).length;
  };

  it("NODE-11 counts for both together, gives back and forgives for both, and not for another log", async () => {
    const [a, b, other] = [await node(), await node(), await node("ec:other")];
    expect([await takeFrom(a, 3), await takeFrom(b, 3), await takeFrom(a, 1)]).toEqual([0, 1, 1]);
    expect(await takeFrom(other, 5)).toBe(0);
    await a.signInPair.clear("k");
    expect(await takeFrom(b, 5)).toBe(0);
    expect(await takeFrom(b, 1)).toBe(1);
    await a.signInPair.giveBack("k");
    await a.signInPair.giveBack("k");
    expect(await takeFrom(a, 2)).toBe(1);
  });

  it("NODE-11 says that a limit ran out just now to one caller only", async () => {
    const [a, b] = [await node(), await node()];
    const tripped: boolean[] = [];
    for (let i = 0; i < 8; i += 1)
      tripped.push((await (i % 2 ? a : b).signInPair.take("k")).tripped);
    expect(tripped.filter(Boolean)).toHaveLength(1);
  });

  it("NODE-11 with Redis gone counts in memory at once, and in Redis again when it is back", async () => {
    const [a, b] = [await node(), await node()];
    await redis.kill();
    await until(() => clients.every((client) => !client.isReady));
    expect([await takeFrom(a, 6), await takeFrom(b, 6)]).toEqual([1, 1]);
    await a.signInPair.clear("k");
    await a.signInPair.giveBack("k");
    await redis.revive();
    await until(() => clients.every((client) => client.isReady), 10_000);
    expect([await takeFrom(a, 3), await takeFrom(b, 3)]).toEqual([0, 1]);
  }, 30_000);

  it("NODE-16 what is due at every node is claimed by one of them, again and again by the same, and by all where Redis is away", async () => {
    await Promise.all([node(), node()]);
    const [a, b] = clients.map((client, n) => redisClaims(client, "ec:test", `boot-${n}`));
    const both = async (what: string) => [await a?.(what), await b?.(what)];
    expect([await both("call-1"), await both("call-1")]).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(await b?.("call-2")).toBe(true);
    expect(await both("call-2")).toEqual([false, true]);
    redis.freeze();
    expect(await both("call-1")).toEqual([true, true]);
  });

  it("NODE-11 with a Redis that hangs lets nobody wait for long, and a call for help not at all", async () => {
    const a = await node();
    redis.freeze();
    const started = performance.now();
    expect(await commandWait(a, "o1", SOS_KIND)).toBe(0);
    expect((await a.forgedSos.take("k")).waitMs).toBe(0);
    const sosMs = performance.now() - started;
    expect(await takeFrom(a, 6)).toBe(1);
    expect(sosMs).toBeLessThan(100);
    // The first one found out, the others did not have to.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
