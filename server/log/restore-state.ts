/**
 * Is a restore under way here, or did one take place meanwhile? Asked before the stores are opened
 * and again after: a history that was exchanged in between must not be worked on.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "mongodb";
import { z } from "zod";
import { LogStoreError } from "./log-store.ts";

/** In a data folder: from before the old files are moved until the new ones are all in place. */
export const UNFINISHED_FILE = "restore.unfinished";
/** In a data folder: what the last restore did, for people, and to notice it by. */
export const RESTORED_FILE = "restore.json";
/** In MongoDB one document says both. */
export const RESTORE_COLLECTION = "restore";

export interface RestoreDocument {
  readonly _id: "last";
  readonly unfinished: boolean;
  readonly at: string;
}

const stored: z.ZodType<Pick<RestoreDocument, "unfinished" | "at">> = z.object({
  unfinished: z.boolean(),
  at: z.string(),
});

/** Opens stores only where no restore is under way, and none takes place meanwhile. */
export async function openedBetweenRestores<T extends { close(): Promise<void> }>(
  look: () => Promise<string>,
  open: () => Promise<T>,
): Promise<T> {
  const before = await look();
  const opened = await open();
  try {
    if ((await look()) === before) return opened;
    throw new LogStoreError("UNAVAILABLE", "a restore took place meanwhile; start again");
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** @throws LogStoreError while a restore is unfinished. */
export async function lookInFolder(dataDir: string): Promise<string> {
  if ((await textOf(join(dataDir, UNFINISHED_FILE))) !== undefined) throw unfinished(dataDir);
  return (await textOf(join(dataDir, RESTORED_FILE))) ?? "";
}

/** @throws LogStoreError while a restore is unfinished. */
export async function lookInMongo(db: Db): Promise<string> {
  const found = await db.collection<RestoreDocument>(RESTORE_COLLECTION).findOne({ _id: "last" });
  if (found === null) return "";
  const last = stored.parse(found);
  if (last.unfinished) throw unfinished(`the database ${db.databaseName}`);
  return last.at;
}

const unfinished = (where: string) =>
  new LogStoreError(
    "UNAVAILABLE",
    `a restore into ${where} was not finished; run it again with --replace (npm run restore)`,
  );

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
