export interface AdmissionDeps {
  readonly monotonic: () => number;
  /** Runs it once the event loop has looked at everything else. */
  readonly nextTurn: (run: () => void) => void;
  /** One that cannot be let in stops nobody behind it. */
  readonly onError: (error: unknown) => void;
}

/** Of each turn of the event loop: a command that comes meanwhile waits no longer for this. */
const TURN_MS = 4;
/** More than come at once of a whole province; who is beyond is told to come again. */
const MOST_WAITING = 5_000;

/**
 * The door of the live channel when everybody comes at once, as after an outage: in each turn some
 * are let in, in the order in which they came, and between two turns those who are inside have
 * theirs.
 */
export class Admission {
  private readonly waiting: (() => void)[] = [];
  private spentMs = 0;
  private isScheduled = false;
  private readonly deps: AdmissionDeps;

  constructor(deps: AdmissionDeps) {
    this.deps = deps;
  }

  /** @returns false when too many wait already: this one is not let in. */
  enter(letIn: () => void): boolean {
    if (this.waiting.length >= MOST_WAITING) return false;
    this.waiting.push(letIn);
    this.letIn();
    return true;
  }

  private letIn(): void {
    const { monotonic } = this.deps;
    while (this.spentMs < TURN_MS) {
      const next = this.waiting.shift();
      if (!next) break;
      const from = monotonic();
      try {
        next();
      } catch (error) {
        this.deps.onError(error);
      }
      this.spentMs += monotonic() - from;
    }
    this.schedule();
  }

  private schedule(): void {
    if (this.isScheduled || (this.spentMs === 0 && this.waiting.length === 0)) return;
    this.isScheduled = true;
    this.deps.nextTurn(() => {
      this.isScheduled = false;
      this.spentMs = 0;
      this.letIn();
    });
  }
}
