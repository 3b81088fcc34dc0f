import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createMemoryExchange } from "../../server/nodes/bus-memory.ts";
import { openRedisBus } from "../../server/nodes/bus-redis.ts";
import { openMessage, sealMessage } from "../../server/nodes/sealed-message.ts";
import { redisOrSaid, startRedis } from "../support/nodes/redis-here.ts";
import { until } from "../support/nodes/until.ts";
import { busContract } from "./node-bus.contract.ts";

busContract("in memory", async () => {
  const exchange = createMemoryExchange();
  return {
    join: exchange.join,
    cut: async () => exchange.cut(),
    mend: async () => exchange.mend(),
    close: async () => undefined,
  };
});

const isHere = redisOrSaid("the bus between nodes over Redis");

if (isHere) {
  busContract("over Redis", async () => {
    const redis = await startRedis();
    return {
      join: (self) =>
        openRedisBus({ ...self, url: redis.url, prefix: "ec:test", onTurn: () => undefined }),
      cut: () => redis.kill(),
      mend: () => redis.revive(),
      close: () => redis.close(),
    };
  });
}

describe("node bus: what is particular to Redis", () => {
  test.runIf(isHere)(
    "NODE-6 given a Redis that hangs with its connections standing, then the bus is down within seconds, whoever publishes goes on at once, and it comes back",
    { timeout: 30_000 },
    async () => {
      const redis = await startRedis();
      const bus = openRedisBus({
        node: "a",
        boot: randomBytes(16).toString("hex"),
        key: Buffer.alloc(32, 1),
        url: redis.url,
        prefix: "ec:test",
        onTurn: () => undefined,
      });
      await until(() => bus.isUp());
      redis.freeze();
      await until(() => {
        bus.publish("HELLO", new Uint8Array(1));
        return !bus.isUp();
      }, 10_000);
      redis.thaw();
      await until(() => bus.isUp(), 15_000);
      await bus.close();
      await redis.close();
    },
  );

  test.runIf(isHere)(
    "NODE-6 given a Redis that is away at the start, then that is said once, and the bus comes up when it does",
    { timeout: 30_000 },
    async () => {
      const redis = await startRedis();
      await redis.kill();
      const said: boolean[] = [];
      const bus = openRedisBus({
        node: "a",
        boot: randomBytes(16).toString("hex"),
        key: Buffer.alloc(32, 1),
        url: redis.url,
        prefix: "ec:test",
        onTurn: (isUp) => said.push(isUp),
      });
      await until(() => said.length === 1);
      bus.publish("HELLO", new Uint8Array(1));
      await redis.revive();
      await until(() => bus.isUp(), 10_000);
      expect(said).toEqual([false, true]);
      await bus.close();
      await redis.close();
    },
  );

  test("NODE-6 given any bytes and any change of a message, then it is not taken for one of this log", () => {
    const key = Buffer.alloc(32, 3);
    const from = { node: "节点-1", boot: "00112233445566778899aabbccddeeff" };
    const message = sealMessage(key, "TAIL", from, new Uint8Array([1, 2, 3]));
    expect(openMessage(key, "TAIL", message)).toEqual({ from, body: Buffer.from([1, 2, 3]) });
    for (let at = 0; at < message.length; at++) {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openMessage(key, "TAIL", changed)).toBeUndefined();
      expect(openMessage(key, "TAIL", message.subarray(0, at))).toBeUndefined();
    }
    expect(openMessage(key, "POSITIONS", message)).toBeUndefined();
    expect(openMessage(key, "TAIL", randomBytes(200))).toBeUndefined();
  });
});
