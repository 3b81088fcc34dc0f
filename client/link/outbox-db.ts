import { type DBSchema, openDB } from "idb";
import type { OutboxItem } from "./outbox-item.ts";

/** Where the outbox survives a reload. `durable` is false when this browser keeps nothing. */
export interface OutboxDb {
  readonly durable: boolean;
  all(): Promise<readonly OutboxItem[]>;
  /** Resolves once the bytes are on the disk. */
  put(item: OutboxItem): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

interface Schema extends DBSchema {
  items: { key: string; value: OutboxItem };
}

/** The default durability may answer before the disk has it: a phone that dies would lose it. */
const STRICT = { durability: "strict" } as const;

export async function openOutboxDb(name = "ec.outbox"): Promise<OutboxDb> {
  const db = await openDB<Schema>(name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore("items", { keyPath: "id" });
    },
  });
  return {
    durable: true,
    all: () => db.getAll("items"),
    async put(item) {
      const tx = db.transaction("items", "readwrite", STRICT);
      await Promise.all([tx.store.put(item), tx.done]);
    },
    async remove(ids) {
      const tx = db.transaction("items", "readwrite", STRICT);
      await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
    },
  };
}

/** For a browser without IndexedDB (private mode): works, and says that it keeps nothing. */
export function memoryOutboxDb(): OutboxDb {
  const items = new Map<string, OutboxItem>();
  return {
    durable: false,
    all: async () => [...items.values()],
    put: async (item) => {
      items.set(item.id, item);
    },
    remove: async (ids) => {
      for (const id of ids) items.delete(id);
    },
  };
}
