import { open } from "node:fs/promises";

/** Resolves when what lies in the file is on the disk; for one that another library wrote. */
export async function syncFile(file: string): Promise<void> {
  await sync(file);
}

/** A new or moved name is lost with the power until its folder is synced. */
export async function syncFolder(folder: string): Promise<void> {
  await sync(folder);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
