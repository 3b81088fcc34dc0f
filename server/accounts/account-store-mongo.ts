/** Accounts, sessions and device secrets in collections of their own. */
import type { Collection, Db } from "mongodb";
import { MongoServerError } from "mongodb";
import { makeCollections } from "../log/mongo-collections.ts";
import type { MongoConnection } from "../log/mongo-connection.ts";
import type {
  Account,
  AccountStore,
  DeviceSecret,
  EnrolmentCode,
  Session,
  SosKey,
} from "./account-store.ts";
import {
  storedAccount,
  storedDeviceSecret,
  storedEnrolmentCode,
  storedSession,
  storedSosKey,
} from "./stored-rows.ts";

type AccountDocument = Omit<Account, "login"> & { readonly _id: string };
type SessionDocument = Omit<Session, "id"> & { readonly _id: string };
type SecretDocument = Omit<DeviceSecret, "deviceId"> & { readonly _id: string };
type SosKeyDocument = Omit<SosKey, "keyId"> & { readonly _id: string };
type CodeDocument = Omit<EnrolmentCode, "codeHash"> & { readonly _id: string };

const DUPLICATE_KEY = 11000;
const UPSERT = { upsert: true } as const;

/** Closing the store leaves the connection open: it is shared. */
export async function openMongoAccountStore({ db }: MongoConnection): Promise<AccountStore> {
  const sessions = db.collection<SessionDocument>("sessions");
  const secrets = db.collection<SecretDocument>("device_secrets");
  const codes = db.collection<CodeDocument>("enrolment_codes");
  const sosKeys = db.collection<SosKeyDocument>("sos_keys");
  await makeCollections(db, [
    "accounts",
    ...[sessions, secrets, codes, sosKeys].map(({ collectionName }) => collectionName),
  ]);
  await sessions.createIndex({ tokenHash: 1 }, { unique: true });
  await sessions.createIndex({ "subject.officerId": 1 });
  await sessions.createIndex({ expiresAt: 1 });
  await secrets.createIndex({ secretHash: 1 }, { unique: true });
  await sosKeys.createIndex({ officerId: 1, enrolledAt: 1 });
  return {
    ...accountDocuments(db),
    ...sessionDocuments(sessions, codes),
    ...deviceDocuments(secrets, codes),
    ...sosKeyDocuments(sosKeys),
    close: async () => {},
  };
}

function accountDocuments(db: Db) {
  const accounts = db.collection<AccountDocument>("accounts");
  return {
    createAccount: async ({ login, ...rest }) => {
      try {
        await accounts.insertOne({ _id: login, ...rest });
        return true;
      } catch (error) {
        if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
        throw error;
      }
    },
    findAccount: async (login) => {
      const found = await accounts.findOne({ _id: login });
      return found === null ? undefined : storedAccount.parse({ ...found, login });
    },
    setPassword: async (login, passwordHash) => {
      await accounts.updateOne({ _id: login }, { $set: { passwordHash } });
    },
    countAccounts: () => accounts.countDocuments({}),
  } satisfies Partial<AccountStore>;
}

function sessionDocuments(sessions: Collection<SessionDocument>, codes: Collection<CodeDocument>) {
  return {
    putSession: async ({ id, ...rest }) => {
      await sessions.replaceOne({ _id: id }, rest, UPSERT);
    },
    findSession: async (tokenHash) => {
      const found = await sessions.findOne({ tokenHash });
      return found === null ? undefined : storedSession.parse({ ...found, id: found._id });
    },
    missingSessions: async (ids) => {
      const among = { _id: { $in: [...ids] } };
      const found = await sessions.find(among, { projection: { _id: 1 } }).toArray();
      const known = new Set(found.map(({ _id }) => _id));
      return ids.filter((id) => !known.has(id));
    },
    deleteSession: async (id) => {
      await sessions.deleteOne({ _id: id });
    },
    deleteSessionsOf: async (officerId) => {
      await sessions.deleteMany({ "subject.officerId": officerId });
    },
    expireSessions: async (now) => {
      await codes.deleteMany({ expiresAt: { $lte: now } });
      return (await sessions.deleteMany({ expiresAt: { $lte: now } })).deletedCount;
    },
  } satisfies Partial<AccountStore>;
}

function deviceDocuments(secrets: Collection<SecretDocument>, codes: Collection<CodeDocument>) {
  const readSecret = (found: SecretDocument | null) =>
    found === null ? undefined : storedDeviceSecret.parse({ ...found, deviceId: found._id });
  return {
    putDeviceSecret: async ({ deviceId, secretHash }) => {
      await secrets.replaceOne({ _id: deviceId }, { secretHash }, UPSERT);
    },
    findDeviceSecret: async (deviceId) => readSecret(await secrets.findOne({ _id: deviceId })),
    findDeviceBySecret: async (secretHash) => readSecret(await secrets.findOne({ secretHash })),
    deleteDeviceSecret: async (deviceId) => {
      await secrets.deleteOne({ _id: deviceId });
    },
    putEnrolmentCode: async ({ codeHash, deviceId, expiresAt }) => {
      await codes.replaceOne({ _id: codeHash }, { deviceId, expiresAt }, UPSERT);
    },
    /** Who deletes it has it: `findOneAndDelete` is not atomic on every compatible server. */
    takeEnrolmentCode: async (codeHash, now) => {
      const found = await codes.findOne({ _id: codeHash });
      if (found === null) return undefined;
      const { deletedCount } = await codes.deleteOne({ _id: codeHash });
      if (deletedCount !== 1 || found.expiresAt <= now) return undefined;
      return storedEnrolmentCode.parse({ ...found, codeHash });
    },
  } satisfies Partial<AccountStore>;
}

function sosKeyDocuments(keys: Collection<SosKeyDocument>) {
  return {
    putSosKey: async ({ keyId, ...rest }, keep) => {
      await keys.replaceOne({ _id: keyId }, rest, UPSERT);
      const { officerId } = rest;
      const newestFirst = { enrolledAt: -1, _id: -1 } as const;
      const older = await keys.find({ officerId }).sort(newestFirst).skip(keep).toArray();
      if (older.length > 0) await keys.deleteMany({ _id: { $in: older.map(({ _id }) => _id) } });
    },
    findSosKey: async (keyId) => {
      const found = await keys.findOne({ _id: keyId });
      return found === null ? undefined : storedSosKey.parse({ ...found, keyId });
    },
  } satisfies Partial<AccountStore>;
}
