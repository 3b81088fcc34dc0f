import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOsmandJson } from "../../server/edge/osmand/parse-json.ts";
import { parseOsmandQuery } from "../../server/edge/osmand/parse-query.ts";
import { parseTimestamp } from "../../server/edge/osmand/parse-timestamp.ts";
import type { OsmandParsed } from "../../server/edge/osmand/report.ts";
import { reportToFix } from "../../server/edge/osmand/report-to-fix.ts";

/** The two published forms of one and the same report. */
const QUERY =
  "id=OFFICER-0137&timestamp=1763803805&lat=31.230416&lon=121.473701&speed=19.71&bearing=90" +
  "&altitude=12&accuracy=8&batt=76&charge=false&valid=true&alarm=sos";
const JSON_FORM = {
  device_id: "OFFICER-0137",
  location: {
    timestamp: "2025-11-22T09:30:05.000Z",
    coords: {
      latitude: 31.230416,
      longitude: 121.473701,
      accuracy: 8,
      speed: 10.14,
      heading: 90,
      altitude: 12,
    },
    is_moving: true,
    odometer: 1200,
    event: "motionchange",
    mock: false,
    alarm: "sos",
    battery: { level: 0.76, is_charging: false },
    activity: { type: "walking" },
    extras: {},
  },
};
const sender = {
  officerId: "o1",
  deviceId: "OFFICER-0137",
  trackIndex: 3,
  source: "DEVICE",
} as const;

const query = (text: string) => parseOsmandQuery(new URLSearchParams(text));

function report(parsed: OsmandParsed) {
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.report;
}

/** The JSON form with some members of `location` replaced. */
const json = (location: Record<string, unknown>) =>
  parseOsmandJson({ ...JSON_FORM, location: { ...JSON_FORM.location, ...location } });

