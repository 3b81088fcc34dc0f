import type { Clock } from "./clock.ts";

/** A node further off than this would date and raise things at another time than the others, ms. */
const MOST_OFF_MS = 2_000;

export interface DatabaseClockDeps {
  readonly clock: Clock;
  /** The database's own time, ms. */
  readonly ask: () => Promise<number>;
  /** Told once per change. */
  readonly onTurn: (isOff: boolean, offMs: number) => void;
}

/**
 * Whether this node's time is that of the database that all nodes share. Two looks in a row have to
 * find it off: a process that was stopped between two readings sees a difference that is none.
 */
export class DatabaseClock {
  #isOff = false;
  #wasOff = false;
  #isAsking = false;
  readonly #deps: DatabaseClockDeps;

  constructor(deps: DatabaseClockDeps) {
    this.#deps = deps;
  }

  isOff(): boolean {
    return this.#isOff;
  }

  /** Once a second. A database that does not answer says nothing about the time. */
  async look(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { clock, ask } = this.#deps;
    const before = clock.now();
    try {
      this.#judge(await ask(), before, clock.now());
    } catch {
      // The store's own looks say that it is away.
    } finally {
      this.#isAsking = false;
    }
  }

  /** It was read at some moment between the two: how long the answer took makes nobody wrong. */
  #judge(theirs: number, before: number, after: number): void {
    const offMs = theirs > after ? after - theirs : Math.max(0, before - theirs);
    const isOff = Math.abs(offMs) > MOST_OFF_MS;
    const now = isOff && (this.#wasOff || this.#isOff);
    this.#wasOff = isOff;
    if (now === this.#isOff) return;
    this.#isOff = now;
    this.#deps.onTurn(now, offMs);
  }
}
