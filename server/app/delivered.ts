import type { Cursor } from "../../shared/wire/live.ts";

/** How far patches went out for certain. */
export interface Covered extends Cursor {
  /** Server time at which the first commit was applied whose patches are not out; absent: all are. */
  readonly behindSince?: number;
}

/** Which commits' patches are out, and since when the next one waits. */
export class Delivered {
  private covered: Cursor = { seq: -1, hash8: "00000000" };
  private readonly waiting: { readonly seq: number; readonly at: number }[] = [];

  /** A commit became the world; its patches have to go out. */
  applied(seq: number, at: number): void {
    this.waiting.push({ seq, at });
  }

  upTo(to: Cursor): void {
    if (to.seq > this.covered.seq) this.covered = to;
    while (this.waiting[0] && this.waiting[0].seq <= to.seq) this.waiting.shift();
  }

  get to(): Covered {
    const [next] = this.waiting;
    return next ? { ...this.covered, behindSince: next.at } : this.covered;
  }

  /** The latest server time that whoever stands at `seq` may be told to be right at. */
  rightAt(seq: number, now: number): number {
    const missing = this.waiting.find((commit) => commit.seq > seq);
    return Math.min(now, missing?.at ?? now);
  }
}
