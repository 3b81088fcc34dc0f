import { type DBSchema, openDB } from "idb";

/**
 * A key pair by which one officer's phone calls for help. The private half cannot be read by any
 * script, only used; IndexedDB keeps it as what it is.
 */
export interface SosKey {
  readonly officerId: string;
  /** Surname and title, to say in whose name the phone will call. */
  readonly label?: string;
  readonly pair: CryptoKeyPair;
  /** Uncompressed point, base64url. */
  readonly publicKey: string;
  /** The server's name for it, once it is enrolled. */
  readonly keyId?: string;
  /** Wall ms of this officer's last sign-in here: the newest is whose phone it is. */
  readonly usedAt: number;
}

export interface SosKeyDb {
  all(): Promise<readonly SosKey[]>;
  /** The one that was there first, if two pages made one at the same time. */
  addOnce(key: SosKey): Promise<SosKey>;
  put(key: SosKey): Promise<void>;
  remove(officerId: string): Promise<void>;
}

interface Schema extends DBSchema {
  keys: { key: string; value: SosKey };
}

const STRICT = { durability: "strict" } as const;

/** Each call waits until the disk is open, however long that takes. */
export function openSosKeyDb(name = "ec.sos-keys"): SosKeyDb {
  const opening = openDB<Schema>(name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore("keys", { keyPath: "officerId" });
    },
  });
  opening.catch(() => {
    // Said by each call that needs it.
  });
  return {
    all: async () => (await opening).getAll("keys"),
    async addOnce(key) {
      const tx = (await opening).transaction("keys", "readwrite", STRICT);
      const known = await tx.store.get(key.officerId);
      if (!known) await tx.store.add(key);
      await tx.done;
      return known ?? key;
    },
    async put(key) {
      const tx = (await opening).transaction("keys", "readwrite", STRICT);
      await Promise.all([tx.store.put(key), tx.done]);
    },
    async remove(officerId) {
      const tx = (await opening).transaction("keys", "readwrite", STRICT);
      await Promise.all([tx.store.delete(officerId), tx.done]);
    },
  };
}
