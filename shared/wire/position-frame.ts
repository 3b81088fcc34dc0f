/**
 * Positions, server → client: one binary WebSocket message per view and tick. Little endian, a
 * header of 36 bytes, then 16 bytes a position. The reader trusts no declared length: it compares
 * it with the bytes that are there before it allocates anything, and answers with a refusal
 * instead of throwing.
 */

/** Names of the byte offsets; part of the wire's recorded shape, see `version.ts`. */
export const FRAME_LAYOUT = {
  magic: [0, "u8", 0xf5],
  version: [1, "u8", 1],
  kind: [2, "u8", "1 delta, 2 snapshot"],
  reserved: [3, "u8", 0],
  set: [4, "u32"],
  prevTick: [8, "f64"],
  tick: [16, "f64"],
  tickAt: [24, "f64"],
  count: [32, "u32"],
  headerBytes: 36,
  row: {
    trackIndex: [0, "u32"],
    lat: [4, "i32 1e-7°"],
    lng: [8, "i32 1e-7°"],
    heading: [12, "u8 turn/256"],
    speed: [13, "u8 0.5 m/s"],
    age: [14, "u8 s"],
    flags: [15, "u8 1 low battery, 2 mock, 4 heading?, 8 speed?, 48 source, 192 battery"],
  },
  rowBytes: 16,
} as const;

export const FRAME_HEADER_BYTES = FRAME_LAYOUT.headerBytes;
export const FRAME_ROW_BYTES = FRAME_LAYOUT.rowBytes;
/** Offset of the age in a row: the one byte that is written when the frame is built. */
export const ROW_AGE_OFFSET = 14;
/** Several provinces' worth of officers; bounds every array that is indexed by `trackIndex`. */
export const MAX_TRACK_INDEX = 0xf_ffff;
/** A full picture of 65,536 officers is 1 MB; more is not a frame. */
const MAX_FRAME_POSITIONS = 0x1_0000;
export const MAX_FRAME_BYTES = FRAME_HEADER_BYTES + FRAME_ROW_BYTES * MAX_FRAME_POSITIONS;
/** A tick is 250 ms of server time, so that a restart does not run back. */
export const TICK_MS = 250;
export const tickOf = (serverMs: number): number => Math.floor(serverMs / TICK_MS);

const MAGIC = 0xf5;
const VERSION = 1;
const KIND_CODES = { DELTA: 1, SNAPSHOT: 2 } as const;
/** From walking pace on; below it a GPS heading means nothing. */
const MOVING_FROM_RAW = 2;

type FrameKind = keyof typeof KIND_CODES;

export interface FrameHeader {
  readonly kind: FrameKind;
  /** Id of the officer bit set that the frame was built for. */
  readonly set: number;
  /** A delta follows when `prevTick` ≤ the last tick held. */
  readonly prevTick: number;
  readonly tick: number;
  /** Server ms when the frame was built: what `age` counts back from. */
  readonly tickAt: number;
}

/** How the fix came in. Two bits on the wire, so four at most. */
export const FIX_SOURCES = ["SOCKET", "HTTP", "DEVICE", "OTHER"] as const;
export type FixSource = (typeof FIX_SOURCES)[number];

export interface FramePosition {
  readonly trackIndex: number;
  readonly lat: number;
  readonly lng: number;
  readonly headingDeg?: number;
  readonly speedMps?: number;
  readonly ageS: number;
  readonly lowBattery: boolean;
  readonly mock: boolean;
  readonly source: FixSource;
  /** 0 unknown, 1 up to a third, 2 up to two thirds, 3 above. */
  readonly battery: number;
}

/** One column per field, so that a map of thousands reads them without making objects. */
export interface PositionFrame extends FrameHeader {
  readonly count: number;
  readonly trackIndex: Uint32Array;
  readonly lat: Float64Array;
  readonly lng: Float64Array;
  /** Raw bytes as on the wire: `headingOf`, `speedOf`, `isMoving` read them. */
  readonly heading: Uint8Array;
  readonly speed: Uint8Array;
  readonly ageS: Uint8Array;
  readonly flags: Uint8Array;
}

export type FrameRefusal = "LENGTH" | "MAGIC" | "VERSION" | "KIND" | "TICK" | "ROW";
export type Decoded<T, R> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/** A frame of exactly its size with the header written; the caller fills the rows. */
export function frameOf(header: FrameHeader, count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + FRAME_ROW_BYTES * count);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, MAGIC);
  view.setUint8(1, VERSION);
  view.setUint8(2, KIND_CODES[header.kind]);
  view.setUint32(4, header.set, true);
  view.setFloat64(8, header.prevTick, true);
  view.setFloat64(16, header.tick, true);
  view.setFloat64(24, header.tickAt, true);
  view.setUint32(32, count, true);
  return bytes;
}

export function encodeFrame(
  header: FrameHeader,
  positions: readonly FramePosition[],
): Uint8Array<ArrayBuffer> {
  const bytes = frameOf(header, positions.length);
  const view = new DataView(bytes.buffer);
  positions.forEach((position, i) => {
    writeRow(view, FRAME_HEADER_BYTES + i * FRAME_ROW_BYTES, position);
  });
  return bytes;
}

