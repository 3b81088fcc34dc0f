import { createStore, type StoreApi } from "zustand/vanilla";
import type { OutboxDb } from "./outbox-db.ts";
import { type HeldItem, isFor, type Mode, type OutboxItem } from "./outbox-item.ts";

/** The outbox as shown: oldest first. `durable` false = this browser keeps nothing on its disk. */
export interface OutboxState {
  readonly items: readonly HeldItem[];
  /** Made in another mode than this server's: kept, shown as such, never handed in here. */
  readonly elsewhere: readonly HeldItem[];
  readonly durable: boolean;
  readonly loaded: boolean;
}

export type OutboxStore = StoreApi<OutboxState>;

/** Items in memory and on the disk, kept equal; knows nothing of sending. */
export interface OutboxShelf {
  readonly store: OutboxStore;
  load(): Promise<void>;
  /** Shown at once; resolves when it is on the disk or cannot be. Never rejects. */
  keep(item: OutboxItem): Promise<HeldItem>;
  drop(ids: readonly string[]): Promise<void>;
  get(id: string): HeldItem | undefined;
  /** Which mode this page is in now; undefined while nobody has said. */
  standIn(mode: Mode | undefined): void;
}

export function createShelf(db: OutboxDb): OutboxShelf {
  const store = createStore<OutboxState>(() => ({
    items: [],
    elsewhere: [],
    durable: db.durable,
    loaded: false,
  }));
  let present: Mode | undefined;
  const all = () => {
    const { items, elsewhere } = store.getState();
    return [...items, ...elsewhere];
  };
  const put = (held: readonly HeldItem[]) => {
    const inOrder = held.toSorted((a, b) => a.order - b.order);
    store.setState({
      items: inOrder.filter((item) => isFor(item, present)),
      elsewhere: inOrder.filter((item) => !isFor(item, present)),
    });
  };
  const show = (item: HeldItem) => put([...all().filter(({ id }) => id !== item.id), item]);
  const get = (id: string) => all().find((item) => item.id === id);

  return {
    store,
    get,
    async load() {
      const stored = await db.all().catch(() => []);
      // A disk that opened late knows less of what this page has done meanwhile.
      for (const item of stored) if (!get(item.id)) show({ ...item, disk: "saved" });
      store.setState({ loaded: true, durable: store.getState().durable && db.durable });
    },
    async keep(item) {
      show({ ...item, disk: get(item.id)?.disk ?? "saving" });
      const disk = await save(db, item);
      if (disk === "failed") store.setState({ durable: false });
      const held: HeldItem = { ...(get(item.id) ?? item), disk };
      show(held);
      return held;
    },
    async drop(ids) {
      if (ids.length === 0) return;
      put(all().filter(({ id }) => !ids.includes(id)));
      await db.remove(ids).catch(() => {
        // It will be shown again after a reload and can be removed then.
      });
    },
    standIn(mode) {
      if (mode === present) return;
      present = mode;
      put(all());
    },
  };
}

/** A full or broken disk must not stop a report: it stays in memory and is sent all the same. */
async function save(db: OutboxDb, item: OutboxItem): Promise<HeldItem["disk"]> {
  const { disk: _disk, ...stored } = item as HeldItem;
  try {
    await db.put(stored);
    return db.durable ? "saved" : "failed";
  } catch {
    return "failed";
  }
}