describe("OsmAnd forms", () => {
  it("OSM-1 decodes both forms of the same report to the same fix and the same alarm", () => {
    const both = [query(QUERY), parseOsmandJson(JSON_FORM)].map(report);
    const fixes = both.map((one) => reportToFix(one, sender, 1_763_803_806_000));
    expect(fixes[0]).toEqual({
      ...sender,
      deviceAt: 1_763_803_805_000,
      receivedAt: 1_763_803_806_000,
      lat: 31.230416,
      lng: 121.473701,
      accuracyM: 8,
      speedMps: 10.14,
      headingDeg: 90,
      batteryPct: 76,
      mock: false,
    });
    expect(fixes[1]).toEqual(fixes[0]);
    expect(both.map((one) => one.sos)).toEqual([true, true]);
  });

  it.each([
    ["1763803805", 1_763_803_805_000],
    ["1763803805000", 1_763_803_805_000],
    ["2147483647", 2_147_483_647_000],
    ["2147483648", 2_147_483_648],
    ["1763803805.25", 1_763_803_805_250],
    [1_763_803_805, 1_763_803_805_000],
    ["2025-11-22T09:30:05.000Z", 1_763_803_805_000],
    ["2025-11-22T17:30:05+08:00", 1_763_803_805_000],
    ["2025-11-22T17:30:05.5+0800", 1_763_803_805_500],
    ["2025-11-22T09:30:05", 1_763_803_805_000],
    ["2025-11-22 09:30:05", 1_763_803_805_000],
  ])("OSM-2 reads the time %s", (text, ms) => {
    expect(parseTimestamp(text)).toBe(ms);
  });

  it.each([
    ["yesterday"],
    ["-5"],
    ["2025-13-45 99:99:99"],
    ["22/11/2025"],
    [""],
    [null],
    [{}],
    ["1e99"],
  ])("OSM-2 reads no time in %s", (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
    const text2 = String(text ?? "");
    if (text2) expect(query(`id=1&timestamp=${text2}`)).toEqual({ ok: false, reason: "TIMESTAMP" });
  });

  it("OSM-3 reads the place as lat and lon or as location", () => {
    const places = ["lat=31.5&lon=121.25", "location=31.5,121.25", "location=31.5, 121.25"].map(
      (text) => report(query(`id=1&${text}`)).position,
    );
    const place = { lat: 31.5, lng: 121.25, valid: true };
    expect(places).toEqual([place, place, place]);
  });

  it.each([["lat=31"], ["lat=x&lon=y"], ["location=31"], ["lat=0x1f&lon=2"], ["lat=NaN&lon=1"]])(
    "OSM-3 refuses half a place or none that can be read: %s",
    (text) => {
      expect(query(`id=1&${text}`)).toEqual({ ok: false, reason: "POSITION" });
    },
  );

  it("OSM-4 takes a negative speed, heading or accuracy as unknown, in both forms", () => {
    const place = { lat: 31.5, lng: 121.25, valid: true };
    const text = "id=1&lat=31.5&lon=121.25&speed=-1&bearing=-1&accuracy=-1";
    expect(report(query(text)).position).toEqual(place);
    const coords = { latitude: 31.5, longitude: 121.25, speed: -1, heading: -1, accuracy: -1 };
    expect(report(json({ coords })).position).toEqual(place);
  });

  it("OSM-5 takes a report without a place as a sign of life", () => {
    expect(report(query("id=1&timestamp=1763803805&batt=50"))).toEqual({
      deviceId: "1",
      deviceAt: 1_763_803_805_000,
      batteryPct: 50,
      mock: false,
      sos: false,
    });
    expect(report(parseOsmandJson({ device_id: "1" }))).toEqual({
      deviceId: "1",
      mock: false,
      sos: false,
    });
    for (const coords of [undefined, null, {}, { latitude: null, longitude: 1 }, "x"]) {
      expect(report(json({ coords })).position).toBeUndefined();
    }
  });

  it("OSM-5 is not put off by nulls and members of the wrong kind", () => {
    const coords = { latitude: 31.5, longitude: 121.25, speed: null, heading: "x", accuracy: null };
    const parsed = report(
      json({ coords, battery: null, mock: null, alarm: null, timestamp: null }),
    );
    expect(parsed).toEqual({
      deviceId: "OFFICER-0137",
      position: { lat: 31.5, lng: 121.25, valid: true },
      mock: false,
      sos: false,
    });
    expect(report(query("id=1&lat=31.5&lon=121.25&speed=null&batt=&alarm=null")).position).toEqual({
      lat: 31.5,
      lng: 121.25,
      valid: true,
    });
  });

  it("OSM-6 needs to be told the device, in either form", () => {
    const none = { ok: false, reason: "NO_ID" };
    expect(query("lat=1&lon=2")).toEqual(none);
    expect(report(query("deviceid=7")).deviceId).toBe("7");
    for (const body of [undefined, null, [], "x", {}, { device_id: "" }, { device_id: {} }]) {
      expect(parseOsmandJson(body)).toEqual(none);
    }
  });

  it("OSM-7 takes a call for help whatever else in it cannot be read", () => {
    expect(report(query("id=1&alarm=SOS&timestamp=soon&lat=x&lon=y")).sos).toBe(true);
    expect(report(json({ timestamp: "soon" })).sos).toBe(true);
    expect(report(json({ alarm: undefined, extras: { alarm: "sos" } })).sos).toBe(true);
    expect(report(query("id=1&alarm=lowBattery")).sos).toBe(false);
  });

  it("OSM-8 marks a mock position and one that the receiver does not trust", () => {
    expect(report(json({ mock: true })).mock).toBe(true);
    expect(report(query("id=1&lat=1&lon=2&mock=true")).mock).toBe(true);
    expect(report(query("id=1&lat=1&lon=2&valid=false")).position?.valid).toBe(false);
  });

  it("OSM-9 answers anything whatever with a report or a refusal", () => {
    const names = [
      "id",
      "deviceid",
      "timestamp",
      "lat",
      "lon",
      "location",
      "speed",
      "bearing",
      "batt",
      "alarm",
    ];
    const params = fc.array(fc.tuple(fc.constantFrom(...names), fc.string()));
    fc.assert(
      fc.property(params, (pairs) => {
        expect(typeof parseOsmandQuery(new URLSearchParams(pairs)).ok).toBe("boolean");
      }),
    );
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc.record({ device_id: fc.string(), location: fc.jsonValue() }),
      fc.record({
        device_id: fc.string(),
        location: fc.record({
          timestamp: fc.jsonValue(),
          coords: fc.jsonValue(),
          battery: fc.jsonValue(),
        }),
      }),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        expect(typeof parseOsmandJson(body).ok).toBe("boolean");
      }),
    );
  });
});
