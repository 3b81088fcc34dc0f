import type { StateReader } from "../../../shared/domain/kernel/state.ts";
import type { Officer } from "../../../shared/domain/officer/state.ts";
import {
  decodeTracks,
  encodeTracks,
  TRACK_ROW_WORDS,
  type Tracks,
} from "../../../shared/wire/track-answer.ts";
import { splitByChunk } from "../../tracks/split-group.ts";
import type { LastValues } from "./last-values.ts";
import type { PositionClock } from "./ports.ts";

/** A device's clock may be so far ahead; a position from later than that was never accepted. */
const AHEAD_MS = 60_000;
/** A commit of a duty's begin may take so long to come here; the position of its first fix does not. */
const EARLY_MS = 5_000;

export interface NodePositionsDeps {
  readonly values: LastValues;
  readonly world: StateReader;
  readonly clock: PositionClock;
  /** A newer position is in `values`. */
  readonly changed: (trackIndex: number) => void;
  /** One message: newest positions of officers of one court. */
  readonly publish: (body: Uint8Array, courtId: string) => void;
  /** What another node took, and believed here. */
  readonly secondHand: (rows: TimedRows) => void;
}

/** Rows as a track group has them. */
export interface TimedRows {
  readonly words: Uint32Array<ArrayBuffer>;
  readonly at: Float64Array<ArrayBuffer>;
}

/** A row of what was heard, until its officer is on duty here or this time has come, ms. */
interface EarlyRow {
  readonly tracks: Tracks;
  readonly i: number;
  readonly until: number;
}

/**
 * Newest positions between nodes: what this node's own phones sent goes out, once a tick, a message
 * for each court in which something moved; what others sent comes in as rows of a track, whose times
 * are the devices'. The newest wins whatever road it came by, who is off duty here has no position,
 * and nothing that was received ever goes out again.
 */
export class NodePositions {
  readonly #deps: NodePositionsDeps;
  /** Officers whose newest position this node took from the device itself. */
  readonly #own = new Set<number>();
  readonly #toSend = new Set<number>();
  /** Of officers who are not on duty here yet, the last that came. */
  readonly #early = new Map<number, EarlyRow>();
  readonly #officerOf = new Map<number, string>();
  #officersKnown = 0;

  constructor(deps: NodePositionsDeps) {
    this.#deps = deps;
  }

  /** A device reported here, and it is the newest. */
  taken(trackIndex: number): void {
    this.#own.add(trackIndex);
    this.#toSend.add(trackIndex);
  }

  /** Somebody who may have missed everything listens now. */
  sendAll(): void {
    for (const trackIndex of this.#own) this.#toSend.add(trackIndex);
  }

  /** Once a tick. What is left unsent (nobody listens) waits, and the newest goes then. */
  tick(): void {
    this.#takeEarly();
    const byCourt = new Map<string, number[]>();
    for (const trackIndex of this.#toSend) {
      const officer = this.#trackedOf(this.#idOf(trackIndex));
      if (!officer || !this.#deps.values.has(trackIndex)) {
        this.#own.delete(trackIndex);
        continue;
      }
      const of = byCourt.get(officer.courtId);
      if (of) of.push(trackIndex);
      else byCourt.set(officer.courtId, [trackIndex]);
    }
    this.#toSend.clear();
    const at = Math.floor(this.#deps.clock.now());
    for (const [courtId, of] of byCourt) this.#deps.publish(this.#encoded(of, at), courtId);
  }

  /** From another node. Anything but rows of a picture is left out. */
  hear(body: Uint8Array): void {
    const read = decodeTracks(body);
    if (!read.ok || read.value.kind !== "PICTURE") return;
    const until = this.#deps.clock.now() + EARLY_MS;
    const believed: number[] = [];
    for (let i = 0; i < read.value.count; i++) {
      if (!this.#isPlace(read.value, i)) continue;
      const trackIndex = read.value.trackIndex[i] ?? 0;
      if (!this.#isOnDuty(read.value, i))
        this.#early.set(trackIndex, { tracks: read.value, i, until });
      else if (this.#take(read.value, i)) believed.push(trackIndex);
    }
    this.#tell(believed);
  }

  /** The commits that these waited for may be here now. */
  #takeEarly(): void {
    const now = this.#deps.clock.now();
    const believed: number[] = [];
    for (const [trackIndex, { tracks, i, until }] of this.#early) {
      const isOnDuty = this.#isOnDuty(tracks, i);
      if (isOnDuty || now > until) this.#early.delete(trackIndex);
      if (isOnDuty && this.#take(tracks, i)) believed.push(trackIndex);
    }
    this.#tell(believed);
  }

  /** @returns whether it is the newest. */
  #take(tracks: Tracks, i: number): boolean {
    if (!this.#deps.values.restore(tracks, i)) return false;
    const trackIndex = tracks.trackIndex[i] ?? 0;
    this.#own.delete(trackIndex);
    this.#toSend.delete(trackIndex);
    this.#deps.changed(trackIndex);
    return true;
  }

  #tell(believed: readonly number[]): void {
    if (believed.length > 0) this.#deps.secondHand(this.#rowsOf(believed));
  }

  #isPlace({ at, lat }: Tracks, i: number): boolean {
    return !Number.isNaN(lat[i]) && (at[i] ?? 0) <= this.#deps.clock.now() + AHEAD_MS;
  }

  /** Of somebody on duty here, measured since his duty began. */
  #isOnDuty({ trackIndex, at }: Tracks, i: number): boolean {
    const officer = this.#trackedOf(this.#idOf(trackIndex[i] ?? 0));
    return officer !== undefined && (at[i] ?? 0) >= (officer.dutySince ?? 0);
  }

  #encoded(of: readonly number[], at: number): Uint8Array {
    const { words, at: times } = this.#rowsOf(of);
    const blocks = [...splitByChunk(words, times)].map(([base, rows]) => ({
      base,
      words: rows.words,
    }));
    return encodeTracks({ kind: "PICTURE", from: at, to: at, incomplete: false }, blocks);
  }

  #rowsOf(of: readonly number[]): TimedRows {
    const words = new Uint32Array(of.length * TRACK_ROW_WORDS);
    const at = new Float64Array(of.length);
    of.forEach((trackIndex, i) => {
      at[i] = this.#deps.values.copyTimedRow(trackIndex, words, i * TRACK_ROW_WORDS);
    });
    return { words, at };
  }

  #trackedOf(officerId: string | undefined): Officer | undefined {
    const officer =
      officerId === undefined ? undefined : this.#deps.world.get("officer", officerId);
    const isTracked = officer?.unitId === undefined && officer?.duty !== "OFF_DUTY";
    return isTracked ? officer : undefined;
  }

  /** An index is given once and for good, so only new officers have to be looked for. */
  #idOf(trackIndex: number): string | undefined {
    const { world } = this.#deps;
    const count = world.count("officer");
    if (count !== this.#officersKnown) {
      this.#officersKnown = count;
      for (const officer of world.all("officer"))
        this.#officerOf.set(officer.trackIndex, officer.id);
    }
    return this.#officerOf.get(trackIndex);
  }
}
