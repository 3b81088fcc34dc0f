/** Accounts, sessions and device secrets in `DATA_DIR/accounts.db`. */
import { z } from "zod";
import type { SqlValue } from "../log/sqlite-protocol.ts";
import type { SqliteThread } from "../log/sqlite-thread.ts";
import { openSqliteThread } from "../log/sqlite-thread.ts";
import type { AccountStore } from "./account-store.ts";
import {
  officerOf,
  storedAccount,
  storedDeviceSecret,
  storedEnrolmentCode,
  storedSession,
  storedSosKey,
} from "./stored-rows.ts";

const SCHEMA_VERSION = 1;
const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS accounts (
     login TEXT PRIMARY KEY, officer_id TEXT NOT NULL, password_hash TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sessions (
     id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, officer_id TEXT, subject TEXT NOT NULL,
     created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX IF NOT EXISTS sessions_by_officer ON sessions (officer_id)",
  "CREATE INDEX IF NOT EXISTS sessions_by_expiry ON sessions (expires_at)",
  `CREATE TABLE IF NOT EXISTS device_secrets (
     device_id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS enrolment_codes (
     code_hash TEXT PRIMARY KEY, device_id TEXT NOT NULL, expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sos_keys (
     key_id TEXT PRIMARY KEY, officer_id TEXT NOT NULL, public_key TEXT NOT NULL,
     enrolled_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  "CREATE INDEX IF NOT EXISTS sos_keys_by_officer ON sos_keys (officer_id, enrolled_at)",
];

const SELECT_ACCOUNT =
  "SELECT login, officer_id AS officerId, password_hash AS passwordHash, created_at AS createdAt FROM accounts";
const SELECT_SESSION =
  "SELECT id, token_hash AS tokenHash, subject, created_at AS createdAt, expires_at AS expiresAt FROM sessions";
const SELECT_SECRET = "SELECT device_id AS deviceId, secret_hash AS secretHash FROM device_secrets";

/** @throws SqliteError when the file cannot be opened. */
export async function openSqliteAccountStore(options: {
  readonly file: string;
}): Promise<AccountStore> {
  const thread = await openSqliteThread({
    ...options,
    schema: SCHEMA,
    schemaVersion: SCHEMA_VERSION,
    secureDelete: true,
  });
  const { change, one } = shorthands(thread);
  return {
    ...accountRows(change, one),
    ...sessionRows(thread, change, one),
    ...deviceRows(thread, change, one),
    ...sosKeyRows(thread, one),
    close: () => thread.close(),
  };
}

type Change = (sql: string, params: readonly SqlValue[]) => Promise<number>;
type One = <T>(
  schema: z.ZodType<T>,
  sql: string,
  params?: readonly SqlValue[],
) => Promise<T | undefined>;

function shorthands(thread: SqliteThread): { change: Change; one: One } {
  return {
    change: async (sql, params) => (await thread.write([{ sql, params }]))[0]?.changes ?? 0,
    one: async (schema, sql, params = []) => {
      const [row] = await thread.all(sql, params);
      return row === undefined ? undefined : schema.parse(row);
    },
  };
}

function accountRows(change: Change, one: One) {
  return {
    createAccount: async (account) => {
      const sql =
        "INSERT INTO accounts (login, officer_id, password_hash, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
      const { login, officerId, passwordHash, createdAt } = account;
      return (await change(sql, [login, officerId, passwordHash, createdAt])) === 1;
    },
    findAccount: (login) => one(storedAccount, `${SELECT_ACCOUNT} WHERE login = ?`, [login]),
    setPassword: async (login, passwordHash) => {
      await change("UPDATE accounts SET password_hash = ? WHERE login = ?", [passwordHash, login]);
    },
    countAccounts: async () => {
      const row = await one(z.object({ n: z.int() }), "SELECT count(*) AS n FROM accounts");
      return row?.n ?? 0;
    },
  } satisfies Partial<AccountStore>;
}

/** `subject` is JSON; `officer_id` beside it is there to delete by. */
const sessionRow = z
  .looseObject({ subject: z.string() })
  .transform((row) => storedSession.parse({ ...row, subject: JSON.parse(row.subject) }));

function sessionRows(thread: SqliteThread, change: Change, one: One) {
  return {
    putSession: async ({ id, tokenHash, subject, createdAt, expiresAt }) => {
      const sql =
        "INSERT OR REPLACE INTO sessions (id, token_hash, officer_id, subject, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)";
      const officerId = officerOf(subject) ?? null;
      await change(sql, [id, tokenHash, officerId, JSON.stringify(subject), createdAt, expiresAt]);
    },
    findSession: (tokenHash) =>
      one(sessionRow, `${SELECT_SESSION} WHERE token_hash = ?`, [tokenHash]),
    missingSessions: async (ids) => {
      const sql =
        "SELECT value AS id FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE id = value)";
      const rows = await thread.all(sql, [JSON.stringify(ids)]);
      return rows.map(({ id }) => String(id));
    },
    deleteSession: async (id) => {
      await change("DELETE FROM sessions WHERE id = ?", [id]);
    },
    deleteSessionsOf: async (officerId) => {
      await change("DELETE FROM sessions WHERE officer_id = ?", [officerId]);
    },
    expireSessions: async (now) => {
      const [sessions] = await thread.write([
        { sql: "DELETE FROM sessions WHERE expires_at <= ?", params: [now] },
        { sql: "DELETE FROM enrolment_codes WHERE expires_at <= ?", params: [now] },
      ]);
      return sessions?.changes ?? 0;
    },
  } satisfies Partial<AccountStore>;
}

function deviceRows(thread: SqliteThread, change: Change, one: One) {
  return {
    putDeviceSecret: async ({ deviceId, secretHash }) => {
      const sql = "INSERT OR REPLACE INTO device_secrets (device_id, secret_hash) VALUES (?, ?)";
      await change(sql, [deviceId, secretHash]);
    },
    findDeviceSecret: (deviceId) =>
      one(storedDeviceSecret, `${SELECT_SECRET} WHERE device_id = ?`, [deviceId]),
    findDeviceBySecret: (secretHash) =>
      one(storedDeviceSecret, `${SELECT_SECRET} WHERE secret_hash = ?`, [secretHash]),
    deleteDeviceSecret: async (deviceId) => {
      await change("DELETE FROM device_secrets WHERE device_id = ?", [deviceId]);
    },
    putEnrolmentCode: async ({ codeHash, deviceId, expiresAt }) => {
      const sql =
        "INSERT OR REPLACE INTO enrolment_codes (code_hash, device_id, expires_at) VALUES (?, ?, ?)";
      await change(sql, [codeHash, deviceId, expiresAt]);
    },
    takeEnrolmentCode: async (codeHash, now) => {
      const sql =
        "DELETE FROM enrolment_codes WHERE code_hash = ? RETURNING code_hash AS codeHash, device_id AS deviceId, expires_at AS expiresAt";
      const [outcome] = await thread.write([{ sql, params: [codeHash] }]);
      const row = outcome?.rows[0];
      const code = row === undefined ? undefined : storedEnrolmentCode.parse(row);
      return code !== undefined && code.expiresAt > now ? code : undefined;
    },
  } satisfies Partial<AccountStore>;
}

function sosKeyRows(thread: SqliteThread, one: One) {
  return {
    putSosKey: async ({ keyId, officerId, publicKey, enrolledAt }, keep) => {
      await thread.write([
        {
          sql: "INSERT OR REPLACE INTO sos_keys (key_id, officer_id, public_key, enrolled_at) VALUES (?, ?, ?, ?)",
          params: [keyId, officerId, publicKey, enrolledAt],
        },
        {
          sql: `DELETE FROM sos_keys WHERE officer_id = ? AND key_id NOT IN (
                  SELECT key_id FROM sos_keys WHERE officer_id = ?
                  ORDER BY enrolled_at DESC, key_id DESC LIMIT ?)`,
          params: [officerId, officerId, keep],
        },
      ]);
    },
    findSosKey: (keyId) =>
      one(
        storedSosKey,
        "SELECT key_id AS keyId, officer_id AS officerId, public_key AS publicKey, enrolled_at AS enrolledAt FROM sos_keys WHERE key_id = ?",
        [keyId],
      ),
  } satisfies Partial<AccountStore>;
}
