import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { getRef } from "../../shared/domain/kernel/state.ts";
import { FiguresKept, type ObservedFigures } from "../../shared/domain/observer/figures.ts";
import { OBSERVER_DELAY_MS } from "../../shared/domain/observer/frame.ts";
import { hash8 } from "../log/hash-chain.ts";
import type { Tail } from "./history.ts";
import type { CapturedState } from "./kept-state/kept-state.ts";
import type { AppliedCommit } from "./replica.ts";
import { type CapturedType, World } from "./world.ts";

interface Waiting {
  readonly tail: Tail;
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
  private readonly itself = new World();
  /** What a kept state still has to bring into it, in turns. */
  private restoring: Iterator<void> | undefined;
  private readonly kept = new FiguresKept();
  private readonly waiting: Waiting[] = [];
  private stands: Tail = { seq: -1, hash: "0".repeat(64), at: 0 };
  private readonly now: () => number;
  /** At replay nothing is known of the present but the time of the last commit. */
  private replaying = true;

  constructor(now: () => number) {
    this.now = now;
  }

  get world(): World {
    while (this.restoreSome());
    return this.itself;
  }

  /**
   * A turn of what was kept; false when all of it is there. Nobody asks for this world in the first
   * half minute, so a start need not wait for it; whoever asks before gets the rest at once.
   */
  restoreSome(): boolean {
    if (this.restoring?.next().done !== false) this.restoring = undefined;
    return this.restoring !== undefined;
  }

  get at(): { readonly seq: number; readonly hash8: string } {
    return { seq: this.stands.seq, hash8: hash8(this.stands.hash) };
  }

  /** All of it as it stands now. */
  capture(): CapturedState {
    const types = this.world.capture();
    return { tail: this.stands, types, figures: this.kept.written() };
  }

  get seq(): number {
    return this.stands.seq;
  }

  /** Begins with a state that was kept of this world: old enough when it was kept. */
  startFrom({ tail, types, figures }: CapturedState): void {
    this.restoring = restored(this.itself, types);
    this.kept.restore(figures);
    this.stands = tail;
  }

  /** The log was read to its end: from here on commits come as they are made. */
  live(): void {
    this.replaying = false;
  }

  readonly take = ({ tail, overlay }: AppliedCommit): void => {
    const cameAt = this.replaying ? tail.at : Math.max(tail.at, this.now());
    this.waiting.push({
      tail,
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
      this.stands = next.tail;
    }
  }
}

function* restored(world: World, types: readonly CapturedType[]): Iterator<void> {
  for (const type of types) yield* world.restoring(type);
}
