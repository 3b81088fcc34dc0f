import { describe, expect, it } from "vitest";
import type { Beat } from "../../server/sentinel/beat.ts";
import { Judge } from "../../server/sentinel/judge.ts";

const beat = (more: Partial<Beat> = {}): Beat => ({
  boot: "b1",
  scans: 1,
  at: 1_000_000,
  scannedAt: 1_000_000,
  wallMs: 1_000_000,
  mono: 1,
  overdue: false,
  storeMode: "OK",
  journalOpen: false,
  ...more,
});

describe("the sentinel's judgement", () => {
  it("SENT-2 given beats with new scans, then all is well, whatever the times in them say", () => {
    const judge = new Judge(0);
    for (let s = 1; s <= 60; s += 1) {
      const wild = s % 2 === 0 ? -86_400_000 : 86_400_000;
      const said = judge.look(beat({ scans: s, mono: s, at: 1_000_000 + wild }), s * 1_000);
      expect(said.state).toBe("WELL");
    }
  });

  it("SENT-2 given no new beat, then it is silent from the sixth second on, and well with the next", () => {
    const judge = new Judge(0);
    judge.look(beat(), 1_000);
    expect(judge.look(beat(), 6_000).state).toBe("WELL");
    expect(judge.look(undefined, 6_001)).toMatchObject({ state: "LATE", reasons: ["SILENT"] });
    expect(judge.look(beat({ mono: 2, scans: 2 }), 6_500)).toMatchObject({ state: "WELL" });
  });

  it("SENT-2 given a server that never came, then it is silent", () => {
    expect(new Judge(0).look(undefined, 5_001).reasons).toEqual(["SILENT"]);
  });

  it("SENT-2 given beats without a new scan, then the scan is late", () => {
    const judge = new Judge(0);
    for (let s = 1; s <= 7; s += 1) judge.look(beat({ mono: s }), s * 1_000);
    expect(judge.look(beat({ mono: 8 }), 8_000).reasons).toEqual(["SCAN_LATE"]);
    expect(judge.look(beat({ mono: 9, boot: "b2" }), 9_000).reasons).toEqual([]);
  });

  it("SENT-2 given a deadline that stands over, then that is said until it is gone", () => {
    const judge = new Judge(0);
    const at = (s: number, overdue: boolean) =>
      judge.look(beat({ mono: s, scans: s, overdue }), s * 1_000).reasons;
    for (let s = 1; s <= 6; s += 1) expect(at(s, true)).toEqual([]);
    expect(at(7, true)).toEqual(["OVERDUE"]);
    expect(at(8, false)).toEqual([]);
    for (let s = 9; s <= 14; s += 1) expect(at(s, true)).toEqual([]);
  });
});
