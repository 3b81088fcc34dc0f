/** Sealed rows in `DATA_DIR/vault.db`. */
import { z } from "zod";
import type { SqlValue } from "../log/sqlite-protocol.ts";
import { openSqliteThread } from "../log/sqlite-thread.ts";
import type { KeyRow, SubjectRow, TextRow, VaultRows } from "./vault-rows.ts";

const SCHEMA_VERSION = 1;
const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS scope_keys (
     scope TEXT PRIMARY KEY, key_id TEXT NOT NULL, wrapped BLOB NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS subjects (
     id TEXT PRIMARY KEY, court_id TEXT NOT NULL, by TEXT NOT NULL,
     wrapped BLOB NOT NULL, sealed BLOB NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS texts (
     id TEXT PRIMARY KEY, scope TEXT NOT NULL, key_id TEXT NOT NULL, sealed BLOB NOT NULL
   ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX IF NOT EXISTS texts_by_scope ON texts (scope)",
];

const bytes = z.instanceof(Uint8Array);
const keyRow: z.ZodType<KeyRow> = z.object({
  scope: z.string(),
  keyId: z.string(),
  wrapped: bytes,
});
const subjectRow: z.ZodType<SubjectRow> = z.object({
  id: z.string(),
  courtId: z.string(),
  by: z.string(),
  wrapped: bytes,
  sealed: bytes,
});
const textRow: z.ZodType<TextRow> = z.object({
  id: z.string(),
  scope: z.string(),
  keyId: z.string(),
  sealed: bytes,
});

/** @throws SqliteError when the file cannot be opened. */
export async function openSqliteVaultRows(options: { readonly file: string }): Promise<VaultRows> {
  const thread = await openSqliteThread({
    ...options,
    schema: SCHEMA,
    schemaVersion: SCHEMA_VERSION,
    secureDelete: true,
  });
  const insert = async (sql: string, params: readonly SqlValue[]) => {
    const [outcome] = await thread.write([{ sql: `${sql} ON CONFLICT DO NOTHING`, params }]);
    return outcome?.changes === 1;
  };
  /** Deleted bytes are overwritten in the file, but the WAL keeps the old pages until emptied. */
  const erase = async (statements: readonly string[], id: string) => {
    await thread.write(statements.map((sql) => ({ sql, params: [id] })));
    await thread.checkpoint();
  };
  return {
    insertKey: ({ scope, keyId, wrapped }) =>
      insert("INSERT INTO scope_keys (scope, key_id, wrapped) VALUES (?, ?, ?)", [
        scope,
        keyId,
        wrapped,
      ]),
    findKeys: async (scopes) => {
      const sql =
        "SELECT scope, key_id AS keyId, wrapped FROM scope_keys WHERE scope IN (SELECT value FROM json_each(?))";
      return z.array(keyRow).parse(await thread.all(sql, [JSON.stringify(scopes)]));
    },
    insertSubject: ({ id, courtId, by, wrapped, sealed }) =>
      insert("INSERT INTO subjects (id, court_id, by, wrapped, sealed) VALUES (?, ?, ?, ?, ?)", [
        id,
        courtId,
        by,
        wrapped,
        sealed,
      ]),
    findSubject: async (id) => {
      const sql = "SELECT id, court_id AS courtId, by, wrapped, sealed FROM subjects WHERE id = ?";
      return z.array(subjectRow).parse(await thread.all(sql, [id]))[0];
    },
    deleteSubject: (id) => erase(["DELETE FROM subjects WHERE id = ?"], id),
    insertText: ({ id, scope, keyId, sealed }) =>
      insert("INSERT INTO texts (id, scope, key_id, sealed) VALUES (?, ?, ?, ?)", [
        id,
        scope,
        keyId,
        sealed,
      ]),
    findTexts: async (ids) => {
      const sql =
        "SELECT id, scope, key_id AS keyId, sealed FROM texts WHERE id IN (SELECT value FROM json_each(?))";
      return z.array(textRow).parse(await thread.all(sql, [JSON.stringify(ids)]));
    },
    deleteScope: (scope) =>
      erase(["DELETE FROM scope_keys WHERE scope = ?", "DELETE FROM texts WHERE scope = ?"], scope),
    close: () => thread.close(),
  };
}
