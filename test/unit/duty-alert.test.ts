import { describe, expect, it } from "vitest";
import { leaks } from "../support/domain/deep-scan.ts";
import { province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const MINUTE = 60_000;
const body = { id: "body", hash: "h" };
const publish = (by: string, more = {}, id = "n1"): When => ({
  by,
  kind: "notice.publish",
  ref: { type: "notice", id },
  payload: { kind: "ALERT", body, needsAck: true, courtIds: ["jiangan", "hanyang"], ...more },
});
const act = (by: string, verb = "acknowledge", id = "n1"): When => ({
  by,
  kind: `notice.${verb}`,
  ref: { type: "notice", id },
});
const story = () => new Story([...province()]);
const levels = (s: Story, ms: number) =>
  s.passRaising(ms).map((event) => (event.data as { level?: number }).level);

describe("an alert that nobody acknowledges", () => {
  it("NTC-10 climbs at 5, 15 and 30 minutes", () => {
    const s = story();
    s.accepted(publish("wuhan.duty"));
    expect(levels(s, 5 * MINUTE - 1)).toEqual([]);
    expect(levels(s, 1)).toEqual([1]);
    expect(levels(s, 10 * MINUTE)).toEqual([2]);
    expect(levels(s, 15 * MINUTE)).toEqual([3]);
    expect(levels(s, 60 * MINUTE)).toEqual([]);
    expect(s.the("notice", "n1").state).toBe("PUBLISHED");
    expect(s.dto("notice", "n1", "issuer.console").climbed).toEqual({
      level: 3,
      roles: ["DUTY_OFFICER", "DIRECTOR", "CENTER_CHIEF"],
    });
  });

  it("NTC-10 goes on while one is silent and stops with the last", () => {
    const s = story();
    s.accepted(publish("wuhan.duty"));
    s.accepted(act("jiangan.duty"));
    expect(levels(s, 5 * MINUTE)).toEqual([1]);
    s.accepted(act("hanyang.duty"));
    expect(levels(s, 60 * MINUTE)).toEqual([]);
    expect(s.dto("notice", "n1", "issuer.console").climbed).toBeUndefined();
  });

  it("NTC-10 other notices, and alerts that ask for nothing, do not climb", () => {
    const s = story();
    s.accepted(publish("wuhan.duty", { kind: "BROADCAST" }, "n1"));
    s.accepted(publish("wuhan.duty", { needsAck: false }, "n2"));
    expect(levels(s, 60 * MINUTE)).toEqual([]);
  });

  it("NTC-10 ends when it expires", () => {
    const s = story();
    s.accepted(publish("wuhan.duty", { expiresAt: s.now + 6 * MINUTE }));
    s.passRaising(6 * MINUTE);
    expect(s.the("notice", "n1").state).toBe("EXPIRED");
    expect(levels(s, 60 * MINUTE)).toEqual([]);
  });

  it("NTC-10 the desk above a silent court sees that court and no other", () => {
    const s = story();
    s.accepted(publish("high.duty", { courtIds: ["jiangan", "hanyang", "fancheng"] }));
    s.accepted(act("hanyang.duty"));
    s.passRaising(14 * MINUTE);
    expect(s.views("notice", "n1")["console:wuhan"]).toBeUndefined();
    s.passRaising(MINUTE);
    const views = s.views("notice", "n1");
    expect(views["console:wuhan"]).toBe("copied.console.wuhan");
    expect(views["console:xiangyang"]).toBe("copied.console.xiangyang");
    const below = (audience: "copied.console.wuhan" | "copied.console.xiangyang") =>
      (s.dto("notice", "n1", audience).climbed as { below?: string[] }).below;
    expect(below("copied.console.wuhan")).toEqual(["jiangan"]);
    expect(below("copied.console.xiangyang")).toEqual(["fancheng"]);
    expect(s.dto("notice", "n1", "recipient.console").climbed).toEqual({
      level: 2,
      roles: ["DUTY_OFFICER", "DIRECTOR"],
    });
    s.accepted(act("jiangan.duty"));
    expect(s.views("notice", "n1")["console:wuhan"]).toBeUndefined();
  });
});

describe("officers by name", () => {
  it("NTC-9 only of the own court, each for himself, and m counts them", () => {
    const s = story();
    const to = (officerIds: string[], more = {}) =>
      publish("jiangan.duty", { courtIds: undefined, officerIds, ...more });
    expect(s.refused(to(["hanyang.police"])).code).toBe("NOT_OWN_OFFICER");
    expect(s.refused(to(["nobody"])).code).toBe("NOT_OWN_OFFICER");
    s.accepted(to(["jiangan.police", "jiangan.judge", "jiangan.police"]));
    const acked = () => s.dto("notice", "n1", "issuer.console").acked;
    expect(acked()).toEqual({ n: 0, of: 2 });
    expect(s.views("notice", "n1")["field:jiangan.police"]).toBe("recipient.field");
    expect(s.refused(act("jiangan.executor")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(act("jiangan.duty")).code).toBe("NOTICE_FOR_OTHERS");
    s.accepted(act("jiangan.police"));
    expect(s.accepted(act("jiangan.police"))).toEqual([]);
    expect(acked()).toEqual({ n: 1, of: 2 });
    const phone = s.dto("notice", "n1", "copied.field");
    expect(phone).toMatchObject({ owed: false, body });
    expect(leaks(phone, { keys: ["acks", "toOfficers"], texts: ["jiangan.judge"] })).toEqual([]);
    expect(s.views("notice", "n1")["field:jiangan.police"]).toBe("copied.field");
    s.accepted(act("jiangan.judge"));
    expect(levels(s, 60 * MINUTE)).toEqual([]);
  });

  it("NTC-9 whoever sits at the desk and is named answers for both", () => {
    const s = story();
    s.accepted(
      publish("jiangan.duty", { courtIds: ["jiangan"], officerIds: ["jiangan.director"] }),
    );
    const events = s.accepted(act("jiangan.director"));
    expect(events.map(({ type }) => type)).toEqual([
      "NoticeAcknowledgedInPerson",
      "NoticeAcknowledged",
    ]);
    expect(s.dto("notice", "n1", "issuer.console").acked).toEqual({ n: 2, of: 2 });
  });
});

describe("reminding", () => {
  it("NTC-11 while somebody is silent, by the publisher's centre, seen by who was addressed", () => {
    const s = story();
    s.accepted(publish("wuhan.duty"));
    expect(s.refused(act("jiangan.duty", "remind")).code).toBe("WRONG_COURT");
    s.accepted(act("wuhan.director", "remind"));
    const at = s.now;
    s.accepted(act("jiangan.duty"));
    expect(s.dto("notice", "n1", "recipient.console").reminded).toEqual({ times: 1, lastAt: at });
    expect(s.dto("notice", "n1", "issuer.console").silent).toEqual(["hanyang"]);
    s.accepted(act("hanyang.duty"));
    expect(s.refused(act("wuhan.duty", "remind")).code).toBe("NOBODY_SILENT");
  });
});
