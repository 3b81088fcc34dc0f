import { describe, expect, it } from "vitest";
import { keptFirst, type Ordered, sentFirst } from "../../server/notify/call-order.ts";
import type { AlarmKind } from "../../shared/domain/notify/state.ts";

const call = (key: string, kind: AlarmKind, startedAt: number, more: Partial<Ordered> = {}) => ({
  due: {
    key,
    kind,
    startedAt,
    courtId: "jiangan",
    roles: [],
    recordRef: { type: "incident" as const, id: key },
    level: 1,
    text: "",
  },
  attempts: 0,
  asked: false,
  ...more,
});
const keys = (calls: readonly Ordered[]) => calls.map(({ due }) => due.key);

describe("which calls have a place and which go first", () => {
  it("NOTI-15 given 500 P2 calls and 499 SOS that wait, when a new SOS comes, then it and every SOS keep a place and P2 fill the rest", () => {
    const p2 = Array.from({ length: 500 }, (_, n) => call(`p${n}`, "POLICE_P2", n));
    const sos = Array.from({ length: 499 }, (_, n) => call(`s${n}`, "SOS", n, { attempts: 9 }));
    const fresh = call("new", "SOS", 1_000);
    const kept = [...p2, ...sos, fresh].sort(keptFirst).slice(0, 500);
    expect(new Set(keys(kept))).toEqual(new Set(keys([...sos, fresh])));
  });

  it("NOTI-15 given 500 SOS of the same standing, when a new one comes, then the new one has a place", () => {
    const sos = Array.from({ length: 500 }, (_, n) => call(`s${n}`, "SOS", n));
    const kept = [...sos, call("new", "SOS", 1_000)].sort(keptFirst).slice(0, 500);
    expect(keys(kept)).toContain("new");
  });

  it("NOTI-12 SOS before P1 before P2, then what was asked for, tried least, waits longest", () => {
    const calls = [
      call("p2", "POLICE_P2", 0),
      call("late", "SOS", 9),
      call("tried", "SOS", 0, { attempts: 1 }),
      call("asked", "SOS", 8, { attempts: 5, asked: true }),
      call("early", "SOS", 1),
      call("p1", "POLICE_P1", 0),
    ];
    expect(keys(calls.sort(sentFirst))).toEqual(["asked", "early", "late", "tried", "p1", "p2"]);
  });
});
