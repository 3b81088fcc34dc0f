import { describe, expect, it } from "vitest";
import { BENCHES } from "../bench/benches.ts";
import type { Figures } from "../bench/figures.ts";
import { failed, type Goal, judge } from "../bench/goals.ts";
import { inTurn, MISSED } from "../bench/in-turn.ts";
import { performancePage, type Result } from "../bench/performance-page.ts";
import { BUDGETS_S, chosen, patienceMs } from "../bench/the-set.ts";

const GOAL: Goal = {
  id: "PERF-0",
  what: "what is tried",
  unit: "ms",
  better: "LOWER",
  floor: 100,
  aim: 50,
  figure: "ms",
  judged: "FIGURE",
};
const SHARE: Goal = {
  ...GOAL,
  unit: "a CPU-s",
  better: "HIGHER",
  floor: 0.7,
  aim: 0.9,
  figure: "ours",
  limit: "bare",
  judged: "SHARE",
};

const rounds = (...values: readonly number[]): Figures[] => values.map((ms) => ({ ms }));
const shares = (bare: number, ...ours: readonly number[]): Figures[] =>
  ours.map((each) => ({ ours: each, bare }));

describe("verdicts of the benchmark", () => {
  it.each([
    [50, "reached"],
    [51, "floor"],
    [100, "floor"],
    [101, "MISSED"],
    [Number.POSITIVE_INFINITY, "MISSED"],
  ])("BENCH-1 a median of %d ms against a floor of 100 and an aim of 50 is %s", (ms, verdict) => {
    expect(judge(GOAL, rounds(ms, ms, ms, 1, 999)).verdict).toBe(verdict);
  });

  it("BENCH-1 without an aim the floor is reached", () => {
    const { aim: _, ...floorOnly } = GOAL;
    expect(judge(floorOnly, rounds(100, 100, 100, 100, 100)).verdict).toBe("reached");
  });

  it("BENCH-1 the worst round counts where every round has to hold", () => {
    const worst = judge({ ...GOAL, of: "WORST" }, rounds(10, 10, 10, 10, 101));
    expect(worst).toMatchObject({ verdict: "MISSED", figure: 101 });
  });

  it("BENCH-2 a share is the median of the rounds' own shares of their limit", () => {
    const uneven = [
      { ours: 80, bare: 100 },
      { ours: 99, bare: 110 },
      { ours: 95, bare: 100 },
      { ours: 70, bare: 100 },
      { ours: 93, bare: 105 },
    ];
    const judged = judge(SHARE, uneven);
    expect(judged.ratio).toBeCloseTo(93 / 105);
    expect(judged).toMatchObject({ verdict: "floor", figure: 93, limit: 100 });
  });

  it("BENCH-3 is void with fewer than five rounds, or where the limit spreads by more than 15 %", () => {
    expect(judge(GOAL, rounds(1, 1, 1, 1))).toMatchObject({
      verdict: "void",
      why: "4 of 5 rounds",
    });
    expect(judge({ ...GOAL, minRounds: 1 }, rounds(1)).verdict).toBe("reached");
    const restless = [100, 100, 100, 100, 116].map((bare) => ({ ours: 95, bare }));
    expect(judge(SHARE, restless)).toMatchObject({
      verdict: "void",
      why: "the limit spreads by 16 %",
    });
    expect(judge(SHARE, shares(100, 95, 95, 95, 95, 95)).verdict).toBe("reached");
  });

  it("BENCH-3 is void where a round lacks the figure", () => {
    const judged = judge(GOAL, [...rounds(1, 1, 1, 1), {}]);
    expect(judged).toMatchObject({ verdict: "void", why: "not measured" });
  });

  it("BENCH-4 what is reported beside has no verdict, and only the rounds that it has", () => {
    const judged = judge({ ...GOAL, beside: true }, [...rounds(3, 5), {}, {}, {}]);
    expect(judged).toMatchObject({ verdict: "beside", rounds: 2, figure: 5 });
  });
});

