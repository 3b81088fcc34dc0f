/** The thread behind `sqlite-thread.ts`: takes one request at a time, in order of arrival. */
import { chmodSync, renameSync, rmSync } from "node:fs";
import { flushCompileCache } from "node:module";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import {
  classify,
  errcodeOf,
  type OpenedConnection,
  openConnection,
  reopenConnection,
  SqliteRefusal,
} from "./sqlite-connection.ts";
import { identityOf, rescueNameOf, syncIfThere } from "./sqlite-identity.ts";
import type {
  NumberedRequest,
  SqliteOptions,
  SqliteReply,
  SqliteRequest,
  SqlOutcome,
  SqlStatement,
} from "./sqlite-protocol.ts";

const PRIMARY_IOERR = 10;
/**
 * IOERR_SHMOPEN, _SHMSIZE, _SHMMAP: no room for the index of the WAL, which is on a disk only by
 * accident. The file is not in doubt, and without that room it could not be opened again.
 */
const NO_ROOM_FOR_INDEX: ReadonlySet<number | undefined> = new Set([4618, 4874, 5386]);
const PRIMARY_CORRUPT = 11;

interface Connection extends OpenedConnection {
  readonly statements: Map<string, StatementSync>;
  /** After an I/O error SQLite's and the kernel's idea of the file may differ: read it anew. */
  poisoned: boolean;
  /** What it held was written down elsewhere, because its file has lost its name. */
  rescued: boolean;
}

function serve(options: SqliteOptions): void {
  let connection: Connection | undefined;
  answer(0, () => {
    connection = connect(openConnection(options));
    return [];
  });
  // Where there is a compile cache: a crash would take this thread's part of it along.
  flushCompileCache();
  parentPort?.on("message", ({ id, request }: NumberedRequest) => {
    answer(id, () => {
      connection = healthy(connection, request, options);
      return perform(connection, request, options);
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

function connect(opened: OpenedConnection): Connection {
  return { ...opened, statements: new Map(), poisoned: false, rescued: false };
}

/**
 * A poisoned connection is closed, the file opened again, and everything that its WAL holds is
 * written and synced once more by a checkpoint: what is then read is on the disk. One that can only
 * read is exchanged as soon as a write finds the file writable.
 */
function healthy(
  connection: Connection | undefined,
  request: SqliteRequest,
  options: SqliteOptions,
): Connection {
  if (connection === undefined) throw new SqliteRefusal("UNAVAILABLE", "the file is not open");
  if (request.op === "close") return connection;
  if (hasMoved(connection, options)) letGo(connection, options);
  if (connection.poisoned) {
    closeQuietly(connection.db);
    if (connection.rescued) setForeignWalAside(connection, options);
    return synced(reopenConnection(options));
  }
  if (connection.readOnlyBecause === undefined || request.op === "all") return connection;
  return exchanged(connection, options);
}

/**
 * Closed first: within one process a WAL's index that was opened read-only stays so for everybody.
 * Where the file still cannot be written, what comes is a reader again, and the write fails on it.
 */
function exchanged(reader: Connection, options: SqliteOptions): Connection {
  reader.poisoned = true; // in case neither way opens
  closeQuietly(reader.db);
  const opened = openConnection(options);
  return opened.readOnlyBecause === undefined ? synced(opened) : connect(opened);
}

function synced(opened: OpenedConnection): Connection {
  try {
    checkpoint(opened.db);
    return connect(opened);
  } catch (error) {
    closeQuietly(opened.db);
    throw error;
  }
}

/** A reader that shares nothing makes no WAL; whoever only looks is not asked for it. */
function hasMoved({ files, readOnlyBecause }: Connection, options: SqliteOptions): boolean {
  const now = identityOf(options.file);
  if (options.readOnly === true) return false;
  return now.main !== files.main || (readOnlyBecause === undefined && now.wal !== files.wal);
}

/**
 * The file has lost its name: closing the connection would free the only copy of what it holds. So
 * that is written beside the name first, for a person to put back.
 */
function letGo(connection: Connection, { file }: SqliteOptions): void {
  connection.poisoned = true;
  const { files, rescued } = connection;
  if (rescued || identityOf(file).main === files.main) return;
  const copy = rescueNameOf(file, new Date());
  const saved = rescue(connection.db, copy);
  connection.rescued = true;
  closeQuietly(connection.db);
  const where = saved ? `what it held is in ${copy}` : "it was damaged and could not be saved";
  throw new SqliteRefusal(
    "UNAVAILABLE",
    `${file} was removed or replaced while it was open; ${where}`,
  );
}

/**
 * Pages of the file that lost its name, left under it: they would be read as those of another file
 * that has it now. Where the file itself is back they are its newest commits.
 */
function setForeignWalAside({ files }: Connection, { file }: SqliteOptions): void {
  const now = identityOf(file);
  const isForeign = now.main !== undefined && now.main !== files.main && now.wal === files.wal;
  if (isForeign) renameSync(`${file}-wal`, rescueNameOf(`${file}-wal`, new Date()));
}

/** @returns false when it is too damaged to be copied: there is nothing more to save. */
function rescue(db: DatabaseSync, copy: string): boolean {
  try {
    db.prepare("VACUUM INTO ?").run(copy);
  } catch (error) {
    rmSync(copy, { force: true });
    if (primaryOf(error) === PRIMARY_CORRUPT) return false;
    throw error;
  }
  chmodSync(copy, 0o600);
  syncIfThere(copy);
  return true;
}

function perform(
  connection: Connection,
  request: SqliteRequest,
  options: SqliteOptions,
): readonly SqlOutcome[] {
  switch (request.op) {
    case "all":
      return [read(connection, request.statement)];
    case "write":
      return write(connection, request.statements, options);
    case "checkpoint":
      checkpoint(connection.db);
      return [];
    case "close":
      connection.db.close();
      return [];
  }
}

function read(connection: Connection, statement: SqlStatement): SqlOutcome {
  try {
    return run(connection, statement);
  } catch (error) {
    connection.poisoned ||= isDoubtful(error);
    throw error;
  }
}

function write(
  connection: Connection,
  statements: readonly SqlStatement[],
  options: SqliteOptions,
): readonly SqlOutcome[] {
  const { db } = connection;
  try {
    db.exec("BEGIN IMMEDIATE");
    const outcomes = statements.map((statement) => run(connection, statement));
    commit(db);
    if (hasMoved(connection, options)) {
      throw new SqliteRefusal("UNCLEAR", `${options.file} was replaced during a commit`);
    }
    return outcomes;
  } catch (error) {
    connection.poisoned ||= isDoubtful(error);
    rollBackQuietly(db);
    throw error;
  }
}

/** An I/O error of COMMIT: the frames may be in the WAL all the same. */
function commit(db: DatabaseSync): void {
  try {
    db.exec("COMMIT");
  } catch (error) {
    if (primaryOf(error) !== PRIMARY_IOERR) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SqliteRefusal("UNCLEAR", `a commit met an I/O error: ${why}`, { cause: error });
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

/** Whether what this connection believes of its file must be read anew. */
function isDoubtful(error: unknown): boolean {
  if (error instanceof SqliteRefusal && error.code === "UNCLEAR") return !hasNoRoom(error.cause);
  if (hasNoRoom(error)) return false;
  return [PRIMARY_IOERR, PRIMARY_CORRUPT].includes(primaryOf(error));
}

const hasNoRoom = (error: unknown): boolean => NO_ROOM_FOR_INDEX.has(errcodeOf(error));

const primaryOf = (error: unknown): number => (errcodeOf(error) ?? 0) & 0xff;

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
