import type { Rule } from "./machines.ts";

/** A try that came to nothing weighs less than a step that was taken, so that nobody tries for ever. */
const TRY_WEIGHT = 0.06;
/** After so many tries the ways are looked at anew. */
const EVERY = 60;

/**
 * How much each line of the table is worth taking: the seldom ones, and those on the way to a state
 * from which seldom ones start. The lower the more.
 */
export class Appeal {
  readonly taken = new Map<string, number>();
  readonly #tried = new Map<string, number>();
  readonly #rules: readonly Rule[];
  #need = new Map<string, number>();
  #tries = 0;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  took(rule: Rule): void {
    this.taken.set(rule.key, (this.taken.get(rule.key) ?? 0) + 1);
  }

  tried(rule: Rule): void {
    if (this.#tries % EVERY === 0) this.#lookAnew();
    this.#tries += 1;
    this.#tried.set(rule.key, (this.#tried.get(rule.key) ?? 0) + 1);
  }

  #own(rule: Rule): number {
    return (this.taken.get(rule.key) ?? 0) + TRY_WEIGHT * (this.#tried.get(rule.key) ?? 0);
  }

  of(rule: Rule): number {
    const { machine, from, to } = rule;
    const ahead = to === from ? undefined : this.#need.get(`${machine} ${to}`);
    return Math.min(this.#own(rule), ahead === undefined ? Number.POSITIVE_INFINITY : ahead + 1);
  }

  /** From each state the least that starts from it, directly or further on. */
  #lookAnew(): void {
    this.#need = new Map();
    for (let round = 0; round < 12; round += 1) {
      for (const rule of this.#rules) {
        const place = `${rule.machine} ${rule.from}`;
        const least = this.#need.get(place) ?? Number.POSITIVE_INFINITY;
        this.#need.set(place, Math.min(least, this.of(rule)));
      }
    }
  }
}
