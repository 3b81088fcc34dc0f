import { describe, expect, it } from "vitest";
import { NO_FACTS } from "../../shared/domain/operation/facts.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { officer, operation, province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const SECOND_MS = 1_000;
const reason = { id: "r", hash: "h" };
const LENT = "hanyang.judge";
const check = (by: string, verb: string, id: string, payload = {}): When => ({
  by,
  kind: `checkin.${verb}`,
  ref: { type: "checkin", id },
  payload,
});
const begin = (by: string, id = "k") => check(by, "begin", id, { operationId: "op1" });
const story = (more: Parameters<typeof operation>[0] = {}) =>
  new Story([...province(), operation({ state: "ON_SCENE", ...more })]);
/** `k` is the scene commander's, `k.2` the judicial police's. */
function begun(more: Parameters<typeof operation>[0] = {}) {
  const s = story(more);
  s.accepted(begin("jiangan.police"));
  return s;
}
const level = (s: Story, id = "k") => s.the("checkin", id).clocks.life?.level;
const abort = (s: Story) =>
  s.accepted({
    by: "jiangan.director",
    kind: "operation.abort",
    ref: { type: "operation", id: "op1" },
    payload: { reason },
  });

const close = (s: Story) =>
  s.accepted({
    by: "jiangan.director",
    kind: "operation.close",
    ref: { type: "operation", id: "op1" },
    payload: {},
  });
const safe = (officerId: string): When => ({
  by: "jiangan.judge",
  kind: "operation.reportSafe",
  ref: { type: "operation", id: "op1" },
  payload: { officerId },
});
const bothSafe = (s: Story) => {
  for (const id of ["jiangan.judge", "jiangan.police"]) s.accepted(safe(id));
};

describe("beginning", () => {
  it("CHK-1 on scene only, for everybody there at once, and twice is nothing", () => {
    for (const state of ["APPROVED", "EN_ROUTE", "CLOSED", "ABORTED"] as const) {
      expect(story({ state }).refused(begin("jiangan.duty")).code).toBe("NOT_ON_SCENE");
    }
    const onTheWay = story({ state: "PAUSED", pausedFrom: "EN_ROUTE" });
    expect(onTheWay.refused(begin("jiangan.duty")).code).toBe("NOT_ON_SCENE");
    for (const more of [{ state: "EXECUTING" }, { state: "PAUSED", pausedFrom: "EXECUTING" }]) {
      story(more as Parameters<typeof operation>[0]).accepted(begin("jiangan.duty"));
    }
    const s = story();
    expect(s.refused(begin("hanyang.duty")).code).toBe("WRONG_COURT");
    expect(s.refused(begin("wuhan.duty")).code).toBe("WRONG_COURT");
    expect(s.refused(begin("jiangan.tech")).code).toBe("ROLE_REQUIRED");
    s.accepted(begin("jiangan.police"));
    const officers = s.state.all("checkin").map(({ officerId }) => officerId);
    // The chief commander sits in the centre.
    expect(officers).toEqual(["jiangan.judge", "jiangan.police"]);
    expect(s.accepted(begin("jiangan.judge", "k9"))).toEqual([]);
    expect(s.state.all("checkin")).toHaveLength(2);
  });

  it("CHK-9 given an id that would write over another officer's check-in, when it is begun, then it is refused", () => {
    const s = new Story([
      ...province(),
      operation({ state: "ON_SCENE" }),
      operation({ id: "op2", state: "ON_SCENE" }),
    ]);
    s.accepted(begin("jiangan.police", "k.2"));
    const before = s.the("checkin", "k.2");
    const over = check("jiangan.police", "begin", "k", { operationId: "op2" });
    expect(s.refused(over).code).toBe("ALREADY_EXISTS");
    expect(s.the("checkin", "k.2")).toEqual(before);
    s.accepted(check("jiangan.police", "begin", "n", { operationId: "op2" }));
  });

  it("CHK-1 who was excused at muster is waited for by nobody", () => {
    const ready = { certificate: true, uniform: true, bodyCam: true, deviceTest: true };
    const excused = { at: 1, by: "jiangan.judge", officerId: "jiangan.police", ...ready };
    const facts = { ...NO_FACTS, muster: [{ ...excused, presence: "EXCUSED" as const }] };
    const s = story({ facts });
    s.accepted(begin("jiangan.judge"));
    expect(s.state.all("checkin").map(({ officerId }) => officerId)).toEqual(["jiangan.judge"]);
  });

  it("CHK-1 who joins later is added", () => {
    const s = begun();
    s.state.put(
      operation({
        state: "EXECUTING",
        memberIds: ["jiangan.judge", "jiangan.police", "jiangan.police2"],
      }),
    );
    s.accepted(begin("jiangan.duty", "k9"));
    expect(s.the("checkin", "k9").officerId).toBe("jiangan.police2");
  });
});

