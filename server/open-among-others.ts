/**
 * A node among others: the bus, the log's tail, the database's time, shared counters. Imported only
 * where there are others: the driver of Redis is a quarter of all modules that a start would load.
 */
import { randomBytes } from "node:crypto";
import { DatabaseClock } from "./app/database-clock.ts";
import { closeEnded } from "./app/ended-sessions.ts";
import { everybody } from "./app/kernel.ts";
import { TailWatch } from "./app/tail-watch.ts";
import { type Config, logModeOf } from "./config.ts";
import type { OwnPlaces } from "./node-places.ts";
import type { BusSelf } from "./nodes/bus-hearers.ts";
import { openRedisBus } from "./nodes/bus-redis.ts";
import { busWork } from "./nodes/bus-work.ts";
import { beginConnecting, endConnection, redisClient } from "./nodes/redis-clients.ts";
import { redisClaims, redisCounters } from "./nodes/redis-counters.ts";
import { busKeyOf } from "./nodes/sealed-message.ts";
import type { NodeLink, NodeParts } from "./open-node.ts";
import type { Job } from "./timers.ts";
import { readOrCreateMasterKey } from "./vault/master-key.ts";

/** How soon another node's commit is noticed without Redis. */
const TAIL_EVERY_MS = 100;
const EVERY_MS = 1_000;
const HASH_DIGITS = 16;
const AREA = "nodes";

export async function openAmongOthers(
  config: Config & OwnPlaces,
  parts: NodeParts,
): Promise<NodeLink> {
  const { kernel, stores, logger } = parts;
  const tail = new TailWatch({
    log: stores.log,
    tail: () => kernel.replica.tail.seq,
    follow: () => kernel.follow(),
  });
  const lookForEnded = () => closeEnded(stores.accounts, everybody(kernel));
  const time = timeOf(parts);
  const redis = await openRedis(config, parts);
  const work =
    redis.bus &&
    (await busWork(redis.bus, {
      ...parts,
      dir: config.ownDir,
      keepDays: config.tracks.keepDays,
      tail,
      lookForEnded,
    }));
  return {
    committed: () => redis.bus?.publish("TAIL", NOTHING),
    ended: () => redis.bus?.publish("ENDED", NOTHING),
    exchange: work?.exchange,
    counters: redis.counters,
    mayCall: redis.mayCall,
    mayScan: () => !time.isOff(),
    notReady: () => (time.isOff() ? ["CLOCK_OFF"] : []),
    warnings: () => [...(work?.warnings() ?? []), ...redis.warnings()],
    jobs: (positions) => [
      { name: "tail", everyMs: TAIL_EVERY_MS, run: () => tail.look() },
      {
        name: "ended sessions",
        everyMs: EVERY_MS,
        // The store of accounts says itself when it is away.
        run: () => lookForEnded().catch((err: unknown) => logger.debug({ area: AREA, err }, "")),
      },
      ...time.jobs,
      ...(work?.jobs(positions) ?? []),
    ],
    close: async () => {
      await work?.finish();
      await redis.close();
    },
  };
}

const NOTHING = new Uint8Array(0);

/** Where the store is a file, its time is this machine's. */
function timeOf({ stores, clock, logger }: NodeParts) {
  const { databaseNow } = stores;
  if (!databaseNow) return { isOff: () => false, jobs: [] };
  const check = new DatabaseClock({
    clock,
    ask: databaseNow,
    onTurn: (isOff, offMs) => {
      if (isOff)
        logger.error(
          { area: AREA, offMs },
          "this node's time is not the database's: it takes no traffic and scans no deadlines",
        );
      else logger.info({ area: AREA }, "this node's time is the database's again");
    },
  });
  const job: Job = { name: "database clock", everyMs: EVERY_MS, run: () => check.look() };
  return { isOff: () => check.isOff(), jobs: [job] };
}

async function openRedis(config: Config, { stores, logger, joinBus }: NodeParts) {
  const { node, vaultKeyFile } = config;
  let isNameTaken = false;
  const [genesis] = await stores.log.read(-1, 1);
  const log = `${logModeOf(config).toLowerCase()}-${genesis?.hash.slice(0, HASH_DIGITS) ?? "new"}`;
  const self: BusSelf = {
    node: node.name,
    boot: randomBytes(16).toString("hex"),
    key: busKeyOf(await readOrCreateMasterKey(vaultKeyFile), log),
    onSameName: () => {
      if (!isNameTaken)
        logger.error({ area: AREA, node: node.name }, "another process has this NODE_NAME");
      isNameTaken = true;
    },
    onFailure: (topic, err) => logger.error({ area: AREA, topic, err }, "a message of a node"),
  };
  const warnings = () => (isNameTaken ? ["NODE_NAME_TAKEN"] : []);
  const { redisUrl: url } = node;
  const none = { counters: undefined, mayCall: async () => true, warnings };
  if (joinBus) {
    const bus = joinBus(self);
    return { ...none, bus, close: () => bus.close() };
  }
  if (url === undefined) return { ...none, bus: undefined, close: async () => undefined };
  const prefix = `ec:${log}`;
  const onTurn = (isUp: boolean, err: unknown) => {
    if (isUp) logger.info({ area: AREA }, "Redis between the nodes answers");
    else logger.warn({ area: AREA, err }, "Redis between the nodes is away; events still flow");
  };
  const bus = openRedisBus({ ...self, url, prefix, onTurn });
  const client = redisClient(url, () => undefined);
  beginConnecting(client);
  const close = async () => {
    endConnection(client);
    await bus.close();
  };
  const counters = { client: redisCounters(client), prefix };
  return { bus, counters, mayCall: redisClaims(client, prefix, self.boot), warnings, close };
}
