/**
 * Takes a backup while the server goes on. First the emergency journal is copied, then the heads of
 * the logs are fixed, then their commits are copied (they never change), then the stores, and the
 * manifest last.
 */
import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { syncFile, syncFolder } from "../disk/sync.ts";
import { parseCommitBody } from "../log/commit-body.ts";
import type { Commit, LogStore } from "../log/log-store.ts";
import type { LogName } from "../log/open-for-reading.ts";
import { fingerprintOf } from "../vault/master-key.ts";
import { checked, commitsUpTo, lineOf } from "./commit-lines.ts";
import { sumOf, writeLines } from "./durable-files.ts";
import { holdAlone } from "./exclusive.ts";
import { copyJournal } from "./journal-part.ts";
import {
  type BackedUpLog,
  BackupError,
  type BackupFile,
  type Manifest,
  readManifest,
  writeManifest,
} from "./manifest.ts";
import type { OnProgress } from "./progress.ts";
import type { BackupSource } from "./source.ts";

const LOCK_FILE = "lock.db";
const WRITTEN_BY_US = /^[a-z_]+-\d+(-\d+)?\.(ndjson|db|db-journal|jnl|seed|key)$/;

export interface BackupRequest {
  readonly folder: string;
  /** Adds to the backup that lies in the folder instead of beginning one. */
  readonly append: boolean;
  readonly withKey: boolean;
  readonly keyFile: string;
  /** Where a demonstration keeps the seed of its device tokens. */
  readonly seedFile: string;
  /** Folder of the emergency journal. */
  readonly journalDir: string;
  readonly onProgress: OnProgress;
  /** What a person should know of a backup that succeeded, in a sentence. */
  readonly onWarning?: (sentence: string) => void;
}

/** @throws BackupError, LogStoreError, or the file system's error; then the folder holds a whole backup or what it held. */
export async function takeBackup(source: BackupSource, request: BackupRequest): Promise<Manifest> {
  const { folder } = request;
  const base = request.append ? await readManifest(folder) : undefined;
  const isNew = await makeFolder(folder);
  if (base === undefined) await requireEmpty(folder);
  const release = holdAlone(join(folder, LOCK_FILE));
  if (release === undefined) throw new BackupError(`another backup writes into ${folder}`);
  try {
    const before = new Set(await readdir(folder));
    const manifest = await fill(source, request, base).catch(async (error: unknown) => {
      await takeBack(folder, before, base);
      throw error;
    });
    // From here on the backup is whole: what cannot be removed now only takes up room.
    await removeUnnamed(folder, manifest, request.onWarning);
    return manifest;
  } finally {
    release();
    await rm(join(folder, LOCK_FILE), { force: true });
    if (isNew) await removeIfEmpty(folder);
  }
}

async function fill(
  source: BackupSource,
  request: BackupRequest,
  base: Manifest | undefined,
): Promise<Manifest> {
  const { folder, keyFile } = request;
  if (base !== undefined && base.store !== source.store)
    throw new BackupError(`${folder} is a backup of ${base.store}, not of ${source.store}`);
  const generation = (base?.generation ?? 0) + 1;
  if (base !== undefined) await removeUnnamed(folder, base, request.onWarning);
  const startedAt = new Date().toISOString();
  const journal = await copyJournal(request.journalDir, folder, generation);
  const heads = await fixHeads(source);
  const part = { source, request, base, generation };
  const log = await copyLog({ ...part, name: "commits", head: heads.get("commits") });
  if (log === undefined) throw new BackupError("the log is empty: there is nothing to back up");
  const access = await copyLog({ ...part, name: "access", head: heads.get("access") });
  const stores = await source.copyStores(folder, generation, request.onProgress);
  const single = await copySingles(request, generation, log.about.mode !== "LIVE");
  const keyFingerprint = await fingerprintOf(keyFile);
  const manifest = {
    store: source.store,
    generation,
    log: log.about,
    ...(access === undefined ? {} : { access: access.about }),
    ...(keyFingerprint === undefined ? {} : { keyFingerprint }),
    startedAt,
    finishedAt: new Date().toISOString(),
    files: [...log.files, ...(access?.files ?? []), ...stores, ...journal, ...single],
  };
  await syncFolder(folder);
  await writeManifest(folder, manifest);
  return { format: 1, ...manifest };
}

async function fixHeads({ logs }: BackupSource): Promise<ReadonlyMap<LogName, Commit>> {
  const heads = new Map<LogName, Commit>();
  for (const [name, log] of logs) {
    const tail = await log.tail();
    if (tail !== undefined) heads.set(name, tail);
  }
  return heads;
}

interface LogPart {
  readonly source: BackupSource;
  readonly request: BackupRequest;
  readonly base: Manifest | undefined;
  readonly generation: number;
  readonly name: LogName;
  readonly head: Commit | undefined;
}

