/**
 * The emergency journal's part of a backup: calls for help that were acknowledged while the store
 * did not take them. The server imports an entry once, whatever log it finds it beside.
 */
import { constants } from "node:fs";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { syncFile, syncFolder } from "../disk/sync.ts";
import { sumOf } from "./durable-files.ts";
import type { BackupFile, Manifest } from "./manifest.ts";

const SEGMENT = /^segment-(\d{6})\.jnl$/;

/**
 * Copied before the logs' heads are fixed: an entry that is imported meanwhile is then in the copied
 * log, and one that stands in both is still one call.
 */
export async function copyJournal(
  dir: string,
  folder: string,
  generation: number,
): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  for (const as of await segmentsIn(dir)) {
    const name = `journal-${generation}-${numberOf(as)}.jnl`;
    const to = join(folder, name);
    if (!(await copied(join(dir, as), to))) continue;
    await syncFile(to);
    files.push({ name, holds: "journal", as, rows: 1, ...(await sumOf(to)) });
  }
  return files;
}

/** Beside what lies there already: calls of the state that is replaced are calls all the same. */
export async function putJournal(dir: string, folder: string, { files }: Manifest): Promise<void> {
  const journal = files.filter(({ holds }) => holds === "journal");
  if (journal.length === 0) return;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  let number = Number(numberOf((await segmentsIn(dir)).at(-1) ?? ""));
  for (const { name } of journal) {
    number += 1;
    const to = join(dir, `segment-${String(number).padStart(6, "0")}.jnl`);
    await copyFile(join(folder, name), to, constants.COPYFILE_EXCL);
    await syncFile(to);
  }
  await syncFolder(dir);
}

async function segmentsIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  return names.filter((name) => SEGMENT.test(name)).toSorted();
}

const numberOf = (segment: string): string => SEGMENT.exec(segment)?.[1] ?? "0";

/** False when it was imported and set aside at this very moment. */
async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";