export function writeRow(view: DataView, offset: number, position: FramePosition): void {
  view.setUint32(offset, position.trackIndex, true);
  view.setInt32(offset + 4, Math.round(position.lat * 1e7), true);
  view.setInt32(offset + 8, Math.round(position.lng * 1e7), true);
  view.setUint8(offset + 12, Math.round(((position.headingDeg ?? 0) * 256) / 360) & 0xff);
  view.setUint8(offset + 13, saturated(Math.round((position.speedMps ?? 0) * 2)));
  view.setUint8(offset + ROW_AGE_OFFSET, saturated(Math.round(position.ageS)));
  view.setUint8(offset + 15, flagsOf(position));
}

export function decodeFrame(bytes: Uint8Array): Decoded<PositionFrame, FrameRefusal> {
  const refusal = checkFrame(bytes);
  if (refusal) return { ok: false, refusal };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(32, true);
  const frame = {
    kind: view.getUint8(2) === KIND_CODES.DELTA ? ("DELTA" as const) : ("SNAPSHOT" as const),
    set: view.getUint32(4, true),
    prevTick: view.getFloat64(8, true),
    tick: view.getFloat64(16, true),
    tickAt: view.getFloat64(24, true),
    count,
    trackIndex: new Uint32Array(count),
    lat: new Float64Array(count),
    lng: new Float64Array(count),
    heading: new Uint8Array(count),
    speed: new Uint8Array(count),
    ageS: new Uint8Array(count),
    flags: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    if (!readRow(view, frame, i)) return { ok: false, refusal: "ROW" };
  }
  return { ok: true, value: frame };
}

/** Whether the bytes have the shape of a frame; the rows' values are looked at by `decodeFrame`. */
export function checkFrame(bytes: Uint8Array): FrameRefusal | undefined {
  if (bytes.byteLength < FRAME_HEADER_BYTES || bytes.byteLength > MAX_FRAME_BYTES) return "LENGTH";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== MAGIC) return "MAGIC";
  if (view.getUint8(1) !== VERSION) return "VERSION";
  const kind = view.getUint8(2);
  if ((kind !== KIND_CODES.DELTA && kind !== KIND_CODES.SNAPSHOT) || view.getUint8(3) !== 0) {
    return "KIND";
  }
  const count = view.getUint32(32, true);
  if (bytes.byteLength !== FRAME_HEADER_BYTES + count * FRAME_ROW_BYTES) return "LENGTH";
  return areTicksSane(view) ? undefined : "TICK";
}

/** Degrees clockwise from north, or nothing when the device did not know. */
export const headingOf = (raw: number, flags: number): number | undefined =>
  flags & 4 ? undefined : (raw * 360) / 256;

export const speedOf = (raw: number, flags: number): number | undefined =>
  flags & 8 ? undefined : raw / 2;

export const isMoving = (rawSpeed: number, flags: number): boolean =>
  !(flags & 8) && rawSpeed >= MOVING_FROM_RAW;

export function framePosition(frame: PositionFrame, i: number): FramePosition {
  const flags = frame.flags[i]!;
  const headingDeg = headingOf(frame.heading[i]!, flags);
  const speedMps = speedOf(frame.speed[i]!, flags);
  return {
    trackIndex: frame.trackIndex[i]!,
    lat: frame.lat[i]!,
    lng: frame.lng[i]!,
    ...(headingDeg === undefined ? {} : { headingDeg }),
    ...(speedMps === undefined ? {} : { speedMps }),
    ageS: frame.ageS[i]!,
    lowBattery: (flags & 1) !== 0,
    mock: (flags & 2) !== 0,
    source: FIX_SOURCES[(flags >> 4) & 3]!,
    battery: flags >> 6,
  };
}

function flagsOf(position: FramePosition): number {
  return (
    (position.lowBattery ? 1 : 0) |
    (position.mock ? 2 : 0) |
    (position.headingDeg === undefined ? 4 : 0) |
    (position.speedMps === undefined ? 8 : 0) |
    (FIX_SOURCES.indexOf(position.source) << 4) |
    ((position.battery & 3) << 6)
  );
}

const saturated = (value: number): number => Math.max(0, Math.min(255, value));

function areTicksSane(view: DataView): boolean {
  const prevTick = view.getFloat64(8, true);
  const tick = view.getFloat64(16, true);
  const tickAt = view.getFloat64(24, true);
  return (
    Number.isSafeInteger(prevTick) &&
    Number.isSafeInteger(tick) &&
    Number.isSafeInteger(tickAt) &&
    prevTick >= 0 &&
    prevTick <= tick &&
    tickAt >= 0
  );
}

function readRow(view: DataView, frame: PositionFrame, i: number): boolean {
  const offset = FRAME_HEADER_BYTES + i * FRAME_ROW_BYTES;
  const trackIndex = view.getUint32(offset, true);
  const lat = view.getInt32(offset + 4, true) / 1e7;
  const lng = view.getInt32(offset + 8, true) / 1e7;
  if (trackIndex > MAX_TRACK_INDEX || Math.abs(lat) > 90 || Math.abs(lng) > 180) return false;
  frame.trackIndex[i] = trackIndex;
  frame.lat[i] = lat;
  frame.lng[i] = lng;
  frame.heading[i] = view.getUint8(offset + 12);
  frame.speed[i] = view.getUint8(offset + 13);
  frame.ageS[i] = view.getUint8(offset + ROW_AGE_OFFSET);
  frame.flags[i] = view.getUint8(offset + 15);
  return true;
}
