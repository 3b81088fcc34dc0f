/** Sealed rows in the collections `vault_keys`, `vault_subjects` and `vault_texts`. */
import type { Collection, OptionalUnlessRequiredId } from "mongodb";
import { Binary, MongoServerError } from "mongodb";
import { makeCollections } from "../log/mongo-collections.ts";
import type { MongoConnection } from "../log/mongo-connection.ts";
import type { VaultRows } from "./vault-rows.ts";

interface KeyDocument {
  readonly _id: string;
  readonly keyId: string;
  readonly wrapped: Binary;
}

interface SubjectDocument {
  readonly _id: string;
  readonly courtId: string;
  readonly by: string;
  readonly wrapped: Binary;
  readonly sealed: Binary;
}

interface TextDocument {
  readonly _id: string;
  readonly scope: string;
  readonly keyId: string;
  readonly sealed: Binary;
}

const DUPLICATE_KEY = 11000;

/** Closing the rows leaves the connection open: it is shared. */
export async function openMongoVaultRows({ db }: MongoConnection): Promise<VaultRows> {
  const keys = db.collection<KeyDocument>("vault_keys");
  const subjects = db.collection<SubjectDocument>("vault_subjects");
  const texts = db.collection<TextDocument>("vault_texts");
  await makeCollections(
    db,
    [keys, subjects, texts].map(({ collectionName }) => collectionName),
  );
  await texts.createIndex({ scope: 1 });
  return {
    insertKey: ({ scope, keyId, wrapped }) =>
      insert(keys, { _id: scope, keyId, wrapped: new Binary(wrapped) }),
    findKeys: async (scopes) => {
      const found = await keys.find({ _id: { $in: [...scopes] } }).toArray();
      return found.map(({ _id, keyId, wrapped }) => ({
        scope: _id,
        keyId,
        wrapped: wrapped.value(),
      }));
    },
    insertSubject: ({ id, courtId, by, wrapped, sealed }) =>
      insert(subjects, {
        _id: id,
        courtId,
        by,
        wrapped: new Binary(wrapped),
        sealed: new Binary(sealed),
      }),
    findSubject: async (id) => {
      const found = await subjects.findOne({ _id: id });
      if (found === null) return undefined;
      const { courtId, by, wrapped, sealed } = found;
      return { id, courtId, by, wrapped: wrapped.value(), sealed: sealed.value() };
    },
    deleteSubject: async (id) => {
      await subjects.deleteOne({ _id: id });
    },
    insertText: ({ id, scope, keyId, sealed }) =>
      insert(texts, { _id: id, scope, keyId, sealed: new Binary(sealed) }),
    findTexts: async (ids) => {
      const found = await texts.find({ _id: { $in: [...ids] } }).toArray();
      return found.map(({ _id, scope, keyId, sealed }) => ({
        id: _id,
        scope,
        keyId,
        sealed: sealed.value(),
      }));
    },
    deleteScope: async (scope) => {
      await keys.deleteOne({ _id: scope });
      await texts.deleteMany({ scope });
    },
    close: async () => {},
  };
}

async function insert<Document extends { readonly _id: string }>(
  collection: Collection<Document>,
  document: OptionalUnlessRequiredId<Document>,
): Promise<boolean> {
  try {
    await collection.insertOne(document);
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}
