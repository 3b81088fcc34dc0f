import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../server/eventually.ts";

/** The import follows a store that is well within a second or two. */
const SETTLED_WITHIN_MS = 20_000;

/** Ids of the commands that an emergency journal holds, read from its files without the server. */
export async function heldInJournal(dir: string): Promise<ReadonlySet<string>> {
  const names = await readdir(dir).catch(() => []); // no journal there yet
  const ids = new Set<string>();
  for (const name of names.filter((each) => each.startsWith("segment-"))) {
    // A segment may be set aside between the look and the reading: its commands are in the log.
    const text = await readFile(join(dir, name), "utf8").catch(() => "");
    for (const [, id = ""] of text.matchAll(/"command":\{"id":"([^"]+)"/g)) ids.add(id);
  }
  return ids;
}

/** Resolves when a running server has taken everything that its journal holds into the log. */
export const journalSettled = (dir: string): Promise<void> =>
  eventually(async () => {
    const { size } = await heldInJournal(dir);
    if (size > 0) throw new Error(`the emergency journal still holds ${size} commands`);
  }, SETTLED_WITHIN_MS);
