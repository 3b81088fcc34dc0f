import { openDB } from "idb";
import type { Hello, PutRecord } from "../../shared/wire/live.ts";
import type { Platform } from "../store/platform.ts";
import { type RecordsState, withSnapshot } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";

/**
 * What a phone last saw (masked projections only), so that the field page opens with its operation
 * in a dead zone. Shown with its age, replaced by the first resume, wiped when access ends.
 */
export interface FieldMemory {
  read(): Promise<Remembered | undefined>;
  write(what: Remembered): Promise<void>;
  wipe(): Promise<void>;
}

export interface Remembered {
  readonly hello: Hello;
  readonly heardAt: number;
  readonly cursor: { readonly seq: number; readonly hash8: string };
  readonly put: readonly PutRecord[];
}

export async function openFieldMemory(name = "ec.field"): Promise<FieldMemory> {
  const db = await openDB(name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore("last");
    },
  });
  return {
    read: () => db.get("last", "view"),
    async write(what) {
      await db.put("last", what, "view");
    },
    wipe: () => db.clear("last"),
  };
}

/** Fills empty stores with what was remembered; never overwrites what the server sent. */
export function restore(stores: Stores, { hello, heardAt, cursor, put }: Remembered): void {
  if (stores.records.getState().cursor !== null) return;
  const snapshot = { to: cursor.seq, hash8: cursor.hash8, at: heardAt, put: [...put] };
  stores.records.setState((s) => withSnapshot(s, snapshot));
  stores.session.setState((s) => ({ hello: s.hello ?? hello }));
  stores.connection.setState((s) => ({ heardAt: s.heardAt ?? heardAt }));
}

/** Long enough that a burst of patches is one write, short enough that little is lost. */
const WRITE_AFTER_MS = 2_000;

/** Keeps the memory in step with the stores. Failures only cost the offline start. */
export function rememberField(stores: Stores, memory: FieldMemory, platform: Platform): void {
  const ignore = () => {
    // A phone that keeps nothing still works with a network.
  };
  let waiting = false;
  const write = () => {
    waiting = false;
    const what = present(stores);
    if (what) memory.write(what).catch(ignore);
  };
  stores.records.subscribe((state, before) => {
    if (waiting || state.maps === before.maps) return;
    waiting = true;
    platform.after(WRITE_AFTER_MS, write);
  });
  stores.connection.subscribe(({ connection }) => {
    if (connection.kind === "signed-out" || connection.kind === "refused") {
      memory.wipe().catch(ignore);
    }
  });
}

function present(stores: Stores): Remembered | undefined {
  const { hello } = stores.session.getState();
  const { heardAt } = stores.connection.getState();
  const state: RecordsState = stores.records.getState();
  if (!hello || heardAt === undefined || !state.cursor) return undefined;
  const put = Object.values(state.held).flatMap((map) => [...map.values()] as PutRecord[]);
  return { hello, heardAt, cursor: state.cursor, put };
}
