import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fix } from "../../server/app/positions/fix.ts";
import { PositionIngest } from "../../server/app/positions/ingest.ts";
import { LastValues } from "../../server/app/positions/last-values.ts";
import { osmandRoad } from "../../server/edge/osmand/road.ts";
import type { OsmandDeps, OsmandDevice, OsmandSos } from "../../server/edge/osmand/take-report.ts";
import { freePort } from "../support/server/free-port.ts";

const NOW = 1_763_803_806_000;
const PLACE = "timestamp=1763803805&lat=31.230416&lon=121.473701";
const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

const devices: Record<string, OsmandDevice> = {
  T1: { officerId: "o1", trackIndex: 0, kind: "TRACKER", status: "ENROLLED" },
  GONE: { officerId: "o1", trackIndex: 0, kind: "PHONE", status: "REVOKED" },
  WALL: { officerId: "o1", trackIndex: 0, kind: "KIOSK", status: "ENROLLED" },
};

const HEADERS = { "x-content-type-options": "nosniff" };

let server: Server;
let base: string;
let track: Fix[];
let calls: OsmandSos[];
let raiseSos: OsmandDeps["raiseSos"];
let ingest: PositionIngest;
let isKept: boolean;

async function open(): Promise<void> {
  track = [];
  calls = [];
  raiseSos = async () => true;
  isKept = true;
  ingest = new PositionIngest({
    values: new LastValues(),
    tracks: {
      append: (fix) => track.push(fix) > 0,
      ended: () => undefined,
      settled: async () => isKept,
    },
    trackedSince: () => 0,
    changed: () => {},
  });
  const deps: OsmandDeps = {
    findDevice: (id) => devices[id],
    checkSecret: async (id, secret) => secret === `secret-of-${id}`,
    ingest: (fixes) => ingest.ingest(fixes).kept,
    seen: (trackIndex, at) => ingest.seen(trackIndex, at),
    raiseSos: (sos) => {
      calls.push(sos);
      return raiseSos(sos);
    },
    clock: { now: () => NOW },
  };
  const road = osmandRoad({ path: "/osmand", deps, headers: HEADERS, addressOf: () => "here" });
  server = createServer((req, res) => road(req, res, () => res.writeHead(404).end()));
  base = await listen(server);
}

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** Another port for each test, because `fetch` keeps connections to the server of the one before. */
async function listen(http: Server): Promise<string> {
  const port = await freePort();
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  return `http://127.0.0.1:${port}/osmand`;
}

const status = async (path: string, init?: RequestInit) => (await fetch(base + path, init)).status;
const json = (body: unknown, headers = {}): RequestInit => ({
  method: "POST",
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});
const T1 = "/secret-of-T1?id=T1";

