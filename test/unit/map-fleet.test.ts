import { describe, expect, test } from "vitest";
import { clusterByGrid, makeScreenPoints } from "../../client/map/cluster.ts";
import { fixFreshness } from "../../client/map/fix-freshness.ts";
import { createFleet } from "../../client/map/fleet.ts";
import { createGlide } from "../../client/map/glide.ts";
import { hitTest } from "../../client/map/hit-test.ts";
import { fromMercator, mercatorX, mercatorY } from "../../client/map/mercator.ts";
import { lookKey, officerLook } from "../../client/map/officer-look.ts";
import { createPositionStore } from "../../client/store/positions.ts";
import { createRecordsStore, withPatch } from "../../client/store/records.ts";
import type { Stores } from "../../client/store/stores.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { decodeFrame, encodeFrame } from "../../shared/wire/position-frame.ts";

const NOW = 1_800_000_000_000;

interface Fix {
  readonly trackIndex: number;
  readonly lat: number;
  readonly lng: number;
  readonly ageS?: number;
  readonly speedMps?: number;
  readonly headingDeg?: number;
}

function positionsOf(fixes: readonly Fix[], at = NOW, store = createPositionStore()) {
  const rows = fixes.map((fix) => ({
    ageS: 0,
    lowBattery: false,
    mock: false,
    source: "SOCKET" as const,
    battery: 0,
    ...fix,
  }));
  const header = { kind: "DELTA" as const, set: 1, prevTick: 0, tick: 1, tickAt: at };
  const frame = decodeFrame(encodeFrame(header, rows));
  if (!frame.ok) throw new Error(frame.refusal);
  store.apply(frame.value);
  return store;
}

function storesWith(put: PutRecord[], fixes: readonly Fix[]) {
  const records = createRecordsStore();
  const set = (more: PutRecord[]) =>
    records.setState((s) =>
      withPatch(s, { from: 0, to: 1, hash8: "00000000", at: NOW, put: more, del: [], lines: [] }),
    );
  set(put);
  const positions = positionsOf(fixes);
  return { stores: { records, positions } as unknown as Stores, set, positions };
}

const officer = (id: string, trackIndex: number, duty = "DEPLOYED"): PutRecord => ({
  type: "officer",
  id,
  rev: 1,
  dto: { short: id, courtId: "c", trackIndex, duty },
});

describe("MAP-4 a dot exists only with its record", () => {
  test("MAP-4 an officer off duty, without a record or without a fix is not drawn", () => {
    const { stores, set } = storesWith(
      [officer("a", 0), officer("b", 1, "OFF_DUTY"), officer("c", 2)],
      [0, 1, 3].map((trackIndex) => ({ trackIndex, lat: 30.6, lng: 114.3 })),
    );
    const fleet = createFleet(stores, () => true);
    fleet.step(0);
    expect([...fleet.indices]).toEqual([0]);
    set([officer("a", 0, "OFF_DUTY"), officer("d", 3)]);
    fleet.step(100);
    expect([...fleet.indices]).toEqual([3]);
    expect(fleet.locate("a")).toBeUndefined();
  });

  test("MAP-4 an index that now belongs to somebody else locates only him", () => {
    const { stores, set } = storesWith([officer("a", 0)], [{ trackIndex: 0, lat: 30, lng: 114 }]);
    const fleet = createFleet(stores, () => true);
    set([officer("a", 7), officer("b", 0)]);
    fleet.step(0);
    expect(fleet.locate("a")).toBeUndefined();
    expect(fleet.locate("b")?.lat).toBeCloseTo(30, 5);
  });

  test("MAP-5 members of an arrived operation are on scene only when they are there", () => {
    const operation = {
      type: "operation",
      id: "op",
      rev: 1,
      dto: {
        state: "ON_SCENE",
        place: { lat: 30.6, lng: 114.3, address: "" },
        memberIds: ["a", "b"],
      },
    };
    const { stores } = storesWith(
      [officer("a", 0), officer("b", 1), operation],
      [
        { trackIndex: 0, lat: 30.6005, lng: 114.3 },
        { trackIndex: 1, lat: 30.62, lng: 114.3 },
      ],
    );
    const fleet = createFleet(stores, () => true);
    fleet.step(0);
    expect([...fleet.onScene]).toEqual([0]);
  });
});

describe("MAP-5 what a mark says", () => {
  test("MAP-5 freshness: 30 s and 120 s are still the better one", () => {
    expect(
      [0, 30_000, 30_001, 120_000, 120_001].map((age) => fixFreshness(NOW - age, NOW)),
    ).toEqual(["FRESH", "FRESH", "STALE", "STALE", "LOST"]);
  });

  test("MAP-5 arrow by heading when moving, square on scene, dot when standing or lost", () => {
    const { arrays } = positionsOf([
      { trackIndex: 0, lat: 30, lng: 114, speedMps: 8, headingDeg: 90 },
      { trackIndex: 1, lat: 30, lng: 114, speedMps: 0.5, headingDeg: 90 },
      { trackIndex: 2, lat: 30, lng: 114, speedMps: 8, headingDeg: 90, ageS: 200 },
      { trackIndex: 3, lat: 30, lng: 114, speedMps: 8, headingDeg: 359 },
      { trackIndex: 4, lat: 30, lng: 114, speedMps: 8 },
    ]);
    const fleet = { positions: arrays, onScene: new Set([1]) };
    const looks = [0, 1, 2, 3, 4].map((index) => officerLook(fleet, index, false, NOW));
    expect(looks.map(({ shape, freshness, bin }) => [shape, freshness, bin])).toEqual([
      ["arrow", "FRESH", 6],
      ["square", "FRESH", 0],
      ["dot", "LOST", 0],
      ["arrow", "FRESH", 0],
      ["dot", "FRESH", 0],
    ]);
    const own = looks.map((look) => lookKey({ ...look, own: true }));
    expect(new Set([...own, ...looks.map(lookKey)]).size).toBe(10);
  });
});

