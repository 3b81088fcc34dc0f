import { describe, expect, it } from "vitest";
import { type Ordered, sentFirst } from "../../server/notify/call-order.ts";
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

describe("which calls go first", () => {
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
