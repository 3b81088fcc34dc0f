import type { StepKind } from "./sliced-work.ts";

/** One frame on its way to the sockets of one view. */
export interface ViewWrites {
  readonly bytes: Uint8Array;
  readonly sinks: Iterator<{ take(bytes: Uint8Array): void }>;
  /** Views may go between two steps: who left is sent nothing. */
  readonly isWanted: () => boolean;
}

const STEP = { done: false, value: undefined } as const;
const WRITE = { done: false, value: "LIGHT" } as const;

/**
 * A flush, a step at a time: what the plan yields empty is a step of its own, and of a view's writes
 * each socket is one. Thousands of them pass in a second, so they do not go through generators.
 */
export class FlushSteps implements Iterator<StepKind> {
  readonly #plan: Iterator<ViewWrites | undefined>;
  readonly #failed: (error: unknown) => void;
  #writes: ViewWrites | undefined;

  /** @param failed told of a socket that could not be written to; the next one is (POS-35). */
  constructor(plan: Iterator<ViewWrites | undefined>, failed: (error: unknown) => void) {
    this.#plan = plan;
    this.#failed = failed;
  }

  next(): IteratorResult<StepKind> {
    for (;;) {
      if (this.#writes && this.#hasWritten(this.#writes)) return WRITE;
      const { done, value } = this.#plan.next();
      if (done) return { done: true, value: undefined };
      if (!value) return STEP;
      this.#writes = value;
    }
  }

  /** False when the view has been served. */
  #hasWritten({ sinks, bytes, isWanted }: ViewWrites): boolean {
    const sink = sinks.next();
    if (sink.done || !isWanted()) {
      this.#writes = undefined;
      return false;
    }
    try {
      sink.value.take(bytes);
    } catch (error) {
      this.#failed(error);
    }
    return true;
  }
}
