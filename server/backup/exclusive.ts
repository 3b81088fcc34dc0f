/**
 * Who has a SQLite file open? Every connection to a file in WAL mode holds a shared lock on it as
 * long as it is open, and the kernel takes it away when the process dies; so whoever gets the file
 * exclusively was alone with it.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const BUSY = 5;

/** False also for a file that is no database: nobody can be working on it. */
export function isInUse(file: string): boolean {
  if (!existsSync(file)) return false;
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK");
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    db.close();
  }
}

/**
 * Holds `file` until released or until this process dies, whatever kills it.
 * @returns what releases it, or nothing when another process holds it.
 */
export function holdAlone(file: string): (() => void) | undefined {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
    return () => db.close();
  } catch (error) {
    db.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === BUSY;
