import { LogRefused } from "../app/replica.ts";
import { ConfigError } from "../config.ts";
import { LogStoreError } from "../log/log-store.ts";

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
  if (error instanceof ConfigError || error instanceof LogRefused || error instanceof LogStoreError)
    return true;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "ENOENT" || code === "EACCES" || code.startsWith("ERR_PARSE_ARGS");
}
