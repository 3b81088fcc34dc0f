/** What may be done in one turn, ms. */
const SLICE_MS = 2;

/** Long work in slices: whoever does it asks after each small piece. */
export class Turns {
  private since = Number.NEGATIVE_INFINITY;
  private readonly monotonic: () => number;
  private readonly yieldTurn: () => Promise<void>;

  constructor(monotonic: () => number, yieldTurn: () => Promise<void>) {
    this.monotonic = monotonic;
    this.yieldTurn = yieldTurn;
  }

  /** Resolves at once, or after everybody else had a turn. */
  pause(): Promise<void> | undefined {
    return this.monotonic() - this.since < SLICE_MS ? undefined : this.turn();
  }

  private async turn(): Promise<void> {
    await this.yieldTurn();
    this.since = this.monotonic();
  }
}
