import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { getRef } from "../../shared/domain/kernel/state.ts";
import { FiguresKept, type ObservedFigures } from "../../shared/domain/observer/figures.ts";
import { OBSERVER_DELAY_MS } from "../../shared/domain/observer/frame.ts";
import { hash8 } from "../log/hash-chain.ts";
import type { AppliedCommit } from "./replica.ts";
import { World } from "./world.ts";

interface Waiting {
  readonly seq: number;
  readonly hash8: string;
  /** Server ms from which it may be shown. */
  readonly showAt: number;
  readonly records: readonly AnyRecord[];
}

/**
 * The province as it was 30 s ago, in a world of its own: records are immutable, so it costs tables
 * and no copies. A commit enters 30 s after its own time, and 30 s after it came in here, whichever
 * is later; what is not in it cannot be shown by mistake.
 */
export class PastWorld {
  readonly world = new World();
  private readonly kept = new FiguresKept();
  private readonly waiting: Waiting[] = [];
  private standsAt = { seq: -1, hash8: "00000000" };
  private readonly now: () => number;
  /** At replay nothing is known of the present but the time of the last commit. */
  private replaying = true;

  constructor(now: () => number) {
    this.now = now;
  }

  get at(): { readonly seq: number; readonly hash8: string } {
    return this.standsAt;
  }

  /** The log was read to its end: from here on commits come as they are made. */
  live(): void {
    this.replaying = false;
  }

  readonly take = ({ tail, overlay }: AppliedCommit): void => {
    const cameAt = this.replaying ? tail.at : Math.max(tail.at, this.now());
    this.waiting.push({
      seq: tail.seq,
      hash8: hash8(tail.hash),
      showAt: cameAt + OBSERVER_DELAY_MS,
      records: overlay.changes().map(({ after }) => after),
    });
    // The present is no earlier than the last commit, so the replay of a year holds half a minute.
    this.advance(this.replaying ? tail.at : this.now());
  };

  /** Of a court with those below it, as of this world's own time. */
  figures(courtId: string, at: number): ObservedFigures {
    return this.kept.figures(courtId, this.world, at);
  }

  /** Lets in what is old enough. */
  advance(now: number): void {
    while (this.waiting[0] && this.waiting[0].showAt <= now) {
      const next = this.waiting.shift();
      if (!next) return;
      for (const record of next.records) {
        this.kept.changed(getRef(this.world, record), record);
        this.world.put(record);
      }
      this.standsAt = { seq: next.seq, hash8: next.hash8 };
    }
  }
}
