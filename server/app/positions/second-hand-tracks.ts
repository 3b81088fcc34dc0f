import { TRACK_ENDED, TRACK_ROW_WORDS } from "../../../shared/wire/track-answer.ts";
import type { TrackStore } from "../../tracks/track-store.ts";
import type { TimedRows } from "./node-positions.ts";
import type { PositionClock } from "./ports.ts";

export interface SecondHandDeps {
  readonly store: TrackStore;
  readonly clock: PositionClock;
  /** What was to be kept and was not. */
  readonly onLost: () => void;
}

/** Half a minute of the largest load; a disk that hangs for longer loses the rest. */
const MOST_WAITING = 65_536;

/**
 * Positions that other nodes took, kept here too, apart from this node's own: a copy at the pace of
 * the ticks, so that a question about everybody's past can be answered by any node. What vouches for
 * a position is the track of the node that answered the device; nobody waits for this one.
 */
export class SecondHandTracks {
  readonly #deps: SecondHandDeps;
  #waiting: TimedRows[] = [];
  #count = 0;
  #writing = false;

  constructor(deps: SecondHandDeps) {
    this.#deps = deps;
  }

  take(rows: TimedRows): void {
    if (this.#count + rows.at.length > MOST_WAITING) {
      this.#deps.onLost();
      return;
    }
    this.#waiting.push(rows);
    this.#count += rows.at.length;
  }

  /** Off duty from then on: what another node took of him before is no picture of him any more. */
  ended(trackIndex: number, at: number): void {
    const words = new Uint32Array(TRACK_ROW_WORDS);
    words[0] = trackIndex;
    words[1] = TRACK_ENDED;
    this.take({ words, at: Float64Array.of(at) });
  }

  /** Once a second. */
  async flush(): Promise<void> {
    if (this.#writing || this.#count === 0) return;
    const group = joined(this.#waiting, this.#count);
    this.#waiting = [];
    this.#count = 0;
    this.#writing = true;
    try {
      await this.#deps.store.append(group, Math.floor(this.#deps.clock.now()));
    } catch {
      this.#deps.onLost();
    } finally {
      this.#writing = false;
    }
  }

  /** Once in a few seconds. */
  async lookAfter(): Promise<void> {
    // Its disk is that of this node's own tracks, which says what fails.
    await this.#deps.store.tick(Math.floor(this.#deps.clock.now())).catch(() => undefined);
  }

  async stop(): Promise<void> {
    await this.flush();
    if (!this.#writing) await this.#deps.store.close();
  }
}

function joined(rows: readonly TimedRows[], count: number): TimedRows {
  const words = new Uint32Array(count * TRACK_ROW_WORDS);
  const at = new Float64Array(count);
  let row = 0;
  for (const each of rows) {
    words.set(each.words, row * TRACK_ROW_WORDS);
    at.set(each.at, row);
    row += each.at.length;
  }
  return { words, at };
}
