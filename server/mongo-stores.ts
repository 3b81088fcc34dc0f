/**
 * The stores on MongoDB, and what only their driver's errors tell. Imported only where the
 * configuration names MongoDB: the driver is a large part of all that a start would have to load.
 */
import { MongoError, MongoServerError } from "mongodb";
import { openMongoAccountStore } from "./accounts/account-store-mongo.ts";
import { openMongoLog } from "./log/log-mongo.ts";
import {
  connectMongo,
  databaseTime,
  type MongoConnection,
  type MongoOptions,
  StandaloneRefused,
} from "./log/mongo-connection.ts";
import { announcePresence } from "./log/mongo-presence.ts";
import { lookInMongo, openedBetweenRestores } from "./log/restore-state.ts";
import type { Opened } from "./stores.ts";
import { openVault } from "./vault/sealed-vault.ts";
import { openMongoVaultRows } from "./vault/vault-rows-mongo.ts";

/** AuthenticationFailed, Unauthorized. */
const LOGIN_CODES: ReadonlySet<unknown> = new Set([13, 18]);

export const isMongoError = (error: unknown): boolean => error instanceof MongoError;

export const isStandaloneRefused = (error: unknown): boolean => error instanceof StandaloneRefused;

/** The database is there and does not let this server in. */
export const isLoginRefused = (error: unknown): boolean =>
  error instanceof MongoServerError && LOGIN_CODES.has(error.code);

interface MongoManner {
  readonly databaseNow: () => Promise<number>;
  readonly last: () => Promise<void>;
}

export async function openMongoStores<Finished extends { close(): Promise<void> }>(
  options: MongoOptions,
  readMasterKey: () => Promise<Buffer>,
  finish: (stores: Opened, manner: MongoManner) => Finished,
): Promise<Finished> {
  const connection = await connectMongo(options);
  try {
    return await openedBetweenRestores(
      () => lookInMongo(connection.db),
      async () => {
        const { stores, leave } = await openOn(connection, await readMasterKey());
        return finish(stores, {
          databaseNow: () => databaseTime(connection),
          last: async () => {
            await leave();
            await connection.close();
          },
        });
      },
    );
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Presence first: a restore that looks who is here must see whoever is about to write. */
async function openOn(connection: MongoConnection, masterKey: Buffer) {
  const leave = await announcePresence(connection.db);
  try {
    const stores: Opened = {
      log: await openMongoLog(connection, { collection: "commits" }),
      access: await openMongoLog(connection, { collection: "access" }),
      vault: await openVault(await openMongoVaultRows(connection), masterKey),
      accounts: await openMongoAccountStore(connection),
    };
    return { stores, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}
