/**
 * The log port: one totally ordered, append-only sequence of commits.
 *
 * `seq` is the primary key, so appending is the compare-and-set: whoever inserts `tail + 1` first
 * has won. Every adapter passes `test/contract/log-store.contract.ts`.
 */

/** One stored commit. `body` is the exact JSON string that was hashed; it never changes. */
export interface Commit {
  /** 0 is the genesis; no gaps. */
  readonly seq: number;
  /** Server time of the decision, integer ms since the epoch; never below the previous commit's. */
  readonly at: number;
  /** Hex hash of commit `seq - 1`; 64 zeros for the genesis. */
  readonly prevHash: string;
  /** Hex H(UTF-8 of `prevHash \n seq \n at \n body`), H named by the genesis. */
  readonly hash: string;
  readonly body: string;
}

/** `CONFLICT`: a commit with this `seq` exists already (perhaps the very same one: compare hashes). */
export type AppendResult = "APPENDED" | "CONFLICT";

export interface LogStore {
  /**
   * Makes the commit durable, or says that another writer was first. Resolves only after the
   * store's own durability point (SQLite: fsync; MongoDB: `w: majority, j: true`).
   * @param commandIds ids of the commands inside, kept beside the row for `findCommand`.
   * @throws LogStoreError when the store refused or its answer is unclear.
   */
  append(commit: Commit, commandIds: readonly string[]): Promise<AppendResult>;
  /** Commits with `seq > after`, ascending, at most `limit`. */
  read(after: number, limit: number): Promise<readonly Commit[]>;
  /** The last commit, or nothing when the log is empty. */
  tail(): Promise<Commit | undefined>;
  /** `seq` of the commit that holds this command, or nothing. */
  findCommand(id: string): Promise<number | undefined>;
  /**
   * Proves that a commit of some 64 KiB would be durable now, by making something else of that size
   * durable in the same place. Changes nothing of the log. A store that can be read, or that takes a
   * transaction and rolls it back, has proved nothing: a full disk does that too.
   * @throws LogStoreError
   */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** What a probe writes: as much as a large commit. */
export const PROBE_BYTES = 65_536;

/**
 * - `UNCLEAR`: the write may or may not have happened (time-out, lost connection). Insert the same
 *   bytes again; on CONFLICT compare the stored hash with yours.
 * - `UNAVAILABLE`: nothing was written (absent, disk full, read-only, I/O error).
 * - `CORRUPT`: what is stored cannot be what this program wrote.
 */
export type LogStoreErrorCode = "UNCLEAR" | "UNAVAILABLE" | "CORRUPT";

export class LogStoreError extends Error {
  readonly code: LogStoreErrorCode;
  constructor(code: LogStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LogStoreError";
    this.code = code;
  }
}
