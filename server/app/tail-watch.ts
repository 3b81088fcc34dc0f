import type { LogStore } from "../log/log-store.ts";

export interface TailWatchDeps {
  readonly log: Pick<LogStore, "read">;
  /** The last commit that is applied here. */
  readonly tail: () => number;
  readonly follow: () => Promise<void>;
}

/**
 * Looks whether another process has appended, which costs one read of at most one row, and follows
 * only then. Asked for often: by a short clock, and by whoever is told of a commit elsewhere.
 */
export class TailWatch {
  private looking: Promise<void> | undefined;
  private again = false;
  private readonly deps: TailWatchDeps;

  constructor(deps: TailWatchDeps) {
    this.deps = deps;
  }

  /**
   * One look at a time; what is told during one is looked at after it. Never rejects. Whoever waits
   * waits for one look alone: beside a node that appends without a pause there is always another.
   */
  look(): Promise<void> {
    this.again = this.looking !== undefined;
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
      if (this.again) void this.look();
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { log, tail, follow } = this.deps;
    try {
      const [next] = await log.read(tail(), 1);
      if (next !== undefined) await follow();
    } catch {
      // A store that does not answer is found and said by the look of every second.
    }
  }
}
