import { describe, expect, test } from "vitest";
import { clockView, mostPressing } from "../../client/ui/clock-look.ts";
import {
  ageWords,
  formatDuration,
  formatExport,
  formatSeconds,
  formatTime,
} from "../../client/ui/format-time.ts";
import { createTicker } from "../../client/ui/ticker.ts";
import type { ClockDto } from "../../shared/domain/kernel/clock.ts";
import { fakePlatform } from "./link-fakes.ts";

const HOUR = 3_600_000;
/** 2026-11-21 14:03:22 in Shanghai. */
const NOW = Date.UTC(2026, 10, 21, 6, 3, 22);

describe("times on the glass", () => {
  test.each([
    [NOW, "14:03", "14:03"],
    [NOW - 24 * HOUR, "昨日 14:03", "yesterday 14:03"],
    [NOW + 24 * HOUR, "明日 14:03", "tomorrow 14:03"],
    [NOW - 14 * HOUR, "00:03", "00:03"],
    [NOW - 15 * HOUR, "昨日 23:03", "yesterday 23:03"],
    [NOW - 72 * HOUR, "11-18 14:03", "11-18 14:03"],
    [Date.UTC(2025, 0, 2, 3, 4), "2025-01-02 11:04", "2025-01-02 11:04"],
  ])("%d is %s", (at, zh, en) => {
    expect([formatTime(at, NOW), formatTime(at, NOW, "en")]).toEqual([zh, en]);
  });

  test("seconds, and the zone in exports", () => {
    expect(formatSeconds(NOW)).toBe("14:03:22");
    expect(formatExport(NOW)).toBe("2026-11-21 14:03:22 (Asia/Shanghai)");
  });

  test.each([
    [42_000, "00:42"],
    [4_360_000, "01:12:40"],
    [-20_411_900, "05:40:11"],
    [15 * 24 * HOUR + 1_000, "15天 00:00:01"],
  ])("%d ms is %s", (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });

  test("an age is said in the largest unit that keeps two digits", () => {
    expect([0, 12_000, 119_000, 180_000, 3 * HOUR, 50 * HOUR].map((ms) => ageWords(ms))).toEqual([
      { unit: "now", n: 0 },
      { unit: "seconds", n: 12 },
      { unit: "seconds", n: 119 },
      { unit: "minutes", n: 3 },
      { unit: "hours", n: 3 },
      { unit: "days", n: 2 },
    ]);
  });
});

describe("how a clock looks", () => {
  const clock = (ruleId: string, hours: number, more: Partial<ClockDto> = {}): ClockDto => ({
    name: "c",
    ruleId,
    ruleVersion: 1,
    startAt: 0,
    dueAt: hours * HOUR,
    level: 0,
    liberty: true,
    ...more,
  });

  test("running, soon from the rule's first warning, overdue from the limit", () => {
    const at = (hours: number) => clockView(clock("S4", 8), hours * HOUR).look;
    expect([at(5.9), at(6), at(7.9), at(8), at(9)]).toEqual([
      "running",
      "soon",
      "soon",
      "overdue",
      "overdue",
    ]);
  });

  test("warnings before the end of a term count from its end", () => {
    const term = clock("D6", 10 * 24);
    expect(clockView(term, 7 * 24 * HOUR).look).toBe("running");
    expect(clockView(term, 8 * 24 * HOUR).look).toBe("soon");
  });

  test("a clock that ended stands still, and an unknown rule does not fail", () => {
    const ended = clockView(clock("S4", 8, { endedAt: 5 * HOUR }), 20 * HOUR);
    expect([ended.look, ended.leftMs]).toEqual(["ended", 3 * HOUR]);
    expect(clockView(clock("NEW-RULE", 10), 9 * HOUR)).toMatchObject({
      look: "soon",
      rule: undefined,
    });
  });

  test("the most pressing clock is the overdue one, then the next due; ended ones do not count", () => {
    const clocks = [
      clock("D5", 24, { name: "family" }),
      clock("S4", 8, { name: "inquiry" }),
      clock("D2", 2, { name: "done", endedAt: HOUR }),
    ];
    expect(mostPressing(clocks, 7 * HOUR)?.name).toBe("inquiry");
    expect(mostPressing(clocks, 25 * HOUR)?.name).toBe("inquiry");
    expect(mostPressing([], 0)).toBeUndefined();
  });
});

test("one ticker serves all, and rests when nobody looks", () => {
  const platform = fakePlatform();
  let timers = 0;
  const ticker = createTicker(
    {
      every: (ms, run) => {
        timers += 1;
        return platform.every(ms, run);
      },
    },
    () => platform.monoMs(),
  );
  let heard = 0;
  const leave = [1, 2, 3].map(() => ticker.subscribe(() => (heard += 1)));
  platform.pass(1_000);
  expect([timers, heard]).toEqual([1, 12]);
  for (const each of leave) each();
  platform.pass(1_000);
  expect(heard).toBe(12);
  expect(ticker.now(1_000) % 1_000).toBe(0);
});