/** The segments that were there, and one more when the log has grown. */
async function copyLog(
  part: LogPart,
): Promise<{ readonly about: BackedUpLog; readonly files: BackupFile[] } | undefined> {
  const { source, request, base, generation, name, head } = part;
  const log = source.logs.get(name);
  if (log === undefined || head === undefined) return undefined;
  const known = name === "commits" ? base?.log : base?.access;
  const files = (base?.files ?? []).filter(({ holds }) => holds === name);
  await requireSizes(request.folder, files);
  const previous = known === undefined ? undefined : await sameHistory(log, known);
  const about = { ...(known ?? (await genesisOf(log))), head: headOf(head) };
  const after = previous?.seq ?? -1;
  if (head.seq === after) return { about, files };
  const lines = async function* () {
    const known = previous === undefined ? {} : { previous, alg: about.alg };
    for await (const { commit } of checked(commitsUpTo(log, after, head.seq), known)) {
      request.onProgress({ what: name, done: commit.seq - after, total: head.seq - after });
      yield lineOf(commit);
    }
  };
  const file = `${name}-${generation}.ndjson`;
  const written = await writeLines(join(request.folder, file), lines());
  return { about, files: [...files, { name: file, holds: name, as: name, ...written }] };
}

const headOf = ({ seq, hash, at }: Commit): BackedUpLog["head"] => ({ seq, hash, at });

async function genesisOf(log: Pick<LogStore, "read">): Promise<Omit<BackedUpLog, "head">> {
  const [first] = await log.read(-1, 1);
  const parsed = first === undefined ? undefined : parseCommitBody(first.body);
  if (parsed?.ok !== true || parsed.body.genesis === undefined)
    throw new BackupError("the log does not begin with a genesis");
  return parsed.body.genesis;
}

/** The commit that the folder ends with, if the log still holds it. */
async function sameHistory(log: Pick<LogStore, "read">, { head }: BackedUpLog): Promise<Commit> {
  const [commit] = await log.read(head.seq - 1, 1);
  if (commit?.seq === head.seq && commit.hash === head.hash) return commit;
  throw new BackupError(
    `the backup ends with commit ${head.seq} ${head.hash}, which this log does not hold: it is another history; begin a new folder`,
  );
}

/** Sums are checked by a restore; a minute's backup only looks whether all is there. */
async function requireSizes(folder: string, files: readonly BackupFile[]): Promise<void> {
  for (const { name, bytes } of files) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.size !== bytes)
      throw new BackupError(`${join(folder, name)} is not as it was written; begin a new folder`);
  }
}

async function copySingles(
  { folder, withKey, keyFile, seedFile }: BackupRequest,
  generation: number,
  isDemo: boolean,
): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  const copy = async (from: string, holds: "seed" | "key", name: string, as: string) => {
    const to = join(folder, name);
    await copyFile(from, to);
    await syncFile(to);
    files.push({ name, holds, as, rows: 1, ...(await sumOf(to)) });
  };
  if (isDemo && (await isThere(seedFile)))
    await copy(seedFile, "seed", `demo-${generation}.seed`, "demo.seed");
  if (!withKey) return files;
  if (!(await isThere(keyFile)))
    throw new BackupError(`--with-key: there is no key at ${keyFile} (VAULT_KEY_FILE)`);
  await copy(keyFile, "key", `vault-${generation}.key`, "vault.key");
  return files;
}

const isThere = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => undefined)) !== undefined;

/** @returns true when the folder was made here. */
async function makeFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  if (found !== undefined && !found.isDirectory())
    throw new BackupError(`${folder} is a file; name a folder`);
  return (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
}

async function requireEmpty(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== LOCK_FILE);
  if (names.length === 0) return;
  throw new BackupError(
    `${folder} is not empty; name a new folder, or add to the backup in it with --append`,
  );
}

/** What a backup that was killed left, and stores of the generation before. */
async function removeUnnamed(
  folder: string,
  { files }: Manifest,
  onWarning: BackupRequest["onWarning"],
): Promise<void> {
  const named = new Set(files.map(({ name }) => name));
  const left: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (!WRITTEN_BY_US.test(name) || named.has(name)) continue;
    await rm(join(folder, name), { force: true }).catch(() => left.push(name));
  }
  if (left.length > 0)
    onWarning?.(
      `not part of the backup, and could not be removed: ${left.join(", ")} in ${folder}`,
    );
}

/**
 * After an error. The manifest may have been moved into place before it: what it names then stays.
 * Without one that can be read nothing of an older backup is known, and nothing is removed.
 */
async function takeBack(
  folder: string,
  before: ReadonlySet<string>,
  base: Manifest | undefined,
): Promise<void> {
  if (base === undefined) return removeAllBut(folder, before);
  const present = await readManifest(folder).catch(() => undefined);
  if (present === undefined) return;
  await removeAllBut(folder, new Set([...before, ...present.files.map(({ name }) => name)]));
}

async function removeAllBut(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!kept.has(name)) await rm(join(folder, name), { force: true });
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  if ((await readdir(folder)).length === 0) await rm(folder, { recursive: true });
}
