import { describe, expect, it } from "vitest";
import { Admission } from "../../server/edge/live/admission.ts";

/** Each that is let in takes 1 ms; a turn ends when the test says so. */
function rig() {
  let now = 0;
  let turns: (() => void)[] = [];
  const errors: unknown[] = [];
  const admission = new Admission({
    monotonic: () => now,
    nextTurn: (run) => turns.push(run),
    onError: (error) => errors.push(error),
  });
  const inside: number[] = [];
  return {
    inside,
    errors,
    comeBroken: () =>
      admission.enter(() => {
        throw new Error("gone meanwhile");
      }),
    come: (n: number) =>
      admission.enter(() => {
        now += 1;
        inside.push(n);
      }),
    turn: () => {
      const due = turns;
      turns = [];
      for (const run of due) run();
      return due.length;
    },
  };
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe("the door of the live channel", () => {
  it("VIEW-20 who comes alone is let in at once", () => {
    const r = rig();
    r.come(1);
    expect(r.inside).toEqual([1]);
  });

  it("VIEW-20 given many who come at once, then some are let in each turn, all of them, in their order", () => {
    const r = rig();
    for (const n of upTo(10)) r.come(n);
    expect(r.inside).toEqual(upTo(4));
    r.turn();
    expect(r.inside).toEqual(upTo(8));
    r.come(10);
    expect(r.inside).toEqual(upTo(8));
    r.turn();
    expect(r.inside).toEqual(upTo(11));
    r.turn();
    expect(r.turn()).toBe(0);
  });

  it("VIEW-20 given one that is gone when its turn comes, then those behind it are let in", () => {
    const r = rig();
    r.comeBroken();
    r.come(1);
    expect([r.inside, r.errors]).toEqual([[1], [new Error("gone meanwhile")]]);
  });

  it("VIEW-20 given more than could ever come of a province, then who is beyond is told so and nobody is lost", () => {
    const r = rig();
    const admitted = upTo(6_000).filter(r.come);
    while (r.turn() > 0);
    expect(r.inside).toEqual(admitted);
    expect(admitted.length).toBeGreaterThanOrEqual(5_000);
    expect(admitted.length).toBeLessThan(6_000);
  });
});
