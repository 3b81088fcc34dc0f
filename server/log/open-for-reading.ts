/** Opens the logs of a deployment for tools that only look: `log:verify` and `log:dump`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openMongoLog } from "./log-mongo.ts";
import { openSqliteLog } from "./log-sqlite.ts";
import type { LogStore } from "./log-store.ts";
import { LogStoreError } from "./log-store.ts";
import { connectMongo } from "./mongo-connection.ts";

/** `commits` decides and is always there; `access` records reveals and may not exist yet. */
export type LogName = "commits" | "access";

export type LogPlace =
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "mongodb"; readonly uri: string };

export interface ReadableLogs {
  readonly logs: ReadonlyMap<LogName, Pick<LogStore, "read" | "tail">>;
  close(): Promise<void>;
}

const FILE_BY_NAME: Readonly<Record<LogName, string>> = { commits: "log.db", access: "access.db" };

/** From `--data DIR` or `--mongodb URI`; nothing unless exactly one of them is given. */
export function placeFrom(options: {
  readonly data?: string | undefined;
  readonly mongodb?: string | undefined;
}): LogPlace | undefined {
  const { data, mongodb } = options;
  if (data !== undefined && mongodb === undefined) return { kind: "folder", folder: data };
  if (mongodb !== undefined && data === undefined) return { kind: "mongodb", uri: mongodb };
  return undefined;
}

/** @throws LogStoreError */
export function openForReading(place: LogPlace): Promise<ReadableLogs> {
  return place.kind === "folder" ? openFolder(place.folder) : openMongo(place.uri);
}

async function openFolder(folder: string): Promise<ReadableLogs> {
  const logs = new Map<LogName, LogStore>();
  for (const name of ["commits", "access"] as const) {
    const file = join(folder, FILE_BY_NAME[name]);
    if (name === "access" && !existsSync(file)) continue;
    logs.set(name, await openSqliteLog({ file, readOnly: true }));
  }
  const close = async () => {
    for (const log of logs.values()) await log.close();
  };
  return { logs, close };
}

/** Looking endangers nothing, so a single server will do. */
async function openMongo(uri: string): Promise<ReadableLogs> {
  const connection = await connectMongo({ uri, allowStandalone: true });
  const stored = await connection.db.listCollections({}, { nameOnly: true }).toArray();
  const names = new Set(stored.map(({ name }) => name));
  if (!names.has("commits")) {
    await connection.close();
    const message = `the database ${connection.db.databaseName} has no collection "commits"`;
    throw new LogStoreError("UNAVAILABLE", message);
  }
  const logs = new Map<LogName, LogStore>();
  for (const name of ["commits", "access"] as const) {
    if (!names.has(name)) continue;
    logs.set(name, await openMongoLog(connection, { collection: name, readOnly: true }));
  }
  return { logs, close: () => connection.close() };
}
