import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkFrame,
  decodeFrame,
  encodeFrame,
  FIX_SOURCES,
  FRAME_HEADER_BYTES,
  FRAME_LAYOUT,
  FRAME_ROW_BYTES,
  type FrameHeader,
  type FramePosition,
  framePosition,
  isMoving,
  MAX_FRAME_BYTES,
  MAX_TRACK_INDEX,
  type PositionFrame,
  tickOf,
} from "../../shared/wire/position-frame.ts";

const header: FrameHeader = {
  kind: "DELTA",
  set: 0xdead_beef,
  prevTick: tickOf(1_795_000_000_000),
  tick: tickOf(1_795_000_000_250),
  tickAt: 1_795_000_000_251,
};

const plain: FramePosition = {
  trackIndex: 7,
  lat: 30.5931,
  lng: 114.3055,
  ageS: 3,
  lowBattery: false,
  mock: false,
  source: "SOCKET",
  battery: 0,
};

/** Values as they survive the wire: whole multiples of each field's step. */
const position: fc.Arbitrary<FramePosition> = fc.record(
  {
    trackIndex: fc.nat(MAX_TRACK_INDEX),
    lat: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((n) => n / 1e7),
    lng: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((n) => n / 1e7),
    headingDeg: fc.nat(255).map((n) => (n * 360) / 256),
    speedMps: fc.nat(255).map((n) => n / 2),
    ageS: fc.nat(255),
    lowBattery: fc.boolean(),
    mock: fc.boolean(),
    source: fc.constantFrom(...FIX_SOURCES),
    battery: fc.nat(3),
  },
  {
    requiredKeys: ["trackIndex", "lat", "lng", "ageS", "lowBattery", "mock", "source", "battery"],
  },
);

function decoded(bytes: Uint8Array): PositionFrame {
  const result = decodeFrame(bytes);
  if (!result.ok) throw new Error(`refused: ${result.refusal}`);
  return result.value;
}

const all = (frame: PositionFrame): FramePosition[] =>
  Array.from({ length: frame.count }, (_, i) => framePosition(frame, i));

describe("position frame", () => {
  it("POS-1 gives back every header and position that was put in", () => {
    const headers = fc.record({
      kind: fc.constantFrom("DELTA" as const, "SNAPSHOT" as const),
      set: fc.nat(0xffff_ffff),
      prevTick: fc.nat(2 ** 31),
      tick: fc.integer({ min: 2 ** 31, max: 2 ** 40 }),
      tickAt: fc.nat({ max: 8_640_000_000_000_000 }),
    });
    fc.assert(
      fc.property(headers, fc.array(position, { maxLength: 40 }), (given, positions) => {
        const frame = decoded(encodeFrame(given, positions));
        expect(frame).toMatchObject({ ...given, count: positions.length });
        expect(all(frame)).toEqual(positions);
      }),
    );
  });

  it("POS-1 has 36 bytes of header and 16 bytes a position, in a buffer of exactly that size", () => {
    const bytes = encodeFrame(header, [plain, plain]);
    expect([FRAME_HEADER_BYTES, FRAME_ROW_BYTES]).toEqual([36, 16]);
    expect(bytes.byteLength).toBe(36 + 2 * 16);
    expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
  });

  it("POS-2 saturates what is too fast and too old, and keeps unknown apart from zero", () => {
    const fast = { ...plain, speedMps: 400, ageS: 4_000, headingDeg: 359.9 };
    const frame = decoded(encodeFrame(header, [fast, plain, { ...plain, speedMps: 0 }]));
    expect(all(frame)).toEqual([
      { ...plain, speedMps: 127.5, ageS: 255, headingDeg: 0 },
      plain,
      { ...plain, speedMps: 0 },
    ]);
  });

  it("POS-2 calls a position moving from walking pace on", () => {
    const speeds = [undefined, 0, 0.5, 1, 20].map((speedMps) => ({
      ...plain,
      ...(speedMps === undefined ? {} : { speedMps }),
    }));
    const frame = decoded(encodeFrame(header, speeds));
    const moving = Array.from(frame.speed, (raw, i) => isMoving(raw, frame.flags[i] ?? 0));
    expect(moving).toEqual([false, false, false, true, true]);
  });

  it("POS-3 refuses every other length than the header announces", () => {
    const bytes = encodeFrame(header, [plain, plain, plain]);
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeFrame(bytes.slice(0, length))).toEqual({ ok: false, refusal: "LENGTH" });
    }
    expect(decodeFrame(new Uint8Array([...bytes, 0]))).toEqual({ ok: false, refusal: "LENGTH" });
  });

  it("POS-3 refuses a huge declared count without allocating for it", () => {
    const bytes = encodeFrame(header, []);
    new DataView(bytes.buffer).setUint32(32, 0xffff_ffff, true);
    const before = process.memoryUsage().arrayBuffers;
    expect(decodeFrame(bytes)).toEqual({ ok: false, refusal: "LENGTH" });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it("POS-3 refuses more bytes than a frame may have", () => {
    expect(checkFrame(new Uint8Array(MAX_FRAME_BYTES + 1))).toBe("LENGTH");
  });

  it.each([
    ["MAGIC", (v: DataView) => v.setUint8(0, 0xb5)],
    ["VERSION", (v: DataView) => v.setUint8(1, 2)],
    ["KIND", (v: DataView) => v.setUint8(2, 3)],
    ["KIND", (v: DataView) => v.setUint8(3, 1)],
    ["TICK", (v: DataView) => v.setFloat64(8, Number.NaN, true)],
    ["TICK", (v: DataView) => v.setFloat64(8, header.tick + 1, true)],
    ["TICK", (v: DataView) => v.setFloat64(16, Number.POSITIVE_INFINITY, true)],
    ["TICK", (v: DataView) => v.setFloat64(24, -1, true)],
    ["ROW", (v: DataView) => v.setUint32(36, MAX_TRACK_INDEX + 1, true)],
    ["ROW", (v: DataView) => v.setInt32(40, 900_000_001, true)],
    ["ROW", (v: DataView) => v.setInt32(44, -1_800_000_001, true)],
  ])("POS-3 refuses a wrong %s", (refusal, spoil) => {
    const bytes = encodeFrame(header, [plain]);
    spoil(new DataView(bytes.buffer));
    expect(decodeFrame(bytes)).toEqual({ ok: false, refusal });
  });

  it("POS-3 answers any bytes whatever with a value or a refusal", () => {
    const nearly = fc
      .tuple(fc.array(position, { maxLength: 4 }), fc.array(fc.tuple(fc.nat(99), fc.nat(255))))
      .map(([positions, flips]) => {
        const bytes = encodeFrame(header, positions);
        for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), nearly), (bytes) => {
        const result = decodeFrame(bytes);
        if (result.ok) expect(result.value.count * 16 + 36).toBe(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("POS-4 reads a frame out of the middle of a larger buffer", () => {
    const bytes = encodeFrame(header, [plain]);
    const around = new Uint8Array(bytes.length + 7).fill(0xff);
    around.set(bytes, 3);
    expect(all(decoded(around.subarray(3, 3 + bytes.length)))).toEqual([plain]);
  });

  it("POS-1 has no gap and no overlap in its layout", () => {
    const rowOffsets = Object.values(FRAME_LAYOUT.row).map(([offset]) => offset);
    expect(rowOffsets).toEqual([0, 4, 8, 12, 13, 14, 15]);
  });
});
