/** The replay's clock: an instant is shown whole or not at all, and time leads where it is led. */
import { describe, expect, it } from "vitest";
import { createPastPositions } from "../../client/faces/console/replay/past-positions.ts";
import { pastGroups } from "../../client/faces/console/replay/past-rows.ts";
import { type ReplayApi, ReplayFeed } from "../../client/faces/console/replay/replay-feed.ts";
import { rangeAt, steppedBy, within } from "../../client/faces/console/replay/replay-range.ts";
import { WindowCursor } from "../../client/faces/console/replay/state-at.ts";
import type { HttpFailure } from "../../client/link/http.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { PAST_WINDOW_MS, type PastWindow } from "../../shared/wire/past-window.ts";
import type { Tracks } from "../../shared/wire/track-answer.ts";

/** 14:00:00.400 in Shanghai. */
const NOW = Date.UTC(2026, 10, 23, 6) + 400;
const NINE = Date.UTC(2026, 10, 23, 1);
const MINUTE = 60_000;

const incident = (state: string): PutRecord => ({
  type: "incident",
  id: "i1",
  rev: 1,
  dto: { state, kind: "SIEGE", courtId: "jiangan" },
});
const GONE = { type: "incident", id: "i1" };

const windowAt = (at: number): PastWindow => {
  const from = Math.floor(at / PAST_WINDOW_MS) * PAST_WINDOW_MS;
  const changes = [
    { at: NINE + MINUTE, put: [incident("REPORTED")], del: [] },
    { at: NINE + 2 * MINUTE, put: [incident("CONFIRMED")], del: [] },
    { at: NINE + 3 * MINUTE, put: [], del: [GONE] },
  ];
  const to = Math.min(from + PAST_WINDOW_MS, NOW - 10_000);
  return { from, to, put: [], changes: from === NINE ? changes : [] };
};

const pictureAt = (at: number, rows = [[7, 30.6, 114.3]] as number[][]): Tracks => ({
  kind: "PICTURE",
  incomplete: false,
  from: at,
  to: at,
  count: rows.length,
  at: Float64Array.from(rows, () => at - 2_000),
  trackIndex: Uint32Array.from(rows, ([index = 0]) => index),
  lat: Float64Array.from(rows, ([, lat = 0]) => lat),
  lng: Float64Array.from(rows, ([, , lng = 0]) => lng),
  heading: new Uint8Array(rows.length),
  speed: new Uint8Array(rows.length),
  flags: new Uint8Array(rows.length),
});

const BUSY: HttpFailure = { status: 429, code: "TOO_MANY" };
const OFFLINE: HttpFailure = { status: 0, code: "OFFLINE" };

/** The feed with a clock of the test's, and a server that can be silenced. */
function rig(at: number) {
  const timers: { dueMs: number; run: () => void; off: boolean }[] = [];
  const asked: string[] = [];
  const world = { nowMs: 0, offline: false, busy: 0, breaks: false };
  const answer = async <T>(what: string, value: T) => {
    asked.push(what);
    if (world.breaks) throw new RangeError("a window that is not one");
    if (world.busy-- > 0) return { ok: false, failure: BUSY } as const;
    return world.offline
      ? ({ ok: false, failure: OFFLINE } as const)
      : ({ ok: true, value } as const);
  };
  const api: ReplayApi = {
    state: (t) => answer(`state ${(t - NINE) / 1_000}`, windowAt(t)),
    picture: (t) => answer(`picture ${(t - NINE) / 1_000}`, pictureAt(t)),
  };
  const feed = new ReplayFeed(
    {
      api,
      now: () => NOW + world.nowMs,
      after: (ms, run) => {
        const timer = { dueMs: world.nowMs + ms, run, off: false };
        timers.push(timer);
        return () => {
          timer.off = true;
        };
      },
    },
    at,
  );
  /** Real time passes, and answers arrive. */
  const pass = async (ms: number) => {
    const end = world.nowMs + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = timers
        .filter((t) => !t.off && t.dueMs <= end)
        .toSorted((a, b) => a.dueMs - b.dueMs)[0];
      if (!next) break;
      world.nowMs = Math.max(world.nowMs, next.dueMs);
      next.off = true;
      next.run();
    }
    world.nowMs = end;
  };
  const shown = () => {
    const { moment, at: asked } = feed.store.getState();
    const one = moment?.records.maps.incident.get("i1");
    return { at: moment && moment.at - NINE, asked: asked - NINE, state: one?.dto.state };
  };
  return { feed, pass, shown, asked, world };
}

