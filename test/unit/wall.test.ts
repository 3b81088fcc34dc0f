import { describe, expect, test } from "vitest";
import { alarmPlace } from "../../client/faces/wall/alarm-place.ts";
import { openAlarms, screenTakers } from "../../client/faces/wall/alarms.ts";
import { dayStart } from "../../client/faces/wall/day.ts";
import { rowsShown } from "../../client/faces/wall/FitList.tsx";
import { forceOf } from "../../client/faces/wall/force.ts";
import { homePoints } from "../../client/faces/wall/home-view.ts";
import { libertyRows } from "../../client/faces/wall/liberty.ts";
import { operationsToday } from "../../client/faces/wall/operations-today.ts";
import { policeRows } from "../../client/faces/wall/police-waiting.ts";
import { incidentResponse, policeResponse } from "../../client/faces/wall/response.ts";
import { createSubjectLetters, nthLetter } from "../../client/faces/wall/subject-letters.ts";
import { createViewLock } from "../../client/faces/wall/view-lock.ts";
import { closedReason } from "../../client/faces/wall/WallClosed.tsx";
import { whereabouts } from "../../client/faces/wall/where-is.ts";
import type { DtoOf, StoredRecord } from "../../client/store/dto.ts";
import type { ClockDto } from "../../shared/domain/kernel/clock.ts";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";

const NOW = Date.UTC(2026, 10, 22, 6, 0, 0); // 14:00 in Beijing
const MINUTE = 60_000;

const record = <K extends EntityType>(type: K, id: string, dto: DtoOf<K>): StoredRecord<K> => ({
  type,
  id,
  rev: 1,
  dto,
});
const incident = (id: string, dto: DtoOf<"incident">) =>
  record("incident", id, { level: "GENERAL", state: "REPORTED", reportedAt: NOW, ...dto });
const ACKNOWLEDGED = { acknowledged: { officerId: "o", courtId: "c", at: NOW } };

describe("WALL-1 alarms", () => {
  test("WALL-1 an unacknowledged SOS or incident from 较大 on takes the screen, nothing else", () => {
    const alarms = openAlarms([
      incident("general", {}),
      incident("larger", { level: "LARGER" }),
      incident("sos", { sos: true }),
      incident("seen", { sos: true, level: "MAJOR", ...ACKNOWLEDGED }),
      incident("over", { sos: true, state: "RESOLVED" }),
      incident("false", { sos: true, state: "FALSE_ALARM" }),
    ]);
    expect(screenTakers(alarms).map(({ id }) => id)).toEqual(["sos", "larger"]);
    expect(alarms.map(({ id }) => id)).toEqual(["sos", "larger", "general", "seen"]);
  });

  test("WALL-1 among equals the higher level, then the older one comes first", () => {
    const alarms = openAlarms([
      incident("young", { level: "LARGER", reportedAt: NOW }),
      incident("old", { level: "LARGER", reportedAt: NOW - MINUTE }),
      incident("major", { level: "MAJOR", reportedAt: NOW }),
    ]);
    expect(alarms.map(({ id }) => id)).toEqual(["major", "old", "young"]);
  });

  test("WALL-1 a caller is where his phone was last heard, even after the button", () => {
    const sos = incident("sos", { sos: true, reporterId: "a", place: { lat: 1, lng: 1 } });
    const reporter = record("officer", "a", { trackIndex: 2, duty: "DEPLOYED" });
    const positions = {
      lat: Float64Array.of(0, 0, 5),
      lng: Float64Array.of(0, 0, 6),
      at: Float64Array.of(0, 0, NOW),
    };
    expect(alarmPlace(sos, reporter, undefined, positions)).toEqual({
      at: { lat: 5, lng: 6 },
      fixAt: NOW,
    });
    expect(alarmPlace(sos, undefined, undefined, positions)?.at).toEqual({ lat: 1, lng: 1 });
    expect(alarmPlace(incident("x", {}), undefined, undefined, positions)).toBeUndefined();
  });
});

