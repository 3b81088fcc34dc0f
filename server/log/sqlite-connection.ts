/**
 * One SQLite connection with the settings that durability rests on, asserted at open. Runs inside
 * the thread of `sqlite-worker.ts`, because an fsync may hang.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { type FileIdentity, identityOf, syncIfThere } from "./sqlite-identity.ts";
import type { SqliteErrorCode, SqliteOptions } from "./sqlite-protocol.ts";

const BUSY_TIMEOUT_MS = 5_000;
/** Switching a new file to WAL ignores the busy timeout when two processes create it at once. */
const OPEN_TRIES = 50;
const OPEN_PAUSE_MS = 20;

export class SqliteRefusal extends Error {
  readonly code: SqliteErrorCode;
  constructor(code: SqliteErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SqliteRefusal";
    this.code = code;
  }
}

export interface OpenedConnection {
  readonly db: DatabaseSync;
  readonly files: FileIdentity;
  /** Set when the file could be opened for reading only: why. Each write tries again. */
  readonly readOnlyBecause?: unknown;
}

/**
 * A file that exists and cannot be written (full disk, read-only mount) is opened for reading: what
 * it holds can be shown. What a killed program left in it is synced before it is believed.
 */
export function openConnection(options: SqliteOptions): OpenedConnection {
  const { file } = options;
  if (options.readOnly === true) return { db: openForReading(options), files: identityOf(file) };
  let opened: OpenedConnection;
  try {
    createPrivateFile(file);
    opened = writableConnection(options);
  } catch (error) {
    const db = readableInstead(options, error);
    opened = { db, files: identityOf(file), readOnlyBecause: error };
  }
  syncIfThere(`${file}-wal`);
  return opened;
}

/** After trouble: a file that is gone meanwhile is not made anew, that would hide the loss. */
export function reopenConnection(options: SqliteOptions): OpenedConnection {
  const { file } = options;
  requireFile(file);
  if (options.readOnly === true) return { db: openForReading(options), files: identityOf(file) };
  return writableConnection(options);
}

function writableConnection(options: SqliteOptions): OpenedConnection {
  return { db: openForWriting(options), files: identityOf(options.file) };
}

/** @throws the reason why it cannot be written, when it cannot be read either. */
function readableInstead(options: SqliteOptions, why: unknown): DatabaseSync {
  if (classify(why) !== "UNAVAILABLE" || !existsSync(options.file)) throw why;
  try {
    const db = openForReading(options);
    // An empty or half-made file shows nothing: only a whole one is served without being writable.
    if (Number(pragma(db, "user_version")) === options.schemaVersion) return db;
    db.close();
  } catch {
    // Both ways failed; the first says more.
  }
  throw why;
}

/** SQLite's own error code, extended form; nothing when the error is not SQLite's. */
export function errcodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode : undefined;
}

/** For every failure except that of COMMIT itself: the transaction was rolled back. */
export function classify(error: unknown): SqliteErrorCode {
  const errcode = errcodeOf(error);
  if (error instanceof SqliteRefusal) return error.code;
  if (errcode === undefined) return isSystemError(error) ? "UNAVAILABLE" : "BUG";
  return CODE_BY_PRIMARY.get(errcode & 0xff) ?? "BUG";
}

/** ENOSPC, EACCES, EROFS and the like, from a call of our own beside SQLite's. */
const isSystemError = (error: unknown): boolean =>
  error instanceof Error && "syscall" in error && "errno" in error;

/** By primary result code, https://sqlite.org/rescode.html. */
const CODE_BY_PRIMARY: ReadonlyMap<number, SqliteErrorCode> = new Map([
  [3, "UNAVAILABLE"], // PERM
  [5, "UNAVAILABLE"], // BUSY
  [6, "UNAVAILABLE"], // LOCKED
  [7, "UNAVAILABLE"], // NOMEM
  [8, "UNAVAILABLE"], // READONLY
  [10, "UNAVAILABLE"], // IOERR
  [11, "CORRUPT"], // CORRUPT
  [13, "UNAVAILABLE"], // FULL
  [14, "UNAVAILABLE"], // CANTOPEN
  [19, "CONSTRAINT"], // CONSTRAINT
  [26, "CORRUPT"], // NOTADB
]);

