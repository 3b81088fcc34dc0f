import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

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
