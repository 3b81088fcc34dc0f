import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { SystemClock } from "../app/clock.ts";
import { type Kernel, openKernel } from "../app/kernel.ts";
import { type Config, genesisOf, logModeOf, readConfig } from "../config.ts";
import { scenarioIdOf } from "../exercise/load-scenario.ts";
import { claimAccounts } from "../exercise/own-stores.ts";
import { openStores, type Stores } from "../stores.ts";

/** What a command-line tool that writes works on: the same stores and rules as the server. */
export interface Tool {
  readonly config: Config;
  readonly kernel: Kernel;
  readonly stores: Stores;
  readonly clock: SystemClock;
  close(): Promise<void>;
}

/** The server's own settings, DEMO=1 as its default included; `--data` overrides DATA_DIR. */
export function serverConfig(dataDir: string | undefined): Config {
  return readConfig({ ...process.env, ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }) });
}

/**
 * Opens the stores of the configuration (`--data` overrides DATA_DIR) for a LIVE deployment, or a
 * DEMO one when DEMO=1 is said. A running server notices what is appended within a second.
 */
export async function openTool(dataDir: string | undefined): Promise<Tool> {
  const env = {
    DEMO: "0",
    ...process.env,
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  };
  const config = readConfig(env);
  const stores = await openStores(config);
  const clock = new SystemClock();
  const kernel = await openedKernel(config, stores, clock).catch(async (error: unknown) => {
    // Their threads would keep a tool that has refused from ending.
    await stores.close();
    throw error;
  });
  return {
    config,
    kernel,
    stores,
    clock,
    close: async () => {
      await kernel.executor.stop();
      await stores.close();
    },
  };
}

async function openedKernel(config: Config, stores: Stores, clock: SystemClock): Promise<Kernel> {
  const kernel = await openKernel({
    ...stores,
    clock,
    genesis: genesisOf(config, await scenarioIdOf(config)),
    node: "tool",
    severalWriters: true,
    newId: () => uuidv7(),
    pause,
    yieldTurn: () => turn(),
  });
  await claimAccounts(stores.accounts, logModeOf(config));
  return kernel;
}
