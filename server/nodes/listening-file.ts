import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ListeningSaid } from "../app/positions/listening.ts";

const said = z.strictObject({
  since: z.number(),
  until: z.number(),
  gaps: z.array(z.tuple([z.number(), z.number()])),
});

const FILE = "heard.json";

/** Where it cannot be read nothing is known of any time before. */
const UNKNOWN: ListeningSaid = { since: 0, until: 0, gaps: [] };

/** Nothing at the first start among several nodes: until then there was one. */
export async function readListening(dir: string): Promise<ListeningSaid | undefined> {
  const text = await readFile(join(dir, FILE), "utf8").catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOENT" ? undefined : "",
  );
  if (text === undefined) return undefined;
  try {
    return said.parse(JSON.parse(text));
  } catch {
    return UNKNOWN;
  }
}

/** Replaced by renaming, so that a crash leaves the one before: a little more is then missing. */
export async function writeListening(dir: string, content: ListeningSaid): Promise<void> {
  const fresh = join(dir, `${FILE}.new`);
  await writeFile(fresh, JSON.stringify(content), { mode: 0o600 });
  await rename(fresh, join(dir, FILE));
}
