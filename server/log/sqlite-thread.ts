/**
 * SQLite in a thread of its own, so that a slow or hung fsync stalls neither alarms nor positions.
 * The log, the vault and the accounts each open one.
 */
import { Worker } from "node:worker_threads";
import type {
  NumberedRequest,
  SqliteErrorCode,
  SqliteFailure,
  SqliteOptions,
  SqliteReply,
  SqliteRequest,
  SqlOutcome,
  SqlRow,
  SqlStatement,
  SqlValue,
} from "./sqlite-protocol.ts";

export interface SqliteThread {
  all(sql: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** One transaction; resolves after its fsync. */
  write(statements: readonly SqlStatement[]): Promise<readonly SqlOutcome[]>;
  /** Moves the WAL into the file, so that what was deleted leaves the disk. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
  /** Ends the thread at once, as a crash would; work in flight is then UNCLEAR. */
  abort(): Promise<void>;
}

export class SqliteError extends Error {
  readonly code: SqliteErrorCode;
  constructor(failure: SqliteFailure) {
    super(failure.message);
    this.name = "SqliteError";
    this.code = failure.code;
  }
}

interface Pending {
  readonly request: SqliteRequest | undefined;
  readonly resolve: (outcomes: readonly SqlOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

/** A disk that hangs must not hold those who only want to look. */
const READ_PATIENCE_MS = 10_000;

/** @throws SqliteError when the file cannot be opened with every setting in force. */
export async function openSqliteThread(options: SqliteOptions): Promise<SqliteThread> {
  const calls = startCalls(options);
  try {
    await calls.opened;
  } catch (error) {
    await calls.abort();
    throw error;
  }
  return {
    all: async (sql, params = []) => {
      const asked = calls.ask({ op: "all", statement: { sql, params } });
      const [outcome] = await within(READ_PATIENCE_MS, asked);
      return outcome?.rows ?? [];
    },
    write: (statements) => calls.ask({ op: "write", statements }),
    checkpoint: async () => {
      await calls.ask({ op: "checkpoint" });
    },
    close: async () => {
      if (calls.isDead()) return;
      await calls.ask({ op: "close" });
      await calls.ended;
    },
    abort: calls.abort,
  };
}

function startCalls(options: SqliteOptions) {
  const worker = new Worker(new URL("./sqlite-worker.ts", import.meta.url), {
    workerData: options,
    name: `sqlite ${options.file}`,
  });
  const pendingById = new Map<number, Pending>();
  const ended = Promise.withResolvers<void>();
  let lastId = 0;
  let death: string | undefined;

  const settle = (reply: SqliteReply) => {
    const pending = pendingById.get(reply.id);
    pendingById.delete(reply.id);
    if (reply.ok) pending?.resolve(reply.outcomes);
    else pending?.reject(new SqliteError(reply.failure));
  };
  const die = (reason: string) => {
    death ??= reason;
    for (const { request, reject } of pendingById.values()) reject(deathOf(request, death));
    pendingById.clear();
  };
  worker.on("message", settle);
  worker.on("messageerror", (error) => die(`its messages cannot be read: ${error.message}`));
  worker.on("error", (error) => die(error instanceof Error ? error.message : String(error)));
  worker.on("exit", (status) => {
    die(`it ended with status ${status}`);
    ended.resolve();
  });

  const expect = (id: number, request: SqliteRequest | undefined) =>
    new Promise<readonly SqlOutcome[]>((resolve, reject) => {
      pendingById.set(id, { request, resolve, reject });
    });
  const ask = (request: SqliteRequest) => {
    if (death !== undefined) return Promise.reject(deathOf(undefined, death));
    lastId += 1;
    const message: NumberedRequest = { id: lastId, request };
    worker.postMessage(message);
    return expect(lastId, request);
  };
  const abort = async () => {
    await worker.terminate();
    await ended.promise;
  };
  const opened = expect(0, undefined);
  return { opened, ask, abort, ended: ended.promise, isDead: () => death !== undefined };
}

/** Only a write that was under way can have happened or not. */
function deathOf(request: SqliteRequest | undefined, reason: string): SqliteError {
  const code = request?.op === "write" ? "UNCLEAR" : "UNAVAILABLE";
  return new SqliteError({ code, message: `the SQLite thread is gone: ${reason}` });
}

/** The late answer is dropped; a write is never treated so, because its fate must be learnt. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const message = `no answer from the SQLite thread in ${ms} ms`;
  const timer = setTimeout(
    () => late.reject(new SqliteError({ code: "UNAVAILABLE", message })),
    ms,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