describe("silence", () => {
  it("CHK-2 45 s the officer, 120 s his centre, 180 s the parent", () => {
    const s = begun();
    const told = () => s.dto("checkin", "k", "own.console").told;
    s.passRaising(45 * SECOND_MS - 1);
    expect(level(s)).toBe(0);
    s.passRaising(1);
    expect(level(s)).toBe(1);
    expect(told()).toEqual([]);
    s.passRaising(75 * SECOND_MS - 1);
    expect(level(s)).toBe(1);
    s.passRaising(1);
    expect(told()).toMatchObject([{ courtId: "jiangan" }]);
    s.passRaising(60 * SECOND_MS - 1);
    expect(level(s)).toBe(2);
    s.passRaising(1);
    expect(told()).toMatchObject([
      { courtId: "jiangan" },
      { courtId: "wuhan", roles: ["DUTY_OFFICER"] },
    ]);
  });

  it("CHK-2 a phone that is dead from the start is missed too", () => {
    const s = begun();
    for (let i = 0; i < 7; i += 1) {
      s.passRaising(30 * SECOND_MS);
      s.accepted(check("jiangan.police", "sign", "k.2"));
    }
    expect([level(s, "k"), level(s, "k.2")]).toEqual([3, 0]);
  });

  it("CHK-3 one's own sign of life starts the wait anew from when it happened", () => {
    const s = begun();
    expect(s.refused(check("jiangan.police", "sign", "k")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(check("jiangan.duty", "sign", "k")).code).toBe("ROLE_REQUIRED");
    s.passRaising(130 * SECOND_MS);
    expect(level(s)).toBe(2);
    const at = s.now - 10 * SECOND_MS;
    s.accepted({ ...check("jiangan.judge", "sign", "k"), occurred: { earliest: at, latest: at } });
    expect(s.the("checkin", "k")).toMatchObject({ lastAt: at, clocks: { life: { level: 0 } } });
    s.passRaising(35 * SECOND_MS - 1);
    expect(level(s)).toBe(0);
    s.passRaising(1);
    expect(level(s)).toBe(1);
  });

  it("CHK-3 what comes closer than 20 s or from before is no event", () => {
    const s = begun();
    const sign = (agoS = 0) => {
      const at = s.now - agoS * SECOND_MS;
      return s.accepted({
        ...check("jiangan.judge", "sign", "k"),
        occurred: { earliest: at, latest: at },
      });
    };
    s.pass(20 * SECOND_MS - 1);
    expect(sign()).toEqual([]);
    s.pass(1);
    expect(sign()).toHaveLength(1);
    expect(sign(5)).toEqual([]);
    s.pass(30 * SECOND_MS);
    expect(sign(30)).toEqual([]);
  });

  it("CHK-3 one from a dead zone that comes too late is kept and quiets nothing", () => {
    const s = begun();
    s.passRaising(200 * SECOND_MS);
    const at = s.now - 100 * SECOND_MS;
    s.accepted({ ...check("jiangan.judge", "sign", "k"), occurred: { earliest: at, latest: at } });
    expect(s.the("checkin", "k").lastAt).toBe(at);
    expect(level(s)).toBe(3);
  });

  it("CHK-4 the centre that reached him vouches by name", () => {
    const s = begun();
    s.passRaising(130 * SECOND_MS);
    expect(s.refused(check("jiangan.police", "vouch", "k")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(check("wuhan.duty", "vouch", "k")).code).toBe("WRONG_COURT");
    s.accepted(check("jiangan.duty", "vouch", "k", { note: reason }));
    expect(s.the("checkin", "k")).toMatchObject({
      vouched: { by: "jiangan.duty", at: s.now, note: reason },
      lastAt: s.now,
      clocks: { life: { level: 0 } },
    });
  });
});

describe("the end", () => {
  it("CHK-5 given one who is back, when the operation is over, then the next clock ends his waiting alone", () => {
    const s = begun();
    s.accepted(safe("jiangan.police"));
    abort(s);
    s.passRaising(200 * SECOND_MS);
    expect(s.the("checkin", "k.2").state).toBe("ENDED");
    expect(s.the("checkin", "k").state).toBe("RUNNING");
    expect(s.dto("checkin", "k", "own.console").told).not.toEqual([]);
    // He is still waited for: he signs, his centre speaks for him, and takes him off with a reason.
    s.accepted(check("jiangan.judge", "sign", "k"));
    expect(level(s)).toBe(0);
    s.pass(30 * SECOND_MS);
    s.accepted(check("jiangan.duty", "vouch", "k"));
    s.accepted(check("jiangan.duty", "stop", "k", { reason }));
    expect(s.refused(check("jiangan.duty", "vouch", "k")).code).toBe("NOT_ON_SCENE");
    s.passRaising(60 * 60 * SECOND_MS);
    expect(s.the("checkin", "k").state).toBe("ENDED");
    expect(s.deadlines()).toEqual([]);
  });

  it("CHK-5 given nobody said that he is back, when the operation is broken off or closed, then his clock runs on and climbs", () => {
    for (const end of [abort, close]) {
      const s = begun({ state: "EXECUTING" });
      end(s);
      s.passRaising(200 * SECOND_MS);
      expect(level(s)).toBe(3);
      s.passRaising(2 * 60 * 60 * SECOND_MS);
      expect(s.the("checkin", "k").state).toBe("RUNNING");
      s.accepted(safe("jiangan.judge"));
      s.passRaising(60 * 60 * SECOND_MS);
      expect(s.the("checkin", "k").state).toBe("ENDED");
    }
  });

  it("CHK-5 the next clock after the operation ends the waiting, without an alarm to anybody", () => {
    const s = begun();
    bothSafe(s);
    abort(s);
    const raised = s.passRaising(45 * SECOND_MS);
    expect(raised.map(({ type }) => type)).toEqual([
      "ClockRaised",
      "CheckInEnded",
      "ClockRaised",
      "CheckInEnded",
    ]);
    expect(s.the("checkin", "k").state).toBe("ENDED");
    expect(s.dto("checkin", "k", "own.console").told).toEqual([]);
    expect(s.deadlines()).toEqual([]);
    expect(s.accepted(check("jiangan.judge", "sign", "k"))).toEqual([]);
    expect(s.refused(check("jiangan.duty", "vouch", "k")).code).toBe("NOT_ON_SCENE");
  });

  it("CHK-5 one whose last alarm was raised long ago ends within the hour", () => {
    const s = begun();
    s.passRaising(65 * 60 * SECOND_MS);
    expect(s.the("checkin", "k").state).toBe("RUNNING");
    bothSafe(s);
    abort(s);
    s.passRaising(55 * 60 * SECOND_MS - 1);
    expect(s.the("checkin", "k").state).toBe("RUNNING");
    s.passRaising(1);
    expect(s.the("checkin", "k").state).toBe("ENDED");
    expect(s.deadlines()).toEqual([]);
  });

  it("CHK-7 off the clock with a reason; his phone alone does not put him back", () => {
    const s = begun();
    expect(s.refused(check("jiangan.judge", "stop", "k", { reason })).code).toBe("ROLE_REQUIRED");
    s.accepted(check("jiangan.duty", "stop", "k", { reason }));
    s.passRaising(200 * SECOND_MS);
    expect(level(s)).toBe(0);
    expect(s.accepted(check("jiangan.judge", "sign", "k"))).toEqual([]);
    expect(s.accepted(begin("jiangan.judge", "k9"))).toEqual([]);
    expect(s.refused(check("jiangan.duty", "stop", "k", { reason })).code).toBe(
      "CHECK_IN_NOT_RUNNING",
    );
    s.accepted(check("jiangan.duty", "vouch", "k"));
    expect(s.the("checkin", "k").stopReason).toBeUndefined();
    s.passRaising(45 * SECOND_MS);
    expect(level(s)).toBe(1);
  });
});

describe("who sees it", () => {
  it("CHK-6 an officer lent checks in with his court, and the operation's centre sees him", () => {
    const s = begun({ memberIds: ["jiangan.judge", LENT] });
    expect(s.the("checkin", "k.2")).toMatchObject({ courtId: "hanyang", hostCourtId: "jiangan" });
    s.passRaising(30 * SECOND_MS);
    s.accepted(check(LENT, "sign", "k.2"));
    s.accepted(check("jiangan.duty", "vouch", "k.2"));
    s.accepted(check("hanyang.duty", "vouch", "k.2"));
    expect(s.refused(check("xiangyang.duty", "vouch", "k.2")).code).toBe("WRONG_COURT");
    s.passRaising(180 * SECOND_MS);
    expect(s.dto("checkin", "k.2", "own.console").told).toMatchObject([
      { courtId: "hanyang" },
      { courtId: "jiangan" },
      { courtId: "wuhan" },
    ]);
    expect(s.views("checkin", "k.2")["console:jiangan"]).toBe("host.console");
  });

  it("CHK-6 where the operation is a higher court's its centre vouches, another above does not", () => {
    const s = new Story([
      ...province(),
      officer("wuhan.judge", "wuhan", "JUDGE"),
      operation({
        courtId: "wuhan",
        tierPath: ["high", "wuhan"],
        state: "ON_SCENE",
        sceneCommanderId: "wuhan.judge",
        memberIds: ["jiangan.police"],
      }),
    ]);
    s.accepted(begin("wuhan.duty"));
    expect(s.the("checkin", "k.2").officerId).toBe("jiangan.police");
    s.accepted(check("wuhan.duty", "vouch", "k.2"));
    expect(s.refused(check("high.duty", "vouch", "k.2")).code).toBe("WRONG_COURT");
  });

  it("CHK-8 the court above sees it from when it climbed, and keeps seeing it; no text on walls", () => {
    const s = begun();
    const parent = () => s.views("checkin", "k")["console:wuhan"];
    s.passRaising(180 * SECOND_MS - 1);
    expect(parent()).toBeUndefined();
    s.passRaising(1);
    expect(parent()).toBe("parent.console");
    s.accepted(check("jiangan.duty", "vouch", "k", { note: reason }));
    expect(parent()).toBe("parent.console");
    expect(s.views("checkin", "k")["console:hanyang"]).toBeUndefined();
    expect(s.views("checkin", "k")["console:high"]).toBeUndefined();
    const hidden = { keys: ["vouched", "stopReason"] };
    expect(leaks(s.dto("checkin", "k", "own.wall"), hidden)).toEqual([]);
    expect(leaks(s.dto("checkin", "k", "parent.console"), hidden)).toEqual(["vouched"]);
  });
});
