import { describe, expect, it } from "vitest";
import { SlicedWork, type StepKind } from "../../server/app/positions/sliced-work.ts";

const TURN_MS = 4;

/** Works through steps that take so long each. @returns how long each turn was, and the looks at the clock. */
function worked(costsMs: readonly number[], kind: StepKind) {
  let now = 0;
  let looks = 0;
  const later: (() => void)[] = [];
  const work = new SlicedWork({
    next: (run) => later.push(run),
    monoMs: () => {
      looks += 1;
      return now;
    },
    turnMs: () => TURN_MS,
  });
  const each = (function* (): Generator<StepKind, undefined> {
    for (const ms of costsMs) {
      now += ms;
      yield kind;
    }
  })();
  const turnsMs: number[] = [];
  let isDone = false;
  const took = (run: () => void) => {
    const from = now;
    run();
    turnsMs.push(now - from);
  };
  const done = () => {
    isDone = true;
  };
  took(() => work.begin(each, done));
  for (let run = later.shift(); run; run = later.shift()) took(run);
  return { turnsMs, looks, isDone };
}

const times = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

describe("a long work in turns", () => {
  it("POS-31 looks at the clock a few times less often than there are light steps, and no turn gets longer by more than those", () => {
    const { turnsMs, looks, isDone } = worked(times(4_000, 0.01), "LIGHT");
    expect(isDone).toBe(true);
    expect(looks).toBeLessThan(1_000);
    expect(Math.max(...turnsMs)).toBeLessThanOrEqual(TURN_MS + 8 * 0.01 + 1e-6);
  });

  it("POS-31 looks after each step when they take long, and after each that is not light", () => {
    const long = worked(times(40, 1), "LIGHT");
    expect(long.turnsMs).toEqual(times(10, TURN_MS).concat(0));
    expect(long.looks).toBeGreaterThanOrEqual(40);
    expect(worked(times(400, 0.01), undefined).looks).toBeGreaterThanOrEqual(400);
  });

  it("POS-31 given light steps that become slow, then a turn lasts longer by no more than the few that were not looked at", () => {
    const { turnsMs, isDone } = worked([...times(100, 0.01), ...times(100, 0.2)], "LIGHT");
    expect(isDone).toBe(true);
    expect(Math.max(...turnsMs)).toBeLessThanOrEqual(TURN_MS + 8 * 0.2);
  });
});
