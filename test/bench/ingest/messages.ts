/**
 * ONE: a position in binary, as a phone on a WebSocket sends it, answered by "stored up to". BATCH:
 * so many of them. JSON: one with an acknowledgement, as on a polling socket. HTTP: one by the query
 * of a tracker, answered 200.
 */
export type Road = "ONE" | "BATCH" | "JSON" | "HTTP";

export const BATCH_FIXES = 20;

/** CLOSED: each of so many connections sends the next when the last was answered. */
export type Load =
  | { readonly kind: "CLOSED"; readonly connections: number }
  | { readonly kind: "PACED"; readonly rate: number };

export type IngestOrder =
  | {
      readonly do: "open";
      readonly road: Road;
      readonly port: number;
      /** Null for the limit, which asks nobody who he is. */
      readonly tokens: readonly (string | null)[];
    }
  | { readonly do: "run"; readonly road: Road; readonly load: Load; readonly ms: number };

/** In positions; times are of messages. */
export interface Ingested {
  readonly sent: number;
  readonly answered: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
