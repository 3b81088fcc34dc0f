/**
 * Positions of the past, server → client: the answer of `/api/tracks/…`. Little endian: a header,
 * then blocks, each with a time base and rows of 16 bytes that are those of a position frame, except
 * that they say their time (ms after the base) where a frame says an age. They lie in the track
 * files exactly so, and the reader needs no JSON of a million rows.
 */
import { type Decoded, MAX_TRACK_INDEX } from "./position-frame.ts";

/** Names of the byte offsets; part of the wire's recorded shape, see `version.ts`. */
export const TRACK_LAYOUT = {
  magic: [0, "u8", 0xd5],
  version: [1, "u8", 1],
  kind: [2, "u8", "1 picture, 2 window, 3 day"],
  flags: [3, "u8", "1 incomplete"],
  blocks: [4, "u32"],
  from: [8, "f64 ms"],
  to: [16, "f64 ms"],
  rows: [24, "u32"],
  reserved: [28, "u32", 0],
  headerBytes: 32,
  block: { base: [0, "f64 ms"], count: [8, "u32"], reserved: [12, "u32", 0] },
  blockBytes: 16,
  row: {
    trackIndex: [0, "u32, low 20 bits; high 12: low bits of the time"],
    lat: [4, "i32 1e-7°, -2147483648 tracking ended"],
    lng: [8, "i32 1e-7°"],
    heading: [12, "u8 turn/256"],
    speed: [13, "u8 0.5 m/s"],
    time: [14, "u8, high bits of the time: ms after the block's base"],
    flags: [15, "u8 as in a position frame"],
  },
  rowBytes: 16,
} as const;

export const TRACK_HEADER_BYTES = TRACK_LAYOUT.headerBytes;
export const TRACK_BLOCK_BYTES = TRACK_LAYOUT.blockBytes;
export const TRACK_ROW_BYTES = TRACK_LAYOUT.rowBytes;
export const TRACK_ROW_WORDS = TRACK_ROW_BYTES / 4;
/** 20 bits of ms. */
export const MAX_TRACK_OFFSET_MS = 0xf_ffff;
/** In the place of a latitude: from here on the officer was not tracked any more. */
export const TRACK_ENDED = -0x8000_0000;

const MAGIC = 0xd5;
const VERSION = 1;
const INCOMPLETE = 1;
const KIND_CODES = { PICTURE: 1, WINDOW: 2, DAY: 3 } as const;
const LOW_TIME_BITS = 12;

/** PICTURE: the last row of each officer; WINDOW: every row of many; DAY: every row of one. */
export type TrackKind = keyof typeof KIND_CODES;

export interface TrackHeader {
  readonly kind: TrackKind;
  readonly from: number;
  readonly to: number;
  /** Something of that time could not be read. */
  readonly incomplete: boolean;
}

/** Rows that share a time base, as they go over the wire; `words` are four a row. */
export interface TrackBlock {
  readonly base: number;
  readonly words: Uint32Array<ArrayBuffer>;
}

/** One column per field. Of one officer the rows of a block are in order of time. */
export interface Tracks extends TrackHeader {
  readonly count: number;
  readonly at: Float64Array;
  readonly trackIndex: Uint32Array;
  /** NaN where tracking ended. */
  readonly lat: Float64Array;
  readonly lng: Float64Array;
  readonly heading: Uint8Array;
  readonly speed: Uint8Array;
  readonly flags: Uint8Array;
}

export type TracksRefusal = "LENGTH" | "MAGIC" | "VERSION" | "KIND" | "TIME" | "ROW";

export const indexOfRow = (word0: number): number => word0 & MAX_TRACK_INDEX;

/** @param word3 the row's last four bytes. */
export const offsetOfRow = (word0: number, word3: number): number =>
  (word0 >>> 20) | (((word3 >>> 16) & 0xff) << LOW_TIME_BITS);

/** Writes the time into a row whose index and flags stand already. */
export function stampRow(words: Uint32Array, at: number, offsetMs: number): void {
  const word0 = words[at] ?? 0;
  const word3 = words[at + 3] ?? 0;
  words[at] = (indexOfRow(word0) | ((offsetMs & 0xfff) << 20)) >>> 0;
  words[at + 3] = ((word3 & 0xff00_ffff) | ((offsetMs >>> LOW_TIME_BITS) << 16)) >>> 0;
}

