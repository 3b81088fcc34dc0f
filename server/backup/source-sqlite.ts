/** A backup of the SQLite files of a data folder. */
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { syncFile } from "../disk/sync.ts";
import { openForReading } from "../log/open-for-reading.ts";
import { sumOf } from "./durable-files.ts";
import type { BackupFile, Holds } from "./manifest.ts";
import { BackupError } from "./manifest.ts";
import type { BackupSource } from "./source.ts";

const PAGES_PER_STEP = 256;
const PARTS = [
  ["vault", "vault.db"],
  ["accounts", "accounts.db"],
] as const satisfies readonly (readonly [Holds, string])[];

export async function openSqliteSource(dataDir: string): Promise<BackupSource> {
  for (const file of ["log.db", ...PARTS.map(([, name]) => name)]) {
    if (!existsSync(join(dataDir, file)))
      throw new BackupError(`${dataDir} holds no ${file}: not the data folder of a server`);
  }
  const { logs, close } = await openForReading({ kind: "folder", folder: dataDir });
  return {
    store: "sqlite",
    logs,
    copyStores: async (folder, generation, onProgress) => {
      const files: BackupFile[] = [];
      for (const [holds, as] of PARTS) {
        const name = `${holds}-${generation}.db`;
        const rows = await copyDatabase(join(dataDir, as), join(folder, name), (done, total) =>
          onProgress({ what: `${holds}, pages`, done, total }),
        );
        files.push({ name, holds, as, rows, ...(await sumOf(join(folder, name))) });
      }
      return files;
    },
    close,
  };
}

/**
 * Page by page, as of one moment. The open read transaction is what makes it end: SQLite begins the
 * copy anew whenever another process has written, unless the source stands on its own snapshot.
 */
async function copyDatabase(
  from: string,
  to: string,
  onPages: (done: number, total: number) => void,
): Promise<number> {
  closeSync(openSync(to, "wx", 0o600));
  const db = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    db.exec("BEGIN");
    const rows = countRows(db);
    await backup(db, to, {
      rate: PAGES_PER_STEP,
      progress: ({ totalPages, remainingPages }) =>
        onPages(totalPages - remainingPages, totalPages),
    });
    onPages(1, 1);
    await syncFile(to);
    return rows;
  } finally {
    db.close();
    rmSync(`${to}-journal`, { force: true });
  }
}

function countRows(db: DatabaseSync): number {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return tables.reduce((sum, { name }) => {
    const row = db.prepare(`SELECT count(*) AS n FROM "${String(name)}"`).get();
    return sum + Number(row?.n);
  }, 0);
}
