import * as z from "zod";
import { epochMs } from "./common.ts";

/** Down: the live channel of one socket, which has one view and one cursor. */
export const cursor = z.strictObject({
  seq: z.number().int().min(-1),
  /** First 8 hex digits of commit `seq`'s hash. */
  hash8: z.string().regex(/^[0-9a-f]{8}$/),
});
export type Cursor = z.infer<typeof cursor>;

const key = { type: z.string(), id: z.string() };
export const putRecord = z.strictObject({
  ...key,
  rev: z.number().int(),
  dto: z.record(z.string(), z.unknown()),
});
export type PutRecord = z.infer<typeof putRecord>;
export const delRecord = z.strictObject(key);

/** One entry of an event stream: decoration, may be lost on resume. */
export const streamLine = z.strictObject({
  ...key,
  seq: z.number().int(),
  at: epochMs,
  courtId: z.string(),
  zh: z.string(),
  en: z.string(),
});
export type StreamLine = z.infer<typeof streamLine>;

/** Covers the commits `(from, to]`. A heartbeat is a patch without puts and dels. */
export const patch = z.strictObject({
  from: z.number().int(),
  to: z.number().int(),
  hash8: z.string(),
  /** Server time at which the view is right with it: earlier than now while more commits wait. */
  at: epochMs,
  put: z.array(putRecord),
  del: z.array(delRecord),
  lines: z.array(streamLine),
});
export type Patch = z.infer<typeof patch>;

export const storeMode = z.enum(["OK", "READ_ONLY", "UNAVAILABLE"]);
export type StoreMode = z.infer<typeof storeMode>;

/**
 * What is wrong with the server although it answers; every face says so.
 * - CLOCK_HELD: the machine's clock jumped and the server keeps its own time until a person decides.
 * - SCAN_LATE: clocks and escalations are not being scanned in time.
 * - JOURNAL: calls for help stand in the emergency journal and wait for the main store.
 * - JOURNAL_FAILED: the emergency journal itself cannot be written.
 * - ANCHORS_LATE: the signed anchors of the log are not being written.
 * - BEAT_FAILED: the sentinel gets no sign of life, because its file cannot be written.
 * - VAULT: names and free texts cannot be read or kept; what carries a text is refused.
 * - ACCOUNTS: nobody can sign in; who is signed in stays so.
 * - TRACKS: positions are not kept; phones hold theirs back and send them again.
 * - NODES: the servers do not hear each other: dots that another one takes in stand still.
 */
export const trouble = z.enum([
  "CLOCK_HELD",
  "SCAN_LATE",
  "JOURNAL",
  "JOURNAL_FAILED",
  "ANCHORS_LATE",
  "BEAT_FAILED",
  "VAULT",
  "ACCOUNTS",
  "TRACKS",
  "NODES",
]);
export type Trouble = z.infer<typeof trouble>;

/** Every 2 s (field 10 s). `tick` is the view's last position tick, so lost frames are noticed. */
export const heartbeat = z.strictObject({
  from: z.number().int(),
  to: z.number().int(),
  hash8: z.string(),
  at: epochMs,
  store: storeMode,
  trouble: z.array(trouble),
  tick: z.number(),
  set: z.number().int(),
});
export type Heartbeat = z.infer<typeof heartbeat>;

/** Everything live that the view may see, at `to`. Replaces what the client holds. */
export const snapshot = z.strictObject({
  to: z.number().int(),
  hash8: z.string(),
  at: epochMs,
  put: z.array(putRecord),
});
export type Snapshot = z.infer<typeof snapshot>;

/**
 * Calls for help (and what hangs on them) that the log does not hold yet, as this view may see them:
 * the whole list every time, so the last one heard is right. Sent at every change, after every
 * answer to `resume`, and every 2 s while there are any. A record here stands over the one in the
 * client's store; it goes when the list no longer names it.
 */
export const emergency = z.strictObject({
  at: epochMs,
  put: z.array(putRecord),
});
export type Emergency = z.infer<typeof emergency>;

/** First message after CONNECT: who and where this socket is, as the server decided it. */
export const hello = z.strictObject({
  wire: z.number().int(),
  view: z.string(),
  seat: z.enum(["console", "wall", "field", "partner", "inspector", "president", "observer"]),
  courtId: z.string(),
  courtName: z.string(),
  officerId: z.string().optional(),
  /** At a partner's desk: the linked unit, and its name. */
  unitId: z.string().optional(),
  unitName: z.string().optional(),
  /** Present roles of the person, for `can` on the client. */
  roles: z.array(z.string()),
  sessionId: z.string(),
  deployment: z.string(),
  mode: z.enum(["LIVE", "DEMO", "EXERCISE"]),
  at: epochMs,
  heartbeatMs: z.number().int(),
  /** Where the sentinel says whether the server keeps its clocks; absent when none is set up. */
  sentinel: z.url().optional(),
});
export type Hello = z.infer<typeof hello>;

/** Why the server closes a socket; the client shows it and acts on it. */
export const closing = z.strictObject({
  reason: z.enum(["REVOKED", "RIGHTS_CHANGED", "SHUTDOWN", "SLOW", "PROTOCOL", "SIGNED_OUT"]),
});
export type Closing = z.infer<typeof closing>;
