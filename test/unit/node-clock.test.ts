import { describe, expect, test } from "vitest";
import { DatabaseClock } from "../../server/app/database-clock.ts";
import { TestClock } from "../support/kernel/test-kernel.ts";

describe("the database's time", () => {
  function given() {
    const clock = new TestClock();
    const turns: (readonly [boolean, number])[] = [];
    let offMs = 0;
    let answerMs = 0;
    let isAway = false;
    const check = new DatabaseClock({
      clock,
      ask: async () => {
        if (isAway) throw new Error("away");
        const theirs = clock.now() - offMs;
        clock.pass(answerMs);
        return theirs;
      },
      onTurn: (isOff, by) => turns.push([isOff, by]),
    });
    return {
      check,
      turns,
      off: (ms: number) => {
        offMs = ms;
      },
      slow: (ms: number) => {
        answerMs = ms;
      },
      away: (is: boolean) => {
        isAway = is;
      },
    };
  }

  test.each([2_001, -2_001])(
    "NODE-12 given a node %s ms off, then two looks in a row find it off, and one finds it right again",
    async (by) => {
      const { check, off, turns } = given();
      off(by);
      await check.look();
      expect(check.isOff()).toBe(false);
      await check.look();
      expect(check.isOff()).toBe(true);
      off(0);
      await check.look();
      expect([check.isOff(), turns]).toEqual([
        false,
        [
          [true, by],
          [false, 0],
        ],
      ]);
    },
  );

  test("NODE-12 given 2 s exactly, a slow answer or one look that was off, then the node is right", async () => {
    const { check, off, slow } = given();
    for (const ms of [2_000, 0, 5_000, 0, -5_000, 0]) {
      off(ms);
      await check.look();
      expect(check.isOff()).toBe(false);
    }
    slow(9_000);
    await check.look();
    await check.look();
    expect(check.isOff()).toBe(false);
  });

  test("NODE-12 given a database that does not answer, then what was known stays", async () => {
    const { check, off, away } = given();
    off(3_000);
    await check.look();
    away(true);
    await check.look();
    expect(check.isOff()).toBe(false);
    away(false);
    await check.look();
    expect(check.isOff()).toBe(true);
    away(true);
    await check.look();
    expect(check.isOff()).toBe(true);
  });
});
