import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { StoreUnavailable } from "./app/api.ts";
import { LogRefused } from "./app/replica.ts";
import { buildClientIfStale } from "./client-build.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createLogger } from "./edge/logging.ts";
import { LogStoreError } from "./log/log-store.ts";
import { SqliteError } from "./log/sqlite-thread.ts";
import { startSentinel } from "./sentinel-process.ts";
import { startSimulator } from "./simulator-process.ts";
import { startWhenReady } from "./start-when-ready.ts";
import { sayWhereToGo } from "./welcome.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CLIENT_DIR = fileURLToPath(new URL("../client/dist", import.meta.url));
/** A stop that hangs on a dead store must still end. */
const STOP_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  // Before anything is open there is nothing to finish: a stop during the start simply ends it.
  let close: () => Promise<void> = async () => undefined;
  stopOnSignal(logger, () => close());
  if (await buildClientIfStale(ROOT, CLIENT_DIR)) logger.info({ area: "client" }, "client built");
  const server = await startWhenReady(config, { logger, clientDir: CLIENT_DIR });
  close = () => server.stop();
  const simulator = await startSimulator(config, server);
  const sentinel = startSentinel(config);
  close = () => {
    sentinel?.stop();
    simulator?.stop();
    return server.stop();
  };
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

/** What a person who starts the server must read; anything else is a bug and shows its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Settings that must be changed:\n${error.message}`;
  if (error instanceof LogRefused) return `This log cannot be opened: ${error.message}`;
  if (isStoreError(error)) return `The store cannot be used: ${error.message}`;
  if (isFileError(error))
    return `A file cannot be used: ${error.message}. Make room on the disk, or give this user the right to write there, and start again`;
  if (isCode(error, "EADDRINUSE"))
    return "The port is taken by another program: set PORT to a free one";
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const isStoreError = (error: unknown): error is Error =>
  [LogStoreError, SqliteError, StoreUnavailable].some((kind) => error instanceof kind);

const FILE_CODES = ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO"];
const isFileError = (error: unknown): error is Error =>
  error instanceof Error && FILE_CODES.some((code) => isCode(error, code));

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
