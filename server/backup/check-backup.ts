/** Is this folder, byte for byte and commit for commit, what was backed up? */
import { join } from "node:path";
import { checkLog, storedLines, type Wanted } from "./commit-lines.ts";
import { sumOf } from "./durable-files.ts";
import { BackupError, type Manifest } from "./manifest.ts";
import type { OnProgress } from "./progress.ts";

/** @throws BackupError that names the first thing that is wrong. */
export async function checkBackup(
  folder: string,
  manifest: Manifest,
  wanted: Wanted,
  onProgress: OnProgress,
): Promise<void> {
  let done = 0;
  for (const { name, bytes, sha256 } of manifest.files) {
    const found = await sumOf(join(folder, name)).catch((error: unknown) => {
      throw new BackupError(`${join(folder, name)} cannot be read: the backup is not whole`, {
        cause: error,
      });
    });
    if (found.bytes !== bytes || found.sha256 !== sha256)
      throw new BackupError(`${join(folder, name)} is not as it was written (SHA-256 differs)`);
    done += 1;
    onProgress({ what: "files checked", done, total: manifest.files.length });
  }
  const commits = storedLines(folder, manifest, "commits");
  await checkLog(commits, manifest.log, wanted, onProgress, "commits");
  if (manifest.access === undefined) return;
  const access = storedLines(folder, manifest, "access");
  await checkLog(access, manifest.access, wanted, onProgress, "access");
}
