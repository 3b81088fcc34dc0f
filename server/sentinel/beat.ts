import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { storeMode } from "../../shared/wire/live.ts";

/** What the server says of itself each second; holds nothing about anybody. */
const beat = z.strictObject({
  /** Another one for each start of the server. */
  boot: z.string(),
  /** How often the deadlines were scanned to the end since then. */
  scans: z.int(),
  /** Server time of this beat, and of the end of the last scan; ms. */
  at: z.int(),
  scannedAt: z.int(),
  wallMs: z.int(),
  mono: z.number(),
  nextDueAt: z.int().optional(),
  /** A deadline has been over for longer than a scan may take. */
  overdue: z.boolean(),
  storeMode,
  /** Calls for help wait in the emergency journal. */
  journalOpen: z.boolean(),
});
export type Beat = z.infer<typeof beat>;

const BEAT_FILE = "beat.json";

export const sentinelDir = (dataDir: string): string => join(dataDir, "sentinel");

/** The same for all who work on the same folder; says nothing about where it is. */
export const idOfDataDir = (dataDir: string): string =>
  createHash("sha256").update(realpathSync(dataDir)).digest("hex").slice(0, 16);

/** Replaced by renaming: whoever reads sees a whole beat. Not synced: it is worth nothing later. */
export async function writeBeat(dataDir: string, content: Beat): Promise<void> {
  const dir = sentinelDir(dataDir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const fresh = join(dir, `${BEAT_FILE}.new`);
  await writeFile(fresh, JSON.stringify(content), { mode: 0o600 });
  await rename(fresh, join(dir, BEAT_FILE));
}

/** The beat that lies there, or nothing that can be read. */
export async function readBeat(dataDir: string): Promise<Beat | undefined> {
  try {
    const text = await readFile(join(sentinelDir(dataDir), BEAT_FILE), "utf8");
    return beat.parse(JSON.parse(text));
  } catch {
    return undefined; // no beat is what the sentinel is here to notice
  }
}
