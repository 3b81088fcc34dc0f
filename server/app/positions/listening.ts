/** A time in which this node did not hear the others, server ms. */
type Gap = readonly [from: number, to: number];

export interface ListeningSaid {
  /** Since when there may be other nodes. */
  readonly since: number;
  /** Until when it is known whether they were heard. */
  readonly until: number;
  readonly gaps: readonly Gap[];
}

/**
 * When this node heard what other nodes took, and when not: a node that was down, or cut off, cannot
 * answer for everybody of that time, and says so. Before the first start among several nodes there
 * was only one.
 */
export class Listening {
  #since: number;
  #until: number;
  #gaps: Gap[];

  /** @param said what was kept; the time since then was not listened to. */
  constructor(now: number, said?: ListeningSaid) {
    this.#since = said?.since ?? now;
    this.#until = said?.until ?? now;
    this.#gaps = [...(said?.gaps ?? [])];
    this.#missUntil(now);
  }

  /** Once a second. */
  look(now: number, isHearing: boolean): void {
    if (isHearing) this.#until = Math.max(this.#until, now);
    else this.#missUntil(now);
  }

  /** Something that was heard could not be kept. */
  lost(now: number): void {
    this.#add([now, now]);
  }

  /** Whether positions of `[from, to]` may be missing here. */
  lacks(from: number, to: number): boolean {
    return this.#gaps.some(([begin, end]) => begin <= to && end >= from);
  }

  said(): ListeningSaid {
    return { since: this.#since, until: this.#until, gaps: this.#gaps };
  }

  /** Tracks of before are dropped, and what they lack with them. */
  forgetBefore(at: number): void {
    this.#gaps = this.#gaps.filter(([, end]) => end >= at);
  }

  #missUntil(now: number): void {
    if (now <= this.#until) return;
    this.#add([this.#until, now]);
    this.#until = now;
  }

  #add([from, to]: Gap): void {
    const last = this.#gaps.at(-1);
    if (last && last[1] >= from)
      this.#gaps[this.#gaps.length - 1] = [last[0], Math.max(last[1], to)];
    else this.#gaps.push([from, to]);
  }
}
