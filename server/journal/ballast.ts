import { type FileHandle, open, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";

const STEP_BYTES = 1_048_576;

/**
 * A file that only takes up room: on a full disk it is cut shorter, so that a call for help can be
 * written. Filled again when there is room for twice its size.
 */
export class Ballast {
  private readonly file: string;
  private readonly bytes: number;

  constructor(file: string, bytes: number) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Bytes it holds now. */
  async size(): Promise<number> {
    return (await stat(this.file).catch(() => undefined))?.size ?? 0;
  }

  /** Gives one step of room back to the disk. False: nothing is left to give. */
  async release(): Promise<boolean> {
    const size = await this.size();
    if (size === 0) return false;
    const handle = await open(this.file, "r+");
    try {
      await handle.truncate(Math.max(0, size - STEP_BYTES));
      await handle.sync();
      return true;
    } finally {
      await handle.close();
    }
  }

  /** Grows to its full size if the disk has room; never throws: a full disk is what it is for. */
  async fill(): Promise<void> {
    const size = await this.size();
    if (size >= this.bytes || !(await this.roomFor(this.bytes - size))) return;
    const handle = await open(this.file, "a", 0o600).catch(() => undefined);
    if (!handle) return;
    try {
      await grow(handle, this.bytes - size);
    } catch {
      // The disk filled up meanwhile: what there is has to do.
    } finally {
      await handle.close();
    }
  }

  private async roomFor(bytes: number): Promise<boolean> {
    const disk = await statfs(this.file).catch(() => undefined);
    const folder = disk ?? (await statfs(dirname(this.file)).catch(() => undefined));
    return folder !== undefined && folder.bavail * folder.bsize > 2 * bytes;
  }
}

/** Written, not set: a file with holes takes up no room. */
async function grow(handle: FileHandle, bytes: number): Promise<void> {
  const step = Buffer.alloc(STEP_BYTES, 1);
  for (let left = bytes; left > 0; left -= STEP_BYTES)
    await handle.write(step, 0, Math.min(left, STEP_BYTES));
  await handle.sync();
}
