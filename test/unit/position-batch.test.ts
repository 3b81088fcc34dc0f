import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BatchFix,
  batchFix,
  checkBatch,
  decodeBatch,
  encodeBatch,
  MAX_BATCH_BYTES,
  MAX_BATCH_FIXES,
  positionBatch,
} from "../../shared/wire/position-batch.ts";

const hundredths = (max: number) => fc.nat(max * 100).map((n) => n / 100);
const fix: fc.Arbitrary<BatchFix> = fc.record(
  {
    seq: fc.nat(0xffff_ffff),
    deviceAt: fc.nat(8_640_000_000_000_000),
    lat: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((n) => n / 1e7),
    lng: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((n) => n / 1e7),
    accuracyM: fc.nat(65_530).map((n) => n / 10),
    speedMps: hundredths(655),
    headingDeg: hundredths(360),
    batteryPct: fc.nat(100),
    mock: fc.boolean(),
  },
  { requiredKeys: ["seq", "deviceAt", "lat", "lng", "mock"] },
);
const fixes = fc.array(fix, { minLength: 1, maxLength: 30 });

describe("position batch", () => {
  it("POS-5 gives back every fix, in binary and in JSON alike", () => {
    fc.assert(
      fc.property(fixes, (given) => {
        expect(decodeBatch(encodeBatch(given))).toEqual({ ok: true, value: given });
        const json = JSON.stringify({ fixes: given });
        expect(positionBatch.parse(JSON.parse(json))).toEqual({ fixes: given });
      }),
    );
  });

  it("POS-6 refuses an empty batch, one too long, and every other length than announced", () => {
    const one = fc.sample(fix, 1);
    const bytes = encodeBatch(one);
    expect(checkBatch(encodeBatch([]))).toBe("LENGTH");
    const tooMany = Array.from({ length: MAX_BATCH_FIXES + 1 }, () => one[0] as BatchFix);
    expect(checkBatch(encodeBatch(tooMany))).toBe("LENGTH");
    expect(checkBatch(encodeBatch(tooMany.slice(1)))).toBeUndefined();
    for (let length = 0; length < bytes.length; length++) {
      expect(checkBatch(bytes.slice(0, length))).toBe("LENGTH");
    }
    expect(checkBatch(new Uint8Array(MAX_BATCH_BYTES + 1))).toBe("LENGTH");
  });

  it.each([
    ["MAGIC", (v: DataView) => v.setUint8(0, 0xf5)],
    ["VERSION", (v: DataView) => v.setUint8(1, 2)],
    ["VERSION", (v: DataView) => v.setUint32(4, 1, true)],
    ["LENGTH", (v: DataView) => v.setUint16(2, 0xffff, true)],
    ["ROW", (v: DataView) => v.setFloat64(12, Number.NaN, true)],
    ["ROW", (v: DataView) => v.setFloat64(12, -1, true)],
    ["ROW", (v: DataView) => v.setInt32(20, 900_000_001, true)],
    ["ROW", (v: DataView) => v.setUint16(32, 36_001, true)],
    ["ROW", (v: DataView) => v.setUint8(34, 101)],
    ["ROW", (v: DataView) => v.setUint8(35, 2)],
  ])("POS-6 refuses a wrong %s", (refusal, spoil) => {
    const bytes = encodeBatch([{ seq: 1, deviceAt: 1, lat: 1, lng: 1, mock: false }]);
    spoil(new DataView(bytes.buffer));
    expect(decodeBatch(bytes)).toEqual({ ok: false, refusal });
  });

  it("POS-6 answers any bytes whatever with fixes or a refusal", () => {
    const nearly = fc
      .tuple(fixes, fc.array(fc.tuple(fc.nat(99), fc.nat(255))))
      .map(([some, flips]) => {
        const bytes = encodeBatch(some);
        for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), nearly), (bytes) => {
        const result = decodeBatch(bytes);
        if (!result.ok) return;
        for (const one of result.value) expect(batchFix.safeParse(one).success).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
