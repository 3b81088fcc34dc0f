import { describe, expect, test } from "vitest";
import { namedCourts } from "../../client/map/court-labels.ts";
import { courtShort, courtShortNames } from "../../client/map/court-name.ts";
import { createLabelRoom } from "../../client/map/label-room.ts";
import { locateRef } from "../../client/map/locate.ts";
import { shieldMark } from "../../client/map/marks.ts";
import type { StoredRecord } from "../../client/store/dto.ts";
import { emptyRecords } from "../../client/store/records.ts";

const court = (id: string, name: string, more: object = {}): StoredRecord<"court"> => ({
  type: "court",
  id,
  rev: 1,
  dto: { name, tier: "BASIC", seat: { lat: 30, lng: 114 }, ...more },
});
const byId = (...courts: StoredRecord<"court">[]) => new Map(courts.map((c) => [c.id, c]));

describe("MAP-9 names of courts", () => {
  test.each([
    ["湖北省高级人民法院", "湖北高院"],
    ["武汉市中级人民法院", "武汉中院"],
    ["恩施土家族苗族自治州中级人民法院", "恩施中院"],
    ["湖北省汉江中级人民法院", "汉江中院"],
    ["武汉市江岸区人民法院", "江岸法院"],
    ["房县人民法院", "房县法院"],
    ["长阳土家族自治县人民法院", "长阳法院"],
    ["武汉经济技术开发区人民法院", "武汉经开法院"],
    ["神农架林区人民法院", "神农架法院"],
    ["武汉海事法院", "武汉海事法院"],
  ])("MAP-9 %s is called %s", (name, short) => {
    expect(courtShort(name)).toBe(short);
  });

  test("MAP-9 two courts never share a short name", () => {
    const names = courtShortNames(byId(court("1", "沙洋县人民法院"), court("2", "沙洋人民法院")));
    expect([...names.values()]).toEqual(["沙洋县人民法院", "沙洋人民法院"]);
  });

  test("MAP-9 no name over a name: the own court first, then by tier", () => {
    const courts = byId(
      court("basic", "b"),
      court("high", "h", { tier: "HIGH" }),
      court("far", "f", { seat: { lat: 31, lng: 114 } }),
    );
    const screen = {
      zoom: 12,
      scale: 1,
      toPixel: ({ lat, lng }: { lat: number; lng: number }) => ({ x: lng * 100, y: lat * 100 }),
    };
    expect([...namedCourts(courts.values(), new Map(), undefined, screen)]).toEqual([
      "high",
      "far",
    ]);
    expect(namedCourts(courts.values(), new Map(), "basic", screen).has("high")).toBe(false);
    expect([...namedCourts(courts.values(), new Map(), undefined, { ...screen, zoom: 8 })]).toEqual(
      ["high"],
    );
  });

  test("MAP-9 a label takes its room once", () => {
    const room = createLabelRoom();
    expect(room.take({ x: 0, y: 0, w: 10, h: 10 })).toBe(true);
    expect(room.take({ x: 9, y: 9, w: 10, h: 10 })).toBe(false);
    expect(room.take({ x: 10, y: 0, w: 10, h: 10 })).toBe(true);
  });
});

describe("MAP-7 where a record is", () => {
  const put = (type: string, id: string, dto: object) => ({ type, id, rev: 1, dto });
  const maps = {
    ...emptyRecords().maps,
    court: new Map([["c", put("court", "c", { seat: { lat: 1, lng: 1 } })]]),
    operation: new Map([["op", put("operation", "op", { place: { lat: 2, lng: 2 } })]]),
    incident: new Map([
      ["sos", put("incident", "sos", { sos: true, reporterId: "a", place: { lat: 3, lng: 3 } })],
      ["fire", put("incident", "fire", { reporterId: "a", place: { lat: 3, lng: 3 } })],
      ["bare", put("incident", "bare", { sos: true, reporterId: "x", courtId: "c" })],
    ]),
    detention: new Map([
      ["d", put("detention", "d", { escortIds: ["x", "a"], operationId: "op" })],
      ["e", put("detention", "e", { escortIds: ["x"], operationId: "op" })],
    ]),
    police: new Map([["p", put("police", "p", { operationId: "op" })]]),
  } as unknown as Parameters<typeof locateRef>[1];
  const fleet = { locate: (id?: string) => (id === "a" ? { lat: 9, lng: 9 } : undefined) };
  const latOf = (type: "incident" | "detention" | "police", id: string) =>
    locateRef({ type, id }, maps, fleet)?.lat;

  test("MAP-7 an SOS is where its caller is; another incident where it happened", () => {
    expect(latOf("incident", "sos")).toBe(9);
    expect(latOf("incident", "fire")).toBe(3);
    expect(latOf("incident", "bare")).toBe(1);
  });

  test("MAP-7 a person held is with the first escort that has a fix, else at the operation", () => {
    expect(latOf("detention", "d")).toBe(9);
    expect(latOf("detention", "e")).toBe(2);
    expect(latOf("police", "p")).toBe(2);
    expect(latOf("police", "gone")).toBeUndefined();
  });
});

test("MAP-7 the shield's outline empties with its clock and never runs below nothing", () => {
  expect(shieldMark(0.5, "running", "警")).toContain('stroke-dasharray="50 100"');
  expect(shieldMark(-3, "overdue", "警")).toContain('stroke-dasharray="0 100"');
  expect(shieldMark(undefined, "ended", "警")).toContain('stroke-dasharray="0 100"');
});
