/**
 * A backup put back into a MongoDB database. Everything is loaded into collections of other names;
 * then, under a mark that keeps servers from starting, the old ones are renamed and the new ones
 * take their names.
 */
import { BSON, type Db, type Document } from "mongodb";
import { z } from "zod";
import { openMongoLog } from "../log/log-mongo.ts";
import type { LogStore } from "../log/log-store.ts";
import { connectMongo, type MongoOptions } from "../log/mongo-connection.ts";
import { presentOn } from "../log/mongo-presence.ts";
import type { LogName } from "../log/open-for-reading.ts";
import { RESTORE_COLLECTION, type RestoreDocument } from "../log/restore-state.ts";
import { PROBE_SCOPE } from "../vault/sealed-vault.ts";
import type { KeyRow } from "../vault/vault-rows.ts";
import { linesIn } from "./durable-files.ts";
import { BackupError, type BackupFile } from "./manifest.ts";
import type { RestoreRecord, RestoreTarget } from "./source.ts";
import { COLLECTIONS } from "./source-mongo.ts";

const NAMES: readonly string[] = ["commits", "access", ...COLLECTIONS.map(([, name]) => name)];
const LOADING = "restoring_";
const BATCH = 500;

export async function openMongoTarget(options: MongoOptions): Promise<RestoreTarget> {
  const connection = await connectMongo(options);
  const { db } = connection;
  const discard = async () => {
    for (const name of await collectionsOf(db))
      if (name.startsWith(LOADING)) await db.dropCollection(name);
  };
  return {
    prepare: discard,
    isEmpty: async () => {
      const last = await restores(db).findOne({ _id: "last" });
      if (last?.unfinished === true) return false;
      for (const name of NAMES) if ((await db.collection(name).findOne({})) !== null) return false;
      return true;
    },
    users: () => presentOn(db),
    loadLog: (name, commits, onProgress) => insertAll(db, name, documentsOf(commits), onProgress),
    loadStore: async (file, path, onProgress) => {
      const parsed = async function* () {
        for await (const line of linesIn(path)) yield documentOf(line, file);
      };
      await insertAll(db, knownName(file), parsed(), onProgress);
    },
    loadedProbe: () => probeIn(db),
    openLoaded: async () => {
      const stored = new Set(await collectionsOf(db));
      const logs = new Map<LogName, LogStore>();
      for (const name of ["commits", "access"] as const) {
        const collection = LOADING + name;
        if (!stored.has(collection)) continue;
        logs.set(name, await openMongoLog(connection, { collection, readOnly: true }));
      }
      return { logs, close: async () => {} };
    },
    takeEffect: (about) => exchange(db, about),
    discard,
    close: () => connection.close(),
  };
}

const restores = (db: Db) => db.collection<RestoreDocument>(RESTORE_COLLECTION);

async function collectionsOf(db: Db): Promise<string[]> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  return found.map(({ name }) => name);
}

/** A manifest may come from anywhere; only what a server keeps is loaded. */
function knownName({ as, name }: BackupFile): string {
  if (NAMES.includes(as)) return as;
  throw new BackupError(`${name} is said to be ${as}, which no server keeps`);
}

const anyDocument: z.ZodType<Document> = z.looseObject({ _id: z.string() });

function documentOf(line: string, { name }: BackupFile): Document {
  const read = anyDocument.safeParse(BSON.EJSON.parse(line, { relaxed: false }));
  if (read.success) return read.data;
  throw new BackupError(`${name} holds a line that is no document of a store`);
}

async function* documentsOf(commits: Parameters<RestoreTarget["loadLog"]>[1]) {
  for await (const { seq, commandIds, ...rest } of commits)
    yield { _id: seq, ...rest, commandIds: [...new Set(commandIds)] };
}

async function insertAll(
  db: Db,
  name: string,
  documents: AsyncIterable<Document>,
  onProgress: (done: number) => void,
): Promise<void> {
  const collection = db.collection<Document>(LOADING + name);
  let [held, done]: [Document[], number] = [[], 0];
  const flush = async () => {
    if (held.length === 0) return;
    await collection.insertMany(held);
    done += held.length;
    held = [];
    onProgress(done);
  };
  for await (const document of documents) {
    held.push(document);
    if (held.length === BATCH) await flush();
  }
  await flush();
}

const probe = z.object({ keyId: z.string(), wrapped: z.instanceof(BSON.Binary) });

async function probeIn(db: Db): Promise<KeyRow | undefined> {
  const keys = db.collection<{ _id: string }>(`${LOADING}vault_keys`);
  const found = await keys.findOne({ _id: PROBE_SCOPE });
  if (found === null) return undefined;
  const { keyId, wrapped } = probe.parse(found);
  return { scope: PROBE_SCOPE, keyId, wrapped: wrapped.value() };
}

async function exchange(db: Db, about: RestoreRecord): Promise<string | undefined> {
  const { at, ...rest } = about;
  const mark = (unfinished: boolean) =>
    restores(db).replaceOne({ _id: "last" }, { unfinished, at, ...rest }, { upsert: true });
  const before = await restores(db).findOne({ _id: "last" });
  await mark(true);
  const [user] = await presentOn(db);
  if (user !== undefined) {
    await unmark(db, before);
    throw new BackupError(`${user} has just started on ${db.databaseName}; stop it first`);
  }
  const aside = `replaced_${at.replace(/[-:.]/g, "")}_`;
  const stored = new Set(await collectionsOf(db));
  const old = NAMES.filter((name) => stored.has(name));
  for (const name of old) await db.renameCollection(name, aside + name);
  for (const name of NAMES)
    if (stored.has(LOADING + name)) await db.renameCollection(LOADING + name, name);
  await mark(false);
  return old.length === 0 ? undefined : `the collections ${aside}* of ${db.databaseName}`;
}

async function unmark(db: Db, before: RestoreDocument | null): Promise<void> {
  if (before === null) await restores(db).deleteOne({ _id: "last" });
  else
    await restores(db).replaceOne(
      { _id: "last" },
      { unfinished: before.unfinished, at: before.at },
    );
}
