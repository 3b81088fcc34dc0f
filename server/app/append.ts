import { type Commit, type LogStore, LogStoreError } from "../log/log-store.ts";

/** How often an unclear answer is asked again before the store counts as unavailable. */
const UNCLEAR_RETRIES = 5;
const RETRY_PAUSE_MS = 100;

/**
 * Appends exactly these bytes or learns for certain that another writer was first. On an unclear
 * answer the same bytes go again; on a duplicate the stored hash says whether it was ours. Never
 * skip, never guess.
 * @throws LogStoreError `UNAVAILABLE` when the store stays silent.
 */
export async function appendSurely(
  log: LogStore,
  commit: Commit,
  commandIds: readonly string[],
  pause: (ms: number) => Promise<void>,
): Promise<"MINE" | "THEIRS"> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await appendOnce(log, commit, commandIds);
    } catch (error) {
      if (!isUnclear(error) || tries > UNCLEAR_RETRIES) throw error;
      await pause(RETRY_PAUSE_MS * tries);
    }
  }
}

const isUnclear = (error: unknown): boolean =>
  error instanceof LogStoreError && error.code === "UNCLEAR";

async function appendOnce(
  log: LogStore,
  commit: Commit,
  commandIds: readonly string[],
): Promise<"MINE" | "THEIRS"> {
  const result = await log.append(commit, commandIds);
  return result === "APPENDED" || (await storedIsMine(log, commit)) ? "MINE" : "THEIRS";
}

async function storedIsMine(log: LogStore, commit: Commit): Promise<boolean> {
  const [stored] = await log.read(commit.seq - 1, 1);
  return stored?.seq === commit.seq && stored.hash === commit.hash;
}
