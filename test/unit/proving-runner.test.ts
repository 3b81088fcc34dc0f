import { describe, expect, it } from "vitest";
import { duePieces } from "../runner/long-run.ts";
import { piecesOfLongRun } from "../runner/pieces.ts";
import { addTrials, neverSeen, summaryOf, tableOf, trialsIn } from "../runner/trials-of-run.ts";
import { SOMETIMES } from "../support/trials.ts";

const text = [
  '{"what":"kill: SQLite","tried":20,"failed":0}',
  '{"saw":"resume"}',
  '{"what":"cut","tried":4,"failed":1}',
  '{"notRun":"disk: strace may not trace here"}',
  '{"what":"kill: SQLite","tried":180,"failed":0}',
  '{"saw":"resume"}',
].join("\n");

describe("what a run of tests tried", () => {
  it("PRV-1 given lines of one kind, when they are added up, then one row holds their sum and its bound", () => {
    expect(tableOf(trialsIn(text))).toEqual([
      "kill: SQLite: 200 tried, 0 failed (< 3/200 = 1.5 %)",
      "cut: 4 tried, 1 failed",
    ]);
  });

  it("PRV-1 given two pieces, when they are added up, then rows, sights and gaps of both are there", () => {
    const sum = addTrials([trialsIn(text), trialsIn('{"what":"cut","tried":6,"failed":0}')]);
    expect(sum).toEqual({
      rows: [
        { what: "kill: SQLite", tried: 200, failed: 0 },
        { what: "cut", tried: 10, failed: 1 },
      ],
      seen: ["resume"],
      notRun: ["disk: strace may not trace here"],
    });
  });

  it("PRV-1 a line of no known form is an error, not nothing", () => {
    expect(() => trialsIn('{"tried":1}')).toThrow();
  });

  it("PRV-2 the sentence at the end names what was not run", () => {
    const trials = trialsIn(text);
    expect(summaryOf(trials, trials.notRun)).toBe(
      "204 tried, 1 failed, NOT RUN: disk: strace may not trace here",
    );
    expect(summaryOf(trials, [])).toBe("204 tried, 1 failed, NOT RUN: nothing");
  });

  it("PRV-3 each fault test belongs to a piece, also one that no piece names", () => {
    const files = ["test/faults/malformed.test.ts", "test/faults/brand-new.test.ts"];
    const pieces = piecesOfLongRun(files);
    expect(pieces).toContainEqual({ name: "brand-new", files: [files[1]], env: {} });
    expect(pieces.filter((piece) => piece.files.includes(files[0] ?? ""))).toHaveLength(1);
    const names = piecesOfLongRun().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("PRV-5 a run goes on with what has not passed: never run, failed, or in part not run", () => {
    const pieces = ["a", "b", "c", "d"].map((name) => ({ name, files: [], env: {} }));
    const results = {
      a: { failed: 0, notRun: [] },
      b: { failed: 1, notRun: [] },
      c: { failed: 0, notRun: ["no strace"] },
    };
    const names = (only?: string) => duePieces(pieces, results, only).map(({ name }) => name);
    expect(names()).toEqual(["b", "c", "d"]);
    expect(names("a")).toEqual(["a"]);
  });

  it("PRV-4 each rare event that was not seen is named", () => {
    expect(neverSeen(trialsIn(text))).toEqual(SOMETIMES.filter((what) => what !== "resume"));
    const all = SOMETIMES.map((what) => JSON.stringify({ saw: what })).join("\n");
    expect(neverSeen(trialsIn(all))).toEqual([]);
  });
});