describe("OsmAnd", () => {
  beforeEach(open);

  it("OSM-10 takes a position by query, by posted form and as JSON", async () => {
    expect(await status(`${T1}&${PLACE}&speed=19.71`)).toBe(200);
    expect(
      await status(`${T1}&lat=31.2305&lon=121.4737&timestamp=1763803806`, { method: "POST" }),
    ).toBe(200);
    const form = {
      method: "POST",
      headers: FORM_TYPE,
      body: "id=T1&lat=31.2306&lon=121.4737&timestamp=1763803807",
    };
    expect(await status("/secret-of-T1", form)).toBe(200);
    const location = {
      timestamp: "2025-11-22T09:30:08Z",
      coords: { latitude: 31.2307, longitude: 121.4737, speed: 1.5 },
    };
    expect(await status("/secret-of-T1", json({ device_id: "T1", location }))).toBe(200);
    expect(track.map(({ lat, officerId, source }) => [lat, officerId, source])).toEqual([
      [31.230416, "o1", "DEVICE"],
      [31.2305, "o1", "DEVICE"],
      [31.2306, "o1", "DEVICE"],
      [31.2307, "o1", "DEVICE"],
    ]);
    expect(track.map((fix) => fix.speedMps)).toEqual([10.14, undefined, undefined, 1.5]);
  });

  it("OSM-11 takes the secret in the path or as a bearer token, and nothing without it", async () => {
    const bearer = { headers: { authorization: "Bearer secret-of-T1" } };
    expect(await status(`/?id=T1&${PLACE}`, bearer)).toBe(200);
    expect(await status(`?id=T1&${PLACE}`, bearer)).toBe(200);
    expect(await status(`/?id=T1&${PLACE}`)).toBe(400);
    expect(await status(`/wrong?id=T1&${PLACE}`)).toBe(400);
    expect(track).toHaveLength(1);
  });

  it("OSM-12 answers an unknown device 400 by query and 404 as JSON, and a wrong secret just so", async () => {
    for (const path of [
      "/s?id=NOBODY",
      "/s",
      "/s?id=",
      "/secret-of-GONE?id=GONE",
      "/secret-of-WALL?id=WALL",
      "/s?id=T1",
    ]) {
      expect(await status(`${path}`)).toBe(400);
    }
    for (const device_id of ["NOBODY", "", undefined, "GONE", "WALL"]) {
      expect(await status(`/secret-of-${device_id}`, json({ device_id }))).toBe(404);
    }
    expect(await status("/wrong", json({ device_id: "T1" }))).toBe(404);
  });

  it("OSM-13 answers 503 while the track does not take the position, and 200 when it does", async () => {
    isKept = false;
    expect(await status(`${T1}&${PLACE}`)).toBe(503);
    isKept = true;
    expect(await status(`${T1}&${PLACE}`)).toBe(200);
    expect(track).toHaveLength(2);
  });

  it("OSM-14 answers a call for help by the call alone, whatever becomes of its track", async () => {
    isKept = false;
    expect(await status(`${T1}&${PLACE}&alarm=sos`)).toBe(200);
    expect(calls).toHaveLength(1);
  });

  it("OSM-13 answers 200 to repeats and to positions it refuses, and stores each once", async () => {
    expect(await status(`${T1}&${PLACE}`)).toBe(200);
    expect(await status(`${T1}&${PLACE}`)).toBe(200);
    expect(await status(`${T1}&timestamp=1763803806&lat=0&lon=0`)).toBe(200);
    expect(await status(`${T1}&timestamp=1763803806&lat=95&lon=0`)).toBe(200);
    expect(await status(`${T1}&timestamp=1763803806&lat=31.2304&lon=121.4737&valid=false`)).toBe(
      200,
    );
    expect(track).toHaveLength(1);
  });

  it("OSM-13 answers 503, to be asked again, when the position could not be taken", async () => {
    ingest.ingest = () => {
      throw new Error("no room");
    };
    expect(await status(`${T1}&${PLACE}`)).toBe(503);
  });

  it("OSM-13 answers 400 to what nobody can read", async () => {
    expect(await status(`${T1}&timestamp=yesterday&lat=1&lon=2`)).toBe(400);
    expect(await status("/s", { method: "POST", headers: JSON_TYPE, body: "{" })).toBe(400);
    expect(
      await status("/s", { method: "POST", headers: JSON_TYPE, body: `"${"a".repeat(40_000)}"` }),
    ).toBe(413);
    expect(await status("/%E0%A4%A?id=T1")).toBe(400);
  });

  it("OSM-5 takes a sign of life", async () => {
    expect(await status(`${T1}&batt=40`)).toBe(200);
    expect(ingest.lastSeenAt(0)).toBe(NOW);
  });

  it("OSM-14 raises a call for help once per device and time, and says 200 when it is stored", async () => {
    expect(await status(`${T1}&${PLACE}&alarm=sos`)).toBe(200);
    const location = { timestamp: 1_763_803_805_000, alarm: "sos" };
    expect(await status("/secret-of-T1", json({ device_id: "T1", location }))).toBe(200);
    expect(calls.map((call) => call.commandId)).toEqual(Array(2).fill("dev:T1:sos:1763803805000"));
    expect(calls[0]).toMatchObject({
      deviceId: "T1",
      officerId: "o1",
      at: NOW - 1_000,
      receivedAt: NOW,
    });
    expect(calls[0]?.fix).toMatchObject({ lat: 31.230416, lng: 121.473701 });
    expect(calls[1]?.fix).toBeUndefined();
    expect(track).toHaveLength(1);
  });

  it("OSM-14 says 503 while the call is not stored", async () => {
    raiseSos = async () => false;
    expect(await status(`${T1}&${PLACE}&alarm=sos`)).toBe(503);
    raiseSos = async () => {
      throw new Error("store");
    };
    expect(await status(`${T1}&${PLACE}&alarm=sos`)).toBe(503);
    expect(await status(`/wrong?id=T1&${PLACE}&alarm=sos`)).toBe(400);
    expect(calls).toHaveLength(2);
  });

  it("OSM-14 raises a call from nowhere and without a time, the same within a minute", async () => {
    expect(await status(`${T1}&alarm=sos&lat=0&lon=0`)).toBe(200);
    expect(await status(`${T1}&alarm=sos`)).toBe(200);
    expect(new Set(calls.map((call) => call.commandId)).size).toBe(1);
    expect(calls[0]).toMatchObject({ at: NOW });
    expect(calls[0]?.fix).toBeUndefined();
  });

  it("OSM-15 slows a device down, but never its call for help", async () => {
    const statuses = new Map<number, number>();
    for (let i = 0; i < 1_250; i += 50) {
      const some = Array.from({ length: 50 }, () => status(`${T1}&batt=9`));
      for (const one of await Promise.all(some)) statuses.set(one, (statuses.get(one) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 1_200, 429: 50 });
    const refused = await fetch(`${base}${T1}&batt=9`);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await status(`${T1}&${PLACE}&alarm=sos`)).toBe(200);
  });
});
