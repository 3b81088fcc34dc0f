import { describe, expect, test } from "vitest";
import { InboundBudget } from "../../server/edge/live/inbound-budget.ts";

describe("what one connection may make the server do", () => {
  test("NET-22 given a phone that hands in 400 reports at once and one a second from then on, then it never waits", () => {
    let now = 0;
    const budget = new InboundBudget(() => now);
    const waits = Array.from({ length: 400 }, () => budget.spend(1));
    for (let second = 0; second < 60; second += 1) {
      now += 1_000;
      waits.push(budget.spend(1));
    }
    expect(Math.max(...waits)).toBe(0);
  });

  test("NET-22 given a flood, then it waits for as long as its debt takes, and no longer", () => {
    let now = 0;
    const budget = new InboundBudget(() => now);
    for (let i = 0; i < 1_000; i += 1) budget.spend(1);
    expect(budget.spend(150)).toBe(3_000);
    now += 2_999;
    expect(budget.spend(0)).toBe(1);
    now += 1;
    expect(budget.spend(0)).toBe(0);
  });

  test("NET-22 given however much too much, then what lies behind it is read after 5 s", () => {
    const budget = new InboundBudget(() => 0);
    expect(budget.spend(1_000_000)).toBe(5_000);
  });
});
