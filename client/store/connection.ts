import { createStore, type StoreApi } from "zustand/vanilla";
import type { StoreMode, Trouble } from "../../shared/wire/live.ts";

/** Why the server turned this socket away for good; only a person can change it. */
export type TurnedAway = "REVOKED" | "FORBIDDEN" | "BAD_DEVICE";

/**
 * Why no socket comes about although something answers: the server answers by HTTP but the live
 * channel does not get through, or somebody else answers in its place (a network's sign-in page).
 */
export type WhyNot = "WEBSOCKET_BLOCKED" | "NOT_OUR_SERVER";

/** States of the connection, each with its own payload. Times are server ms. */
export type Connection =
  | { readonly kind: "idle" }
  /** No socket: `tries` failed attempts so far. */
  | { readonly kind: "connecting"; readonly tries: number; readonly why?: WhyNot }
  /** A socket, and the answer to `resume` is awaited. */
  | { readonly kind: "syncing"; readonly tries: number; readonly sinceMs: number }
  | { readonly kind: "live"; readonly sinceMs: number }
  /** A socket, but a gap or silence: what is shown is as of `sinceMs`. */
  | { readonly kind: "behind"; readonly sinceMs: number }
  | { readonly kind: "refused"; readonly reason: TurnedAway }
  | { readonly kind: "signed-out" }
  /** The server speaks another wire; the page must be loaded again. */
  | { readonly kind: "outdated"; readonly serverWire: number };

/** How old what the glass shows is: `late` a banner, `stale` grey and a trouble tone. */
export type Freshness = "never" | "fresh" | "late" | "stale";

/** What the sentinel says, asked past the server. `sinceMs` is this page's monotonic time. */
export type SentinelView =
  | { readonly kind: "unknown" | "well" | "unreachable" }
  | { readonly kind: "late"; readonly sinceMs: number };

export interface ConnectionState {
  readonly connection: Connection;
  /** Server time of the last thing heard that left this view in step with the log. */
  readonly heardAt: number | undefined;
  readonly freshness: Freshness;
  /** What the server's own store can do; `READ_ONLY` and `UNAVAILABLE` are shown on the glass. */
  readonly storeMode: StoreMode;
  /** What is wrong with the server although it answers, as the last heartbeat said. */
  readonly trouble: readonly Trouble[];
  readonly sentinel: SentinelView;
}

export type ConnectionStore = StoreApi<ConnectionState>;

const initialConnection = (): ConnectionState => ({
  connection: { kind: "idle" },
  heardAt: undefined,
  freshness: "never",
  storeMode: "OK",
  trouble: [],
  sentinel: { kind: "unknown" },
});

export const createConnectionStore = (): ConnectionStore => createStore(() => initialConnection());
