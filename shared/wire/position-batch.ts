import * as z from "zod";
import { epochMs, lat, lng } from "./common.ts";
import type { Decoded } from "./position-frame.ts";

/**
 * Positions, client → server: what a phone measured since the last answer, as one binary message
 * on the socket or, where WebSocket is not to be had, as JSON by HTTP. The answer says up to which
 * of its own numbers the phone may forget. Little endian, 8 bytes of header, 28 bytes a fix.
 */

/** Names of the byte offsets; part of the wire's recorded shape, see `version.ts`. */
export const BATCH_LAYOUT = {
  magic: [0, "u8", 0xb5],
  version: [1, "u8", 1],
  count: [2, "u16"],
  reserved: [4, "u32", 0],
  headerBytes: 8,
  row: {
    seq: [0, "u32"],
    deviceAt: [4, "f64 ms"],
    lat: [12, "i32 1e-7°"],
    lng: [16, "i32 1e-7°"],
    accuracy: [20, "u16 0.1 m, 65535 unknown"],
    speed: [22, "u16 0.01 m/s, 65535 unknown"],
    heading: [24, "u16 0.01°, 65535 unknown"],
    battery: [26, "u8 %, 255 unknown"],
    flags: [27, "u8 1 mock"],
  },
  rowBytes: 28,
} as const;

/** An hour off the net at a fix every 15 s; a longer gap is sent in several batches. */
export const MAX_BATCH_FIXES = 240;
const HEADER_BYTES = BATCH_LAYOUT.headerBytes;
const ROW_BYTES = BATCH_LAYOUT.rowBytes;
export const MAX_BATCH_BYTES = HEADER_BYTES + ROW_BYTES * MAX_BATCH_FIXES;
const MAGIC = 0xb5;
const VERSION = 1;
const UNKNOWN_U16 = 0xffff;
const UNKNOWN_U8 = 0xff;
const MOCK = 1;

/** One measurement as the device made it. */
export const batchFix = z.strictObject({
  /** Grows by one with every fix the device makes; survives a reload together with its outbox. */
  seq: z.number().int().min(0).max(0xffff_ffff),
  /** The device's wall clock at the measurement. */
  deviceAt: epochMs,
  lat,
  lng,
  accuracyM: z.number().min(0).max(6_553).exactOptional(),
  speedMps: z.number().min(0).max(655).exactOptional(),
  /** Clockwise from north. */
  headingDeg: z.number().min(0).max(360).exactOptional(),
  batteryPct: z.number().int().min(0).max(100).exactOptional(),
  mock: z.boolean(),
});
export type BatchFix = z.infer<typeof batchFix>;

/** The JSON form, for a client without WebSocket. */
export const positionBatch = z.strictObject({
  fixes: z.array(batchFix).min(1).max(MAX_BATCH_FIXES),
});

/** The answer to either form: fixes with `seq` ≤ `storedUpTo` need not be sent again. */
export const positionStored = z.strictObject({
  storedUpTo: z.number().int().min(0).max(0xffff_ffff),
});

export type BatchRefusal = "LENGTH" | "MAGIC" | "VERSION" | "ROW";

/** At most `MAX_BATCH_FIXES`: cutting a longer outbox into batches is the sender's business. */
export function encodeBatch(fixes: readonly BatchFix[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + ROW_BYTES * fixes.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, MAGIC);
  view.setUint8(1, VERSION);
  view.setUint16(2, fixes.length, true);
  fixes.forEach((fix, i) => {
    writeFix(view, HEADER_BYTES + i * ROW_BYTES, fix);
  });
  return bytes;
}

export function decodeBatch(bytes: Uint8Array): Decoded<BatchFix[], BatchRefusal> {
  const refusal = checkBatch(bytes);
  if (refusal) return { ok: false, refusal };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fixes: BatchFix[] = [];
  for (let offset = HEADER_BYTES; offset < bytes.byteLength; offset += ROW_BYTES) {
    const fix = batchFix.safeParse(readFix(view, offset));
    if (!fix.success) return { ok: false, refusal: "ROW" };
    fixes.push(fix.data);
  }
  return { ok: true, value: fixes };
}

/** Whether the bytes have the shape of a batch; the rows' values are looked at by `decodeBatch`. */
export function checkBatch(bytes: Uint8Array): BatchRefusal | undefined {
  if (bytes.byteLength < HEADER_BYTES + ROW_BYTES || bytes.byteLength > MAX_BATCH_BYTES) {
    return "LENGTH";
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== MAGIC) return "MAGIC";
  if (view.getUint8(1) !== VERSION || view.getUint32(4, true) !== 0) return "VERSION";
  const count = view.getUint16(2, true);
  return bytes.byteLength === HEADER_BYTES + count * ROW_BYTES ? undefined : "LENGTH";
}

function writeFix(view: DataView, offset: number, fix: BatchFix): void {
  view.setUint32(offset, fix.seq, true);
  view.setFloat64(offset + 4, fix.deviceAt, true);
  view.setInt32(offset + 12, Math.round(fix.lat * 1e7), true);
  view.setInt32(offset + 16, Math.round(fix.lng * 1e7), true);
  view.setUint16(offset + 20, scaled(fix.accuracyM, 10), true);
  view.setUint16(offset + 22, scaled(fix.speedMps, 100), true);
  view.setUint16(offset + 24, scaled(fix.headingDeg, 100), true);
  view.setUint8(offset + 26, fix.batteryPct ?? UNKNOWN_U8);
  view.setUint8(offset + 27, fix.mock ? MOCK : 0);
}

function readFix(view: DataView, offset: number): Record<string, unknown> {
  const accuracy = view.getUint16(offset + 20, true);
  const speed = view.getUint16(offset + 22, true);
  const heading = view.getUint16(offset + 24, true);
  const battery = view.getUint8(offset + 26);
  const flags = view.getUint8(offset + 27);
  return {
    seq: view.getUint32(offset, true),
    deviceAt: view.getFloat64(offset + 4, true),
    lat: view.getInt32(offset + 12, true) / 1e7,
    lng: view.getInt32(offset + 16, true) / 1e7,
    ...(accuracy === UNKNOWN_U16 ? {} : { accuracyM: accuracy / 10 }),
    ...(speed === UNKNOWN_U16 ? {} : { speedMps: speed / 100 }),
    ...(heading === UNKNOWN_U16 ? {} : { headingDeg: heading / 100 }),
    ...(battery === UNKNOWN_U8 ? {} : { batteryPct: battery }),
    // A flag that this version does not know makes the fix unreadable, not half understood.
    mock: flags > MOCK ? undefined : flags === MOCK,
  };
}

const scaled = (value: number | undefined, factor: number): number =>
  value === undefined ? UNKNOWN_U16 : Math.min(UNKNOWN_U16 - 1, Math.round(value * factor));
