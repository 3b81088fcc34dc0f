import type { StoreMode } from "../../shared/wire/live.ts";
import { type LogStore, LogStoreError } from "../log/log-store.ts";
import type { Executor } from "./execute.ts";
import { type After, within } from "./patience.ts";
import { LogRefused } from "./replica.ts";
import type { StoreHealth } from "./store-health.ts";

export interface FollowDeps {
  readonly executor: Executor;
  readonly log: Pick<LogStore, "probe">;
  readonly health: StoreHealth;
  readonly storeMode: () => StoreMode;
  /** Told once per change: the server's log is read by people. */
  readonly onStoreMode?: (mode: StoreMode, why: unknown) => void;
  readonly after: After;
}

/** A disk that hangs while the server starts does not keep it from coming up and saying so. */
const START_PATIENCE_MS = 2_000;

/**
 * One look at the store: what others appended is applied, and that writing works is proved where
 * nobody has proved it lately. So a store that comes back is found without anybody's command.
 */
export async function startFollowing(deps: FollowDeps): Promise<() => Promise<void>> {
  const { executor, log, health, storeMode, onStoreMode, after } = deps;
  let proving: Promise<void> | undefined;
  const prove = () => {
    proving ??= health
      .prove(() => log.probe())
      .finally(() => {
        proving = undefined;
      });
    return proving;
  };
  let said: StoreMode = "OK";
  const say = () => {
    const mode = storeMode();
    if (mode === said) return;
    said = mode;
    onStoreMode?.(mode, mode === "OK" ? undefined : health.why);
  };
  // Before anybody is served: what cannot be written says so from the first message on.
  await within(START_PATIENCE_MS, prove(), after).catch(() => undefined);
  return async () => {
    say();
    // An append in flight says by itself what the store can do.
    if (executor.appendingMs() > 0) return;
    await lookAt(executor, health);
    if (executor.appendingMs() === 0 && health.wantsProof()) await prove();
    say();
  };
}

/** A store that cannot be read, or holds another history, is a state; anything else is a bug. */
async function lookAt(executor: Executor, health: StoreHealth): Promise<void> {
  try {
    if (await health.asking(() => executor.follow())) health.read(true);
  } catch (error) {
    health.read(false, error);
    if (!(error instanceof LogStoreError || error instanceof LogRefused)) throw error;
  }
}