describe("WALL-2 view-lock", () => {
  test("WALL-2 the view moves only when the set of alarms changes", () => {
    const lock = createViewLock();
    const moves = [[], [], ["a"], ["a"], ["b", "a"], ["a", "b"], ["b"], []].map((ids) =>
      lock.next(ids.map((id) => ({ id }))),
    );
    expect(moves).toEqual(["home", "stay", "alarms", "stay", "alarms", "stay", "alarms", "home"]);
  });

  test("WALL-2 a glass of another size is fitted anew, once", () => {
    const lock = createViewLock();
    const seen = ["1366x768", "1366x768", "3840x2160", "3840x2160"].map((glass) =>
      lock.next([], glass),
    );
    expect(seen).toEqual(["home", "stay", "home", "stay"]);
    expect(lock.next([{ id: "a" }], "3840x2160")).toBe("alarms");
    expect(lock.next([{ id: "a" }], "1366x768")).toBe("alarms");
  });
});

describe("WALL-3 what does not fit is counted", () => {
  test("WALL-3 the counting line takes its place from the rows", () => {
    expect([3, 4, 9].map((items) => rowsShown(items, 3.8))).toEqual([3, 3, 3]);
    expect([3, 4].map((items) => rowsShown(items, 3.2))).toEqual([3, 2]);
    expect(rowsShown(5, 0.4)).toBe(0);
    expect(rowsShown(5, Number.POSITIVE_INFINITY)).toBe(5);
  });
});

const clock = (name: string, dueAt: number, more: Partial<ClockDto> = {}): ClockDto => ({
  name,
  ruleId: "D4",
  ruleVersion: 1,
  startAt: dueAt - 60 * MINUTE,
  dueAt,
  level: 0,
  liberty: true,
  ...more,
});

describe("WALL-4 liberty clocks", () => {
  test("WALL-4 every running liberty clock has a row, the least time left first", () => {
    const rows = libertyRows([
      record("detention", "d1", {
        clocks: [clock("intake", NOW + 9), clock("family", NOW + 5), clock("x", 0, { endedAt: 1 })],
      }),
      record("detention", "d2", {
        clocks: [clock("retro", NOW - 5), clock("other", NOW - 9, { liberty: false })],
      }),
      record("detention", "d3", {}),
    ]);
    expect(rows.map(({ key }) => key)).toEqual(["d2:retro", "d1:family", "d1:intake"]);
  });

  test("WALL-5 a person is a letter that stays", () => {
    const letters = createSubjectLetters();
    expect(["d1", "d2", "d1", "d3"].map((id) => letters.letterOf(id))).toEqual([
      "A",
      "B",
      "A",
      "C",
    ]);
    expect([0, 25, 26, 51, 52, 701, 702].map(nthLetter)).toEqual([
      "A",
      "Z",
      "AA",
      "AZ",
      "BA",
      "ZZ",
      "AAA",
    ]);
  });
});

