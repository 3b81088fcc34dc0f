/** Which stores a configuration means; with `stores.ts` the only place that knows their adapters. */
import type { Config } from "../config.ts";
import { BackupError } from "./manifest.ts";
import type { BackupSource, RestoreTarget } from "./source.ts";
import { openMongoSource } from "./source-mongo.ts";
import { openSqliteSource } from "./source-sqlite.ts";
import { openMongoTarget } from "./target-mongo.ts";
import { openSqliteTarget } from "./target-sqlite.ts";

type StoreSettings = Pick<Config, "store" | "dataDir">;

/** @throws BackupError, LogStoreError */
export async function openSource({ store, dataDir }: StoreSettings): Promise<BackupSource> {
  if (store.kind === "mongodb") return openMongoSource(store);
  if (store.kind === "sqlite") return openSqliteSource(dataDir);
  throw new BackupError("STORE=memory: there is nothing to back up");
}

/** @throws BackupError, LogStoreError */
export async function openTarget(
  { store, dataDir }: StoreSettings,
  backedUp: BackupSource["store"],
): Promise<RestoreTarget> {
  if (store.kind !== backedUp)
    throw new BackupError(
      `this is a backup of STORE=${backedUp}, the setting here is STORE=${store.kind}`,
    );
  return store.kind === "mongodb" ? openMongoTarget(store) : openSqliteTarget(dataDir);
}
