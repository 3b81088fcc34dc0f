/**
 * The vault over any rows: a random data key per subject and per text scope, wrapped under the
 * master key. Forgetting deletes a wrapped key and, with it, whatever copies of the sealed values
 * lie elsewhere without it. A backup that holds both lives until the backup is deleted.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { KEY_BYTES, keyedHash, newKey, SealBroken, seal, unseal } from "./sealing.ts";
import type { StoredTextRef, SubjectIdentity, Vault } from "./vault.ts";
import type { KeyRow, SubjectRow, VaultRows } from "./vault-rows.ts";

/** Its key is wrapped like any other's; if it does not open, the master key is a wrong one. */
export const PROBE_SCOPE = "vault:probe";

const identitySchema: z.ZodType<SubjectIdentity> = z.strictObject({
  name: z.string(),
  idNumber: z.exactOptional(z.string()),
  phone: z.exactOptional(z.string()),
  address: z.exactOptional(z.string()),
  plate: z.exactOptional(z.string()),
  account: z.exactOptional(z.string()),
});

/** @throws Error when the rows were sealed under another master key. */
export async function openVault(rows: VaultRows, masterKey: Uint8Array): Promise<Vault> {
  if (masterKey.length !== KEY_BYTES) throw new Error(`a master key has ${KEY_BYTES} bytes`);
  const scopes = openScopes(rows, masterKey);
  try {
    await scopes.keyFor(PROBE_SCOPE);
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    throw new Error("the vault was written under another master key", { cause: error });
  }
  return {
    putSubject: async (id, owner, identity) => {
      const key = newKey();
      const { courtId, by } = owner;
      const wrapped = seal(masterKey, ["subject-key", id], key);
      const sealed = seal(key, ["subject", id, courtId, by], encode(identity));
      if (await rows.insertSubject({ id, courtId, by, wrapped, sealed })) return "CREATED";
      const stored = await rows.findSubject(id);
      if (stored === undefined) return "DIFFERENT"; // forgotten at this very moment: stays forgotten
      const same =
        stored.courtId === courtId &&
        encode(openSubject(stored, masterKey)).equals(encode(identity));
      return same ? "SAME" : "DIFFERENT";
    },
    getSubject: async (id) => {
      const row = await rows.findSubject(id);
      if (row === undefined) return undefined;
      return { courtId: row.courtId, identity: openSubject(row, masterKey) };
    },
    forgetSubject: (id) => rows.deleteSubject(id),
    putText: (id, scope, text) => scopes.putText(id, scope, text),
    getTexts: (ids) => scopes.getTexts(ids),
    forgetScope: (scope) => rows.deleteScope(scope),
    close: () => rows.close(),
  };
}

/** Was the vault that holds this probe's key written under this master key? */
export function opensProbe({ scope, keyId, wrapped }: KeyRow, masterKey: Uint8Array): boolean {
  try {
    unseal(masterKey, ["scope-key", scope, keyId], wrapped);
    return true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

function openSubject(row: SubjectRow, masterKey: Uint8Array): SubjectIdentity {
  const key = unseal(masterKey, ["subject-key", row.id], row.wrapped);
  const clear = unseal(key, ["subject", row.id, row.courtId, row.by], row.sealed);
  return identitySchema.parse(JSON.parse(clear.toString("utf8")));
}

/** Fields in one order, absent ones left out, so that equal identities are equal bytes. */
function encode(identity: SubjectIdentity): Buffer {
  const { name, idNumber, phone, address, plate, account } = identity;
  return Buffer.from(JSON.stringify({ name, idNumber, phone, address, plate, account }), "utf8");
}

function openScopes(rows: VaultRows, masterKey: Uint8Array) {
  const unwrap = (row: KeyRow) =>
    unseal(masterKey, ["scope-key", row.scope, row.keyId], row.wrapped);

  /** Asked of the rows each time: a key kept in memory would outlive its forgetting. */
  const keyFor = async (scope: string): Promise<{ keyId: string; key: Buffer }> => {
    for (;;) {
      const [row] = await rows.findKeys([scope]);
      if (row !== undefined) return { keyId: row.keyId, key: unwrap(row) };
      const keyId = randomUUID();
      const key = newKey();
      const wrapped = seal(masterKey, ["scope-key", scope, keyId], key);
      if (await rows.insertKey({ scope, keyId, wrapped })) return { keyId, key };
    }
  };

  /** The hash is of the text given, not of the one stored: another text under a known id shows. */
  const putText = async (id: string, scope: string, text: string): Promise<StoredTextRef> => {
    const { keyId, key } = await keyFor(scope);
    const sealed = seal(key, ["text", id, scope, keyId], Buffer.from(text, "utf8"));
    await rows.insertText({ id, scope, keyId, sealed });
    return { id, hash: keyedHash(key, "text-hash", text) };
  };

  const getTexts = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const texts = await rows.findTexts([...new Set(ids)]);
    const keys = await rows.findKeys([...new Set(texts.map(({ scope }) => scope))]);
    const keyById = new Map(keys.map((row) => [row.keyId, unwrap(row)]));
    const clear = new Map<string, string>();
    for (const { id, scope, keyId, sealed } of texts) {
      const key = keyById.get(keyId);
      if (key === undefined) continue; // its scope was forgotten
      clear.set(id, unseal(key, ["text", id, scope, keyId], sealed).toString("utf8"));
    }
    return clear;
  };

  return { keyFor, putText, getTexts };
}
