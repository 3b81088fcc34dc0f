import { MongoError } from "mongodb";
import type { AccountStore } from "./accounts/account-store.ts";
import { StoreUnavailable } from "./app/api.ts";
import { within } from "./app/patience.ts";
import { SqliteError } from "./log/sqlite-thread.ts";
import type { Vault } from "./vault/vault.ts";

/** Whoever asks waits no longer for vault and accounts. */
const CALL_MS = 2_500;
/** Calls that may wait for a store that hangs; further ones are refused at once. */
const WAITING_LIMIT = 16;

/** Answers in bounded time, and says `StoreUnavailable` for whatever the store behind it says. */
export const patientVault = (vault: Vault): Vault => patient(vault, "the vault");
export const patientAccounts = (accounts: AccountStore): AccountStore =>
  patient(accounts, "the store of accounts");

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Both ports are plain objects of functions that promise; closing takes what time it takes. */
function patient<Store extends object>(store: Store, name: string): Store {
  const call = bounded(name);
  const methods = Object.entries(store as Record<string, Method>).map(([key, method]) => [
    key,
    key === "close" ? method : (...args: readonly unknown[]) => call(() => method(...args)),
  ]);
  return Object.fromEntries(methods) as Store;
}

function bounded(name: string) {
  let waiting = 0;
  let overdue = 0;
  return async (work: () => Promise<unknown>): Promise<unknown> => {
    if (overdue > 0 && waiting >= WAITING_LIMIT) {
      throw new StoreUnavailable(`${name} does not answer`);
    }
    waiting += 1;
    const asked = work().finally(() => {
      waiting -= 1;
    });
    try {
      return await within(CALL_MS, asked);
    } catch (error) {
      if (error instanceof StoreUnavailable) {
        overdue += 1;
        const ended = () => {
          overdue -= 1;
        };
        asked.then(ended, ended);
      }
      throw unavailableFrom(error, name);
    }
  };
}

/** A statement or value that the store does not understand is a bug and stays one. */
function unavailableFrom(error: unknown, name: string): unknown {
  const isBug = error instanceof SqliteError && ["BUG", "CONSTRAINT"].includes(error.code);
  if (isBug || !(error instanceof SqliteError || error instanceof MongoError)) return error;
  return new StoreUnavailable(`${name}: ${error.message}`, { cause: error });
}
