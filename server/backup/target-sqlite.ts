/**
 * A backup put back into the files of a data folder. Everything is loaded into a folder inside it
 * and then moved, file by file, under a mark that keeps servers from starting: the data folder
 * itself may be the root of a volume, which cannot be exchanged.
 */
import { copyFile, link, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { syncFile, syncFolder } from "../disk/sync.ts";
import { openSqliteLog } from "../log/log-sqlite.ts";
import { type LogName, openForReading } from "../log/open-for-reading.ts";
import { RESTORED_FILE, UNFINISHED_FILE } from "../log/restore-state.ts";
import { PROBE_SCOPE } from "../vault/sealed-vault.ts";
import type { KeyRow } from "../vault/vault-rows.ts";
import { replaceDurably } from "./durable-files.ts";
import { holdAlone, isInUse } from "./exclusive.ts";
import { BackupError, type BackupFile } from "./manifest.ts";
import type { LoadedCommit, RestoreRecord, RestoreTarget } from "./source.ts";

const DATABASES = ["log.db", "access.db", "vault.db", "accounts.db"] as const;
/** What a restore replaces; whatever else lies in the folder stays. */
const STATE = [
  ...DATABASES.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
  "demo.seed",
] as const;
const LOCK_FILE = "restore.lock";
const LOADING = /^restoring-/;
const ROWS_PER_TRANSACTION = 5_000;

export async function openSqliteTarget(dataDir: string): Promise<RestoreTarget> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = join(dataDir, LOCK_FILE);
  const release = holdAlone(lock);
  if (release === undefined) throw new BackupError(`another restore works on ${dataDir}`);
  const loading = join(dataDir, `restoring-${stamp(new Date())}-${process.pid}`);
  return {
    prepare: async () => {
      for (const name of await readdir(dataDir)) {
        if (LOADING.test(name)) await rm(join(dataDir, name), { recursive: true });
      }
      await mkdir(loading, { mode: 0o700 });
    },
    isEmpty: async () => (await present(dataDir, [...STATE, UNFINISHED_FILE])).length === 0,
    users: async () => usersOf(dataDir),
    loadLog: async (name, commits, onProgress) =>
      loadLog(join(loading, fileOf(name)), commits, onProgress),
    loadStore: async (file, path, onProgress) => {
      await loadFile(join(loading, knownName(file)), path);
      onProgress(file.rows);
    },
    loadedProbe: async () => probeIn(join(loading, "vault.db")),
    openLoaded: () => openForReading({ kind: "folder", folder: loading }),
    takeEffect: (about) => exchange(dataDir, loading, about),
    discard: () => rm(loading, { recursive: true, force: true }),
    close: async () => {
      release();
      await rm(lock, { force: true });
    },
  };
}

const fileOf = (name: LogName): string => (name === "commits" ? "log.db" : "access.db");

const usersOf = (dataDir: string): string[] =>
  DATABASES.filter((name) => isInUse(join(dataDir, name))).map(
    (name) => `a process that has ${join(dataDir, name)} open`,
  );

/** A manifest may come from anywhere; only what a server writes is put into its folder. */
function knownName({ as, name }: BackupFile): string {
  const known = STATE.find((one) => one === as);
  if (known === undefined || /-(wal|shm)$/.test(known))
    throw new BackupError(`${name} is said to be ${as}, which no server keeps`);
  return known;
}

async function loadLog(
  file: string,
  commits: AsyncIterable<LoadedCommit>,
  onProgress: (done: number) => void,
): Promise<void> {
  await (await openSqliteLog({ file })).close(); // with its tables and triggers
  const db = new DatabaseSync(file);
  try {
    // Nothing counts before it is all there and synced; the triggers still refuse any disorder.
    db.exec("PRAGMA synchronous = OFF; BEGIN");
    const insert = insertInto(db);
    for await (const commit of commits) {
      insert(commit);
      if ((commit.seq + 1) % ROWS_PER_TRANSACTION === 0) db.exec("COMMIT; BEGIN");
      onProgress(commit.seq + 1);
    }
    db.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    db.close();
  }
  await syncFile(file);
}

function insertInto(db: DatabaseSync): (commit: LoadedCommit) => void {
  const commit: StatementSync = db.prepare(
    "INSERT INTO commits (seq, at, prev_hash, hash, body) VALUES (?, ?, ?, ?, ?)",
  );
  const command: StatementSync = db.prepare("INSERT INTO command_ids (id, seq) VALUES (?, ?)");
  return ({ seq, at, prevHash, hash, body, commandIds }) => {
    commit.run(seq, at, prevHash, hash, body);
    for (const id of new Set(commandIds)) command.run(id, seq);
  };
}

async function loadFile(to: string, from: string): Promise<void> {
  await copyFile(from, to);
  await syncFile(to);
  if (!to.endsWith(".db")) return;
  const db = new DatabaseSync(to);
  try {
    const verdict = db.prepare("PRAGMA quick_check").get();
    if (verdict?.quick_check !== "ok")
      throw new BackupError(`${from} is damaged: ${String(verdict?.quick_check)}`);
  } finally {
    db.close();
  }
}

function probeIn(file: string): KeyRow | undefined {
  const db = new DatabaseSync(file);
  try {
    const sql = "SELECT scope, key_id AS keyId, wrapped FROM scope_keys WHERE scope = ?";
    const row = db.prepare(sql).get(PROBE_SCOPE);
    if (row === undefined || !(row.wrapped instanceof Uint8Array)) return undefined;
    return { scope: PROBE_SCOPE, keyId: String(row.keyId), wrapped: row.wrapped };
  } finally {
    db.close();
  }
}

/**
 * From the mark on no server starts here; whoever was already about to is seen by the second look
 * or sees, after it opened its files, that a restore took place. A new file is linked, not moved,
 * because a link never replaces what somebody made meanwhile.
 */
async function exchange(
  dataDir: string,
  loading: string,
  about: RestoreRecord,
): Promise<string | undefined> {
  const mark = join(dataDir, UNFINISHED_FILE);
  const wasUnfinished = (await present(dataDir, [UNFINISHED_FILE])).length > 0;
  await replaceDurably(mark, `${JSON.stringify(about)}\n`);
  const [user] = usersOf(dataDir);
  if (user !== undefined) {
    if (!wasUnfinished) await rm(mark);
    throw new BackupError(`${user} has just started; stop it first`);
  }
  const aside = await moveAside(dataDir, about);
  for (const name of await present(loading, STATE)) {
    await link(join(loading, name), join(dataDir, name));
  }
  await replaceDurably(join(dataDir, RESTORED_FILE), `${JSON.stringify(about)}\n`);
  await rm(mark);
  await syncFolder(dataDir);
  await rm(loading, { recursive: true });
  return aside;
}

async function moveAside(dataDir: string, { at }: RestoreRecord): Promise<string | undefined> {
  const old = await present(dataDir, STATE);
  if (old.length === 0) return undefined;
  const aside = join(dataDir, `replaced-${stamp(new Date(at))}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of old) await rename(join(dataDir, name), join(aside, name));
  await syncFolder(aside);
  await syncFolder(dataDir);
  return aside;
}

async function present(folder: string, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    names.map((name) => stat(join(folder, name)).catch(() => undefined)),
  );
  return names.filter((_, i) => found[i] !== undefined);
}

/** `20261122T210403123Z`: sorts, and is a file name everywhere. */
const stamp = (at: Date): string => at.toISOString().replace(/[-:.]/g, "");
