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
  for (let tries = 0; ; tries += 1) {
    try {
      const result = await log.append(commit, commandIds);
      if (result === "APPENDED") return "MINE";
      return (await storedIsMine(log, commit)) ? "MINE" : "THEIRS";
    } catch (error) {
      if (!(error instanceof LogStoreError) || error.code !== "UNCLEAR") throw error;
      if (tries >= UNCLEAR_RETRIES) throw error;
      await pause(RETRY_PAUSE_MS * (tries + 1));
    }
  }
}

async function storedIsMine(log: LogStore, commit: Commit): Promise<boolean> {
  const [stored] = await log.read(commit.seq - 1, 1);
  return stored?.seq === commit.seq && stored.hash === commit.hash;
}
