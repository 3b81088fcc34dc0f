import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWorthKeeping, measured } from "../../client/faces/field/position/measure.ts";
import {
  EMPTY_BUFFER,
  MAX_BUFFERED,
  nextBatch,
  type PositionBuffer,
  withFix,
  withStored,
} from "../../client/faces/field/position/position-buffer.ts";
import { type ShareInputs, shareState } from "../../client/faces/field/position/share-state.ts";
import { sosRequest } from "../../client/faces/field/sos-request.ts";
import { incidentPayloads } from "../../shared/wire/payloads/incident.ts";
import { decodeBatch, encodeBatch, MAX_BATCH_FIXES } from "../../shared/wire/position-batch.ts";

const fixAt = (deviceAt: number) => ({ deviceAt, lat: 30.5, lng: 114.3, mock: false });
const filled = (count: number): PositionBuffer => {
  let buffer = EMPTY_BUFFER;
  for (let n = 1; n <= count; n += 1) buffer = withFix(buffer, fixAt(n * 15_000));
  return buffer;
};

describe("positions of a phone", () => {
  test("FLD-12 what is stored leaves the buffer, what is not stays in order", async () => {
    const history = fc.array(fc.oneof(fc.constant("fix" as const), fc.nat(40)), { maxLength: 80 });
    await fc.assert(
      fc.property(history, (steps) => {
        let buffer = EMPTY_BUFFER;
        let stored = 0;
        for (const step of steps) {
          if (step === "fix") buffer = withFix(buffer, fixAt(buffer.nextSeq));
          else {
            stored = Math.max(stored, Math.min(step, buffer.nextSeq - 1));
            buffer = withStored(buffer, stored);
          }
        }
        const expected = Array.from(
          { length: buffer.nextSeq - 1 - stored },
          (_, i) => stored + 1 + i,
        );
        expect(buffer.fixes.map(({ seq }) => seq)).toEqual(expected);
      }),
    );
  });

  test("FLD-12 a long dead zone makes the past coarser and never cuts it off", () => {
    const buffer = filled(MAX_BUFFERED * 3);
    expect(buffer.fixes.length).toBeLessThanOrEqual(MAX_BUFFERED);
    expect(buffer.fixes[0]?.deviceAt).toBe(15_000);
    expect(buffer.fixes.at(-1)?.seq).toBe(MAX_BUFFERED * 3);
  });

  test("FLD-12 a batch is the oldest part, with device times, as the wire reads it", () => {
    const batch = nextBatch(filled(MAX_BATCH_FIXES + 10));
    const read = decodeBatch(encodeBatch(batch));
    expect(read.ok && read.value.map(({ seq }) => seq)).toEqual(batch.map(({ seq }) => seq));
    expect(read.ok && read.value[0]?.deviceAt).toBe(15_000);
    expect(batch).toHaveLength(MAX_BATCH_FIXES);
  });

  test("FLD-12 what the device does not know is left out", () => {
    const coords = {
      latitude: 30,
      longitude: 114,
      accuracy: 9_999,
      speed: null,
      heading: Number.NaN,
    };
    expect(measured({ timestamp: 5.4, coords }, undefined)).toEqual({
      deviceAt: 5,
      lat: 30,
      lng: 114,
      accuracyM: 6_553,
      mock: false,
    });
  });

  test("FLD-12 a fix is kept after 5 s, or sooner when it moved", () => {
    const last = { deviceAt: 10_000 };
    expect(isWorthKeeping(last, { deviceAt: 14_999 }, 2)).toBe(false);
    expect(isWorthKeeping(last, { deviceAt: 15_000 }, 0)).toBe(true);
    expect(isWorthKeeping(last, { deviceAt: 11_000 }, 20)).toBe(true);
    expect(isWorthKeeping(last, { deviceAt: 9_000 }, 0)).toBe(true);
  });

  test("FLD-11 off duty comes before everything; each obstacle has its own state", () => {
    const all: ShareInputs = {
      wanted: true,
      duty: "DEPLOYED",
      secure: true,
      supported: true,
      trouble: "none",
      hasFix: true,
    };
    const state = (part: Partial<ShareInputs>) => shareState({ ...all, ...part });
    expect([
      state({}),
      state({ duty: "OFF_DUTY", wanted: true }),
      state({ duty: undefined }),
      state({ wanted: false }),
      state({ secure: false }),
      state({ supported: false }),
      state({ trouble: "denied" }),
      state({ trouble: "noFix" }),
      state({ hasFix: false }),
    ]).toEqual([
      "sharing",
      "offDuty",
      "offDuty",
      "off",
      "insecure",
      "unsupported",
      "denied",
      "searching",
      "searching",
    ]);
  });

  test("FLD-5 a call for help carries the last fix, its age and the battery, or goes without", () => {
    const fix = { ...fixAt(7_000), accuracyM: 12.5 };
    const known = sosRequest("i-1", { fix, batteryPct: 63, operationId: "op-1" });
    expect(known).toEqual({
      kind: "incident.sos",
      ref: { type: "incident", id: "i-1" },
      payload: {
        place: { lat: 30.5, lng: 114.3, accuracyM: 12.5, fixAt: 7_000 },
        battery: 63,
        operationId: "op-1",
      },
    });
    const nothing = { fix: undefined, batteryPct: undefined, operationId: undefined };
    for (const request of [known, sosRequest("i-1", nothing)]) {
      expect(incidentPayloads["incident.sos"].safeParse(request.payload).success).toBe(true);
    }
  });
});
