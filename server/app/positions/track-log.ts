import { writeRow } from "../../../shared/wire/position-frame.ts";
import { TRACK_ENDED, TRACK_ROW_BYTES } from "../../../shared/wire/track-answer.ts";
import type { TrackStore } from "../../tracks/track-store.ts";
import type { Fix } from "./fix.ts";
import { rowValuesOf } from "./last-values.ts";
import type { PositionClock, Scheduler, TrackSink } from "./ports.ts";

export interface TrackLogDeps {
  readonly store: Pick<TrackStore, "append" | "tick" | "close">;
  readonly clock: PositionClock;
  readonly scheduler: Scheduler;
  /** Told when storing begins to fail and when it works again. */
  readonly onTurn: (failing: boolean, why: unknown) => void;
}

/** Fixes of so long share one write; the next group waits for the one before. */
const GROUP_MS = 10;
/** Who waits longer is told that it is not stored, and sends again. */
const PATIENCE_MS = 3_000;
/** Six seconds of the largest load; beyond that nothing more is taken. */
const MOST_WAITING = 65_536;
const FIRST_ROWS = 64;

const NOTHING_WAITS = Promise.resolve(true);

/** Rows that go into the next write, and what became of them. */
class Group {
  words = new Uint32Array(FIRST_ROWS * (TRACK_ROW_BYTES / 4));
  view = new DataView(this.words.buffer);
  at = new Float64Array(FIRST_ROWS);
  count = 0;
  readonly kept = Promise.withResolvers<boolean>();

  /** Room for one more row; its place. */
  next(at: number): number {
    if (this.count === this.at.length) this.#widen();
    this.at[this.count] = at;
    this.count += 1;
    return (this.count - 1) * TRACK_ROW_BYTES;
  }

  rows() {
    const words = this.words.slice(0, this.count * (TRACK_ROW_BYTES / 4));
    return { words, at: this.at.slice(0, this.count) };
  }

  #widen(): void {
    const words = new Uint32Array(this.words.length * 2);
    words.set(this.words);
    const at = new Float64Array(this.at.length * 2);
    at.set(this.at);
    this.words = words;
    this.view = new DataView(words.buffer);
    this.at = at;
  }
}

/** Brings fixes to the track store in groups, one at a time, and says which are kept. */
export class TrackLog implements TrackSink {
  readonly #deps: TrackLogDeps;
  #collecting = new Group();
  #inFlight: Group | undefined;
  /** Of the two groups that there are now. */
  #both: Promise<boolean> | undefined;
  /** The group in flight has had its time, and nobody waits for it any more. */
  #isStuck = false;
  #isFailing = { append: false, tick: false };
  #cancelFlush: (() => void) | undefined;

  constructor(deps: TrackLogDeps) {
    this.#deps = deps;
  }

  get isFailing(): boolean {
    return this.#isFailing.append || this.#isFailing.tick;
  }

  append(fix: Fix): boolean {
    if (this.#isStuck || this.#collecting.count >= MOST_WAITING) return false;
    const offset = this.#collecting.next(fix.deviceAt);
    writeRow(this.#collecting.view, offset, rowValuesOf(fix));
    this.#flushSoon();
    return true;
  }

  ended(trackIndex: number, at: number): void {
    if (this.#isStuck || this.#collecting.count >= MOST_WAITING) return;
    const offset = this.#collecting.next(at);
    this.#collecting.view.setUint32(offset, trackIndex, true);
    this.#collecting.view.setInt32(offset + 4, TRACK_ENDED, true);
    this.#flushSoon();
  }

  /** The very same promise for all that wait for the same groups. */
  settled(): Promise<boolean> {
    const { kept } = this.#collecting;
    if (!this.#inFlight) return this.#collecting.count > 0 ? kept.promise : NOTHING_WAITS;
    const before = this.#inFlight.kept.promise;
    if (this.#collecting.count === 0) return before;
    // The group in flight is settled before the one behind it is even written.
    this.#both ??= Promise.all([before, kept.promise]).then((all) => all.every(Boolean));
    return this.#both;
  }

  /** Once in a few seconds; a store that failed shows here whether it works again. */
  async tick(): Promise<void> {
    try {
      await this.#deps.store.tick(Math.floor(this.#deps.clock.now()));
      // It has proved that writing works.
      this.#turn({ append: this.#isStuck, tick: false });
    } catch (error) {
      this.#turn({ tick: true }, error);
    }
  }

  /** What still waits is written, unless the store does not answer. */
  async stop(): Promise<void> {
    this.#flush();
    await this.settled();
    this.#flush();
    await this.settled();
    this.#cancelFlush?.();
    if (!this.#isStuck) await this.#deps.store.close();
  }

  #flushSoon(): void {
    if (this.#cancelFlush || this.#inFlight) return;
    this.#cancelFlush = this.#deps.scheduler.after(GROUP_MS, () => this.#flush());
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    if (this.#inFlight || this.#collecting.count === 0) return;
    const group = this.#collecting;
    this.#collecting = new Group();
    this.#inFlight = group;
    this.#both = undefined;
    const cancelPatience = this.#deps.scheduler.after(PATIENCE_MS, () => this.#giveUp(group));
    const { store, clock } = this.#deps;
    const writing = store.append(group.rows(), Math.floor(clock.now()));
    writing.then(
      () => this.#written(group, cancelPatience, true),
      (error: unknown) => this.#written(group, cancelPatience, false, error),
    );
  }

  #written(group: Group, cancelPatience: () => void, kept: boolean, why?: unknown): void {
    cancelPatience();
    this.#inFlight = undefined;
    this.#both = undefined;
    this.#isStuck = false;
    this.#turn({ append: !kept }, why);
    group.kept.resolve(kept);
    if (this.#collecting.count > 0) this.#flushSoon();
  }

  #giveUp(group: Group): void {
    this.#isStuck = true;
    this.#turn({ append: true }, new Error(`no answer of the track store in ${PATIENCE_MS} ms`));
    group.kept.resolve(false);
    this.#collecting.kept.resolve(false);
    this.#collecting = new Group();
    this.#both = undefined;
  }

  #turn(now: { readonly append?: boolean; readonly tick?: boolean }, why?: unknown): void {
    const before = this.isFailing;
    this.#isFailing = { ...this.#isFailing, ...now };
    if (this.isFailing !== before) this.#deps.onTurn(this.isFailing, why);
  }
}
