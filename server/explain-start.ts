import { StoreUnavailable } from "./app/api.ts";
import { LogRefused } from "./app/replica.ts";
import { ConfigError } from "./config.ts";
import { OwnershipRefused } from "./exercise/own-stores.ts";
import { LogStoreError } from "./log/log-store.ts";
import { SqliteError } from "./log/sqlite-thread.ts";
import { JournalRefused } from "./open-journal.ts";

/** What a person who starts the server must read; anything else is a bug and shows its stack. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) return `Settings that must be changed:\n${error.message}`;
  if (error instanceof LogRefused) return `This log cannot be opened: ${error.message}`;
  if (error instanceof OwnershipRefused) return `This data cannot be used: ${error.message}`;
  if (isStoreError(error)) return `The store cannot be used: ${error.message}`;
  if (error instanceof JournalRefused)
    return `The emergency journal cannot be opened: ${error.message}. Give this user the right to read and write that folder, make room on its disk or bring it back; if neither can be done now, set EMERGENCY_DIR to another folder, and keep this one: calls for help may wait in it (docs/OPERATIONS.md)`;
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
