import * as z from "zod";
import { commandId, epochMs, recordId } from "./common.ts";

/** Up: one command. The same envelope by socket (`command`) and by `POST /api/commands`. */
export const commandEnvelope = z.strictObject({
  /** UUIDv7, made when the command was made; a retry carries the same. */
  id: commandId,
  kind: z.string().min(3).max(60),
  ref: z.strictObject({ type: z.string().min(1).max(20), id: recordId }),
  /** Read again by the schema of its kind (`payloads.ts`). */
  payload: z.record(z.string(), z.unknown()),
  /** Revision of the record that a request was made on. */
  rev: z.number().int().min(0).optional(),
  /** Cursor of the sender when the command was made; 0 without a cursor. */
  knownSeq: z.number().int().min(0),
  /** Server time of the last heartbeat the sender had then; 0 without one. */
  knownAt: epochMs,
  /** The device's wall clock when the command was made. */
  deviceAt: epochMs.optional(),
  /** ms since the command was made, measured by the page within one page life. Not part of the hash. */
  ageMs: z.number().int().min(0).max(86_400_000).optional(),
  /** A time that a person typed; kept apart, never used by a clock. */
  statedAt: epochMs.optional(),
});
export type CommandEnvelope = z.infer<typeof commandEnvelope>;

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

export const wireRefusal = z.strictObject({
  code: z.string(),
  ruleId: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  from: z.number().optional(),
  until: z.number().optional(),
  /** What is refused, by which rule, what would satisfy it: ready to show. */
  message: bilingual.optional(),
});
export type WireRefusal = z.infer<typeof wireRefusal>;

/**
 * Answer to a command. ACCEPTED: durable in commit `seq`; a control stays pending until the cursor
 * has reached it. REFUSED: nothing was stored. JOURNALLED: durable in the emergency journal, because
 * the main store did not take it in time; it alarms at once, enters the log when the store is back,
 * and is pending until a patch names its command id.
 */
export const commandAnswer = z.strictObject({
  id: z.string(),
  outcome: z.enum(["ACCEPTED", "REFUSED", "JOURNALLED"]),
  /** Commit that holds it; where none does, the tail it was decided on. */
  seq: z.number().int(),
  hash8: z.string(),
  /**
   * An SOS that repeats another of the same sender at once: it does not stand in the log (or the
   * journal) itself, the one with this id does, and its alarm rings.
   */
  joined: z.string().optional(),
  /** Server ms at which it was durable: commit time of `seq`, or when the journal held it. */
  at: epochMs.optional(),
  refusal: wireRefusal.optional(),
});
export type CommandAnswer = z.infer<typeof commandAnswer>;
