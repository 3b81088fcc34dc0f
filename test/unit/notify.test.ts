import { describe, expect, it } from "vitest";
import { readConfig } from "../../server/config.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { dueNotifications } from "../../shared/domain/notify/due.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { court, officer, operation, province } from "../support/domain/province.ts";
import { MONDAY_9_00, Story } from "../support/domain/story.ts";

const SECOND = 1_000;
const MINUTE = 60_000;
const INCIDENT = { type: "incident", id: "0190aa-bb-cc12ef" } as const;
const due = (s: Story, ref: Ref = INCIDENT) => dueNotifications(ref, s.state);
const said = (s: Story, ref: Ref = INCIDENT) =>
  due(s, ref).map(({ level, courtId, roles }) => `${level} ${courtId} ${roles.join("+")}`);
const sos = (s: Story, by = "jiangan.police") =>
  s.accepted({ by, kind: "incident.sos", ref: INCIDENT, id: "tap" });
const story = () => new Story([...province(), officer("wuhan.judge", "wuhan", "JUDGE")]);

function policeSent(urgency: string): Story {
  const s = story();
  const payload = { kind: "SCENE_SUPPORT", urgency };
  s.accepted({ by: "jiangan.judge", kind: "police.send", ref: P1, payload });
  return s;
}
const P1 = { type: "police", id: "p1" } as const;

describe("what is due", () => {
  it("NOTI-1 an SOS calls the own desk, then director and parent, then the High Court", () => {
    const s = story();
    sos(s);
    s.passRaising(14 * SECOND);
    expect(said(s)).toEqual([]);
    s.passRaising(SECOND);
    expect(said(s)).toEqual(["1 jiangan DUTY_OFFICER"]);
    s.passRaising(15 * SECOND);
    expect(said(s)).toEqual([
      "1 jiangan DUTY_OFFICER",
      "2 jiangan DIRECTOR",
      "2 wuhan DUTY_OFFICER",
    ]);
    s.passRaising(30 * SECOND);
    expect(said(s).at(-1)).toBe("3 high DUTY_OFFICER");
  });

  it.each([
    ["P1", ["1 jiangan DIRECTOR", "1 wuhan DUTY_OFFICER", "2 high DUTY_OFFICER"]],
    ["P2", ["1 wuhan DUTY_OFFICER", "2 high DUTY_OFFICER"]],
    ["P3", []],
    ["P4", []],
  ])("NOTI-1 a %s request that the police do not answer", (urgency, expected) => {
    const s = policeSent(urgency);
    s.passRaising(120 * MINUTE);
    expect(said(s, P1)).toEqual(expected);
  });

  it("NOTI-1 an incident that is no SOS calls nobody outside", () => {
    const s = story();
    const payload = { kind: "SIEGE", level: "MAJOR" };
    s.accepted({ by: "jiangan.judge", kind: "incident.report", ref: INCIDENT, payload });
    s.passRaising(10 * MINUTE);
    expect(due(s)).toEqual([]);
  });

  it("NOTI-1 where the High Court stands in for two tiers it is called once, for both", () => {
    const s = new Story([...province(), officer("high.judge", "high", "JUDGE")]);
    const payload = { kind: "SCENE_SUPPORT", urgency: "P1" };
    s.accepted({ by: "high.judge", kind: "police.send", ref: P1, payload });
    s.passRaising(MINUTE);
    expect(said(s, P1)).toEqual(["1 high DIRECTOR+DUTY_OFFICER"]);
  });

  it("NOTI-2 nothing for what was acknowledged in time", () => {
    const s = story();
    sos(s);
    s.pass(14 * SECOND);
    s.accepted({ by: "jiangan.duty", kind: "incident.acknowledge", ref: INCIDENT });
    s.passRaising(10 * MINUTE);
    expect(due(s)).toEqual([]);
  });

  it.each([
    ["incident.acknowledge", {}],
    ["incident.falseAlarm", { reason: { id: "t", hash: "h" } }],
  ])("NOTI-2 nothing more after %s", (kind, payload) => {
    const s = story();
    sos(s);
    s.passRaising(MINUTE);
    expect(due(s)).toHaveLength(4);
    s.accepted({ by: "jiangan.duty", kind, ref: INCIDENT, payload });
    expect(due(s)).toEqual([]);
  });

  it("NOTI-3 the key is made of record, clock, start, level and court", () => {
    const s = story();
    sos(s);
    s.passRaising(15 * SECOND);
    expect(due(s).map(({ key }) => key)).toEqual([
      `ntf:incident:${INCIDENT.id}:ack:${MONDAY_9_00}:1:jiangan`,
    ]);
    const again = policeSent("P2");
    again.passRaising(3 * MINUTE);
    const keys = () => due(again, P1).map(({ key }) => key);
    const [first] = keys();
    again.accepted({
      by: "jiangan.duty",
      kind: "police.answer",
      ref: P1,
      payload: { state: "ACKED", saidBy: "李" },
    });
    const reroute = { unitId: "station1" };
    again.accepted({ by: "jiangan.duty", kind: "police.reroute", ref: P1, payload: reroute });
    again.passRaising(3 * MINUTE);
    expect(keys()).toHaveLength(1);
    expect(keys()).not.toContain(first);
  });

  it("NOTI-6 the text names court, alarm, code and time, and nothing about a person", () => {
    const s = new Story([
      ...province().filter(({ id }) => id !== "jiangan"),
      { ...court("jiangan"), name: "武汉市江岸区人民法院" },
      operation(),
    ]);
    const place = { lat: 30.61234, lng: 114.31234 };
    s.accepted({ by: "jiangan.police", kind: "incident.sos", ref: INCIDENT, payload: { place } });
    s.passRaising(30 * SECOND);
    expect(due(s).map(({ text }) => text)).toContain(
      "【执行指挥】武汉市江岸区法院紧急求助：15秒未接警。编号CC12EF，09:00:00。请立即接警。",
    );
    for (const { text } of due(s)) expect(text).not.toMatch(/jiangan|执1号|30\.6|op1/);
  });
});

