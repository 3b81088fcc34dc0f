/** What `--append` leaves when the disk fails it at its last steps. */
import { hash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkBackup } from "../../server/backup/check-backup.ts";
import { readManifest } from "../../server/backup/manifest.ts";
import type { BackupSource } from "../../server/backup/source.ts";
import { type BackupRequest, takeBackup } from "../../server/backup/take-backup.ts";
import { EVENT_TYPES } from "../../shared/domain/modules.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";

const { disk } = vi.hoisted(() => ({ disk: { failsAfterManifest: false } }));
vi.mock("../../server/backup/durable-files.ts", async (original) => {
  const real = await original<typeof import("../../server/backup/durable-files.ts")>();
  return {
    ...real,
    replaceDurably: async (file: string, text: string) => {
      await real.replaceDurably(file, text);
      if (disk.failsAfterManifest) throw Object.assign(new Error("EIO: fsync"), { code: "EIO" });
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "backup-append-"));
  disk.failsAfterManifest = false;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A log that grew since the first backup, and stores of a few bytes. */
async function grown(): Promise<{ source: BackupSource; request: BackupRequest; said: string[] }> {
  const kernel = await testKernel();
  const source: BackupSource = {
    store: "sqlite",
    logs: new Map([["commits", kernel.log]]),
    copyStores: async (to, generation) => {
      const [name, text] = [`vault-${generation}.db`, `vault ${generation}`];
      await writeFile(join(to, name), text);
      const about = { rows: 1, bytes: text.length, sha256: hash("sha256", text) };
      return [{ name, holds: "vault", as: "vault.db", ...about }];
    },
    close: async () => undefined,
  };
  const said: string[] = [];
  const request = {
    folder,
    append: false,
    withKey: false,
    keyFile: join(folder, "..", "no.key"),
    seedFile: join(folder, "..", "no.seed"),
    journalDir: join(folder, "..", "no-journal"),
    onProgress: () => undefined,
    onWarning: (sentence: string) => said.push(sentence),
  };
  await takeBackup(source, request);
  await kernel.accepted("jiangan.police", "incident.sos", "incident", "sos-1");
  return { source, request: { ...request, append: true }, said };
}

const check = async () => {
  const manifest = await readManifest(folder);
  const opened = { mode: "DEMO", knownEventTypes: EVENT_TYPES } as const;
  await checkBackup(folder, manifest, opened, () => undefined);
  return manifest;
};

describe("a backup that is added to", () => {
  it("BAK-18 given a leftover that cannot be removed, when added to, then the backup is whole, and the leftover is said", async () => {
    const { source, request, said } = await grown();
    // `rm` refuses a folder, as it refuses a file on a disk with errors.
    await mkdir(join(folder, "vault-0.db"));
    const manifest = await takeBackup(source, request);
    expect(manifest.generation).toBe(2);
    expect((await check()).generation).toBe(2);
    expect(said.join()).toContain("vault-0.db");
    expect(await readdir(folder)).not.toContain("vault-1.db");
  });

  it("BAK-18 given a disk that fails once the new manifest lies there, when added to, then what it names is kept", async () => {
    const { source, request } = await grown();
    disk.failsAfterManifest = true;
    await expect(takeBackup(source, request)).rejects.toThrow("EIO");
    expect((await check()).generation).toBe(2);
  });

  it("BAK-4 given stores that cannot be copied, when added to, then the backup is the one before, with nothing beside it", async () => {
    const { source, request } = await grown();
    const before = await readdir(folder);
    const copyStores = () => Promise.reject(new Error("ENOSPC"));
    await expect(takeBackup({ ...source, copyStores }, request)).rejects.toThrow("ENOSPC");
    expect((await readdir(folder)).toSorted()).toEqual(before.toSorted());
    expect((await check()).generation).toBe(1);
  });
});
