import type { AudienceEntry } from "../../shared/domain/authority/audience.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";

/** A record that a commit touched (itself or as a dependent), and who could see it before. */
export interface TouchedBefore {
  readonly ref: Ref;
  readonly before: readonly AudienceEntry[];
}

interface RingEntry {
  readonly seq: number;
  readonly hash8: string;
  readonly touched: readonly TouchedBefore[];
}

/** Commits that a reconnecting client can still resume over. */
const RING_COMMITS = 10_000;

/**
 * The last commits in memory, for resume. It keeps who could see a record *before* each commit: a
 * del may only go to a view that could see the record at its cursor, or hidden ids leak.
 */
export class Ring {
  private readonly entries: RingEntry[] = [];
  private first = 0;
  private readonly capacity: number;

  constructor(capacity = RING_COMMITS) {
    this.capacity = capacity;
  }

  push(entry: RingEntry): void {
    if (this.entries.length === 0) this.first = entry.seq;
    this.entries.push(entry);
    // Cut in large pieces: shifting one by one would copy the array at every commit.
    if (this.entries.length > this.capacity * 1.25) {
      const cut = this.entries.length - this.capacity;
      this.entries.splice(0, cut);
      this.first += cut;
    }
  }

  /** Whether a client that stands at this commit can be resumed from memory. */
  holds(cursor: { readonly seq: number; readonly hash8: string }): boolean {
    return this.entries[cursor.seq - this.first]?.hash8 === cursor.hash8;
  }

  /** Each record touched after `seq`, once, with who could see it at `seq`. */
  touchedSince(seq: number): TouchedBefore[] {
    const byRef = new Map<string, TouchedBefore>();
    for (const entry of this.entries.slice(seq + 1 - this.first)) {
      for (const touched of entry.touched) {
        const key = `${touched.ref.type}:${touched.ref.id}`;
        if (!byRef.has(key)) byRef.set(key, touched);
      }
    }
    return [...byRef.values()];
  }
}
