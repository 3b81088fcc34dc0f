/** Chance with a seed: the same seed plays the same history (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to but not including `below`. */
  upTo(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  }

  /** True `share` times out of 100. */
  percent(share: number): boolean {
    return this.upTo(100) < share;
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[this.upTo(list.length)];
  }

  /** One of a list that is never empty. */
  of<T>(first: T, ...rest: readonly T[]): T {
    const at = this.upTo(rest.length + 1);
    return at === 0 ? first : (rest[at - 1] as T);
  }

  /** All of them, from a place somewhere in the middle on. */
  *around<T>(list: readonly T[]): Generator<T> {
    const from = this.upTo(list.length);
    for (let i = 0; i < list.length; i += 1) yield list[(from + i) % list.length] as T;
  }
}
