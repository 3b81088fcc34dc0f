/** A backup of a MongoDB database: each collection as a file of documents in canonical EJSON. */
import { join } from "node:path";
import { BSON, type Db, type Document } from "mongodb";
import { openMongoLog } from "../log/log-mongo.ts";
import type { LogStore } from "../log/log-store.ts";
import { connectMongo, type MongoOptions } from "../log/mongo-connection.ts";
import type { LogName } from "../log/open-for-reading.ts";
import { writeLines } from "./durable-files.ts";
import { BackupError, type BackupFile, type Holds } from "./manifest.ts";
import type { OnProgress } from "./progress.ts";
import type { BackupSource } from "./source.ts";

const BATCH = 500;

/**
 * Keys of texts last: a case that is forgotten while this is copied leaves texts without their key,
 * which nobody can read, and not the other way round.
 */
export const COLLECTIONS = [
  ["vault", "vault_subjects"],
  ["vault", "vault_texts"],
  ["vault", "vault_keys"],
  ["accounts", "accounts"],
  ["accounts", "sessions"],
  ["accounts", "device_secrets"],
  ["accounts", "enrolment_codes"],
] as const satisfies readonly (readonly [Holds, string])[];

export async function openMongoSource(options: MongoOptions): Promise<BackupSource> {
  const connection = await connectMongo(options);
  const { db } = connection;
  try {
    return {
      store: "mongodb",
      logs: await openLogs(),
      copyStores: async (folder, generation, onProgress) => {
        const files: BackupFile[] = [];
        for (const [holds, as] of COLLECTIONS) {
          const name = `${as}-${generation}.ndjson`;
          const lines = documents(db, as, onProgress);
          files.push({ name, holds, as, ...(await writeLines(join(folder, name), lines)) });
        }
        return files;
      },
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }

  async function openLogs(): Promise<ReadonlyMap<LogName, Pick<LogStore, "read" | "tail">>> {
    const stored = await db.listCollections({}, { nameOnly: true }).toArray();
    const names = new Set(stored.map(({ name }) => name));
    if (!names.has("commits"))
      throw new BackupError(`the database ${db.databaseName} has no collection "commits"`);
    const logs = new Map<LogName, LogStore>();
    for (const name of ["commits", "access"] as const) {
      if (!names.has(name)) continue;
      logs.set(name, await openMongoLog(connection, { collection: name, readOnly: true }));
    }
    return logs;
  }
}

async function* documents(db: Db, name: string, onProgress: OnProgress): AsyncGenerator<string> {
  const collection = db.collection<Document>(name);
  const total = await collection.estimatedDocumentCount();
  let done = 0;
  for await (const document of collection.find({}, { sort: { _id: 1 }, batchSize: BATCH })) {
    done += 1;
    // What came in since the count is copied too, and must not read as more than all.
    onProgress({ what: name, done: Math.min(done, total), total });
    yield BSON.EJSON.stringify(document, { relaxed: false });
  }
}