export function encodeTracks(
  header: TrackHeader,
  blocks: readonly TrackBlock[],
): Uint8Array<ArrayBuffer> {
  const rowBytes = blocks.reduce((sum, { words }) => sum + words.byteLength, 0);
  const bytes = new Uint8Array(TRACK_HEADER_BYTES + TRACK_BLOCK_BYTES * blocks.length + rowBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, MAGIC);
  view.setUint8(1, VERSION);
  view.setUint8(2, KIND_CODES[header.kind]);
  view.setUint8(3, header.incomplete ? INCOMPLETE : 0);
  view.setUint32(4, blocks.length, true);
  view.setFloat64(8, header.from, true);
  view.setFloat64(16, header.to, true);
  view.setUint32(24, rowBytes / TRACK_ROW_BYTES, true);
  let offset: number = TRACK_HEADER_BYTES;
  for (const { base, words } of blocks) {
    view.setFloat64(offset, base, true);
    view.setUint32(offset + 8, words.length / TRACK_ROW_WORDS, true);
    offset += TRACK_BLOCK_BYTES;
    bytes.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), offset);
    offset += words.byteLength;
  }
  return bytes;
}

export function decodeTracks(bytes: Uint8Array): Decoded<Tracks, TracksRefusal> {
  const refusal = checkTracks(bytes);
  if (refusal) return { ok: false, refusal };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(24, true);
  const tracks: Tracks = {
    kind: kindOf(view) ?? "PICTURE",
    incomplete: (view.getUint8(3) & INCOMPLETE) !== 0,
    from: view.getFloat64(8, true),
    to: view.getFloat64(16, true),
    count,
    at: new Float64Array(count),
    trackIndex: new Uint32Array(count),
    lat: new Float64Array(count),
    lng: new Float64Array(count),
    heading: new Uint8Array(count),
    speed: new Uint8Array(count),
    flags: new Uint8Array(count),
  };
  let row = 0;
  let offset: number = TRACK_HEADER_BYTES;
  while (offset < bytes.byteLength) {
    const base = view.getFloat64(offset, true);
    const end = row + view.getUint32(offset + 8, true);
    offset += TRACK_BLOCK_BYTES;
    for (; row < end; row++, offset += TRACK_ROW_BYTES) {
      if (!readRow(view, offset, base, tracks, row)) return { ok: false, refusal: "ROW" };
    }
  }
  return { ok: true, value: tracks };
}

/** Header and every block against the bytes that are there, before anything is allocated. */
function checkTracks(bytes: Uint8Array): TracksRefusal | undefined {
  if (bytes.byteLength < TRACK_HEADER_BYTES) return "LENGTH";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== MAGIC) return "MAGIC";
  if (view.getUint8(1) !== VERSION || view.getUint32(28, true) !== 0) return "VERSION";
  if (!kindOf(view) || view.getUint8(3) > INCOMPLETE) return "KIND";
  const [from, to] = [view.getFloat64(8, true), view.getFloat64(16, true)];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from > to) return "TIME";
  return checkBlocks(view, view.getUint32(4, true), view.getUint32(24, true));
}

function checkBlocks(view: DataView, blocks: number, rows: number): TracksRefusal | undefined {
  let offset: number = TRACK_HEADER_BYTES;
  let found = 0;
  for (let i = 0; i < blocks; i++) {
    if (offset + TRACK_BLOCK_BYTES > view.byteLength) return "LENGTH";
    if (!Number.isSafeInteger(view.getFloat64(offset, true))) return "TIME";
    const count = view.getUint32(offset + 8, true);
    found += count;
    offset += TRACK_BLOCK_BYTES + TRACK_ROW_BYTES * count;
  }
  return offset === view.byteLength && found === rows ? undefined : "LENGTH";
}

function kindOf(view: DataView): TrackKind | undefined {
  const code = view.getUint8(2);
  return (Object.keys(KIND_CODES) as TrackKind[]).find((kind) => KIND_CODES[kind] === code);
}

function readRow(view: DataView, offset: number, base: number, to: Tracks, row: number): boolean {
  const word0 = view.getUint32(offset, true);
  const lat = view.getInt32(offset + 4, true);
  const lng = view.getInt32(offset + 8, true);
  const ended = lat === TRACK_ENDED;
  if (!ended && (Math.abs(lat) > 90e7 || Math.abs(lng) > 180e7)) return false;
  to.at[row] = base + offsetOfRow(word0, view.getUint32(offset + 12, true));
  to.trackIndex[row] = indexOfRow(word0);
  to.lat[row] = ended ? Number.NaN : lat / 1e7;
  to.lng[row] = ended ? Number.NaN : lng / 1e7;
  to.heading[row] = view.getUint8(offset + 12);
  to.speed[row] = view.getUint8(offset + 13);
  to.flags[row] = view.getUint8(offset + 15);
  return true;
}
