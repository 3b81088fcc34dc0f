/** What a SQLite thread and its owner say to each other; all of it survives structured cloning. */

export interface SqliteOptions {
  readonly file: string;
  /** Statements that make the tables and triggers; run at each writable open, so `IF NOT EXISTS`. */
  readonly schema: readonly string[];
  /** `PRAGMA user_version` of the schema; a file with a higher one is refused. */
  readonly schemaVersion: number;
  /** Opens without changing the file or its folder. */
  readonly readOnly?: boolean;
  /** How long a writer waits for another process's transaction. */
  readonly busyTimeoutMs?: number;
  /** Overwrites what is deleted, so that a forgotten key cannot be read from free pages. */
  readonly secureDelete?: boolean;
  /** Upper bound of the file in pages of 4 KiB: a quota, beyond which writes say UNAVAILABLE. */
  readonly maxPages?: number;
}

export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqlStatement {
  readonly sql: string;
  readonly params?: readonly SqlValue[];
}

export interface SqlOutcome {
  /** Rows changed; 0 for a statement that returns rows. */
  readonly changes: number;
  readonly rows: readonly SqlRow[];
}

/**
 * - `CONSTRAINT`: a key, check or trigger refused; nothing was written.
 * - `UNAVAILABLE`: nothing was written (busy, disk full, I/O error, read-only, thread dead).
 * - `UNCLEAR`: the fsync of a commit failed or the thread died meanwhile; it may be there or not.
 * - `CORRUPT`: the file is not what this program wrote.
 * - `BUG`: a statement that SQLite does not understand.
 */
export type SqliteErrorCode = "CONSTRAINT" | "UNAVAILABLE" | "UNCLEAR" | "CORRUPT" | "BUG";

export interface SqliteFailure {
  readonly code: SqliteErrorCode;
  readonly message: string;
}

export type SqliteRequest =
  | { readonly op: "all"; readonly statement: SqlStatement }
  | { readonly op: "write"; readonly statements: readonly SqlStatement[] }
  | { readonly op: "checkpoint" }
  | { readonly op: "close" };

export interface NumberedRequest {
  readonly id: number;
  readonly request: SqliteRequest;
}

/** Reply 0 says whether the file could be opened. */
export type SqliteReply =
  | { readonly id: number; readonly ok: true; readonly outcomes: readonly SqlOutcome[] }
  | { readonly id: number; readonly ok: false; readonly failure: SqliteFailure };
