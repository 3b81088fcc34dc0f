import { describe, expect, it } from "vitest";
import { callOf, rollTotals } from "../../shared/domain/rollcall/totals.ts";
import { province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const SECOND_MS = 1_000;
type Target = readonly ["court" | "officer" | "device", string];
const call = (by: string, targets: readonly Target[], more = {}, id = "r1"): When => ({
  by,
  kind: "rollcall.call",
  ref: { type: "rollcall", id },
  payload: { targets: targets.map(([type, of]) => ({ type, id: of })), ...more },
});
const act = (by: string, verb: string, target: string, id = "r1", more = {}): When => ({
  by,
  kind: `rollcall.${verb}`,
  ref: { type: "rollcall", id },
  payload: { target, ...more },
});
const device = (id: string, courtId: string, more = {}) => ({
  type: "device" as const,
  id,
  rev: 1,
  stateRev: 1,
  createdAt: 0,
  updatedAt: 0,
  courtId,
  tierPath: ["high", "wuhan", courtId],
  kind: "PHONE" as const,
  label: id,
  status: "ENROLLED" as const,
  ...more,
});
const story = () =>
  new Story([
    ...province(),
    device("phone", "jiangan", { officerId: "jiangan.police" }),
    device("wall", "jiangan", { kind: "KIOSK" }),
    device("lost", "jiangan", { status: "REVOKED" }),
  ]);
const states = (s: Story, id = "r1") => s.the("rollcall", id).targets.map(({ state }) => state);
const JIANGAN: Target = ["court", "jiangan"];
const HANYANG: Target = ["court", "hanyang"];
const together = (s: Story, callId = "r1") =>
  rollTotals(callOf(s.state, callId).flatMap(({ targets }) => targets));

describe("calling", () => {
  it("ROLL-10 given an id that would write over another call, when the roll is called, then it is refused", () => {
    const s = story();
    s.accepted(call("wuhan.duty", [HANYANG], {}, "r.2"));
    const before = s.the("rollcall", "r.2");
    expect(s.refused(call("wuhan.duty", [JIANGAN, HANYANG], {}, "r")).code).toBe("ALREADY_EXISTS");
    expect(s.the("rollcall", "r.2")).toEqual(before);
  });

  it("ROLL-10 given an id so long that the second court could not answer, when the roll is called, then it is refused", () => {
    const long = call("wuhan.duty", [JIANGAN, HANYANG], {}, "r".repeat(63));
    expect(story().refused(long).code).toBe("MALFORMED");
  });

  it("ROLL-1 own terminals and courts below, never upward, sideways or oneself", () => {
    const s = story();
    const code = (by: string, ...targets: Target[]) => s.refused(call(by, targets)).code;
    expect(code("jiangan.duty", ["court", "wuhan"])).toBe("WRONG_COURT");
    expect(code("jiangan.duty", HANYANG)).toBe("WRONG_COURT");
    expect(code("jiangan.duty", JIANGAN)).toBe("ROLL_OWN_CENTRE");
    expect(code("wuhan.duty", JIANGAN, ["court", "fancheng"])).toBe("WRONG_COURT");
    expect(code("wuhan.duty", JIANGAN, ["officer", "xiangyang.duty"])).toBe("WRONG_COURT");
    expect(code("jiangan.judge", ["officer", "jiangan.police"])).toBe("ROLE_REQUIRED");
    s.accepted(call("jiangan.duty", [["officer", "jiangan.police"]]));
    s.accepted(call("high.duty", [["court", "wuhan"], JIANGAN], {}, "r2"));
  });

  it("ROLL-2 what is called is known and in use, and called once", () => {
    const s = story();
    for (const target of [
      ["court", "none"],
      ["officer", "none"],
      ["device", "lost"],
    ] as const) {
      expect(s.refused(call("wuhan.duty", [JIANGAN, target])).code).toBe("NO_SUCH_TARGET");
    }
    s.accepted(call("wuhan.duty", [JIANGAN, JIANGAN]));
    expect(states(s)).toEqual(["CALLED"]);
  });

  it("ROLL-3 one record per court, so that no sibling sees another's answer", () => {
    const s = story();
    s.accepted(call("wuhan.duty", [JIANGAN, HANYANG, ["officer", "jiangan.police"]]));
    expect(s.the("rollcall", "r1").targets.map(({ ref }) => ref.id)).toEqual([
      "jiangan",
      "jiangan.police",
    ]);
    expect(s.the("rollcall", "r1.2")).toMatchObject({ callId: "r1", toCourtId: "hanyang" });
    expect(Object.keys(s.views("rollcall", "r1")).sort()).toEqual([
      "console:jiangan",
      "console:wuhan",
      "field:jiangan.police",
      "wall:jiangan",
      "wall:wuhan",
    ]);
    expect(s.views("rollcall", "r1.2")["console:jiangan"]).toBeUndefined();
  });
});

describe("answering", () => {
  it("ROLL-4 in person, or by the desk of the centre called", () => {
    const s = story();
    const terminals: Target[] = [
      ["officer", "jiangan.judge"],
      ["device", "phone"],
      ["device", "wall"],
    ];
    s.accepted(call("wuhan.duty", [JIANGAN, ...terminals]));
    const code = (by: string, target: string) => s.refused(act(by, "answer", target)).code;
    expect(code("jiangan.duty", "officer:jiangan.judge")).toBe("ANSWER_IN_PERSON");
    expect(code("jiangan.judge", "court:jiangan")).toBe("ANSWER_IN_PERSON");
    expect(code("jiangan.judge", "device:phone")).toBe("ANSWER_IN_PERSON");
    expect(code("hanyang.duty", "court:jiangan")).toBe("WRONG_COURT");
    expect(code("wuhan.duty", "court:jiangan")).toBe("ANSWER_IN_PERSON");
    expect(code("jiangan.tech", "court:jiangan")).toBe("ROLE_REQUIRED");
    expect(code("jiangan.duty", "court:hanyang")).toBe("NOT_CALLED");
    s.accepted(act("jiangan.duty", "answer", "court:jiangan"));
    s.accepted(act("jiangan.judge", "answer", "officer:jiangan.judge"));
    s.accepted(act("jiangan.police", "answer", "device:phone"));
    s.accepted(act("jiangan.duty", "answer", "device:wall"));
    expect(states(s)).toEqual(["PRESENT", "PRESENT", "PRESENT", "PRESENT"]);
    expect(s.accepted(act("jiangan.duty", "answer", "court:jiangan"))).toEqual([]);
    expect(s.passRaising(120 * SECOND_MS)).toEqual([]);
  });

  it("ROLL-5 present within 60 s, absent when they are over, late after", () => {
    const s = story();
    s.accepted(call("wuhan.duty", [JIANGAN, HANYANG]));
    s.passRaising(60 * SECOND_MS - 1);
    s.accepted(act("jiangan.duty", "answer", "court:jiangan"));
    expect(states(s)).toEqual(["PRESENT"]);
    expect(states(s, "r1.2")).toEqual(["CALLED"]);
    const raised = s.passRaising(1);
    expect(raised).toMatchObject([{ type: "ClockRaised", data: { severity: "ALARM" } }]);
    expect(states(s, "r1.2")).toEqual(["ABSENT"]);
    s.accepted(act("hanyang.duty", "answer", "court:hanyang", "r1.2"));
    expect(states(s, "r1.2")).toEqual(["LATE"]);
  });

  it("ROLL-5 counts server time: at the very instant, or by another term, it is late", () => {
    const s = story();
    s.accepted(call("wuhan.duty", [JIANGAN], { timeoutS: 30 }));
    s.pass(30 * SECOND_MS);
    s.accepted({
      ...act("jiangan.duty", "answer", "court:jiangan"),
      occurred: { earliest: s.now - 20_000, latest: s.now - 20_000 },
    });
    expect(states(s)).toEqual(["LATE"]);
  });

  it("ROLL-6 a fault is the caller's note of who has not answered; an answer overrides it", () => {
    const s = story();
    s.accepted(call("wuhan.duty", [JIANGAN]));
    expect(s.refused(act("jiangan.duty", "fault", "court:jiangan")).code).toBe("WRONG_COURT");
    expect(s.refused(act("wuhan.duty", "fault", "court:hanyang")).code).toBe("NOT_CALLED");
    s.accepted(act("wuhan.duty", "fault", "court:jiangan"));
    expect(states(s)).toEqual(["FAULT"]);
    expect(s.passRaising(60 * SECOND_MS)).toEqual([]);
    s.accepted(act("jiangan.duty", "answer", "court:jiangan"));
    expect(states(s)).toEqual(["LATE"]);
    expect(s.refused(act("wuhan.duty", "fault", "court:jiangan")).code).toBe("ANSWERED_ALREADY");
  });

  it("ROLL-7 quality is typed in of who has answered", () => {
    const s = story();
    s.accepted(call("wuhan.duty", [JIANGAN]));
    const quality = act("wuhan.duty", "quality", "court:jiangan", "r1", {
      picture: "GOOD",
      voice: "NONE",
    });
    expect(s.refused(quality).code).toBe("NOT_ANSWERED_YET");
    s.accepted(act("jiangan.duty", "answer", "court:jiangan"));
    s.accepted(quality);
    expect(s.the("rollcall", "r1").targets).toMatchObject([{ picture: "GOOD", voice: "NONE" }]);
  });

  it("ROLL-8 totals add up and the online rate counts whoever answered", () => {
    const s = story();
    const officers: Target[] = [
      ["officer", "jiangan.judge"],
      ["officer", "jiangan.police"],
    ];
    s.accepted(call("wuhan.duty", [JIANGAN, HANYANG, ...officers]));
    s.accepted(act("jiangan.duty", "answer", "court:jiangan"));
    s.accepted(act("wuhan.duty", "fault", "officer:jiangan.judge"));
    expect(together(s)).toMatchObject({ total: 4, present: 1, fault: 1, waiting: 2 });
    s.passRaising(60 * SECOND_MS);
    s.accepted(act("hanyang.duty", "answer", "court:hanyang", "r1.2"));
    expect(together(s)).toEqual({
      total: 4,
      waiting: 0,
      present: 1,
      late: 1,
      absent: 1,
      fault: 1,
      onlineRate: 0.5,
      onTimeRate: 0.25,
    });
    expect(rollTotals([])).toMatchObject({ total: 0, onlineRate: 0 });
  });

  it("ROLL-9 is over after a day, and still takes an answer", () => {
    const s = story();
    s.accepted(call("wuhan.duty", [JIANGAN]));
    s.passRaising(86_400_000);
    expect(s.deadlines()).toEqual([]);
    expect(s.the("rollcall", "r1").clocks.over?.level).toBe(1);
    s.accepted(act("jiangan.duty", "answer", "court:jiangan"));
    expect(states(s)).toEqual(["LATE"]);
  });
});
