import { LogRefused } from "../app/replica.ts";
import { BackupError } from "../backup/manifest.ts";
import { ConfigError } from "../config.ts";
import { OwnershipRefused } from "../exercise/own-stores.ts";
import { LogStoreError } from "../log/log-store.ts";

const KINDS = [ConfigError, LogRefused, LogStoreError, BackupError, OwnershipRefused];
/** The disk is full, a quota is used up, a folder is missing or another's. */
const FILE_CODES = new Set(["ENOENT", "EACCES", "EROFS", "ENOSPC", "EDQUOT", "EFBIG", "EIO"]);

/** Runs a tool; what its user can mend is one line, anything else is a bug and shows its stack. */
export async function explained(main: () => Promise<number>): Promise<number> {
  try {
    return await main();
  } catch (error) {
    console.error(isForTheUser(error) ? error.message : error);
    return 1;
  }
}

function isForTheUser(error: unknown): error is Error {
  if (KINDS.some((kind) => error instanceof kind)) return true;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return FILE_CODES.has(code) || code.startsWith("ERR_PARSE_ARGS");
}
