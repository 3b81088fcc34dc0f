/**
 * Puts a backup back. Every sum and both chains are checked before anything is written, and what
 * was loaded is read back as a server would read it before it takes the old state's place.
 */
import { copyFile, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFile, syncFolder } from "../disk/sync.ts";
import type { LogName } from "../log/open-for-reading.ts";
import { verifyChain } from "../log/verify-chain.ts";
import { fingerprintOf, readMasterKey } from "../vault/master-key.ts";
import { opensProbe } from "../vault/sealed-vault.ts";
import { checkBackup } from "./check-backup.ts";
import { checked, storedLines, type Wanted } from "./commit-lines.ts";
import { putJournal } from "./journal-part.ts";
import { type BackedUpLog, BackupError, type BackupFile, type Manifest } from "./manifest.ts";
import type { OnProgress } from "./progress.ts";
import type { LoadedCommit, RestoreTarget } from "./source.ts";

export interface RestoreRequest {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly replace: boolean;
  readonly keyFile: string;
  /** Folder of the emergency journal. */
  readonly journalDir: string;
  readonly wanted: Wanted;
  readonly onProgress: OnProgress;
}

/** @returns where the replaced state lies, if there was one. */
export async function restoreBackup(
  target: RestoreTarget,
  request: RestoreRequest,
): Promise<string | undefined> {
  const { folder, manifest, wanted, onProgress } = request;
  await refuseInTheWay(target, request.replace);
  await requireKey(request);
  await checkBackup(folder, manifest, wanted, onProgress);
  await target.prepare();
  try {
    await load(target, request);
    await installKey(request);
    await requireMatchingKey(target, request.keyFile);
    await readBack(target, manifest, onProgress);
    await putJournal(request.journalDir, folder, manifest);
    const at = new Date().toISOString();
    return await target.takeEffect({ at, from: folder, head: manifest.log.head });
  } catch (error) {
    await target.discard();
    throw error;
  }
}

async function refuseInTheWay(target: RestoreTarget, replace: boolean): Promise<void> {
  if (await target.isEmpty()) return;
  if (!replace)
    throw new BackupError(
      "there is a state already, or an unfinished restore; --replace moves it aside and puts the backup in its place",
    );
  const [user] = await target.users();
  if (user !== undefined) throw new BackupError(`in use by ${user}; stop the server first`);
}

const keyIn = ({ files }: Manifest): BackupFile | undefined =>
  files.find(({ holds }) => holds === "key");

/** Without its key a vault is noise, and a server that made a new one would only hide that. */
async function requireKey({ manifest, keyFile }: RestoreRequest): Promise<void> {
  if (keyIn(manifest) !== undefined || (await fingerprintOf(keyFile)) !== undefined) return;
  const { keyFingerprint } = manifest;
  const which = keyFingerprint === undefined ? "" : ` (fingerprint ${keyFingerprint})`;
  throw new BackupError(
    `the vault's key${which} is not in this backup: put it at ${keyFile} (mode 600) first`,
  );
}

async function load(target: RestoreTarget, request: RestoreRequest): Promise<void> {
  const { folder, manifest, onProgress } = request;
  for (const [name, log] of logsOf(manifest)) {
    const total = log.head.seq + 1;
    await target.loadLog(name, withIds(storedLines(folder, manifest, name)), (done) =>
      onProgress({ what: `${name} loaded`, done, total }),
    );
  }
  for (const file of manifest.files.filter(isStore)) {
    await target.loadStore(file, join(folder, file.name), (done) =>
      onProgress({ what: `${file.as} loaded`, done, total: file.rows }),
    );
  }
}

const isStore = ({ holds }: BackupFile): boolean =>
  holds === "vault" || holds === "accounts" || holds === "seed";

function logsOf({ log, access }: Manifest): [LogName, BackedUpLog][] {
  return [["commits", log], ...(access ? [["access", access] as [LogName, BackedUpLog]] : [])];
}

async function* withIds(commits: Parameters<typeof checked>[0]): AsyncGenerator<LoadedCommit> {
  for await (const { commit, body } of checked(commits))
    yield { ...commit, commandIds: body.commands.map(({ id }) => id) };
}

/** Only where there is none: a key that lies there may be the only one of its kind. */
async function installKey({ folder, manifest, keyFile }: RestoreRequest): Promise<void> {
  const key = keyIn(manifest);
  const isThere = (await stat(keyFile).catch(() => undefined)) !== undefined;
  if (key === undefined || isThere) return;
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  await copyFile(join(folder, key.name), keyFile);
  await syncFile(keyFile);
  await syncFolder(dirname(keyFile));
}

async function requireMatchingKey(target: RestoreTarget, keyFile: string): Promise<void> {
  const probe = await target.loadedProbe();
  const key = await readMasterKey(keyFile);
  if (probe === undefined || (key !== undefined && opensProbe(probe, key))) return;
  throw new BackupError(
    `the key at ${keyFile} does not open this vault: put it aside and the right one in its place`,
  );
}

async function readBack(
  target: RestoreTarget,
  manifest: Manifest,
  onProgress: OnProgress,
): Promise<void> {
  const { logs, close } = await target.openLoaded();
  try {
    for (const [name, { head }] of logsOf(manifest)) {
      const log = logs.get(name);
      const report = log && (await verifyChain(log.read, [head]));
      if (!report?.ok)
        throw new BackupError(`what was loaded reads back wrong: ${report?.message ?? name}`);
      onProgress({ what: `${name} read back`, done: report.count, total: head.seq + 1 });
    }
  } finally {
    await close();
  }
}