describe("its record", () => {
  const KEY = "ntf:incident:i:ack:1:1:wuhan";
  const ref = { type: "notification", id: KEY } as const;
  const what = { kind: "SOS", roles: ["DUTY_OFFICER"], recordRef: INCIDENT, level: 2 };
  const report = { ...what, courtId: "wuhan", attempts: 3 };
  const by = (kind: string, payload = {}) => ({ by: "system", kind, ref, payload });

  it("NOTI-3 sent once", () => {
    const s = story();
    s.accepted(by("notification.sent", report));
    expect(s.the("notification", KEY)).toMatchObject({ state: "SENT", sentAt: s.now });
    expect(s.refused(by("notification.sent", report)).code).toBe("ALREADY_SENT");
    expect(s.refused(by("notification.failed", report)).code).toBe("ALREADY_LISTED");
    expect(s.refused(by("notification.moot")).code).toBe("ALREADY_SENT");
  });

  it("NOTI-5 failed, and sent or needed no more afterwards", () => {
    const s = story();
    s.accepted(by("notification.failed", { ...report, failure: "TIMEOUT" }));
    expect(s.the("notification", KEY)).toMatchObject({ state: "FAILED", failure: "TIMEOUT" });
    s.accepted(by("notification.sent", { ...report, attempts: 7 }));
    expect(s.the("notification", KEY)).toMatchObject({ state: "SENT", attempts: 7 });
    const t = story();
    t.accepted(by("notification.failed", { ...report, failure: "TIMEOUT" }));
    t.accepted(by("notification.moot"));
    expect(t.the("notification", KEY).state).toBe("MOOT");
  });

  it("NOTI-3 no person reports it", () => {
    const s = story();
    const person = { ...by("notification.sent", report), by: "wuhan.director" };
    expect(s.refused(person).code).toBe("ONLY_SYSTEM");
    expect(PAYLOADS["notification.sent"]).toBeUndefined();
  });

  it("NOTI-10 the courts concerned see it on their consoles, nobody else", () => {
    const s = story();
    sos(s);
    s.accepted(by("notification.sent", report));
    expect(s.views("notification", KEY)).toEqual({
      "console:wuhan": "own.console",
      "console:high": "parent.console",
      "console:jiangan": "public.console",
    });
  });
});

