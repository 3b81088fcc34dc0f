import { describe, expect, it } from "vitest";
import { missedNotices } from "../../shared/domain/notice/owed.ts";
import { liftedFields } from "../../shared/wire/free-text.ts";
import { dutyPayloads } from "../../shared/wire/payloads/duty.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const DAY_MS = 86_400_000;
const body = { id: "body", hash: "h" };
const publish = (by: string, more = {}, id = "n1"): When => ({
  by,
  kind: "notice.publish",
  ref: { type: "notice", id },
  payload: { kind: "BROADCAST", body, needsAck: true, courtIds: ["jiangan", "hanyang"], ...more },
});
const ack = (by: string, id = "n1"): When => ({
  by,
  kind: "notice.acknowledge",
  ref: { type: "notice", id },
});
const story = () => new Story([...province()]);
const the = (s: Story, id = "n1") => s.the("notice", id);

describe("what is written", () => {
  it("MASK-3 every note, reason and body of duty is lifted out of the command", () => {
    const lifted = Object.entries(dutyPayloads).map(([kind, schema]) => [
      kind,
      liftedFields(schema).join(),
    ]);
    expect(lifted.filter(([, fields]) => fields !== "")).toEqual([
      ["shift.mark", "note"],
      ["shift.offer", "remark"],
      ["shift.returnList", "reason"],
      ["notice.publish", "body"],
      ["checkin.vouch", "note"],
      ["checkin.stop", "reason"],
    ]);
  });
});

describe("publishing", () => {
  it("NTC-1 to own and lower courts by name or tier, and to at least one", () => {
    const s = story();
    const code = (by: string, more: object) => s.refused(publish(by, more)).code;
    expect(code("wuhan.duty", { courtIds: ["jiangan", "fancheng"] })).toBe("WRONG_COURT");
    expect(code("wuhan.duty", { courtIds: ["high"] })).toBe("WRONG_COURT");
    expect(code("jiangan.duty", { courtIds: ["hanyang"] })).toBe("WRONG_COURT");
    expect(code("wuhan.duty", { courtIds: ["jiangan", "none"] })).toBe("NO_SUCH_COURT");
    expect(code("wuhan.duty", { courtIds: [] })).toBe("NO_AUDIENCE");
    expect(code("wuhan.duty", { courtIds: undefined, tiers: ["HIGH"] })).toBe("NO_AUDIENCE");
    expect(code("wuhan.review", {})).toBe("ROLE_REQUIRED");
    s.accepted(publish("wuhan.duty", { courtIds: ["wuhan", "jiangan"], tiers: ["BASIC"] }));
    expect(the(s).toCourtIds).toEqual(["wuhan", "jiangan", "hanyang"]);
    s.accepted(publish("high.duty", { courtIds: undefined, tiers: ["INTERMEDIATE"] }, "n2"));
    expect(the(s, "n2").toCourtIds).toEqual(["wuhan", "xiangyang"]);
  });
});