describe("the page of the last results", () => {
  const machine = {
    cpu: "a processor",
    cores: 2,
    memoryGiB: 24,
    node: "v24",
    load: 0.1,
    isPinned: true,
  };
  const result: Result = {
    name: "tried",
    about: "About it.",
    on: "2026-01-02",
    machine,
    rounds: rounds(10, 20, 30, 20, 20),
    goals: [judge(GOAL, rounds(10, 20, 30, 20, 20))],
  };

  it("BENCH-5 shows each goal with its figure, floor, aim and verdict, and where it was measured", () => {
    const page = performancePage(new Map([["tried", result]]), ["tried"]);
    expect(page).toContain(
      "| PERF-0 what is tried | 20.00 ms | – | – | ≤ 100 ms | ≤ 50.00 ms | reached | 100 % |",
    );
    expect(page).toContain("2026-01-02, a processor, 2 cores, 24 GiB");
    expect(page).toContain("| `ms` | 20.00 | 100 % |");
  });

  it("BENCH-5 is the same from what was kept, and names what was not measured", () => {
    const kept = JSON.parse(JSON.stringify(result)) as Result;
    const names = ["tried", "other"];
    const page = performancePage(new Map([["tried", kept]]), names);
    expect(page).toBe(performancePage(new Map([["tried", result]]), names));
    expect(page).toContain("Not measured yet: `other`.");
  });
});

describe("the set of benches", () => {
  it("BENCH-8 has its time, a quarter of an hour in all, and ends what exceeds it", () => {
    const sum = Object.values(BUDGETS_S).reduce((all, s) => all + s, 0);
    expect(sum).toBeLessThanOrEqual(900);
    for (const [name, s] of Object.entries(BUDGETS_S))
      expect(patienceMs(name)).toBe((s * 2 + 60) * 1_000);
  });

  it("BENCH-8 leaves the rest to be run by name and among the long ones", () => {
    const set = chosen([], { isSmoke: false, isSoak: false });
    const rest = chosen([], { isSmoke: false, isSoak: true });
    expect([...set, ...rest].toSorted()).toEqual(Object.keys(BENCHES).toSorted());
    expect(chosen(["start", "fanout"], { isSmoke: false, isSoak: false })).toEqual([
      "fanout",
      "start",
    ]);
  });

  it.each([1, 2])("BENCH-9 goes on after one that failed, %d at a time", async (atOnce) => {
    const told: string[] = [];
    const codes: Record<string, number> = { a: 0, b: 1, c: MISSED, d: 0 };
    const ran = await inTurn(
      Object.keys(codes),
      async (name) => ({ code: codes[name] ?? 0, why: `it ended with ${codes[name]}` }),
      async (name, why) => void told.push(`${name}: ${why}`),
      atOnce,
    );
    expect([ran, told]).toEqual([{ code: 1, lost: ["b"] }, ["b: it ended with 1"]]);
    const none = await inTurn(
      ["a"],
      async () => ({ code: 0, why: "" }),
      async () => undefined,
    );
    expect(none).toEqual({ code: 0, lost: [] });
  });

  it("BENCH-9 says of each goal that its bench failed, and shows no figure", () => {
    const judged = failed(GOAL, "it ended with 1");
    expect(judged).toMatchObject({ verdict: "void", why: "the bench failed: it ended with 1" });
    const result: Result = {
      name: "tried",
      about: "What is tried.",
      on: "2026-11-23",
      machine: { cpu: "x", cores: 2, memoryGiB: 1, node: "v24", load: 0, isPinned: true },
      rounds: [],
      goals: [judged],
      failed: "it ended with 1",
    };
    const page = performancePage(new Map([["tried", result]]), ["tried"]);
    expect(page).toContain("| void: the bench failed: it ended with 1 |");
    expect(page).toContain("**It failed: it ended with 1.**");
  });
});
