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
export interface Patient<Store> {
  readonly store: Store;
  /** The last call failed, or is overdue. */
  isFailing(): boolean;
  /** While it fails: asks once, so that nobody has to come for it to be found again. */
  lookAgain(): Promise<void>;
}

/** Whether a store's error speaks of the store, and not of what it was asked. */
export type SaysItIsAway = (error: Error) => boolean;

export const patientVault = (vault: Vault, saysItIsAway?: SaysItIsAway): Patient<Vault> =>
  patient(vault, bounded("the vault", saysItIsAway), (asked) => asked.getTexts(["probe"]));
export const patientAccounts = (
  accounts: AccountStore,
  saysItIsAway?: SaysItIsAway,
): Patient<AccountStore> =>
  patient(accounts, bounded("the store of accounts", saysItIsAway), (asked) =>
    asked.findAccount("probe"),
  );

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Both ports are plain objects of functions that promise; closing takes what time it takes. */
function patient<Store extends object>(
  store: Store,
  { call, isFailing }: ReturnType<typeof bounded>,
  ask: (store: Store) => Promise<unknown>,
): Patient<Store> {
  const methods = Object.entries(store as Record<string, Method>).map(([key, method]) => [
    key,
    key === "close" ? method : (...args: readonly unknown[]) => call(() => method(...args)),
  ]);
  const asked = Object.fromEntries(methods) as Store;
  return {
    store: asked,
    isFailing,
    lookAgain: async () => {
      if (isFailing()) await ask(asked).catch(() => undefined); // it still fails, and is known to
    },
  };
}

function bounded(name: string, saysItIsAway: SaysItIsAway = isSqliteAway) {
  let waiting = 0;
  let overdue = 0;
  let failing = false;

  const fail = (error: unknown, asked: Promise<unknown>): never => {
    if (error instanceof StoreUnavailable) {
      overdue += 1;
      const ended = () => {
        overdue -= 1;
      };
      asked.then(ended, ended);
    }
    const said = unavailableFrom(error, name, saysItIsAway);
    failing ||= said instanceof StoreUnavailable;
    throw said;
  };
  const call = async (work: () => Promise<unknown>): Promise<unknown> => {
    if (overdue > 0 && waiting >= WAITING_LIMIT) {
      throw new StoreUnavailable(`${name} does not answer`);
    }
    waiting += 1;
    const asked = work().finally(() => {
      waiting -= 1;
    });
    try {
      const answer = await within(CALL_MS, asked);
      failing = false;
      return answer;
    } catch (error) {
      return fail(error, asked);
    }
  };
  return { call, isFailing: () => failing };
}

/** A statement or value that the store does not understand is a bug and stays one. */
const isSqliteAway: SaysItIsAway = (error) =>
  error instanceof SqliteError && error.code !== "BUG" && error.code !== "CONSTRAINT";

function unavailableFrom(error: unknown, name: string, saysItIsAway: SaysItIsAway): unknown {
  if (!(error instanceof Error) || !saysItIsAway(error)) return error;
  return new StoreUnavailable(`${name}: ${error.message}`, { cause: error });
}
