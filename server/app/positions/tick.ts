import {
  FRAME_HEADER_BYTES,
  FRAME_ROW_BYTES,
  frameOf,
  TICK_MS,
  tickOf,
} from "../../../shared/wire/position-frame.ts";
import { FlushSteps, type ViewWrites } from "./flush-steps.ts";
import type { LastValues } from "./last-values.ts";
import { type OfficerBits, union, visitBits } from "./officer-bits.ts";
import type { PositionClock, Scheduler } from "./ports.ts";
import { SlicedWork, type Turns } from "./sliced-work.ts";
import {
  TICK_RATES,
  TICKS_PER_RATE,
  type TickGroup,
  TickGroups,
  type TickMark,
  type TickRate,
} from "./tick-groups.ts";

export interface TickPorts {
  readonly values: LastValues;
  readonly clock: PositionClock;
  readonly scheduler: Scheduler;
  readonly turns: Turns;
  /** Every socket of the view. The bytes are shared by all that get them. */
  readonly sinks: (viewKey: string) => Iterable<FrameSink>;
  /** Sockets that missed a frame, looked at once a tick. */
  readonly stale: () => Iterable<Pick<FrameSink, "mend">>;
  /** A socket could not be written to; the others are. */
  readonly failed: (error: unknown) => void;
}

export interface FrameSink {
  take(bytes: Uint8Array): void;
  mend(): unknown;
}

type Plan = Generator<ViewWrites | undefined, void>;
type Changes = Record<TickRate, OfficerBits>;

/**
 * One frame per distinct officer set and tick. Between ticks only bits are set; at a tick each
 * group of views gets what changed among its officers since its previous frame. Building and writing
 * is cut into turns of a few ms. A tick that is due while the last one is still being written is
 * left out: its changes go with the next, in which the newest of each officer has won.
 */
export class TickLoop {
  readonly #ports: TickPorts;
  readonly #groups = new TickGroups();
  /** Changes since the last frame of each rate, as bits over `trackIndex`. */
  readonly #changed: Changes = { FAST: noBits(), CALM: noBits(), SLOW: noBits() };
  /** What the flush that is going on sends; empty between flushes. */
  readonly #sending: Changes = { FAST: noBits(), CALM: noBits(), SLOW: noBits() };
  readonly #flush: SlicedWork;
  #isLate = false;
  #lastTick = -1;
  #picked = new Uint32Array(1_024);
  #cancel: (() => void) | undefined;

  constructor(ports: TickPorts) {
    this.#ports = ports;
    this.#flush = new SlicedWork(ports.turns);
  }

  start(): void {
    this.#lastTick = tickOf(this.#ports.clock.now());
    this.#scheduleNext();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#flush.stop();
  }

