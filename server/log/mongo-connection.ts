/** One connection to MongoDB for all stores of the process, with the durability they rest on. */
import type { Db } from "mongodb";
import { MongoClient } from "mongodb";
import { z } from "zod";
import { LogStoreError } from "./log-store.ts";

export interface MongoOptions {
  readonly uri: string;
  /** Database; without it the one that the URI names. */
  readonly database?: string;
  /**
   * A single server may lose writes that it acknowledged with majority and journal after a crash
   * (SERVER-139311), so it is refused outside tests and demonstrations.
   */
  readonly allowStandalone?: boolean;
  /** Bound of each call, waiting for a primary included. */
  readonly timeoutMs?: number;
}

export interface MongoConnection {
  readonly db: Db;
  /** As in the options. */
  readonly timeoutMs: number;
  close(): Promise<void>;
}

/** It will not become another by waiting. */
export class StandaloneRefused extends LogStoreError {}

/** One process asks little at a time; more than this means that answers do not come. */
const POOL_SIZE = 20;

/** Longer than an election of a healthy set (some 2–5 s), shorter than a person's patience. */
const TIMEOUT_MS = 10_000;

const hello = z.object({ setName: z.string().optional(), msg: z.string().optional() });

/** @throws LogStoreError UNAVAILABLE when it cannot be reached or is a single server. */
export async function connectMongo(options: MongoOptions): Promise<MongoConnection> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const client = new MongoClient(options.uri, {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
    waitQueueTimeoutMS: timeoutMs,
    maxPoolSize: POOL_SIZE,
    retryWrites: true,
    readPreference: "primary",
    readConcern: { level: "majority" },
    writeConcern: { w: "majority", journal: true },
  });
  const db = client.db(options.database);
  try {
    await client.connect();
    if (options.allowStandalone !== true) await refuseStandalone(db);
    return { db, timeoutMs, close: () => client.close() };
  } catch (error) {
    await client.close();
    if (error instanceof LogStoreError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LogStoreError("UNAVAILABLE", `MongoDB: ${reason}`, { cause: error });
  }
}

/** A member of a replica set names its set; the router of a sharded cluster says `isdbgrid`. */
async function refuseStandalone(db: Db): Promise<void> {
  const answer = hello.parse(await db.admin().command({ hello: 1 }));
  if (answer.setName !== undefined || answer.msg === "isdbgrid") return;
  const message =
    "MongoDB: this is a single server, not a replica set; it may lose acknowledged commits";
  throw new StandaloneRefused("UNAVAILABLE", message);
}

/** What time it is at the member that takes the writes, ms. */
export async function databaseTime({ db }: Pick<MongoConnection, "db">): Promise<number> {
  const { localTime } = await db.admin().command({ hello: 1 });
  if (!(localTime instanceof Date)) throw new Error("the database does not say what time it is");
  return localTime.getTime();
}
