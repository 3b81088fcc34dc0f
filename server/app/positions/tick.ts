import {
  FRAME_HEADER_BYTES,
  FRAME_ROW_BYTES,
  frameOf,
  TICK_MS,
  tickOf,
} from "../../../shared/wire/position-frame.ts";
import type { LastValues } from "./last-values.ts";
import { type OfficerBits, visitBits } from "./officer-bits.ts";
import type { PositionClock, Scheduler } from "./ports.ts";
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
  /** Sends to every socket of the view. Called in a turn of the loop's own; the bytes are shared. */
  readonly writeFrame: (viewKey: string, bytes: Uint8Array) => void;
}

/**
 * One frame per distinct officer set and tick. Between ticks only bits are set; at a tick each
 * group of views gets what changed among its officers since its previous frame.
 */
export class TickLoop {
  readonly #ports: TickPorts;
  readonly #groups = new TickGroups();
  /** Changes since the last frame of each rate, as bits over `trackIndex`. */
  readonly #changed: Record<TickRate, OfficerBits> = {
    FAST: new Uint32Array(32),
    CALM: new Uint32Array(32),
    SLOW: new Uint32Array(32),
  };
  #lastTick = -1;
  #picked = new Uint32Array(1_024);
  #cancel: (() => void) | undefined;

  constructor(ports: TickPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#lastTick = tickOf(this.#ports.clock.now());
    this.#scheduleNext();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
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
      unsent: (of) => this.#changed[of],
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
    group.snapshot ??= this.#snapshotOf(group);
    return group.snapshot;
  }

  get groupCount(): number {
    return this.#groups.count;
  }

  /** Builds and sends what is due. Called by the scheduler; a test may call it itself. */
  fire(): void {
    const now = this.#ports.clock.now();
    const tick = tickOf(now);
    if (tick <= this.#lastTick) return;
    const due = TICK_RATES.filter((rate) => isDue(rate, this.#lastTick, tick));
    this.#lastTick = tick;
    for (const group of this.#groups.all()) {
      // A frame clears changes that an older snapshot does not hold.
      group.snapshot = undefined;
      if (due.includes(group.rate)) this.#sendChanges(group, tick, now);
    }
    for (const rate of due) this.#changed[rate].fill(0);
  }

  #scheduleNext(): void {
    const now = this.#ports.clock.now();
    const delayMs = (tickOf(now) + 1) * TICK_MS - now;
    this.#cancel = this.#ports.scheduler.after(Math.max(1, Math.ceil(delayMs)), () => {
      this.#scheduleNext();
      this.fire();
    });
  }

  #sendChanges(group: TickGroup, tick: number, now: number): void {
    const count = this.#pick(group, this.#changed[group.rate], group.owed);
    group.owed = NOTHING_OWED;
    if (count === 0) return;
    const { set, prevTick } = group;
    const bytes = frameOf({ kind: "DELTA", set: set.id, prevTick, tick, tickAt: now }, count);
    this.#fill(bytes, count, now);
    this.#groups.marked(group, tick);
    for (const viewKey of group.viewKeys) this.#ports.writeFrame(viewKey, bytes);
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
