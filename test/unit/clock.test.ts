import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SystemClock } from "../../server/app/clock.ts";

const START = Date.UTC(2026, 2, 2, 1);
const HOUR_MS = 3_600_000;

/** A machine whose wall clock can be set, and whose time passes when told. */
function machine() {
  let passed = 0;
  let wallOff = 0;
  const clock = new SystemClock(
    () => START + passed + wallOff,
    () => 5_000 + passed,
  );
  return {
    clock,
    pass(ms: number, each = 100) {
      for (let left = ms; left > 0; left -= each) {
        passed += Math.min(each, left);
        clock.now();
      }
    },
    step(ms: number) {
      wallOff += ms;
    },
    passed: () => passed,
  };
}

const acts = fc.array(
  fc.oneof(
    fc.record({
      step: fc.constantFrom(-HOUR_MS, -4_000, -2_000, -1_000, 1_000, 2_000, 4_000, HOUR_MS),
    }),
    fc.record({ step: fc.integer({ min: -3_000, max: 3_000 }) }),
    fc.record({ pass: fc.integer({ min: 1, max: 120_000 }) }),
    fc.record({ accept: fc.constant(true) }),
  ),
  { maxLength: 40 },
);

describe("the server's clock", () => {
  it("TIME-1 given any steps and decisions, then time passes at least 199 s in 200 and never runs back", () => {
    fc.assert(
      fc.property(acts, (list) => {
        const m = machine();
        for (const act of list) {
          const before = m.clock.now();
          const passedBefore = m.passed();
          if ("step" in act) m.step(act.step);
          else if ("accept" in act) m.clock.accept(m.clock.heldStepMs());
          else m.pass(act.pass, 1_000);
          const least = (m.passed() - passedBefore) * (1 - 1 / 200) - 1;
          expect(m.clock.now() - before).toBeGreaterThanOrEqual(Math.max(0, Math.floor(least)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("TIME-2 given any steps and no decision, then time gains at most half a percent", () => {
    fc.assert(
      fc.property(acts, (list) => {
        const m = machine();
        const begin = m.clock.now();
        for (const act of list) {
          if ("step" in act) m.step(act.step);
          else if ("pass" in act) m.pass(act.pass, 1_000);
        }
        const passed = m.passed();
        expect(Math.abs(m.clock.now() - begin - passed)).toBeLessThanOrEqual(passed / 200 + 1);
      }),
      { numRuns: 500 },
    );
  });

  it.each([1_000, 1_900, -1_000, -1_900])(
    "TIME-2 given a step of %i ms, then the two agree after 200 times as long, and nobody is asked",
    (step) => {
      const m = machine();
      m.step(step);
      expect(m.clock.heldStepMs()).toBe(0);
      m.pass(Math.abs(step) * 201);
      expect(Math.abs(m.clock.wallNow() - m.clock.now())).toBeLessThanOrEqual(1);
    },
  );

  it.each([2_000, 4_000, HOUR_MS, -2_000, -4_000, -HOUR_MS])(
    "TIME-3 given a step of %i ms, then it is held for as long as nobody decides",
    (step) => {
      const m = machine();
      const begin = m.clock.now();
      m.step(step);
      m.pass(600_000, 1_000);
      expect(m.clock.heldStepMs()).toBe(step);
      expect(m.clock.now() - begin).toBe(600_000);
    },
  );

  it("TIME-5 given an accepted step forward, then time is there at once", () => {
    const m = machine();
    m.step(HOUR_MS);
    const begin = m.clock.now();
    m.clock.accept(HOUR_MS);
    expect(m.clock.now() - begin).toBe(HOUR_MS);
    expect(m.clock.agrees()).toBe(true);
  });

  it("TIME-5 given an accepted step back, then it is worked off without standing still", () => {
    const m = machine();
    m.step(-10_000);
    m.clock.accept(-10_000);
    expect(m.clock.heldStepMs()).toBe(0);
    m.pass(1_000_000, 1_000);
    expect(m.clock.wallNow() - m.clock.now()).toBeCloseTo(-5_000, -1);
    m.pass(1_100_000, 1_000);
    expect(Math.abs(m.clock.wallNow() - m.clock.now())).toBeLessThanOrEqual(1);
  });

  it("TIME-5 given a step back half worked off, when the machine is set once more, then that is held", () => {
    const m = machine();
    m.step(-60_000);
    m.clock.accept(-60_000);
    m.pass(1_000_000, 1_000);
    m.step(30_000);
    expect(m.clock.heldStepMs()).toBeCloseTo(-25_000, -1);
  });

  it("TIME-7 given a leap that was held before a restart, when the server starts, then it is held still", () => {
    const lastAt = START - 20_000;
    const m = machine();
    m.step(HOUR_MS);
    m.clock.startAt({ lastAt, heldMs: HOUR_MS });
    expect(m.clock.now()).toBe(START);
    expect(m.clock.heldStepMs()).toBe(HOUR_MS);
  });

  it("TIME-7 given a held leap that was put right while the server was down, when it starts, then the two agree", () => {
    const m = machine();
    m.clock.startAt({ lastAt: START - 20_000, heldMs: HOUR_MS });
    expect(m.clock.now()).toBe(START);
    expect(m.clock.heldStepMs()).toBe(0);
  });

  it("TIME-7 given a machine's clock before the last commit, when the server starts, then time goes on from the commit and the step is held", () => {
    const m = machine();
    m.clock.startAt({ lastAt: START + HOUR_MS });
    expect(m.clock.now()).toBe(START + HOUR_MS);
    expect(m.clock.heldStepMs()).toBe(-HOUR_MS);
  });

  it("TIME-7 given an accepted step back, when the server starts before it is worked off, then nobody is asked again", () => {
    const m = machine();
    m.clock.startAt({ lastAt: START + 50_000, acceptedMs: -60_000 });
    expect(m.clock.now()).toBe(START + 50_000);
    expect(m.clock.heldStepMs()).toBe(0);
    m.pass(50_000 * 201, 10_000);
    expect(Math.abs(m.clock.wallNow() - m.clock.now())).toBeLessThanOrEqual(1);
  });

  it("TIME-7 given a machine's clock that is still behind, when the server starts again, then the time before the end and the downtime count", () => {
    const m = machine();
    m.clock.continueFrom({ at: START + HOUR_MS, wallMs: START - 5_000 });
    m.clock.startAt({ lastAt: START + HOUR_MS - 40_000, heldMs: -HOUR_MS });
    expect(m.clock.now()).toBe(START + HOUR_MS + 5_000);
  });

  it("TIME-7 given a machine's clock that was behind and put right while the server was down, then it is taken", () => {
    const m = machine();
    m.clock.continueFrom({ at: START - 5_000, wallMs: START - 5_000 - HOUR_MS });
    m.clock.startAt({ lastAt: START - 40_000, heldMs: -HOUR_MS });
    expect(m.clock.now()).toBe(START);
    expect(m.clock.agrees()).toBe(true);
  });

  it("TIME-7 given a held leap and clocks that drifted apart a little, when the server starts, then the leap is held still", () => {
    const m = machine();
    m.step(HOUR_MS);
    m.clock.continueFrom({ at: START + 300, wallMs: START + HOUR_MS });
    m.clock.startAt({ lastAt: START - 40_000, heldMs: HOUR_MS });
    expect(m.clock.now()).toBe(START + 300);
    expect(m.clock.heldStepMs()).toBeCloseTo(HOUR_MS - 300, 0);
  });

  it("TIME-7 given hours of downtime and nothing held, when the server starts, then the machine's clock is taken", () => {
    const m = machine();
    m.clock.startAt({ lastAt: START - 3 * HOUR_MS });
    expect(m.clock.now()).toBe(START);
    expect(m.clock.heldStepMs()).toBe(0);
  });

  it("TIME-1 given a commit of another node that is ahead, then time is lifted to it", () => {
    const m = machine();
    m.clock.notBefore(START + 700);
    expect(m.clock.now()).toBeGreaterThanOrEqual(START + 700);
  });
});
