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

/**
 * The disk while it is still opening, which takes seconds on a busy phone or while another tab
 * holds it: what lies on it is read as soon as it can be, and nothing waits longer than `patience`
 * to be written. A disk that cannot be opened at all is memory.
 */
export function openingOutboxDb(
  opening: Promise<OutboxDb>,
  patience: () => Promise<unknown>,
): OutboxDb {
  let db: OutboxDb | undefined;
  const opened = opening.catch(memoryOutboxDb).then((ready) => {
    db = ready;
    return ready;
  });
  return {
    get durable() {
      return db?.durable ?? true;
    },
    all: async () => (await opened).all(),
    async put(item) {
      const done = opened.then((ready) => ready.put(item)).then(() => true);
      // Goes on behind our back: what was written late is found by the next page life.
      const inTime = await Promise.race([done, patience().then(() => db !== undefined && done)]);
      if (!inTime) throw new Error("the disk does not open");
    },
    remove: async (ids) => (await opened).remove(ids),
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
