import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { StoreUnavailable } from "./app/api.ts";
import { type RunningServer, type ServerPorts, startServer } from "./compose.ts";
import type { Config } from "./config.ts";
import { openWaitingRoom, type WaitingFor, type WaitingRoom } from "./edge/waiting-room.ts";
import { LogStoreError } from "./log/log-store.ts";
import { openStores, type Stores } from "./stores.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Starts the server. A database is another machine and may come up later than this one: while it
 * cannot be reached the address is served by a waiting room, and it is tried again for ever. What
 * lies on this machine's disk is there or a person is needed: that is an error, as any other is.
 */
export async function startWhenReady(config: Config, ports: ServerPorts): Promise<RunningServer> {
  if (config.store.kind !== "mongodb") return startServer(config, ports);
  const mongo = await import("./mongo-stores.ts");
  let room: WaitingRoom | undefined;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      const stores = await openStores(config);
      await room?.close();
      room = undefined;
      return await startOn(stores, config, ports);
    } catch (error) {
      const why = waitingFor(error, mongo);
      if (why === undefined) throw error;
      ports.logger.warn({ err: error, area: "store", waitMs: wait }, "waiting for the database");
      if (room) room.say(why);
      else room = await openWaitingRoom(await placeOf(config), why);
      await pause(wait);
    }
  }
}

async function startOn(stores: Stores, config: Config, ports: ServerPorts): Promise<RunningServer> {
  try {
    return await startServer(config, { ...ports, stores });
  } catch (error) {
    await stores.close().catch(() => undefined); // the error that ended the start says more
    throw error;
  }
}

type MongoSide = typeof import("./mongo-stores.ts");

/** Nothing when waiting would not help. */
function waitingFor(error: unknown, mongo: MongoSide): WaitingFor | undefined {
  if (error instanceof StoreUnavailable) return "STORE_UNAVAILABLE";
  const isAway = error instanceof LogStoreError && error.code === "UNAVAILABLE";
  if (!isAway || mongo.isStandaloneRefused(error)) return undefined;
  if (error.message.includes("restore")) return "RESTORE_UNFINISHED";
  return mongo.isLoginRefused(error.cause) ? "STORE_REFUSES_LOGIN" : "STORE_UNAVAILABLE";
}

async function placeOf({ port, host, origins, tls }: Config) {
  const files = tls && {
    cert: await readFile(tls.certFile, "utf8"),
    key: await readFile(tls.keyFile, "utf8"),
  };
  return { port, host, origins, ...(files ? { tls: files } : {}) };
}
