import { type BatchFix, MAX_BATCH_FIXES } from "../../../../shared/wire/position-batch.ts";

/** Fixes that the server has not stored yet, oldest first, and the number the next one gets. */
export interface PositionBuffer {
  readonly nextSeq: number;
  readonly fixes: readonly BatchFix[];
}

export const EMPTY_BUFFER: PositionBuffer = { nextSeq: 1, fixes: [] };

/** 4 h without a net at a fix every 15 s; beyond that the past gets coarser, never cut off. */
export const MAX_BUFFERED = 960;

/** FLD-12: device times are kept; the buffer holds what is not yet stored and no more. */
export function withFix(buffer: PositionBuffer, fix: Omit<BatchFix, "seq">): PositionBuffer {
  const fixes = [...buffer.fixes, { ...fix, seq: buffer.nextSeq }];
  return {
    nextSeq: buffer.nextSeq + 1,
    fixes: fixes.length > MAX_BUFFERED ? thinned(fixes) : fixes,
  };
}

/** The server has dealt with everything up to this number. */
export function withStored(buffer: PositionBuffer, storedUpTo: number): PositionBuffer {
  const fixes = buffer.fixes.filter((fix) => fix.seq > storedUpTo);
  return fixes.length === buffer.fixes.length ? buffer : { ...buffer, fixes };
}

/** What to send now: the oldest that fit into one batch, so that the track arrives in order. */
export const nextBatch = (buffer: PositionBuffer): readonly BatchFix[] =>
  buffer.fixes.slice(0, MAX_BATCH_FIXES);

/** Off duty nothing is kept and nothing sent; the numbering goes on. */
export const withoutFixes = (buffer: PositionBuffer): PositionBuffer => ({ ...buffer, fixes: [] });

/** Every second fix of the older half goes: half the resolution, the same road. */
function thinned(fixes: readonly BatchFix[]): readonly BatchFix[] {
  const half = Math.floor(fixes.length / 2);
  return fixes.filter((_, index) => index >= half || index % 2 === 0);
}
