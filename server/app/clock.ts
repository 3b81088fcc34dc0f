/** Time comes in through this door; tests bring a clock of their own. */
export interface Clock {
  /** Server time, integer ms since the epoch. Never stands still for long and never runs back. */
  now(): number;
  /** ms since some start; never affected by the wall clock. */
  monotonic(): number;
}

/** The wall clock may drift by this much per correction; a larger step is held. */
const SLEW_LIMIT_MS = 2_000;

/**
 * `now` = base + monotonic. The base is slewed towards the wall clock while they differ by less
 * than 2 s; a larger step is held (`heldStepMs`) until a person confirms it.
 */
export class SystemClock implements Clock {
  private base: number;
  private last = 0;
  private readonly wall: () => number;
  private readonly mono: () => number;

  constructor(wall: () => number = Date.now, mono: () => number = () => performance.now()) {
    this.wall = wall;
    this.mono = mono;
    this.base = wall() - mono();
  }

  monotonic(): number {
    return this.mono();
  }

  now(): number {
    const off = this.wall() - (this.base + this.mono());
    // A tenth of the difference per reading keeps time smooth and converges within a few readings.
    if (Math.abs(off) < SLEW_LIMIT_MS) this.base += off / 10;
    this.last = Math.max(this.last, Math.floor(this.base + this.mono()));
    return this.last;
  }

  /** Lifts the clock to the log's last commit, so that commit times never go back. */
  notBefore(at: number): void {
    if (this.now() < at) this.base += at - this.now();
  }

  /** Difference to the wall clock that is being held back, ms; 0 when none. */
  heldStepMs(): number {
    const off = this.wall() - (this.base + this.mono());
    return Math.abs(off) < SLEW_LIMIT_MS ? 0 : Math.round(off);
  }
}
