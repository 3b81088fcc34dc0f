/**
 * The version of everything that crosses the network: the server names it in `hello`, a client of
 * another version reloads. `wire-version.test.ts` hashes the exported schemas and the layouts of
 * the binary messages; whoever changes them adds a line here.
 */

interface WireVersion {
  readonly version: number;
  /** What changed, in one sentence. */
  readonly what: string;
  /** First 16 hex digits of the shape's SHA-256; written by `UPDATE_WIRE_HASH=1`. */
  readonly hash: string;
  /** Deployed somewhere: its shape is fixed and the hash is never refreshed again. */
  readonly released: boolean;
}

/** Oldest first; the last line is the present wire. */
export const WIRE_HISTORY: readonly WireVersion[] = [
  { version: 1, what: "The first wire.", hash: "b47de41cd36575e6", released: false },
  {
    version: 2,
    what: "Journalled calls for help, what is wrong with the server, and where its sentinel is.",
    hash: "c9de8a604580f47f",
    released: false,
  },
];

export const WIRE_VERSION = WIRE_HISTORY.length;