  /** A position became newer. */
  changed(trackIndex: number): void {
    for (const rate of TICK_RATES) {
      const bits = reaching(this.#changed[rate], trackIndex >>> 5);
      bits[trackIndex >>> 5] = (bits[trackIndex >>> 5] ?? 0) | (1 << (trackIndex & 31));
      this.#changed[rate] = bits;
    }
  }

  /**
   * Adds the view, or changes what it sees or how often. After adding one, send it `snapshot`;
   * when bits are added later, their last values come in the next frame.
   */
  setView(viewKey: string, bits: OfficerBits, rate: TickRate): void {
    this.#groups.setView(viewKey, bits, rate, {
      tick: tickOf(this.#ports.clock.now()),
      // Which groups had their frame already is not known here; what is sent twice does no harm.
      unsent: (of) => union(this.#changed[of], this.#sending[of]),
      isFlushing: this.#flush.isBusy,
    });
  }

  /** The last socket of the view left, or its map was closed. */
  removeView(viewKey: string): void {
    this.#groups.removeView(viewKey);
  }

  /** For the view's heartbeat: a client that holds an older tick has lost frames. */
  mark(viewKey: string): TickMark | undefined {
    return this.#groups.markOf(viewKey);
  }

  /** Every position the view may see; at most one tick old and shared by all who ask within it. */
  snapshot(viewKey: string): Uint8Array | undefined {
    const group = this.#groups.groupOf(viewKey);
    if (!group) return undefined;
    const tick = tickOf(this.#ports.clock.now());
    // Never older than the tick from which a view that joins now is owed everything.
    if (group.snapshot?.tick !== tick) group.snapshot = { tick, bytes: this.#snapshotOf(group) };
    return group.snapshot.bytes;
  }

  get groupCount(): number {
    return this.#groups.count;
  }

  /** Builds and sends what is due. Called by the scheduler; a test may call it itself. */
  fire(): void {
    const now = this.#ports.clock.now();
    const tick = tickOf(now);
    if (tick <= this.#lastTick) return;
    if (this.#flush.isBusy) {
      this.#isLate = true;
      return;
    }
    const due = TICK_RATES.filter((rate) => isDue(rate, this.#lastTick, tick));
    this.#lastTick = tick;
    for (const rate of due) this.#takeChanges(rate);
    this.#flush.begin(new FlushSteps(this.#plan(due, tick, now), this.#ports.failed), () => {
      for (const rate of due) this.#sending[rate].fill(0);
      if (!this.#isLate) return;
      this.#isLate = false;
      this.fire();
    });
  }

  /** From here on changes gather for the next frame. */
  #takeChanges(rate: TickRate): void {
    const sent = this.#sending[rate];
    this.#sending[rate] = this.#changed[rate];
    this.#changed[rate] = sent;
  }

  /** A step is one frame built, one socket written to or one looked after. */
  *#plan(due: readonly TickRate[], tick: number, now: number): Plan {
    for (const group of this.#groups.all()) {
      if (due.includes(group.rate)) yield* this.#groupPlan(group, tick, now);
    }
    for (const sink of this.#ports.stale()) {
      this.#guarded(() => sink.mend());
      yield;
    }
  }

  #guarded(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#ports.failed(error);
    }
  }

  #scheduleNext(): void {
    const now = this.#ports.clock.now();
    const delayMs = (tickOf(now) + 1) * TICK_MS - now;
    this.#cancel = this.#ports.scheduler.after(Math.max(1, Math.ceil(delayMs)), () => {
      this.#scheduleNext();
      this.fire();
    });
  }

  /** Views may come and go between two steps: who came is not owed this frame, who left not sent it. */
  *#groupPlan(group: TickGroup, tick: number, now: number): Plan {
    const bytes = this.#changesOf(group, tick, now);
    const viewKeys = [...group.viewKeys];
    yield;
    if (!bytes) return;
    for (const viewKey of viewKeys) {
      const sinks = this.#ports.sinks(viewKey)[Symbol.iterator]();
      yield { bytes, sinks, isWanted: () => group.viewKeys.has(viewKey) };
      this.#groups.marked(group, viewKey, tick);
    }
    this.#groups.sent(group);
  }

  #changesOf(group: TickGroup, tick: number, now: number): Uint8Array | undefined {
    const count = this.#pick(group, this.#sending[group.rate], group.owed);
    group.onItsWay = group.owed;
    group.owed = NOTHING_OWED;
    if (count === 0) return undefined;
    const { set } = group;
    // A view that came while the flush went on begins later than this tick, with a snapshot.
    const prevTick = Math.min(group.prevTick, tick);
    const bytes = frameOf({ kind: "DELTA", set: set.id, prevTick, tick, tickAt: now }, count);
    this.#fill(bytes, count, now);
    // An older one does not hold what this frame clears.
    group.snapshot = undefined;
    return bytes;
  }

  #snapshotOf(group: TickGroup): Uint8Array {
    const now = this.#ports.clock.now();
    const count = this.#pick(group, group.set.bits, NOTHING_OWED);
    const header = { set: group.set.id, prevTick: 0, tick: tickOf(now), tickAt: now };
    const bytes = frameOf({ kind: "SNAPSHOT", ...header }, count);
    this.#fill(bytes, count, now);
    return bytes;
  }

  /** Notes the group's officers that are in either set and have a position; returns how many. */
  #pick(group: TickGroup, changed: OfficerBits, owed: OfficerBits): number {
    if (this.#picked.length < this.#ports.values.capacity) {
      this.#picked = new Uint32Array(this.#ports.values.capacity);
    }
    let count = 0;
    visitBits(group.set.bits, changed, owed, (trackIndex) => {
      if (this.#ports.values.has(trackIndex)) this.#picked[count++] = trackIndex;
    });
    return count;
  }

  #fill(bytes: Uint8Array, count: number, now: number): void {
    for (let i = 0; i < count; i++) {
      const offset = FRAME_HEADER_BYTES + i * FRAME_ROW_BYTES;
      this.#ports.values.copyRow(this.#picked[i] ?? 0, bytes, offset, now);
    }
  }
}

const NOTHING_OWED: OfficerBits = new Uint32Array(0);
const noBits = (): OfficerBits => new Uint32Array(32);

/** True when a multiple of the rate's ticks was passed, also when the loop came late. */
function isDue(rate: TickRate, lastTick: number, tick: number): boolean {
  const every = TICKS_PER_RATE[rate];
  return Math.floor(tick / every) > Math.floor(lastTick / every);
}

function reaching(bits: OfficerBits, word: number): OfficerBits {
  if (word < bits.length) return bits;
  let length = bits.length;
  while (length <= word) length *= 2;
  const wider = new Uint32Array(length);
  wider.set(bits);
  return wider;
}
