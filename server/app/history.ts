import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import type { Commit } from "../log/log-store.ts";

/** Where the log stands in this process. */
export interface Tail {
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

export const tailOf = (commit: Commit): Tail => ({
  seq: commit.seq,
  hash: commit.hash,
  at: commit.at,
});

/**
 * Which commits touched a record: enough to read its timeline from the log on demand. Timelines
 * themselves stay out of memory (twelve lines each made 100,000 records five times as large).
 */
export class TimelineIndex {
  private readonly seqsByRef = new Map<string, number[]>();

  add(ref: Ref, seq: number): void {
    const key = refKey(ref);
    const seqs = this.seqsByRef.get(key);
    if (!seqs) this.seqsByRef.set(key, [seq]);
    else if (seqs.at(-1) !== seq) seqs.push(seq);
  }

  seqs(ref: Ref): readonly number[] {
    return this.seqsByRef.get(refKey(ref)) ?? [];
  }
}
