import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bearingDeg } from "../../shared/geo/bearing.ts";
import { distanceM } from "../../shared/geo/distance.ts";

const wuhan = { lat: 30.5928, lng: 114.3055 };
const beijing = { lat: 39.9042, lng: 116.4074 };
const place = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe("distance and bearing", () => {
  it("POS-10 measures known distances", () => {
    expect(distanceM(wuhan, beijing) / 1_000).toBeCloseTo(1_052, -1);
    expect(distanceM({ lat: 0, lng: 0 }, { lat: 0, lng: 1 })).toBeCloseTo(111_195, -1);
    expect(distanceM({ lat: 0, lng: 179.5 }, { lat: 0, lng: -179.5 })).toBeCloseTo(111_195, -1);
  });

  it("POS-10 is symmetric, never negative, never NaN and never beyond half the Earth", () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const d = distanceM(a, b);
        expect(d).toBeGreaterThanOrEqual(0);
        expect(d).toBeLessThanOrEqual(20_015_200);
        expect(d).toBeCloseTo(distanceM(b, a), 3);
      }),
    );
  });

  it("POS-10 points north, east, south and west", () => {
    const from = { lat: 10, lng: 20 };
    const to = [
      { lat: 11, lng: 20 },
      { lat: 10, lng: 20.001 },
      { lat: 9, lng: 20 },
      { lat: 10, lng: 19.999 },
    ];
    expect(to.map((t) => Math.round(bearingDeg(from, t)))).toEqual([0, 90, 180, 270]);
  });

  it("POS-10 keeps a bearing within [0, 360)", () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const deg = bearingDeg(a, b);
        expect(deg >= 0 && deg < 360).toBe(true);
      }),
    );
  });
});