describe("MAP-6 gliding", () => {
  const indices = Uint32Array.of(0);
  test("MAP-6 the first fix is there at once, the next is reached within 2 s", () => {
    const store = positionsOf([{ trackIndex: 0, lat: 30, lng: 114 }]);
    const glide = createGlide(() => false);
    glide.take(store.arrays, indices, 0);
    expect(glide.x[0]).toBeCloseTo(mercatorX(114), 9);
    positionsOf([{ trackIndex: 0, lat: 30, lng: 114.005 }], NOW + 10_000, store);
    glide.take(store.arrays, indices, 1_000);
    expect(glide.step(indices, 2_000)).toBe(true);
    expect(glide.x[0]).toBeCloseTo(mercatorX(114.0025), 8);
    expect(glide.step(indices, 3_000)).toBe(false);
    expect(glide.x[0]).toBeCloseTo(mercatorX(114.005), 8);
  });

  test("MAP-6 a correction of kilometres jumps, and so does everything without motion", () => {
    const store = positionsOf([{ trackIndex: 0, lat: 30, lng: 114 }]);
    const glide = createGlide(() => false);
    glide.take(store.arrays, indices, 0);
    positionsOf([{ trackIndex: 0, lat: 30, lng: 114.1 }], NOW + 5_000, store);
    glide.take(store.arrays, indices, 0);
    expect(glide.step(indices, 0)).toBe(false);
    expect(glide.x[0]).toBeCloseTo(mercatorX(114.1), 8);
  });

  test("MAP-6 what was drawn stays when the store of positions grows", () => {
    const store = positionsOf([{ trackIndex: 0, lat: 30, lng: 114 }]);
    const glide = createGlide(() => false);
    glide.take(store.arrays, indices, 0);
    positionsOf([{ trackIndex: 5_000, lat: 31, lng: 113 }], NOW + 1, store);
    glide.take(store.arrays, Uint32Array.of(0, 5_000), 10);
    expect(glide.x[0]).toBeCloseTo(mercatorX(114), 9);
    expect(glide.y[5_000]).toBeCloseTo(mercatorY(31), 9);
  });
});

test("MAP-2 mercator and back", () => {
  const { lat, lng } = fromMercator(mercatorX(114.3055), mercatorY(30.5928));
  expect(lat).toBeCloseTo(30.5928, 8);
  expect(lng).toBeCloseTo(114.3055, 8);
});

function screen(...rows: readonly (readonly [x: number, y: number, apart?: 0 | 1, old?: 1])[]) {
  const points = makeScreenPoints(16);
  rows.forEach(([x, y, apart = 0, old = 0], row) => {
    points.x[row] = x;
    points.y[row] = y;
    points.index[row] = 100 + row;
    points.apart[row] = apart;
    points.old[row] = old;
    points.count += 1;
  });
  return points;
}
const GRID = { cellPx: 50, originX: 0, originY: 0, crowd: 3 };

describe("MAP-3 crowds and the pointer", () => {
  test("MAP-3 a crowded cell is one mark with its count and the share of old fixes", () => {
    const points = screen([10, 10], [20, 20], [30, 30, 0, 1], [80, 10], [85, 12]);
    const { clusters, singles } = clusterByGrid(points, GRID);
    expect(clusters).toEqual([{ x: 22.5, y: 22.5, count: 3, old: 1 }]);
    expect([...singles]).toEqual([3, 4]);
  });

  test("MAP-3 who matters now is never hidden in a crowd", () => {
    const points = screen([10, 10], [20, 20], [30, 30], [12, 12, 1]);
    const { clusters, singles } = clusterByGrid(points, GRID);
    expect(clusters[0]?.count).toBe(3);
    expect([...singles]).toEqual([3]);
  });

  test("MAP-3 cells lie on the land: dragging does not regroup", () => {
    const before = clusterByGrid(screen([10, 10], [20, 10], [48, 10]), GRID);
    const after = clusterByGrid(screen([3, 10], [13, 10], [41, 10]), { ...GRID, originX: 7 });
    expect(after.clusters[0]?.count).toBe(before.clusters[0]?.count);
    expect(after.clusters[0]?.x).toBeCloseTo((before.clusters[0]?.x ?? 0) - 7, 4);
  });

  test("MAP-3 the nearest mark within reach is hit; a cluster reaches further; else nothing", () => {
    const points = screen([10, 10], [16, 10], [200, 10]);
    const drawn = {
      clusters: [{ x: 100, y: 100, count: 9, old: 0 }],
      singles: Uint32Array.of(0, 1, 2),
    };
    const hit = (x: number, y: number) => hitTest(points, drawn, { x, y }, 14);
    expect(hit(14, 10)).toEqual({ kind: "officer", index: 101 });
    expect(hit(100, 118)).toEqual({ kind: "cluster", cluster: drawn.clusters[0] });
    expect(hit(100, 140)).toBeUndefined();
    expect(hit(50, 50)).toBeUndefined();
  });
});
