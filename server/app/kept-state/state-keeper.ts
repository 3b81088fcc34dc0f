import type { StateCache } from "../../state-cache/state-cache.ts";
import type { TimelineIndex } from "../history.ts";
import type { PastWorld } from "../past-world.ts";
import { keptLines } from "./kept-state.ts";

export interface StateKeeperDeps {
  readonly cache: StateCache;
  /** Hash of commit 0. */
  readonly genesis: string;
  /**
   * What is kept is the world of half a minute ago: whoever starts with it may show all of it to
   * those who see nothing younger, and folds the rest once more.
   */
  readonly past: Pick<PastWorld, "seq" | "world" | "capture">;
  readonly timelines: TimelineIndex;
  /** Between two lines, so that everybody else has his turn. */
  readonly pause: (ms: number) => Promise<void>;
  readonly say: (said: KeeperSaid) => void;
  /** Commits between two times. */
  readonly everyCommits?: number | undefined;
}

export type KeeperSaid =
  | { readonly kind: "KEPT"; readonly seq: number }
  | { readonly kind: "NOT_KEPT"; readonly why: unknown };

/** What a start has to fold at most besides: half a second. */
const EVERY_COMMITS = 10_000;
/** After each line, which takes a millisecond or two of encoding or packing: for the others. */
const PAUSE_MS = 5;
/** After a disk that was full or gone. */
const RETRY_AFTER_LOOKS = 30;

/** Keeps the state from time to time, in the background and never twice at once. */
export class StateKeeper {
  private keptTo: number;
  private looksToWait = 0;
  private writing: Promise<void> | undefined;
  private stopped = false;
  private readonly deps: StateKeeperDeps;

  /** @param keptTo commit that the state stands at with which this process began; -1 without one. */
  constructor(deps: StateKeeperDeps, keptTo: number) {
    this.deps = deps;
    this.keptTo = keptTo;
  }

  /** Periodically. Nobody waits for what it begins. */
  look(): void {
    const { past, everyCommits = EVERY_COMMITS } = this.deps;
    if (this.looksToWait > 0) this.looksToWait -= 1;
    else if (past.seq - this.keptTo >= everyCommits) void this.keep();
  }

  /** Now, and says by `say` how it went. */
  keep(): Promise<void> {
    this.writing ??= this.kept().finally(() => {
      this.writing = undefined;
    });
    return this.writing;
  }

  /** What is half written is left: a server that is told to stop has better things to do. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.writing;
  }

  private async kept(): Promise<void> {
    const { cache, past, genesis, timelines, say } = this.deps;
    if (past.seq < 0) return; // nothing is half a minute old yet
    try {
      const captured = past.capture();
      const { seq } = captured.tail;
      const lines = keptLines({ ...captured, genesis, timelines, state: past.world });
      await cache.write(this.slowly(lines));
      this.keptTo = seq;
      say({ kind: "KEPT", seq });
    } catch (why) {
      if (this.stopped) return;
      this.looksToWait = RETRY_AFTER_LOOKS;
      say({ kind: "NOT_KEPT", why });
    }
  }

  private async *slowly(lines: Iterable<string>): AsyncIterable<string> {
    for (const line of lines) {
      if (this.stopped) throw new Error("the server stops");
      yield line;
      await this.deps.pause(PAUSE_MS);
    }
  }
}