describe("acknowledging", () => {
  it("NTC-2 the first of each court counts, with person and time", () => {
    const s = story();
    s.accepted(publish("wuhan.duty"));
    const first = s.pass(1_000).now;
    s.accepted(ack("jiangan.duty"));
    expect(s.pass(1_000).accepted(ack("jiangan.chief"))).toEqual([]);
    s.accepted(ack("hanyang.duty"));
    expect(the(s).acks).toEqual([
      { courtId: "jiangan", by: "jiangan.duty", at: first },
      { courtId: "hanyang", by: "hanyang.duty", at: s.now },
    ]);
    expect(s.dto("notice", "n1", "copied.console").acked).toEqual({ n: 2, of: 2 });
  });

  it("NTC-3 only by the centre of a court addressed, and only where it is asked for", () => {
    const s = story();
    s.accepted(publish("wuhan.duty"));
    expect(s.refused(ack("xiangyang.duty")).code).toBe("WRONG_COURT");
    expect(s.refused(ack("wuhan.duty")).code).toBe("WRONG_COURT");
    expect(s.refused(ack("high.duty")).code).toBe("WRONG_COURT");
    expect(s.refused(ack("jiangan.judge")).code).toBe("ROLE_REQUIRED");
    s.accepted(publish("wuhan.duty", { needsAck: false }, "n2"));
    expect(s.refused(ack("jiangan.duty", "n2")).code).toBe("NO_ACK_NEEDED");
    expect(s.dto("notice", "n2", "copied.console").acked).toEqual({ n: 0, of: 0 });
    s.accepted(publish("wuhan.duty", { courtIds: ["wuhan"] }, "n3"));
    s.accepted(ack("wuhan.director", "n3"));
    expect(the(s, "n3").acks).toHaveLength(1);
  });

  it("NTC-4 no court sees who else acknowledged; its own is the audience it stands in", () => {
    const s = story();
    s.accepted(publish("wuhan.duty"));
    s.accepted(ack("jiangan.duty"));
    expect(s.views("notice", "n1")).toEqual({
      "console:wuhan": "issuer.console",
      "wall:wuhan": "issuer.wall",
      "console:jiangan": "copied.console",
      "wall:jiangan": "copied.wall",
      "console:hanyang": "recipient.console",
      "wall:hanyang": "recipient.wall",
    });
    for (const audience of ["recipient.console", "copied.console", "recipient.wall"] as const) {
      const dto = s.dto("notice", "n1", audience);
      expect(leaks(dto, { keys: ["acks"], texts: ["jiangan.duty"] })).toEqual([]);
      expect(dto.owed).toBe(audience.startsWith("recipient"));
    }
    expect(s.dto("notice", "n1", "issuer.console").acks).toMatchObject([{ courtId: "jiangan" }]);
  });

  it("NTC-5 one of the roles named", () => {
    const s = story();
    s.accepted(publish("wuhan.duty", { roles: ["DIRECTOR", "PRESIDENT"] }));
    expect(s.refused(ack("jiangan.duty"))).toEqual({
      code: "NOTICE_FOR_OTHERS",
      ruleId: "NTC-5",
      params: { roles: "DIRECTOR,PRESIDENT" },
    });
    s.accepted(ack("jiangan.director"));
    s.accepted(ack("hanyang.president"));
  });

  it("NTC-6 expires at its time, after seven days unless given", () => {
    const s = story();
    expect(s.refused(publish("wuhan.duty", { expiresAt: s.now })).code).toBe("EXPIRES_IN_THE_PAST");
    s.accepted(publish("wuhan.duty"));
    s.accepted(publish("wuhan.duty", { expiresAt: s.now + 5_000 }, "n2"));
    s.passRaising(4_999);
    expect(the(s, "n2").state).toBe("PUBLISHED");
    s.passRaising(1);
    expect(the(s, "n2").state).toBe("EXPIRED");
    expect(s.refused(ack("jiangan.duty", "n2")).code).toBe("NOTICE_EXPIRED");
    s.passRaising(7 * DAY_MS - 5_001);
    expect(the(s).state).toBe("PUBLISHED");
    s.passRaising(1);
    expect(the(s).state).toBe("EXPIRED");
  });
});

describe("what it is made from and who missed it", () => {
  const call = (by: string, id: string, court: string): When => ({
    by,
    kind: "rollcall.call",
    ref: { type: "rollcall", id },
    payload: { targets: [{ type: "court", id: court }] },
  });

  it("NTC-7 a bulletin keeps the totals of an own roll-call that is done", () => {
    const s = story();
    const bulletin = (callId: string, more = {}) =>
      publish("wuhan.duty", { kind: "BULLETIN", callId, ...more });
    s.accepted(call("wuhan.duty", "r1", "jiangan"));
    s.accepted(call("high.duty", "r2", "jiangan"));
    expect(s.refused(bulletin("r1", { kind: "ALERT" })).code).toBe("NOT_A_BULLETIN");
    expect(s.refused(bulletin("none")).code).toBe("NO_SUCH_ROLL_CALL");
    expect(s.refused(bulletin("r2")).code).toBe("NO_SUCH_ROLL_CALL");
    expect(s.refused(bulletin("r1")).code).toBe("ROLL_CALL_RUNNING");
    s.passRaising(60_000);
    s.accepted(bulletin("r1"));
    const answer = { target: "court:jiangan" };
    s.accepted({
      by: "jiangan.duty",
      kind: "rollcall.answer",
      ref: { type: "rollcall", id: "r1" },
      payload: answer,
    });
    expect(the(s).rollCall).toMatchObject({
      callId: "r1",
      totals: { total: 1, absent: 1, late: 0 },
    });
  });

  it("NTC-8 the missed list is the court's debt and what is new, for whom it is meant", () => {
    const s = story();
    s.accepted(publish("wuhan.duty", {}, "old"));
    const since = s.pass(1_000).now;
    s.accepted(publish("wuhan.duty", { needsAck: false }, "new"));
    s.accepted(publish("wuhan.duty", { roles: ["DIRECTOR"] }, "director"));
    s.accepted(publish("wuhan.duty", { courtIds: ["hanyang"] }, "others"));
    const missed = (...roles: ("DUTY_OFFICER" | "DIRECTOR")[]) => {
      const lists = missedNotices(s.state.all("notice"), { courtId: "jiangan", roles }, since);
      return [lists.owed.map(({ id }) => id), lists.since.map(({ id }) => id)];
    };
    expect(missed("DUTY_OFFICER")).toEqual([["old"], ["new"]]);
    expect(missed("DIRECTOR")).toEqual([
      ["director", "old"],
      ["new", "director"],
    ]);
    s.accepted(ack("jiangan.duty", "old"));
    expect(missed("DUTY_OFFICER")).toEqual([[], ["new"]]);
  });
});
