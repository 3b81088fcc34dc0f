import { describe, expect, test } from "vitest";
import { createHold, HOLD_MS } from "../../client/faces/field/sos-hold.ts";
import type { Platform } from "../../client/store/platform.ts";

/** A clock that moves when told; timers run in order. */
function fakeClock() {
  let now = 0;
  let timers: { at: number; run: () => void }[] = [];
  const platform: Platform = {
    wallMs: () => now,
    monoMs: () => now,
    random: () => 0.5,
    newId: () => "id",
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    every: () => () => undefined,
  };
  const pass = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((each) => each !== next);
      now = next.at;
      next.run();
    }
    now = end;
  };
  return { platform, pass };
}

function given() {
  const { platform, pass } = fakeClock();
  const fired: number[] = [];
  const buzzed: (readonly number[])[] = [];
  const hold = createHold(platform, {
    fire: () => fired.push(platform.monoMs()),
    vibrate: (pattern) => buzzed.push(pattern),
  });
  return { hold, pass, fired, buzzed };
}

describe("the SOS button", () => {
  test("FLD-4 fires when held for the whole second and says so by vibration", () => {
    const { hold, pass, fired, buzzed } = given();
    hold.press();
    pass(HOLD_MS - 1);
    expect([hold.state(), fired]).toEqual(["holding", []]);
    pass(1);
    expect([hold.state(), fired]).toEqual(["fired", [HOLD_MS]]);
    expect(buzzed).toEqual([[40], [400]]);
  });

  test("FLD-4 let go a moment too early does not fire, and says so for a while", () => {
    const { hold, pass, fired } = given();
    hold.press();
    pass(HOLD_MS - 1);
    hold.release();
    expect(hold.state()).toBe("slipped");
    pass(10_000);
    expect([hold.state(), fired]).toEqual(["idle", []]);
  });

  test("FLD-4 a key that repeats while it is down does not begin again", () => {
    const { hold, pass, fired } = given();
    hold.press();
    for (let repeat = 0; repeat < 12; repeat += 1) {
      pass(100);
      hold.press();
    }
    expect(fired).toEqual([HOLD_MS]);
  });

  test("FLD-4 one call per hold, however long it stays down; the next hold is another call", () => {
    const { hold, pass, fired } = given();
    hold.press();
    pass(30_000);
    hold.release();
    pass(2_000);
    expect(hold.state()).toBe("idle");
    hold.press();
    pass(HOLD_MS);
    expect(fired).toEqual([HOLD_MS, 33_000]);
  });
});
