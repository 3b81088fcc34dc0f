import { flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { buildClientIfStale } from "./client-build.ts";
import type { Config } from "./config.ts";
import { createLogger } from "./edge/logging.ts";
import { startSentinel } from "./sentinel-process.ts";
import { startSimulator } from "./simulator-process.ts";
import { startWhenReady } from "./start-when-ready.ts";
import type { Stores } from "./stores.ts";
import { sayWhereToGo } from "./welcome.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLIENT_DIR = fileURLToPath(new URL("../client/dist", import.meta.url));
/** A stop that hangs on a dead store must still end. */
const STOP_WITHIN_MS = 10_000;

/**
 * The server, the sentinel and in a demonstration the simulator, until a signal ends them.
 * @param opening the stores, where their opening has begun.
 */
export async function run(config: Config, opening: Promise<Stores> | undefined): Promise<void> {
  const logger = createLogger(config.logLevel);
  // Before anything is open there is nothing to finish: a stop during the start simply ends it.
  let close: () => Promise<void> = async () => undefined;
  stopOnSignal(logger, () => close());
  if (await buildClientIfStale(ROOT, CLIENT_DIR)) logger.info({ area: "client" }, "client built");
  const stores = await opening;
  const ports = { logger, clientDir: CLIENT_DIR, ...(stores ? { stores } : {}) };
  const server = await startWhenReady(config, ports);
  close = () => server.stop();
  const simulator = await startSimulator(config, server);
  const sentinel = startSentinel(config);
  close = () => {
    sentinel?.stop();
    simulator?.stop();
    return server.stop();
  };
  // Everything is loaded. Node writes its compile cache at an orderly end, and a crash is none.
  flushCompileCache();
  console.log(sayWhereToGo(config, server));
}

/** The first signal stops in order and exits with 0; later ones change nothing. */
function stopOnSignal(logger: Logger, close: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    try {
      await close();
      process.exit(0);
    } catch (err) {
      logger.error({ err }, "stop failed");
      process.exit(1);
    }
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
}