describe("the replay's clock", () => {
  it("RPL-4 today begins at midnight in China, in its first hours with the evening before, and ends ten seconds ago", () => {
    expect(rangeAt(NOW)).toEqual({ from: Date.UTC(2026, 10, 22, 16), to: NOW - 400 - 10_000 });
    const one = Date.UTC(2026, 10, 22, 17);
    expect(rangeAt(one).from).toBe(one - 6 * 60 * MINUTE);
    expect(within(rangeAt(NOW), NOW)).toBe(NOW - 400 - 10_000);
    expect(within(rangeAt(NOW), 0)).toBe(rangeAt(NOW).from);
  });

  it("RPL-4 arrows lead by ten seconds, with Shift by a minute, pages by ten minutes, Home and End to the ends", () => {
    const range = rangeAt(NOW);
    const by = (key: string, more = {}) => {
      const press = { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
      const next = steppedBy({ ...press, ...more }, NINE, range);
      return next === undefined ? undefined : (next - NINE) / 1_000;
    };
    expect([by("ArrowLeft"), by("ArrowRight"), by("ArrowUp")]).toEqual([-10, 10, 10]);
    expect([by("ArrowLeft", { shiftKey: true }), by("ArrowRight", { shiftKey: true })]).toEqual([
      -60, 60,
    ]);
    expect([by("PageUp"), by("PageDown")]).toEqual([600, -600]);
    expect(by("Home")).toBe((range.from - NINE) / 1_000);
    expect(by("End")).toBe((range.to - NINE) / 1_000);
    expect([by("ArrowLeft", { altKey: true }), by("x")]).toEqual([undefined, undefined]);
  });

  it("RPL-1 given a window, then each instant of it has its records, forwards and back", () => {
    const cursor = new WindowCursor(windowAt(NINE));
    const stateAt = (minutes: number) =>
      cursor.stateAt(NINE + minutes * MINUTE).maps.incident.get("i1")?.dto.state;
    expect([0, 1, 1.5, 2, 3, 2.5, 0.5].map(stateAt)).toEqual([
      undefined,
      "REPORTED",
      "REPORTED",
      "CONFIRMED",
      undefined,
      "CONFIRMED",
      undefined,
    ]);
  });

  it("RPL-4 given a drag, then only where it rests is asked for, and records and dots come together", async () => {
    const { feed, pass, shown, asked } = rig(NINE);
    feed.load();
    await pass(0);
    for (const minutes of [0.5, 0.7, 1.5]) feed.seek(NINE + minutes * MINUTE);
    expect(shown()).toEqual({ at: 0, asked: 1.5 * MINUTE, state: undefined });
    await pass(150);
    expect(shown()).toEqual({ at: 1.5 * MINUTE, asked: 1.5 * MINUTE, state: "REPORTED" });
    expect(asked.toSorted()).toEqual(["picture 0", "picture 90", "state 0"]);
  });

  it("RPL-4 given playing, then time goes on at the speed asked for, and stops where the past ends", async () => {
    const { feed, pass, shown, world } = rig(NINE);
    feed.play();
    await pass(5_000);
    expect(shown().at).toBe(5_000);
    feed.setSpeed(60);
    await pass(3_000);
    expect(shown()).toMatchObject({ at: 5_000 + 6 * 30_000, state: undefined });
    feed.setSpeed(10);
    feed.seek(NOW - 60_000);
    await pass(8_000);
    const { playing, at } = feed.store.getState();
    expect(playing).toBe(false);
    expect(NOW + world.nowMs - at).toBeGreaterThanOrEqual(10_000);
  });

  it("RPL-6 given no network, then the instant is not shown and says why, and nothing old stands under its time", async () => {
    const { feed, pass, shown, world } = rig(NINE);
    feed.load();
    await pass(0);
    world.offline = true;
    feed.play();
    await pass(3_000);
    expect(feed.store.getState()).toMatchObject({ failure: OFFLINE, playing: false });
    feed.seek(NINE + 5 * MINUTE);
    await pass(150);
    expect(feed.store.getState().failure).toEqual(OFFLINE);
    expect(shown().at).not.toBe(5 * MINUTE);
    world.offline = false;
    feed.load();
    await pass(0);
    expect(shown()).toMatchObject({ at: 5 * MINUTE, asked: 5 * MINUTE });
    expect(feed.store.getState().failure).toBeNull();
  });

  it("RPL-6 given an answer that breaks while it is read, shown or played on, then it says so and stops, and does not go on reading", async () => {
    const { feed, pass, shown, world } = rig(NINE);
    world.breaks = true;
    feed.load();
    await pass(0);
    expect(feed.store.getState().failure).toMatchObject({ code: "UNREADABLE" });
    world.breaks = false;
    feed.play();
    await pass(500);
    expect(shown().at).not.toBeNull();
    world.breaks = true;
    await pass(PAST_WINDOW_MS);
    expect(feed.store.getState()).toMatchObject({
      failure: { code: "UNREADABLE" },
      playing: false,
    });
  });
});

describe("a crowd that looks back", () => {
  it("RPL-3 given a server that has others to answer first, then it is asked again a few times, then says so", async () => {
    const { feed, pass, shown, world } = rig(NINE);
    world.busy = 4;
    feed.load();
    await pass(10_000);
    expect(shown().at).toBe(0);
    world.busy = 1_000;
    feed.seek(NINE + 20 * MINUTE);
    await pass(30_000);
    expect(feed.store.getState().failure).toEqual(BUSY);
  });
});

describe("dots of the past", () => {
  it("RPL-1 are those of the instant and no others, older ones too", () => {
    const positions = createPastPositions();
    positions.show(
      pictureAt(NINE + MINUTE, [
        [7, 30.6, 114.3],
        [2_000, 31, 112],
      ]),
    );
    expect([positions.arrays.at[7], positions.arrays.lat[2_000]]).toEqual([
      NINE + MINUTE - 2_000,
      31,
    ]);
    positions.show(
      pictureAt(NINE, [
        [7, 30.5, 114.2],
        [8, Number.NaN, Number.NaN],
      ]),
    );
    const { at, lat } = positions.arrays;
    expect([at[7], lat[7], at[8], at[2_000]]).toEqual([NINE - 2_000, 30.5, 0, 0]);
  });
});

describe("the list of the past", () => {
  it("RPL-5 holds what was under way, and counts what it does not list", () => {
    const many = Array.from({ length: 70 }, (_, n) => ({
      ...incident("REPORTED"),
      id: `i${String(n).padStart(2, "0")}`,
    }));
    const ended = { ...incident("RESOLVED"), id: "over" };
    const { maps } = new WindowCursor({
      from: NINE,
      to: NINE,
      put: [...many, ended],
      changes: [],
    }).stateAt(NINE);
    const [group, ...others] = pastGroups(maps);
    expect([group?.kind, group?.total, group?.rows.length, group?.rows[0]?.id]).toEqual([
      "incident",
      70,
      60,
      "i69",
    ]);
    expect(others).toEqual([]);
  });
});