describe("WALL-6 figures", () => {
  const courts = new Map([
    ["m", record("court", "m", { tier: "INTERMEDIATE", seat: { lat: 30.6, lng: 114.2 } })],
    ["b", record("court", "b", { tier: "BASIC", parentId: "m", seat: { lat: 30.5, lng: 114.3 } })],
    ["z", record("court", "z", { tier: "BASIC", parentId: "y", seat: { lat: 32, lng: 112 } })],
  ]);

  test("WALL-6 unreachable is who is deployed and was not heard for 120 s", () => {
    const officer = (trackIndex: number, duty: DtoOf<"officer">["duty"], courtId = "b") =>
      record("officer", `o${trackIndex}`, { trackIndex, courtId, ...(duty ? { duty } : {}) });
    const fixAt = [NOW - 120_000, NOW - 120_001, 0, NOW - 999_999, 0];
    const officers = [
      officer(0, "DEPLOYED"),
      officer(1, "DEPLOYED"),
      officer(2, "STANDBY"),
      officer(3, "OFF_DUTY"),
      officer(4, "DEPLOYED", "m"),
    ];
    expect(forceOf({ officers, courts, fixAt }, NOW)).toEqual({
      total: { all: 5, onDuty: 4, deployed: 3, standby: 1, unreachable: 2 },
      tiers: [
        {
          tier: "INTERMEDIATE",
          force: { all: 1, onDuty: 1, deployed: 1, standby: 0, unreachable: 1 },
        },
        { tier: "BASIC", force: { all: 4, onDuty: 3, deployed: 2, standby: 1, unreachable: 1 } },
      ],
    });
  });

  test("WALL-6 the day begins at midnight in Beijing", () => {
    expect(dayStart(NOW)).toBe(Date.UTC(2026, 10, 21, 16));
    expect(dayStart(Date.UTC(2026, 10, 21, 16))).toBe(Date.UTC(2026, 10, 21, 16));
  });

  test("WALL-6 operations count by state; what ended before today is not of today", () => {
    const { total, byState } = operationsToday(
      [
        record("operation", "1", { state: "EN_ROUTE" }),
        record("operation", "2", { state: "CLOSED", milestones: { CLOSED: NOW - MINUTE } }),
        record("operation", "3", { state: "CLOSED", milestones: { CLOSED: NOW - 20 * 3_600_000 } }),
      ],
      NOW,
    );
    expect([total, byState.EN_ROUTE, byState.CLOSED]).toEqual([2, 1, 1]);
  });

  test("WALL-6 the median is a time that really happened, of today's calls only", () => {
    const request = (id: string, sentAt: number, took?: number) =>
      record("police", id, { sentAt, times: took === undefined ? {} : { ACKED: sentAt + took } });
    const requests = [
      request("a", NOW - MINUTE, 9_000),
      request("b", NOW - MINUTE, 30_000),
      request("c", NOW - MINUTE, 21_000),
      request("d", NOW - MINUTE, 22_000),
      request("open", NOW - MINUTE),
      request("yesterday", NOW - 86_400_000, 1),
    ];
    expect(policeResponse(requests, NOW)).toEqual({ count: 4, p50Ms: 21_000, slowestMs: 30_000 });
    expect(incidentResponse([], NOW)).toEqual({
      count: 0,
      p50Ms: undefined,
      slowestMs: undefined,
    });
  });

  test("WALL-6 police requests: the next to run out first, those without a limit last", () => {
    const request = (id: string, dto: DtoOf<"police">) => record("police", id, dto);
    const rows = policeRows(
      [
        request("none", { state: "ARRIVED" }),
        request("later", { state: "SENT", clocks: [clock("ack", NOW + 9, { liberty: false })] }),
        request("over", { state: "SENT", clocks: [clock("ack", NOW - 9, { liberty: false })] }),
        request("ended", { state: "CLOSED" }),
      ],
      NOW,
    );
    expect(rows.map(({ request: { id } }) => id)).toEqual(["over", "later", "none"]);
  });

  test("WALL-2 home is the own court and every court below it", () => {
    expect(homePoints(courts, "m")).toHaveLength(2);
    expect(homePoints(courts, "b")).toHaveLength(2); // alone: a square around it
    expect(homePoints(courts, undefined)).toEqual([]);
  });

  test("WALL-5 a place is said as so far from a court, never as an address", () => {
    expect(whereabouts({ lat: 30.5, lng: 114.32 }, courts.values())).toMatchObject({
      courtId: "b",
      direction: 2,
    });
    expect(whereabouts({ lat: 30, lng: 114 }, [])).toBeUndefined();
  });
});

test("WALL-8 a wall that may show nothing says why", () => {
  expect(closedReason({ kind: "refused", reason: "REVOKED" }, true)).toBe("REVOKED");
  expect(closedReason({ kind: "signed-out" }, false)).toBe("signed-out");
  expect(closedReason({ kind: "signed-out" }, true)).toBe("BAD_DEVICE");
  expect(closedReason({ kind: "connecting", tries: 3 }, true)).toBeUndefined();
});
