import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { AccountStore } from "./accounts/account-store.ts";
import { createMemoryAccountStore } from "./accounts/account-store-memory.ts";
import { openSqliteAccountStore } from "./accounts/account-store-sqlite.ts";
import type { Config } from "./config.ts";
import { openMemoryLog } from "./log/log-memory.ts";
import { openSqliteLog } from "./log/log-sqlite.ts";
import type { LogStore } from "./log/log-store.ts";
import { lookInFolder, openedBetweenRestores } from "./log/restore-state.ts";
import { patientAccounts, patientVault, type SaysItIsAway } from "./patient-stores.ts";
import { readOrCreateMasterKey } from "./vault/master-key.ts";
import { openVault } from "./vault/sealed-vault.ts";
import type { Vault } from "./vault/vault.ts";
import { createMemoryVaultRows } from "./vault/vault-rows-memory.ts";
import { openSqliteVaultRows } from "./vault/vault-rows-sqlite.ts";

/** Everything durable that the server works on. */
export interface Stores {
  readonly log: LogStore;
  readonly access: LogStore;
  readonly vault: Vault;
  readonly accounts: AccountStore;
  /** The database's own time, ms; absent where the store is a file of this machine. */
  databaseNow?(): Promise<number>;
  /** Whether the store fails that a trouble of that name speaks of. */
  readonly isFailing: Readonly<Record<"VAULT" | "ACCOUNTS", () => boolean>>;
  /** Periodically: asks those that fail whether they still do. */
  lookAgain(): Promise<void>;
  close(): Promise<void>;
}

export type Opened = Pick<Stores, "log" | "access" | "vault" | "accounts">;

type StoreSettings = Pick<Config, "store" | "dataDir" | "vaultKeyFile">;

/** Opens the stores that the configuration names; the one place that knows every adapter. */
export async function openStores(config: StoreSettings): Promise<Stores> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  switch (config.store.kind) {
    case "memory":
      return openMemory(await readOrCreateMasterKey(config.vaultKeyFile));
    case "sqlite":
      return openedBetweenRestores(
        () => lookInFolder(config.dataDir),
        async () => openSqlite(config.dataDir, await readOrCreateMasterKey(config.vaultKeyFile)),
      );
    case "mongodb": {
      const mongo = await import("./mongo-stores.ts");
      return mongo.openMongoStores(
        config.store,
        () => readOrCreateMasterKey(config.vaultKeyFile),
        (stores, manner) => closing(stores, { saysItIsAway: mongo.isMongoError, ...manner }),
      );
    }
  }
}

async function openMemory(masterKey: Buffer): Promise<Stores> {
  return closing({
    log: openMemoryLog(),
    access: openMemoryLog(),
    vault: await openVault(createMemoryVaultRows(), masterKey),
    accounts: createMemoryAccountStore(),
  });
}

async function openSqlite(dataDir: string, masterKey: Buffer): Promise<Stores> {
  const file = (name: string) => ({ file: join(dataDir, name) });
  // All at once: each waits for a thread of its own to start.
  const opening = {
    log: openSqliteLog(file("log.db")),
    access: openSqliteLog(file("access.db")),
    vault: openSqliteVaultRows(file("vault.db")).then((rows) => openVault(rows, masterKey)),
    accounts: openSqliteAccountStore(file("accounts.db")),
  };
  const opened = await Promise.allSettled(Object.values(opening));
  if (opened.some(({ status }) => status === "rejected")) {
    for (const store of opened) if (store.status === "fulfilled") await store.value.close();
  }
  return closing({
    log: await opening.log,
    access: await opening.access,
    vault: await opening.vault,
    accounts: await opening.accounts,
  });
}

interface Manner extends Pick<Stores, "databaseNow"> {
  readonly saysItIsAway?: SaysItIsAway;
  /** At the end of closing. */
  readonly last?: () => Promise<void>;
}

function closing(stores: Opened, { saysItIsAway, last, databaseNow }: Manner = {}): Stores {
  const vault = patientVault(stores.vault, saysItIsAway);
  const accounts = patientAccounts(stores.accounts, saysItIsAway);
  return {
    ...stores,
    ...(databaseNow ? { databaseNow } : {}),
    vault: vault.store,
    accounts: accounts.store,
    isFailing: { VAULT: vault.isFailing, ACCOUNTS: accounts.isFailing },
    lookAgain: async () => {
      await Promise.all([vault.lookAgain(), accounts.lookAgain()]);
    },
    close: async () => {
      await Promise.all([
        stores.log.close(),
        stores.access.close(),
        stores.vault.close(),
        stores.accounts.close(),
      ]);
      await last?.();
    },
  };
}
