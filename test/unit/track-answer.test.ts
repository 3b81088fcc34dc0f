import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeTracks,
  encodeTracks,
  MAX_TRACK_OFFSET_MS,
  stampRow,
  TRACK_ENDED,
  TRACK_HEADER_BYTES,
  type TrackBlock,
} from "../../shared/wire/track-answer.ts";

const BASE = 1_795_000_000_000;
const HEADER = { kind: "WINDOW", from: BASE, to: BASE + 600_000, incomplete: false } as const;

const row = () =>
  fc.record({
    trackIndex: fc.integer({ min: 0, max: 0xf_ffff }),
    lat: fc.oneof(fc.integer({ min: -90e7, max: 90e7 }), fc.constant(TRACK_ENDED)),
    lng: fc.integer({ min: -180e7, max: 180e7 }),
    heading: fc.integer({ min: 0, max: 255 }),
    speed: fc.integer({ min: 0, max: 255 }),
    offset: fc.integer({ min: 0, max: MAX_TRACK_OFFSET_MS }),
    flags: fc.integer({ min: 0, max: 255 }),
  });
type Row = ReturnType<typeof row> extends fc.Arbitrary<infer R> ? R : never;

function blockOf(base: number, rows: readonly Row[]): TrackBlock {
  const words = new Uint32Array(rows.length * 4);
  rows.forEach((one, i) => {
    words[i * 4] = one.trackIndex;
    words[i * 4 + 1] = one.lat;
    words[i * 4 + 2] = one.lng;
    words[i * 4 + 3] = (one.heading | (one.speed << 8) | (one.flags << 24)) >>> 0;
    stampRow(words, i * 4, one.offset);
  });
  return { base, words };
}

describe("answers of tracks", () => {
  it("TRK-10 given any rows in any blocks, then what is read is what was written", () => {
    fc.assert(
      fc.property(fc.array(fc.array(row(), { maxLength: 20 }), { maxLength: 5 }), (blocks) => {
        const bytes = encodeTracks(
          HEADER,
          blocks.map((rows, i) => blockOf(BASE + i * 120_000, rows)),
        );
        const read = decodeTracks(bytes);
        if (!read.ok) throw new Error(read.refusal);
        const { value } = read;
        const expected = blocks.flatMap((rows, i) =>
          rows.map((one) => ({ ...one, at: BASE + i * 120_000 + one.offset })),
        );
        expect({ ...HEADER, count: expected.length }).toMatchObject({
          kind: value.kind,
          from: value.from,
          to: value.to,
          count: value.count,
        });
        expected.forEach((one, i) => {
          const ended = one.lat === TRACK_ENDED;
          expect([value.trackIndex[i], value.at[i], value.heading[i], value.flags[i]]).toEqual([
            one.trackIndex,
            one.at,
            one.heading,
            one.flags,
          ]);
          expect([value.lat[i], value.lng[i]]).toEqual(
            ended ? [Number.NaN, Number.NaN] : [one.lat / 1e7, one.lng / 1e7],
          );
        });
      }),
    );
  });

  it("TRK-10 given any bytes whatever, then it is a value or a refusal", () => {
    const bytes = encodeTracks(HEADER, [blockOf(BASE, [])]);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        fc.integer({ min: 0, max: TRACK_HEADER_BYTES }),
        (noise, at) => {
          const broken = new Uint8Array([...bytes.subarray(0, at), ...noise]);
          expect(typeof decodeTracks(broken).ok).toBe("boolean");
        },
      ),
    );
  });

  it("TRK-10 given a count that the bytes do not bear, then nothing is allocated for it", () => {
    const bytes = encodeTracks(HEADER, []);
    new DataView(bytes.buffer).setUint32(24, 0xffff_ffff, true);
    expect(decodeTracks(bytes)).toEqual({ ok: false, refusal: "LENGTH" });
  });

  it("TRK-10 given a place that is none on earth, then the answer is refused", () => {
    const words = Uint32Array.of(1, 90e7 + 1, 0, 0);
    expect(decodeTracks(encodeTracks(HEADER, [{ base: BASE, words }]))).toEqual({
      ok: false,
      refusal: "ROW",
    });
  });
});
