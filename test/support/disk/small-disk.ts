import { execFile } from "node:child_process";
import { mkdtemp, open, rm, statfs, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A disk of its own that can be full. */
export interface SmallDisk {
  readonly dir: string;
  /** Takes the last byte. */
  fill(): Promise<void>;
  /** Gives back what `fill` took. */
  clear(): Promise<void>;
  freeBytes(): Promise<number>;
  remove(): Promise<void>;
}

const STEPS = [1_048_576, 4_096];

/** A tmpfs of so many MiB; needs root. @returns why there can be none here. */
export async function mountSmallDisk(mib: number): Promise<SmallDisk | { notRun: string }> {
  const dir = await mkdtemp(join(tmpdir(), "small-disk-"));
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${mib}m,mode=0700`, "tmpfs", dir]);
  } catch (error) {
    await rm(dir, { recursive: true });
    const why = error instanceof Error ? error.message.split("\n").at(-2) : String(error);
    return { notRun: `a disk that can be full: no tmpfs could be mounted (${why})` };
  }
  const filler = join(dir, "filler");
  return {
    dir,
    async fill() {
      const file = await open(filler, "a");
      // In ever smaller bites, so that nothing is left.
      for (const bytes of STEPS) {
        const bite = Buffer.alloc(bytes, 7);
        for (let full = false; !full; ) {
          full = await file.write(bite).then(
            ({ bytesWritten }) => bytesWritten < bytes,
            () => true,
          );
        }
      }
      await file.close();
    },
    clear: () => unlink(filler),
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(dir);
      return bavail * bsize;
    },
    async remove() {
      await run("umount", ["-l", dir]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
