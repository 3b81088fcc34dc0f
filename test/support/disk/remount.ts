import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Makes a mounted disk read-only, or writable again; it must not be in use for writing. */
export async function remount(dir: string, how: "ro" | "rw"): Promise<void> {
  await promisify(execFile)("mount", ["-o", `remount,${how}`, dir]);
}
