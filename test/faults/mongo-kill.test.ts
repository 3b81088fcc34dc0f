/**
 * The MongoDB adapter: the server killed, and the database killed under it. Every database stays
 * under 1,000 commits, because the embedded server reads by full scans. It is one server: what a
 * replica set adds (elections, rollback, majorities) is not tried here.
 * Settings: `MONGO_APP_KILLS`, `MONGO_DB_KILLS`.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectFolded } from "../support/history/expect-folded.ts";
import { expectHistory } from "../support/history/expect-history.ts";
import { journalSettled } from "../support/history/held-in-journal.ts";
import { createRecorder } from "../support/history/recorder.ts";
import {
  type KillableProcess,
  type MongoServer,
  startMongoServer,
} from "../support/mongo-server.ts";
import { freePort } from "../support/server/free-port.ts";
import { createPhones, type Phones } from "../support/server/phones.ts";
import { readCommands, verifyLog } from "../support/server/read-log.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { notRun, timesOf, tried } from "../support/trials.ts";

const APP_KILLS = timesOf("MONGO_APP_KILLS", 5);
const DB_KILLS = timesOf("MONGO_DB_KILLS", 4);
/** Then a fresh database: a round adds some 50 commits. */
const ROUNDS_PER_DATABASE = 10;
const MOST_COMMITS = 1_000;
const PHONES = 6;
/** Characters of the server's last words. */
const MOST_SAID = 2_000;
const ROUND_TIMEOUT_MS = 30_000;
/** The first build of the database server takes about 90 s. */
const BUILD_MS = 400_000;

const between = (least: number, most: number): number => least + Math.random() * (most - least);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("kills on MongoDB", () => {
  let mongo: MongoServer | undefined;
  beforeAll(async () => {
    const started = await startMongoServer();
    if ("notRun" in started) notRun(`kills on MongoDB: ${started.notRun}`);
    else mongo = started;
    if (mongo && !mongo.process) notRun("kills of the database: MONGODB_URI is not ours to kill");
  }, BUILD_MS);
  afterAll(async () => {
    await mongo?.stop();
  });

  it(
    `FLT-1 given phones under way on MongoDB, when the server is killed ${APP_KILLS} times, then every acknowledged command stands in the log exactly once where the answer said`,
    async ({ skip }) => {
      if (!mongo) return skip();
      for (let done = 0; done < APP_KILLS; ) {
        const life = await openLife(mongo);
        try {
          for (let round = 0; round < ROUNDS_PER_DATABASE && done < APP_KILLS; round += 1) {
            const load = life.phones.start();
            await life.phones.accepted(PHONES);
            await pause(between(200, 900));
            await life.server.kill();
            await load.stop();
            await life.expectStored();
            life.server = await life.again();
            await life.expectAllAnswered();
            done += 1;
            tried("kill: MongoDB, server under load", 1);
          }
          await life.expectEffects();
        } finally {
          await life.close();
        }
      }
    },
    BUILD_MS + APP_KILLS * ROUND_TIMEOUT_MS,
  );

  it(
    `FLT-8 given phones under way, when the database is killed ${DB_KILLS} times and comes back on its data, then the server goes on by itself and nothing that it acknowledged is lost`,
    async ({ skip }) => {
      const database = mongo?.process;
      if (!mongo || !database) return skip();
      for (let done = 0; done < DB_KILLS; ) {
        const life = await openLife(mongo);
        try {
          for (let round = 0; round < ROUNDS_PER_DATABASE && done < DB_KILLS; round += 1) {
            await killDatabaseUnderLoad(database, life.phones);
            expect(life.server.isRunning()).toBe(true);
            await life.expectAllAnswered();
            done += 1;
            tried("kill: MongoDB, database under load", 1);
          }
          await life.expectEffects();
        } finally {
          await life.close();
        }
      }
    },
    BUILD_MS + DB_KILLS * ROUND_TIMEOUT_MS,
  );

  it(
    "PRV-30 given a plain client of the database, when the database is killed, then what it acknowledged with j: true is there: a loss above would be the server's",
    async ({ skip }) => {
      const database = mongo?.process;
      if (!mongo || !database) return skip();
      let lost = 0;
      let acknowledged = 0;
      for (let kill = 0; kill < DB_KILLS; kill += 1) {
        const round = await insertUntilKilled(mongo.uri, database, `plain-${kill}`);
        acknowledged += round.acknowledged;
        lost += round.lost;
      }
      tried("insert acknowledged by the database itself, killed", acknowledged, lost);
      expect(acknowledged).toBeGreaterThan(0);
      expect(lost).toBe(0);
    },
    BUILD_MS + DB_KILLS * ROUND_TIMEOUT_MS,
  );
});

