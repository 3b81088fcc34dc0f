import type {
  Account,
  AccountStore,
  DeviceSecret,
  EnrolmentCode,
  Session,
  SosKey,
} from "./account-store.ts";
import { officerOf } from "./stored-rows.ts";

export function createMemoryAccountStore(): AccountStore {
  const accounts = new Map<string, Account>();
  const sessions = new Map<string, Session>();
  const secrets = new Map<string, DeviceSecret>();
  const codes = new Map<string, EnrolmentCode>();
  const sosKeys = new Map<string, SosKey>();
  return {
    createAccount: async (account) => {
      if (accounts.has(account.login)) return false;
      accounts.set(account.login, account);
      return true;
    },
    findAccount: async (login) => accounts.get(login),
    setPassword: async (login, passwordHash) => {
      const account = accounts.get(login);
      if (account !== undefined) accounts.set(login, { ...account, passwordHash });
    },
    countAccounts: async () => accounts.size,

    putSession: async (session) => {
      sessions.set(session.id, session);
    },
    findSession: async (tokenHash) =>
      [...sessions.values()].find((session) => session.tokenHash === tokenHash),
    missingSessions: async (ids) => ids.filter((id) => !sessions.has(id)),
    deleteSession: async (id) => {
      sessions.delete(id);
    },
    deleteSessionsOf: async (officerId) => {
      remove(sessions, ({ subject }) => officerOf(subject) === officerId);
    },
    expireSessions: async (now) => {
      remove(codes, (code) => code.expiresAt <= now);
      return remove(sessions, (session) => session.expiresAt <= now);
    },

    putDeviceSecret: async (secret) => {
      secrets.set(secret.deviceId, secret);
    },
    findDeviceSecret: async (deviceId) => secrets.get(deviceId),
    findDeviceBySecret: async (hash) =>
      [...secrets.values()].find((secret) => secret.secretHash === hash),
    deleteDeviceSecret: async (deviceId) => {
      secrets.delete(deviceId);
    },

    putEnrolmentCode: async (code) => {
      codes.set(code.codeHash, code);
    },
    takeEnrolmentCode: async (codeHash, now) => {
      const code = codes.get(codeHash);
      codes.delete(codeHash);
      return code !== undefined && code.expiresAt > now ? code : undefined;
    },
    putSosKey: async (key, keep) => {
      sosKeys.set(key.keyId, key);
      const older = [...sosKeys.values()]
        .filter(({ officerId }) => officerId === key.officerId)
        .sort((a, b) => b.enrolledAt - a.enrolledAt || (a.keyId < b.keyId ? 1 : -1))
        .slice(keep);
      for (const { keyId } of older) sosKeys.delete(keyId);
    },
    findSosKey: async (keyId) => sosKeys.get(keyId),
    close: async () => {},
  };
}

function remove<Row>(rows: Map<string, Row>, isGone: (row: Row) => boolean): number {
  const gone = [...rows].filter(([, row]) => isGone(row));
  for (const [id] of gone) rows.delete(id);
  return gone.length;
}
