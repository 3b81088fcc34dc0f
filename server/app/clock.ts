/** Time comes in through this door; tests bring a clock of their own. */
export interface Clock {
  /** Server time, integer ms since the epoch. Never stands still for long and never runs back. */
  now(): number;
  /** ms since some start; never affected by the wall clock. */
  monotonic(): number;
}

/** A difference to the wall clock from here on is held until a person decides, ms. */
const HELD_FROM_MS = 2_000;

/**
 * How fast the server's time may be led towards the wall clock: half a percent of the time that
 * passes. 1 s takes 200 s, an hour eight days. It bounds what a clock can be early or late by while
 * it is led: an SOS escalation at 60 s by 0.3 s (deadlines are watched on the monotonic clock too).
 */
const LEAD_RATE = 1 / 200;

/** What the log says of this machine's clock when the server starts. */
export interface TimeAtStart {
  /** `at` of the last commit: server time never lies before it. */
  readonly lastAt: number;
  /** A difference that was held or refused and has not been settled since, ms. */
  readonly heldMs?: number;
  /** A step back that a person accepted and that was perhaps not yet worked off, ms (negative). */
  readonly acceptedMs?: number;
}

/** Server time and machine time as a former process last said them in its sign of life, ms. */
export interface SignOfLife {
  readonly at: number;
  readonly wallMs: number;
}

/** For so long a downtime is measured by a machine's clock that is itself not believed, ms. */
const DOWNTIME_MEASURED_MS = 60_000;

/**
 * `now` = base + monotonic. While base and wall clock differ by less than 2 s the base is led
 * towards the wall at a bounded rate, forwards and backwards; a larger difference is held
 * (`heldStepMs`) until a person accepts it. An accepted step forward lifts the base at once; an
 * accepted step back makes time run slower at the same rate until it is worked off, so that it never
 * runs back and never stands still.
 */
export class SystemClock implements Clock {
  private base: number;
  private last = 0;
  /** Monotonic time up to which the base was led. */
  private ledTo: number;
  /** What is left of an accepted step back, ms, 0 or negative. */
  private toWorkOff = 0;
  private reached: SignOfLife | undefined;
  private readonly wall: () => number;
  private readonly mono: () => number;

  constructor(wall: () => number = Date.now, mono: () => number = () => performance.now()) {
    this.wall = wall;
    this.mono = mono;
    this.ledTo = mono();
    this.base = wall() - this.ledTo;
  }

  monotonic(): number {
    return this.mono();
  }

  now(): number {
    this.lead();
    this.last = Math.max(this.last, Math.floor(this.base + this.mono()));
    return this.last;
  }

  /** What the machine's own clock says, ms. */
  wallNow(): number {
    return this.wall();
  }

  /** How far a former process on this machine came; told before the log is read. */
  continueFrom(sign: SignOfLife): void {
    this.reached = sign;
  }

  /**
   * The first reading after the log was read. A wall clock that is ahead by what was held before the
   * restart is still not believed: a restart is no decision. One that lies before what server time
   * had reached is held, unless a person accepted that step back already.
   */
  startAt(given: TimeAtStart): void {
    const { lastAt, acceptedMs = 0 } = given;
    const floor = Math.max(lastAt, this.reached?.at ?? 0);
    this.base = Math.max(floor, this.ownAt(given, floor)) - this.mono();
    this.ledTo = this.mono();
    this.last = 0;
    this.toWorkOff = Math.min(0, Math.max(acceptedMs, this.off()));
  }

  /** Server time at start, as far as the wall clock tells. */
  private ownAt({ heldMs = 0 }: TimeAtStart, floor: number): number {
    const wall = this.wall();
    // Less exact than 2 s: the two clocks drift apart while a step is held.
    if (heldMs > 0 && wall - heldMs >= floor - HELD_FROM_MS) return wall - heldMs;
    if (wall >= floor || !this.reached) return wall;
    const downMs = wall - this.reached.wallMs;
    return downMs >= 0 && downMs <= DOWNTIME_MEASURED_MS ? this.reached.at + downMs : floor;
  }

  /** Lifts the clock to a commit's time, so that commit times never go back. */
  notBefore(at: number): void {
    const behind = at - this.now();
    if (behind > 0) this.base += behind;
  }

  /** A person takes the wall clock for right, where it differs by `offMs`. */
  accept(offMs: number): void {
    this.lead();
    this.toWorkOff = Math.min(0, offMs);
    if (offMs > 0) this.base += offMs;
  }

  /** Difference to the wall clock that is being held back, ms; 0 when none. */
  heldStepMs(): number {
    const off = this.off();
    return this.isHeld(off) ? Math.round(off) : 0;
  }

  /** Less than 2 s between the two: nothing is held and nothing left to work off. */
  agrees(): boolean {
    return Math.abs(this.off()) < HELD_FROM_MS;
  }

  private off(): number {
    return this.wall() - (this.base + this.mono());
  }

  private isHeld(off: number): boolean {
    return Math.abs(off) >= HELD_FROM_MS && Math.abs(off - this.toWorkOff) >= HELD_FROM_MS;
  }

  /** While a step is held, time passes as the monotonic clock does, and nothing is led. */
  private lead(): void {
    const mono = this.mono();
    const most = (mono - this.ledTo) * LEAD_RATE;
    this.ledTo = mono;
    const off = this.off();
    if (Math.abs(off) < HELD_FROM_MS) this.toWorkOff = 0;
    if (this.isHeld(off)) return;
    const step = Math.min(most, Math.max(-most, off));
    this.base += step;
    if (this.toWorkOff < 0) this.toWorkOff = Math.min(0, this.toWorkOff - step);
  }
}