describe("duty contacts", () => {
  const set = (s: Story, by: string, courtId: string, payload: object) =>
    s.when({
      by,
      kind: "court.setDutyContact",
      ref: { type: "court", id: courtId },
      payload: { ...payload },
    });
  const admins = () =>
    new Story([
      ...province(),
      officer("high.admin", "high", "SYSTEM_ADMIN"),
      officer("hanyang.admin", "hanyang", "SYSTEM_ADMIN"),
    ]);
  const desk = { contactId: "desk", roles: ["DUTY_OFFICER"], phone: "027-82000000" };

  it("REG-14 set, replaced and taken off by the administrator of the court or one above, not by the duty officer", () => {
    const s = admins();
    expect(set(s, "high.admin", "jiangan", desk).ok).toBe(true);
    set(s, "high.admin", "jiangan", { ...desk, contactId: "chief", roles: ["DIRECTOR"] });
    set(s, "high.admin", "jiangan", { ...desk, phone: "027-83000000" });
    expect(s.the("court", "jiangan").dutyContacts).toEqual([
      { id: "chief", roles: ["DIRECTOR"], phone: "027-82000000" },
      { id: "desk", roles: ["DUTY_OFFICER"], phone: "027-83000000" },
    ]);
    set(s, "high.admin", "jiangan", { contactId: "chief", roles: ["DIRECTOR"] });
    expect(s.the("court", "jiangan").dutyContacts?.map(({ id }) => id)).toEqual(["desk"]);
    const again = set(s, "high.admin", "jiangan", { contactId: "chief", roles: ["DIRECTOR"] });
    expect(again).toMatchObject({ refusal: { code: "NO_SUCH_CONTACT" } });
    expect(set(s, "hanyang.admin", "jiangan", desk)).toMatchObject({
      refusal: { code: "WRONG_COURT" },
    });
    expect(set(s, "jiangan.duty", "jiangan", desk)).toMatchObject({
      refusal: { code: "ROLE_REQUIRED" },
    });
  });

  it("REG-14 given whoever runs the centre, when he lists a telephone, then it is on his own court's list and masked on every screen", () => {
    const s = admins();
    const mobile = { ...desk, contactId: "chief", phone: "138 0000 1234" };
    expect(set(s, "jiangan.director", "jiangan", desk).ok).toBe(true);
    expect(set(s, "jiangan.president", "jiangan", mobile).ok).toBe(true);
    expect(set(s, "wuhan.director", "jiangan", desk)).toMatchObject({
      refusal: { code: "ROLE_REQUIRED" },
    });
    for (const audience of ["own.console", "parent.console", "high.console"] as const) {
      const seen = s.dto("court", "jiangan", audience).dutyContacts as { phone: string }[];
      expect(seen.map(({ phone }) => phone)).toEqual(["027****0000", "138****1234"]);
    }
    expect(s.the("court", "jiangan").dutyContacts?.at(-1)?.phone).toBe("138 0000 1234");
  });

  it("REG-14 ten at most, and another court does not see them", () => {
    const s = admins();
    for (let i = 0; i < 10; i += 1)
      expect(set(s, "high.admin", "jiangan", { ...desk, contactId: `c${i}` }).ok).toBe(true);
    expect(set(s, "high.admin", "jiangan", desk)).toMatchObject({
      refusal: { code: "TOO_MANY_CONTACTS" },
    });
    expect(set(s, "high.admin", "jiangan", { ...desk, contactId: "c3" }).ok).toBe(true);
    expect(s.dto("court", "jiangan", "public.console").dutyContacts).toBeUndefined();
    expect(s.dto("court", "jiangan", "own.wall").dutyContacts).toBeUndefined();
    expect(s.views("court", "jiangan")).toMatchObject({
      "console:high": "high.console",
      "console:*": "public.console",
    });
  });

  it("REG-14 a number is a number", () => {
    const read = (phone: string) =>
      PAYLOADS["court.setDutyContact"]?.safeParse({ ...desk, phone }).success;
    expect(["027-82000000", "+86 27 82000000", "12368"].map(read)).toEqual([true, true, true]);
    expect(["张三", "1", "027;1", ""].map(read)).toEqual([false, false, false, false]);
  });
});

describe("settings", () => {
  const wrong = (env: Record<string, string>) => {
    try {
      readConfig(env, () => []);
      return "";
    } catch (error) {
      return String(error);
    }
  };

  it("NOTI-8 gateway and token are secrets, and a token needs its gateway", () => {
    const env = { NOTIFY_URL: "https://sms.court/send?key=k1", NOTIFY_TOKEN: "t0k" };
    expect(readConfig(env, () => []).notify).toEqual({ url: env.NOTIFY_URL, token: "t0k" });
    expect(readConfig({}, () => []).notify).toBeUndefined();
    expect(wrong({ NOTIFY_TOKEN: "t0k" })).toContain("NOTIFY_URL: must be set");
    expect(wrong({ NOTIFY_URL: "ftp://k1@x" })).toMatch(/NOTIFY_URL: must be an http/);
    expect(wrong({ NOTIFY_URL: "ftp://k1@x" })).not.toContain("k1");
    expect(wrong({ ...env, NOTIFY_TOKEN: "t 0k" })).not.toContain("t 0k");
  });

  it("NOTI-8 an address that no call could reach is refused at the start, and its secret not said", () => {
    const NOTIFY_URL = "https://court:s3cret@sms.court/send";
    expect(wrong({ NOTIFY_URL })).toMatch(/NOTIFY_URL: must be an http or https address without/);
    expect(wrong({ NOTIFY_URL })).not.toContain("s3cret");
  });

  it("EXR-5 an exercise has neither a gateway nor a webhook of the sentinel", () => {
    const exercise = { EXERCISE: "xiangyang" };
    expect(wrong({ ...exercise, NOTIFY_URL: "https://sms.court/send" })).toContain(
      "NOTIFY_URL: not with EXERCISE",
    );
    expect(wrong({ ...exercise, SENTINEL_WEBHOOK: "https://on.call/alarm" })).toMatch(
      /SENTINEL_WEBHOOK: not with EXERCISE/,
    );
  });
});
