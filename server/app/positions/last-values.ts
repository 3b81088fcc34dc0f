import {
  FRAME_ROW_BYTES,
  type FramePosition,
  MAX_TRACK_INDEX,
  ROW_AGE_OFFSET,
  writeRow,
} from "../../../shared/wire/position-frame.ts";
import type { Tracks } from "../../../shared/wire/track-answer.ts";
import type { Fix } from "./fix.ts";
import type { Previous } from "./sanity.ts";

const FIRST_CAPACITY = 1_024;
/** CFG. Below this a phone may die before its officer is back. */
const LOW_BATTERY_PCT = 20;
const BATTERY_BUCKETS = 3;

/**
 * The newest position per officer, in columns by `trackIndex` that double when they are full. Rows
 * are kept as they go over the wire, so that building a frame is copying.
 */
export class LastValues {
  #rows = new Uint8Array(FIRST_CAPACITY * FRAME_ROW_BYTES);
  #view = new DataView(this.#rows.buffer);
  #lat = new Float64Array(FIRST_CAPACITY);
  #lng = new Float64Array(FIRST_CAPACITY);
  /** 0: no position. */
  #deviceAt = new Float64Array(FIRST_CAPACITY);
  /** 0: never seen. */
  #seenAt = new Float64Array(FIRST_CAPACITY);

  get capacity(): number {
    return this.#deviceAt.length;
  }

  /** Bytes of all rows; row `i` begins at `i * FRAME_ROW_BYTES`. Replaced when the columns grow. */
  get rows(): Uint8Array<ArrayBuffer> {
    return this.#rows;
  }

  put(fix: Fix): void {
    const i = fix.trackIndex;
    this.#reach(i);
    this.#lat[i] = fix.lat;
    this.#lng[i] = fix.lng;
    this.#deviceAt[i] = Math.max(1, fix.deviceAt);
    writeRow(this.#view, i * FRAME_ROW_BYTES, rowValuesOf(fix));
  }

  /**
   * Row `i` of a track: what this server knew before it was started anew. False when something newer
   * has come in since.
   */
  restore(track: Tracks, i: number): boolean {
    const trackIndex = track.trackIndex[i] ?? 0;
    const deviceAt = track.at[i] ?? 0;
    this.#reach(trackIndex);
    if (deviceAt <= (this.#deviceAt[trackIndex] ?? 0)) return false;
    this.#lat[trackIndex] = track.lat[i] ?? 0;
    this.#lng[trackIndex] = track.lng[i] ?? 0;
    this.#deviceAt[trackIndex] = deviceAt;
    writeRawRow(this.#view, trackIndex * FRAME_ROW_BYTES, track, i);
    this.seen(trackIndex, deviceAt);
    return true;
  }

  previous(trackIndex: number): Previous | undefined {
    const deviceAt = this.#deviceAt[trackIndex] ?? 0;
    if (deviceAt === 0) return undefined;
    return { lat: this.#lat[trackIndex] ?? 0, lng: this.#lng[trackIndex] ?? 0, deviceAt };
  }

  has(trackIndex: number): boolean {
    return (this.#deviceAt[trackIndex] ?? 0) > 0;
  }

  /** Copies a row into a frame, with its age at `now`. */
  copyRow(trackIndex: number, frame: Uint8Array, offset: number, now: number): void {
    const from = trackIndex * FRAME_ROW_BYTES;
    for (let i = 0; i < FRAME_ROW_BYTES; i++) frame[offset + i] = this.#rows[from + i] ?? 0;
    const ageS = Math.round((now - (this.#deviceAt[trackIndex] ?? 0)) / 1_000);
    frame[offset + ROW_AGE_OFFSET] = Math.max(0, Math.min(255, ageS));
  }

  /** Copies a row as the wire has it, four words from word `offset` on; the device's time of it. */
  copyTimedRow(trackIndex: number, words: Uint32Array<ArrayBuffer>, offset: number): number {
    const from = trackIndex * FRAME_ROW_BYTES;
    const row = this.#rows.subarray(from, from + FRAME_ROW_BYTES);
    new Uint8Array(words.buffer, words.byteOffset).set(row, offset * 4);
    return this.#deviceAt[trackIndex] ?? 0;
  }

  /** Off duty or gone: no frame carries the position any more. */
  forget(trackIndex: number): void {
    if (trackIndex < this.capacity) this.#deviceAt[trackIndex] = 0;
  }

  /** Any sign of life, with a position or without. */
  seen(trackIndex: number, at: number): void {
    if (trackIndex > MAX_TRACK_INDEX) return;
    this.#reach(trackIndex);
    this.#seenAt[trackIndex] = Math.max(this.#seenAt[trackIndex] ?? 0, at);
  }

  lastSeenAt(trackIndex: number): number | undefined {
    return this.#seenAt[trackIndex] || undefined;
  }

  #reach(trackIndex: number): void {
    if (trackIndex < this.capacity) return;
    let capacity = this.capacity;
    while (capacity <= trackIndex) capacity *= 2;
    this.#rows = grown(this.#rows, new Uint8Array(capacity * FRAME_ROW_BYTES));
    this.#view = new DataView(this.#rows.buffer);
    this.#lat = grown(this.#lat, new Float64Array(capacity));
    this.#lng = grown(this.#lng, new Float64Array(capacity));
    this.#deviceAt = grown(this.#deviceAt, new Float64Array(capacity));
    this.#seenAt = grown(this.#seenAt, new Float64Array(capacity));
  }
}

function writeRawRow(view: DataView, offset: number, track: Tracks, i: number): void {
  view.setUint32(offset, track.trackIndex[i] ?? 0, true);
  view.setInt32(offset + 4, Math.round((track.lat[i] ?? 0) * 1e7), true);
  view.setInt32(offset + 8, Math.round((track.lng[i] ?? 0) * 1e7), true);
  view.setUint8(offset + 12, track.heading[i] ?? 0);
  view.setUint8(offset + 13, track.speed[i] ?? 0);
  view.setUint8(offset + ROW_AGE_OFFSET, 0);
  view.setUint8(offset + 15, track.flags[i] ?? 0);
}

/** A fix as the wire's rows have it, of no age. */
export const rowValuesOf = (fix: Fix): FramePosition => ({
  ...fix,
  ageS: 0,
  lowBattery: (fix.batteryPct ?? 100) <= LOW_BATTERY_PCT,
  battery: batteryBucket(fix.batteryPct),
});

function batteryBucket(pct: number | undefined): number {
  if (pct === undefined) return 0;
  return Math.max(1, Math.ceil((pct / 100) * BATTERY_BUCKETS));
}

function grown<A extends Uint8Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
