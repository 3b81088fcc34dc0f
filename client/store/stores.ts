import type { StateStorage } from "zustand/middleware";
import { type ConnectionStore, createConnectionStore } from "./connection.ts";
import type { Platform } from "./platform.ts";
import { createPositionStore, type PositionStore } from "./positions.ts";
import { createRecordsStore, type RecordsStore } from "./records.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";
import { createSessionStore, type SessionStore } from "./session.ts";
import { createUiStore, type UiStore } from "./ui.ts";

/** All client state. The link is the only writer of records, connection, positions and session. */
export interface Stores {
  readonly records: RecordsStore;
  readonly connection: ConnectionStore;
  readonly positions: PositionStore;
  readonly session: SessionStore;
  readonly ui: UiStore;
  readonly clock: ServerClock;
}

export function createStores(platform: Platform, storage: StateStorage): Stores {
  return {
    records: createRecordsStore(),
    connection: createConnectionStore(),
    positions: createPositionStore(),
    session: createSessionStore(),
    ui: createUiStore(storage),
    clock: createServerClock(platform),
  };
}
