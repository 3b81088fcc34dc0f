/** Another process's commit counts for so long as a sign that it goes on writing. */
const LATELY_MS = 10_000;
/** A catch-up, a decision and an fsync of somebody else fit into it, where the log is read quickly. */
const REST_MS = 20;
/** Where it is not, so many times what a look at the log's end takes here: it takes as long elsewhere. */
const REST_LOOKS = 3;
const LONGEST_REST_MS = 500;
/** Weight of the newest look. */
const NEWEST = 0.3;
/** Whoever has not won once is not known of: so often there is room for a first time. */
const ROOM_EVERY_MS = 250;

/**
 * Compare-and-append lets the fastest win, and whoever has just won is the fastest: he knows the new
 * tail before anybody else does. So a process that saw a foreign commit lately rests after each win
 * of its own, and one of several nodes that appends without a pause rests now and then in any case:
 * nobody starves.
 */
export class Contention {
  private foreignAt = Number.NEGATIVE_INFINITY;
  private restsUntil = Number.NEGATIVE_INFINITY;
  private wonAt = Number.NEGATIVE_INFINITY;
  /** What a look at the log's end takes, ms. */
  private lookMs = 0;
  /** When there was room for others last. */
  private roomAt = Number.NEGATIVE_INFINITY;
  private readonly monotonic: () => number;
  private readonly isOneOfSeveral: boolean;

  constructor(monotonic: () => number, isOneOfSeveral: boolean) {
    this.monotonic = monotonic;
    this.isOneOfSeveral = isOneOfSeveral;
  }

  sawForeign(): void {
    this.foreignAt = this.monotonic();
  }

  /** A look at the log's end took so many ms. */
  looked(ms: number): void {
    this.lookMs += (ms - this.lookMs) * NEWEST;
  }

  won(): void {
    const now = this.monotonic();
    this.wonAt = now;
    const isCrowded = now - this.foreignAt < LATELY_MS;
    const isDue = this.isOneOfSeveral && now - this.roomAt >= ROOM_EVERY_MS;
    if (isCrowded || isDue) this.restsUntil = now + this.restFor();
  }

  private restFor(): number {
    return Math.min(Math.max(REST_MS, this.lookMs * REST_LOOKS), LONGEST_REST_MS);
  }

  /** How long the next append has to wait, ms; asked when there is one. */
  restMs(): number {
    const now = this.monotonic();
    if (now - this.wonAt >= this.restFor() || this.restsUntil > now) this.roomAt = now;
    return Math.max(0, this.restsUntil - now);
  }
}