/** SQLite opens a file on a read-only mount for reading without a word, and stays so. */
function openForWriting(options: SqliteOptions): DatabaseSync {
  accessSync(options.file, constants.W_OK);
  const db = new DatabaseSync(options.file, {
    timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
    enableForeignKeyConstraints: true,
    allowExtension: false,
    defensive: true,
  });
  try {
    retryWhileBusy(() => db.exec("PRAGMA journal_mode = WAL"));
    db.exec(settings(options));
    assertSettings(db);
    createSchema(db, options);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Beside WAL and FULL: `recursive_triggers`, or INSERT OR REPLACE deletes without asking a trigger. */
function settings(options: SqliteOptions): string {
  return [
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON", // macOS: reach the platter, not the drive's cache
    "PRAGMA recursive_triggers = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    `PRAGMA secure_delete = ${options.secureDelete === true ? "ON" : "OFF"}`,
    ...(options.maxPages === undefined ? [] : [`PRAGMA max_page_count = ${options.maxPages}`]),
  ].join(";");
}

const REQUIRED_SETTINGS: readonly (readonly [string, string | number])[] = [
  ["journal_mode", "wal"],
  ["synchronous", 2],
  ["recursive_triggers", 1],
  ["foreign_keys", 1],
];

function assertSettings(db: DatabaseSync): void {
  for (const [name, required] of REQUIRED_SETTINGS) {
    const actual = pragma(db, name);
    if (actual !== required) {
      const message = `PRAGMA ${name} is ${String(actual)}, must be ${required}`;
      throw new SqliteRefusal("UNAVAILABLE", message);
    }
  }
  const timeout = pragma(db, "busy_timeout");
  if (timeout === 0) throw new SqliteRefusal("UNAVAILABLE", "PRAGMA busy_timeout is 0");
}

function createSchema(db: DatabaseSync, options: SqliteOptions): void {
  const version = checkedSchemaVersion(db, options);
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const statement of options.schema) db.exec(statement);
    if (version !== options.schemaVersion) {
      db.exec(`PRAGMA user_version = ${options.schemaVersion}`);
    }
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function checkedSchemaVersion(db: DatabaseSync, options: SqliteOptions): number {
  const version = Number(pragma(db, "user_version"));
  if (version <= options.schemaVersion) return version;
  const message = `${options.file} was written by a newer program (schema ${version}, known ${options.schemaVersion})`;
  throw new SqliteRefusal("UNAVAILABLE", message);
}

/**
 * A file in WAL mode cannot be read without its `-wal` and `-shm`, and SQLite makes them where they
 * are missing. If there is no `-wal`, nobody has the file open and nothing is pending, so it is
 * read as immutable, which touches nothing.
 */
function openForReading(options: SqliteOptions): DatabaseSync {
  requireFile(options.file);
  const wal = walBytes(options.file);
  if (wal === undefined) return openReader(options, "immutable");
  try {
    return openReader(options, "shared");
  } catch (error) {
    // A failed try to write may leave an empty WAL where there is no room for its index.
    if (wal > 0 || options.readOnly === true) throw error;
    return openReader(options, "immutable");
  }
}

function openReader(options: SqliteOptions, how: "shared" | "immutable"): DatabaseSync {
  const location = pathToFileURL(options.file);
  if (how === "immutable") location.searchParams.set("immutable", "1");
  const db = new DatabaseSync(location, {
    readOnly: true,
    timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
  });
  try {
    checkedSchemaVersion(db, options);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function requireFile(file: string): void {
  if (!existsSync(file)) throw new SqliteRefusal("UNAVAILABLE", `${file} does not exist`);
}

/** Bytes that wait in the WAL; nothing when there is none. */
function walBytes(file: string): number | undefined {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size;
}

function pragma(db: DatabaseSync, name: string): unknown {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}

/**
 * What lies in a data folder is nobody else's to read; `-wal` and `-shm` inherit the mode. A file
 * that exists is never opened here: closing it again would drop the locks that another connection
 * of this process holds on it (POSIX), and with them its claim on the WAL.
 */
function createPrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
}

function retryWhileBusy(action: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      action();
      return;
    } catch (error) {
      if (errcodeOf(error) !== 5 || attempt === OPEN_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_PAUSE_MS);
    }
  }
}
