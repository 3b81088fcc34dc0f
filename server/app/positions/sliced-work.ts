export interface Turns {
  /** Runs it in a later turn of the loop, after what came in meanwhile. */
  readonly next: (run: () => void) => void;
  readonly monoMs: () => number;
  /** How long a turn may last; asked at the beginning of each. */
  readonly turnMs: () => number;
}

/** A step of which thousands are alike and short; any other is one by itself. */
export type StepKind = "LIGHT" | undefined;

/** Of light steps, between two looks at the clock: it costs some per cent of each of them. */
const MOST_UNSEEN = 8;
/** As many as would take this share of the turn's rest, if they go on as they did. */
const UNSEEN_SHARE = 1 / 4;

/** Does one long work in turns of a few ms. The work itself goes on from step to step. */
export class SlicedWork {
  readonly #turns: Turns;
  #steps: Iterator<StepKind> | undefined;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  get isBusy(): boolean {
    return this.#steps !== undefined;
  }

  /** Begins in this turn. `done` is called when the last step is over. */
  begin(steps: Iterator<StepKind>, done: () => void): void {
    this.#steps = steps;
    this.#turn(steps, done);
  }

  /** Whatever is left is not done. */
  stop(): void {
    this.#steps = undefined;
  }

  #turn(steps: Iterator<StepKind>, done: () => void): void {
    if (this.#steps !== steps) return;
    let lookedAt = this.#turns.monoMs();
    const until = lookedAt + this.#turns.turnMs();
    let [taken, atOnce] = [0, 1];
    for (let step = steps.next(); !step.done; step = steps.next()) {
      taken += 1;
      if (step.value === "LIGHT" && taken < atOnce) continue;
      const now = this.#turns.monoMs();
      if (now >= until) {
        this.#turns.next(() => this.#turn(steps, done));
        return;
      }
      atOnce = stepsIn((until - now) * UNSEEN_SHARE, (now - lookedAt) / taken);
      lookedAt = now;
      taken = 0;
    }
    this.#steps = undefined;
    done();
  }
}

/** How many may be taken within that time, one of them in any case. */
const stepsIn = (ms: number, msPerStep: number): number =>
  Math.max(1, Math.min(MOST_UNSEEN, ms / msPerStep));
