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

/** The newest entries of a record's timeline; older ones are counted by the log itself. */
export const TIMELINE_COMMITS = 200;

/**
 * Which commits touched a record: enough to read its timeline from the log on demand. Timelines
 * themselves stay out of memory (twelve lines each made 100,000 records five times as large).
 */
export class TimelineIndex {
  private readonly seqsByRef = new Map<string, number[]>();
  private readonly ofSleeper: (ref: Ref) => readonly number[] | undefined;

  /** @param ofSleeper what a record that sleeps knows of itself; asked until a commit touches it. */
  constructor(ofSleeper: (ref: Ref) => readonly number[] | undefined = () => undefined) {
    this.ofSleeper = ofSleeper;
  }

  /** Before the commit becomes the world: a record that slept is still known as it slept. */
  add(ref: Ref, seq: number): void {
    const key = refKey(ref);
    let seqs = this.seqsByRef.get(key);
    if (!seqs) {
      seqs = [...(this.ofSleeper(ref) ?? [])];
      this.seqsByRef.set(key, seqs);
    }
    if (seqs.at(-1) !== seq) seqs.push(seq);
  }

  /** What a kept state says of a record that is awake. */
  restore(ref: Ref, seqs: readonly number[]): void {
    this.seqsByRef.set(refKey(ref), [...seqs]);
  }

  seqs(ref: Ref): readonly number[] {
    return this.seqsByRef.get(refKey(ref)) ?? this.ofSleeper(ref) ?? [];
  }
}