/** One database, the server on it, and phones with their history. */
async function openLife(mongo: MongoServer) {
  const folder = await mkdtemp(join(tmpdir(), "mongo-kill-"));
  const dataDir = join(folder, "data");
  const uri = `${mongo.uri.replace(/\/*$/, "/")}kill_${Date.now()}`;
  const place = { kind: "mongodb", uri } as const;
  const port = await freePort();
  const env = {
    STORE: "mongodb",
    MONGODB_URI: uri,
    MONGODB_ALLOW_STANDALONE: mongo.allowStandalone ? "1" : "0",
  };
  const again = () => spawnServer({ dataDir, port, env });
  const recorder = createRecorder(join(folder, "history.ndjson"));
  const server: ServerProcess = await again();
  const police = (await deviceTokens(dataDir)).filter((d) => /-police2?$/.test(d.officerId));
  const phones = createPhones(server.url, police.slice(0, PHONES), recorder);
  const expectStored = async () => {
    expect(await verifyLog(place)).toMatchObject({ exit: 0 });
    return expectHistory(recorder, place, join(dataDir, "emergency"));
  };
  const life = {
    server,
    phones,
    again,
    expectStored,
    expectAllAnswered: async () => {
      await phones.sendAgain().catch(async (error: unknown) => {
        const said = [...(await refusalsOf(uri)), life.server.output().slice(-MOST_SAID)];
        throw new Error(`${error}\n${said.join("\n")}`);
      });
      await journalSettled(join(dataDir, "emergency"));
      await phones.sendAgain();
      const counts = await expectStored();
      expect(counts.acknowledged).toBe(counts.commands);
    },
    expectEffects: async () => {
      await journalSettled(join(dataDir, "emergency"));
      await life.server.kill();
      await expectFolded(
        place,
        phones.sent().map(({ command }) => command),
      );
      const { acknowledged } = await expectHistory(recorder, place, join(dataDir, "emergency"));
      tried("acknowledged command: MongoDB, kills", acknowledged);
      expect((await readCommands(place)).at(-1)?.seq).toBeLessThan(MOST_COMMITS);
    },
    close: async () => {
      await phones.end();
      if (life.server.isRunning()) await life.server.kill();
      recorder.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return life;
}

/** Whose fault it is when nothing is taken any more: what each collection tells a plain client. */
async function refusalsOf(uri: string): Promise<string[]> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 20_000 });
  const insert = async ({ name }: { readonly name: string }): Promise<string> => {
    const row = { _id: `tried-${randomUUID()}`, tokenHash: randomUUID(), secretHash: randomUUID() };
    const done = client.db().collection<{ _id: string }>(name).insertOne(row);
    return `${name}: ${await done.then(
      () => "takes",
      (error: unknown) => String(error),
    )}`;
  };
  try {
    return await Promise.all((await client.db().listCollections().toArray()).map(insert));
  } catch (error) {
    return [String(error)];
  } finally {
    await client.close();
  }
}

async function killDatabaseUnderLoad(database: KillableProcess, phones: Phones): Promise<void> {
  const load = phones.start();
  await phones.accepted(PHONES);
  await pause(between(200, 900));
  await database.kill();
  const stopped = load.stop();
  await pause(between(100, 1_500));
  await database.start();
  await stopped;
}

async function insertUntilKilled(uri: string, database: KillableProcess, name: string) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 20_000 });
  const rows = client
    .db(name)
    .collection<{ _id: number }>("rows", { writeConcern: { w: "majority", journal: true } });
  const known = new Set<number>();
  const killed = pause(between(100, 600)).then(() => database.kill());
  try {
    for (let i = 0; ; i += 1) {
      await rows.insertOne({ _id: i });
      known.add(i);
    }
  } catch {
    // The database is gone: this one is unknown, all before it are not.
  }
  await killed;
  await database.start();
  const stored = new Set((await rows.find().toArray()).map(({ _id }) => _id));
  await client.close();
  return { acknowledged: known.size, lost: [...known].filter((id) => !stored.has(id)).length };
}
