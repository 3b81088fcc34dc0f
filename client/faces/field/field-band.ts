import type { ConnectionState } from "../../store/connection.ts";

/** The quiet line under the header; at most one, the worst. */
export type FieldBand =
  | { readonly kind: "none" }
  /** Nothing but a person can change it: signed out, refused, outdated. */
  | { readonly kind: "final" }
  /** Loading for the first time: nothing is held yet. */
  | { readonly kind: "first" }
  | { readonly kind: "offline"; readonly heardAt: number | undefined; readonly old: boolean }
  | { readonly kind: "late"; readonly heardAt: number }
  | { readonly kind: "stale"; readonly heardAt: number }
  | { readonly kind: "store"; readonly mode: "READ_ONLY" | "UNAVAILABLE" };

/** FLD-13: offline is a normal state and says what still works; age is said from 25 s, loud from 45 s. */
export function fieldBand(state: ConnectionState, online: boolean): FieldBand {
  const { connection, freshness, heardAt, storeMode } = state;
  const { kind } = connection;
  if (kind === "signed-out" || kind === "refused" || kind === "outdated") return { kind: "final" };
  if (isOffline(state, online)) return { kind: "offline", heardAt, old: freshness === "stale" };
  if (freshness === "never" || heardAt === undefined) return { kind: "first" };
  if (freshness === "stale" || freshness === "late") return { kind: freshness, heardAt };
  return storeMode === "OK" ? { kind: "none" } : { kind: "store", mode: storeMode };
}

function isOffline({ connection }: ConnectionState, online: boolean): boolean {
  if (connection.kind === "live" || connection.kind === "behind") return false;
  return !online || (connection.kind === "connecting" && connection.tries > 0);
}
