/** The log in one SQLite file: the embedded default. Several processes may have it open. */
import type { AppendResult, Commit, LogStore, LogStoreErrorCode } from "./log-store.ts";
import { LogStoreError, PROBE_BYTES } from "./log-store.ts";
import type { SqliteErrorCode, SqlRow } from "./sqlite-protocol.ts";
import type { SqliteThread } from "./sqlite-thread.ts";
import { openSqliteThread, SqliteError } from "./sqlite-thread.ts";
import { storedCommit } from "./stored-commit.ts";

export interface SqliteLogOptions {
  readonly file: string;
  /** For tools that only look; also works while a server has the file open. */
  readonly readOnly?: boolean;
  readonly busyTimeoutMs?: number;
  readonly maxPages?: number;
}

export interface SqliteLog extends LogStore {
  /** Ends the thread at once, as a crash would. */
  abort(): Promise<void>;
}

const SCHEMA_VERSION = 1;

/** The triggers hold for every connection, also for one of another program without our pragmas. */
const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS commits (
     seq INTEGER PRIMARY KEY CHECK (seq >= 0),
     at INTEGER NOT NULL,
     prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
     hash TEXT NOT NULL CHECK (length(hash) = 64),
     body TEXT NOT NULL
   ) STRICT`,
  `CREATE TABLE IF NOT EXISTS command_ids (
     id TEXT NOT NULL,
     seq INTEGER NOT NULL REFERENCES commits (seq),
     PRIMARY KEY (id, seq)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER IF NOT EXISTS commits_follow_the_tail BEFORE INSERT ON commits
   WHEN new.seq IS NOT coalesce((SELECT max(seq) FROM commits), -1) + 1
   BEGIN SELECT raise(ABORT, 'a commit must follow the tail'); END`,
  // The same length is not the same history: a file put back from a backup may have gone on.
  `CREATE TRIGGER IF NOT EXISTS commits_follow_the_hash BEFORE INSERT ON commits
   WHEN new.seq > 0 AND new.prev_hash IS NOT (SELECT hash FROM commits WHERE seq = new.seq - 1)
   BEGIN SELECT raise(ABORT, 'a commit must follow the hash'); END`,
  `CREATE TABLE IF NOT EXISTS probes (id INTEGER PRIMARY KEY, room BLOB NOT NULL) STRICT`,
  ...["commits", "command_ids"].flatMap((table) =>
    ["UPDATE", "DELETE"].map(
      (verb) => `CREATE TRIGGER IF NOT EXISTS ${table}_no_${verb.toLowerCase()}
       BEFORE ${verb} ON ${table} BEGIN SELECT raise(ABORT, '${table} is append-only'); END`,
    ),
  ),
];

const INSERT_COMMIT = "INSERT INTO commits (seq, at, prev_hash, hash, body) VALUES (?, ?, ?, ?, ?)";
const INSERT_COMMAND_IDS =
  "INSERT INTO command_ids (id, seq) SELECT DISTINCT value, ? FROM json_each(?)";
const SELECT = "SELECT seq, at, prev_hash AS prevHash, hash, body FROM commits";

/** The new row before the old one goes: it needs room of its own, as a commit would. */
const PROBE = [
  { sql: `INSERT INTO probes (room) VALUES (zeroblob(${PROBE_BYTES}))` },
  { sql: "DELETE FROM probes WHERE id < (SELECT max(id) FROM probes)" },
];

/** @throws LogStoreError when the file cannot be opened with every durability setting in force. */
export async function openSqliteLog(options: SqliteLogOptions): Promise<SqliteLog> {
  const thread = await reported(
    openSqliteThread({ ...options, schema: SCHEMA, schemaVersion: SCHEMA_VERSION }),
  );
  return {
    append: (commit, commandIds) => append(thread, commit, commandIds),
    read: async (after, limit) => {
      const sql = `${SELECT} WHERE seq > ? ORDER BY seq LIMIT ?`;
      const rows = await reported(thread.all(sql, [after, limit]));
      return rows.map(storedCommit);
    },
    tail: async () => {
      const [row] = await reported(thread.all(`${SELECT} ORDER BY seq DESC LIMIT 1`));
      return row === undefined ? undefined : storedCommit(row);
    },
    findCommand: async (id) => {
      const sql = "SELECT seq FROM command_ids WHERE id = ? ORDER BY seq LIMIT 1";
      const [row] = await reported(thread.all(sql, [id]));
      return seqOf(row);
    },
    probe: async () => {
      await reported(thread.write(PROBE));
    },
    close: () => reported(thread.close()),
    abort: thread.abort,
  };
}

async function append(
  thread: SqliteThread,
  commit: Commit,
  commandIds: readonly string[],
): Promise<AppendResult> {
  const { seq, at, prevHash, hash, body } = commit;
  try {
    await thread.write([
      { sql: INSERT_COMMIT, params: [seq, at, prevHash, hash, body] },
      { sql: INSERT_COMMAND_IDS, params: [seq, JSON.stringify(commandIds)] },
    ]);
    return "APPENDED";
  } catch (error) {
    if (!(error instanceof SqliteError) || error.code !== "CONSTRAINT") throw logErrorFrom(error);
    return explainRefusal(thread, commit, error);
  }
}

/** A duplicate and a gap meet the same trigger; which of them it was, the table says. */
async function explainRefusal(
  thread: SqliteThread,
  { seq }: Commit,
  refusal: SqliteError,
): Promise<AppendResult> {
  const [row] = await reported(thread.all("SELECT max(seq) AS seq FROM commits"));
  const tail = seqOf(row) ?? -1;
  if (seq <= tail) return "CONFLICT";
  const message = `commit ${seq} was refused after tail ${tail}: ${refusal.message}`;
  throw new LogStoreError("CORRUPT", message, { cause: refusal });
}

function seqOf(row: SqlRow | undefined): number | undefined {
  return typeof row?.seq === "number" ? row.seq : undefined;
}

async function reported<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw logErrorFrom(error);
  }
}

const CODES: Readonly<Record<SqliteErrorCode, LogStoreErrorCode | undefined>> = {
  CONSTRAINT: "CORRUPT",
  UNAVAILABLE: "UNAVAILABLE",
  UNCLEAR: "UNCLEAR",
  CORRUPT: "CORRUPT",
  BUG: undefined,
};

function logErrorFrom(error: unknown): unknown {
  const code = error instanceof SqliteError ? CODES[error.code] : undefined;
  if (code === undefined || !(error instanceof Error)) return error;
  return new LogStoreError(code, error.message, { cause: error });
}
