import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { AccountStore } from "./accounts/account-store.ts";
import { createMemoryAccountStore } from "./accounts/account-store-memory.ts";
import { openMongoAccountStore } from "./accounts/account-store-mongo.ts";
import { openSqliteAccountStore } from "./accounts/account-store-sqlite.ts";
import type { Config } from "./config.ts";
import { openMemoryLog } from "./log/log-memory.ts";
import { openMongoLog } from "./log/log-mongo.ts";
import { openSqliteLog } from "./log/log-sqlite.ts";
import type { LogStore } from "./log/log-store.ts";
import { connectMongo, type MongoConnection } from "./log/mongo-connection.ts";
import { announcePresence } from "./log/mongo-presence.ts";
import { lookInFolder, lookInMongo, openedBetweenRestores } from "./log/restore-state.ts";
import { patientAccounts, patientVault } from "./patient-stores.ts";
import { readOrCreateMasterKey } from "./vault/master-key.ts";
import { openVault } from "./vault/sealed-vault.ts";
import type { Vault } from "./vault/vault.ts";
import { createMemoryVaultRows } from "./vault/vault-rows-memory.ts";
import { openMongoVaultRows } from "./vault/vault-rows-mongo.ts";
import { openSqliteVaultRows } from "./vault/vault-rows-sqlite.ts";

/** Everything durable that the server works on. */
export interface Stores {
  readonly log: LogStore;
  readonly access: LogStore;
  readonly vault: Vault;
  readonly accounts: AccountStore;
  /** Whether the store fails that a trouble of that name speaks of. */
  readonly isFailing: Readonly<Record<"VAULT" | "ACCOUNTS", () => boolean>>;
  /** Periodically: asks those that fail whether they still do. */
  lookAgain(): Promise<void>;
  close(): Promise<void>;
}

type Opened = Pick<Stores, "log" | "access" | "vault" | "accounts">;

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
      const connection = await connectMongo(config.store);
      try {
        return await openedBetweenRestores(
          () => lookInMongo(connection.db),
          async () => openMongo(connection, await readOrCreateMasterKey(config.vaultKeyFile)),
        );
      } catch (error) {
        await connection.close();
        throw error;
      }
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
  return closing({
    log: await openSqliteLog(file("log.db")),
    access: await openSqliteLog(file("access.db")),
    vault: await openVault(await openSqliteVaultRows(file("vault.db")), masterKey),
    accounts: await openSqliteAccountStore(file("accounts.db")),
  });
}

/** Presence first: a restore that looks who is here must see whoever is about to write. */
async function openMongo(connection: MongoConnection, masterKey: Buffer): Promise<Stores> {
  const leave = await announcePresence(connection.db);
  try {
    const stores = {
      log: await openMongoLog(connection, { collection: "commits" }),
      access: await openMongoLog(connection, { collection: "access" }),
      vault: await openVault(await openMongoVaultRows(connection), masterKey),
      accounts: await openMongoAccountStore(connection),
    };
    return closing(stores, async () => {
      await leave();
      await connection.close();
    });
  } catch (error) {
    await leave();
    throw error;
  }
}

function closing(stores: Opened, last?: () => Promise<void>): Stores {
  const vault = patientVault(stores.vault);
  const accounts = patientAccounts(stores.accounts);
  return {
    ...stores,
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
