/** The thread behind `sqlite-thread.ts`: takes one request at a time, in order of arrival. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import {
  classify,
  errcodeOf,
  openConnection,
  reopenConnection,
  SqliteRefusal,
} from "./sqlite-connection.ts";
import type {
  NumberedRequest,
  SqliteOptions,
  SqliteReply,
  SqliteRequest,
  SqlOutcome,
  SqlStatement,
} from "./sqlite-protocol.ts";

/** IOERR_FSYNC, IOERR_DIR_FSYNC: the frames may be in the WAL all the same. */
const FSYNC_ERRCODES: ReadonlySet<number> = new Set([1034, 1290]);
const PRIMARY_IOERR = 10;

interface Connection {
  readonly db: DatabaseSync;
  readonly statements: Map<string, StatementSync>;
  /** After an I/O error SQLite's and the kernel's idea of the file may differ: read it anew. */
  poisoned: boolean;
}

function serve(options: SqliteOptions): void {
  let connection: Connection | undefined;
  answer(0, () => {
    connection = connect(openConnection(options));
    return [];
  });
  parentPort?.on("message", ({ id, request }: NumberedRequest) => {
    answer(id, () => {
      connection = healthy(connection, options);
      return perform(connection, request);
    });
    if (request.op === "close") parentPort?.close();
  });
}

function answer(id: number, action: () => readonly SqlOutcome[]): void {
  let reply: SqliteReply;
  try {
    reply = { id, ok: true, outcomes: action() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    reply = { id, ok: false, failure: { code: classify(error), message } };
  }
  parentPort?.postMessage(reply);
}

function connect(db: DatabaseSync): Connection {
  return { db, statements: new Map(), poisoned: false };
}

/**
 * A poisoned connection is closed, the file opened again, and everything that its WAL holds is
 * written and synced once more by a checkpoint: what is then read is on the disk.
 */
function healthy(connection: Connection | undefined, options: SqliteOptions): Connection {
  if (connection === undefined) throw new SqliteRefusal("UNAVAILABLE", "the file is not open");
  if (!connection.poisoned) return connection;
  closeQuietly(connection.db);
  const fresh = connect(reopenConnection(options));
  try {
    checkpoint(fresh.db);
    return fresh;
  } catch (error) {
    closeQuietly(fresh.db);
    throw error;
  }
}

function perform(connection: Connection, request: SqliteRequest): readonly SqlOutcome[] {
  switch (request.op) {
    case "all":
      return [run(connection, request.statement)];
    case "write":
      return write(connection, request.statements);
    case "checkpoint":
      checkpoint(connection.db);
      return [];
    case "close":
      connection.db.close();
      return [];
  }
}

function write(connection: Connection, statements: readonly SqlStatement[]): readonly SqlOutcome[] {
  const { db } = connection;
  try {
    db.exec("BEGIN IMMEDIATE");
    const outcomes = statements.map((statement) => run(connection, statement));
    commit(db);
    return outcomes;
  } catch (error) {
    connection.poisoned = isInputOutputError(error);
    rollBackQuietly(db);
    throw error;
  }
}

function commit(db: DatabaseSync): void {
  try {
    db.exec("COMMIT");
  } catch (error) {
    if (!FSYNC_ERRCODES.has(errcodeOf(error) ?? 0)) throw error;
    throw new SqliteRefusal("UNCLEAR", "the fsync of a commit failed", { cause: error });
  }
}

function run({ db, statements }: Connection, { sql, params = [] }: SqlStatement): SqlOutcome {
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  if (statement.columns().length > 0) return { changes: 0, rows: statement.all(...params) };
  return { changes: Number(statement.run(...params).changes), rows: [] };
}

/** Moves the WAL into the file and empties it; fails when a reader stands in the way. */
function checkpoint(db: DatabaseSync): void {
  const row = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
  if (row?.busy !== 0) throw new SqliteRefusal("UNAVAILABLE", "the checkpoint was blocked");
}

function isInputOutputError(error: unknown): boolean {
  if (error instanceof SqliteRefusal) return error.code === "UNCLEAR";
  return ((errcodeOf(error) ?? 0) & 0xff) === PRIMARY_IOERR;
}

function rollBackQuietly(db: DatabaseSync): void {
  try {
    if (db.isTransaction) db.exec("ROLLBACK");
  } catch {
    // The error that made us roll back is the one to report; a poisoned connection is reopened.
  }
}

function closeQuietly(db: DatabaseSync): void {
  try {
    if (db.isOpen) db.close();
  } catch {
    // It is thrown away because it failed before; the fresh connection decides.
  }
}

const options: SqliteOptions = workerData;
serve(options);
