import { describe, expect, it } from "vitest";
import { SAMPLES } from "../oracle/samples.ts";
import {
  operationStory,
  PLAN,
  READY,
  SEARCH,
  TEAM,
  TEXT,
  WITNESS,
} from "../support/domain/operation-story.ts";
import { officer, operation } from "../support/domain/province.ts";

const LEAD = "jiangan.judge";
const POLICE = "jiangan.police";
const present = (officerId: string, more = {}) => ({
  officerId,
  presence: "PRESENT",
  ...READY,
  ...more,
});
const excused = (officerId: string) => ({ ...present(officerId), presence: "EXCUSED" });
const shown = (officerId: string) => ({ officerId, certificate: true, uniform: true });
const at = (time: number) => ({ earliest: time, latest: time });

describe("muster", () => {
  it("OPS-18 the scene commander musters what was approved", () => {
    const o = operationStory();
    o.to("SUBMITTED");
    expect(o.no(LEAD, "muster").code).toBe("OPERATION_NOT_READY");
    o.to("APPROVED");
    expect(o.no("jiangan.chief", "muster").code).toBe("ROLE_REQUIRED");
    o.did(LEAD, "muster");
    expect(o.record().state).toBe("MUSTERING");
  });

  it("OPS-18 what was opened the short way has no muster and no closing", () => {
    const o = operationStory([operation()]);
    expect(o.no(LEAD, "muster")).toEqual({ code: "NOT_PLANNED", ruleId: "OPS-18" });
    o.did(LEAD, "arrive");
    o.did(LEAD, "start");
    expect(o.no(LEAD, "beginClosing").code).toBe("NOT_PLANNED");
    o.did("jiangan.director", "close");
    expect(o.record().state).toBe("CLOSED");
  });

  it("OPS-27 a member answers for himself, the scene commander for everybody", () => {
    const o = operationStory();
    o.to("MUSTERING");
    expect(o.no(POLICE, "checkMember", present(LEAD)).code).toBe("NOT_YOUR_OWN_CHECK");
    expect(o.no(LEAD, "checkMember", present("jiangan.police2")).code).toBe("NOT_OF_THE_TEAM");
    expect(o.no(LEAD, "checkMember", excused(POLICE)).code).toBe("EXCUSE_NEEDS_REASON");
    expect(o.no(POLICE, "checkMember", { ...excused(POLICE), reason: TEXT }).code).toBe(
      "COMMANDER_EXCUSES",
    );
    o.did(POLICE, "checkMember", present(POLICE));
    expect(o.record().facts.muster).toEqual([{ ...present(POLICE), at: o.story.now, by: POLICE }]);
  });

  it("OPS-27 what happened last counts, whenever it is told", () => {
    const o = operationStory();
    o.to("MUSTERING");
    const { now } = o.story;
    o.did(POLICE, "checkMember", present(POLICE), at(now + 5_000));
    o.did(POLICE, "checkMember", present(POLICE, { bodyCam: false }), at(now + 1_000));
    expect(o.record().facts.muster[0]).toMatchObject({ bodyCam: true, at: now + 5_000 });
  });

  it("OPS-27 a check from before the approval is of another day", () => {
    const o = operationStory();
    o.to("SUBMITTED");
    for (const id of TEAM) o.did(id, "checkMember", present(id));
    o.story.pass(1_000);
    o.to("APPROVED");
    o.did(LEAD, "muster");
    expect(o.no("jiangan.chief", "orderDeparture")).toMatchObject({
      code: "NOT_CHECKED_IN",
      params: { count: 2 },
    });
  });

  it("OPS-27 nobody leaves before everybody is checked and everything is in order", () => {
    const o = operationStory();
    o.to("MUSTERING");
    const no = () => o.no("jiangan.chief", "orderDeparture");
    expect(no()).toEqual({ code: "NOT_CHECKED_IN", ruleId: "OPS-27", params: { count: 2 } });
    o.did(LEAD, "checkMember", present(LEAD));
    for (const missing of ["certificate", "uniform", "bodyCam", "deviceTest"]) {
      o.did(LEAD, "checkMember", present(POLICE, { [missing]: false }));
      expect(no()).toEqual({
        code: "MUSTER_CHECK_FAILED",
        ruleId: "OPS-27",
        params: { count: 1 },
      });
    }
    o.did(LEAD, "checkMember", present(POLICE));
    o.did("jiangan.chief", "orderDeparture");
    expect(o.record()).toMatchObject({
      state: "EN_ROUTE",
      departureOrdered: { by: "jiangan.chief", at: o.story.now },
    });
  });

  it("OPS-27 those excused are left out, as long as two go and the scene commander is one", () => {
    const o = operationStory();
    o.to("MUSTERING", { ...PLAN, memberIds: [...TEAM, "jiangan.police2"] });
    o.did(LEAD, "checkMember", present(LEAD));
    o.did(LEAD, "checkMember", { ...excused(POLICE), reason: TEXT });
    o.did(LEAD, "checkMember", { ...excused("jiangan.police2"), reason: TEXT });
    const no = () => o.no("jiangan.chief", "orderDeparture");
    expect(no()).toMatchObject({ code: "TOO_FEW_MEMBERS", ruleId: "C3" });
    o.did(LEAD, "checkMember", present("jiangan.police2"));
    o.did(LEAD, "checkMember", { ...excused(LEAD), reason: TEXT });
    expect(no()).toEqual({ code: "SCENE_COMMANDER_EXCUSED", ruleId: "OPS-19" });
    o.did(LEAD, "checkMember", present(LEAD));
    o.did("jiangan.chief", "orderDeparture");
  });

  it("OPS-22 nobody leaves for an eviction before the notice's deadline, and then it turns by itself", () => {
    const o = operationStory();
    const evictionDeadlineAt = o.story.now + 60_000;
    o.to("MUSTERING", {
      ...PLAN,
      kind: "EVICTION",
      docs: { evictionNoticeId: "迁1号", evictionDeadlineAt },
    });
    for (const id of TEAM) o.did(LEAD, "checkMember", present(id));
    expect(o.no("jiangan.chief", "orderDeparture")).toEqual({
      code: "EVICTION_DEADLINE_RUNS",
      ruleId: "OPS-22",
      until: evictionDeadlineAt,
    });
    o.story.pass(60_000);
    o.did("jiangan.chief", "orderDeparture");
  });

  it("OPS-25 the only woman excused: a woman is not searched by men", () => {
    const woman = {
      ...officer("jiangan.zhou", "jiangan", "JUDICIAL_POLICE"),
      gender: "F",
    } as const;
    const o = operationStory([woman]);
    const subject = { ...WITNESS, sex: "F" };
    o.to("MUSTERING", { ...SEARCH, subject, memberIds: [...TEAM, woman.id] });
    for (const id of TEAM) o.did(LEAD, "checkMember", present(id));
    o.did(LEAD, "checkMember", { ...excused(woman.id), reason: TEXT });
    expect(o.no("jiangan.chief", "orderDeparture")).toMatchObject({ ruleId: "Q5" });
  });
});

describe("orders", () => {
  it("OPS-28 departure and start of what is commanded live are the chief commander's orders", () => {
    const live = [SEARCH, { ...PLAN, kind: "SEIZURE" }, { ...PLAN, risk: "HIGH" }];
    for (const plan of live) {
      const o = operationStory();
      o.to("MUSTERING", plan);
      for (const id of TEAM) o.did(LEAD, "checkMember", present(id));
      expect(o.no(LEAD, "orderDeparture")).toEqual({ code: "CHIEF_ORDERS", ruleId: "OPS-28" });
      o.did("jiangan.chief", "orderDeparture");
      o.did(LEAD, "arrive");
      for (const id of TEAM) o.did(id, "showCredentials", shown(id));
      o.did(LEAD, "recordAttendee", { attendeeId: "a1", role: "WITNESS", subject: WITNESS });
      expect(o.no(LEAD, "start").code).toBe("CHIEF_ORDERS");
      o.did("jiangan.chief", "start");
      expect(o.record().started).toEqual({ at: o.story.now, by: "jiangan.chief" });
    }
  });

  it("OPS-28 what needs no live command is ordered on the scene too", () => {
    const o = operationStory();
    o.to("MUSTERING");
    for (const id of TEAM) o.did(LEAD, "checkMember", present(id));
    expect(o.no(POLICE, "orderDeparture").code).toBe("ROLE_REQUIRED");
    o.did(LEAD, "orderDeparture");
    o.did(LEAD, "arrive");
    for (const id of TEAM) o.did(id, "showCredentials", shown(id));
    o.did(LEAD, "start");
    expect(o.record()).toMatchObject({ state: "EXECUTING", started: { by: LEAD } });
  });

  it("OPS-29 a report without an order moves nothing but its milestone and is a conflict", () => {
    const o = operationStory();
    o.to("MUSTERING");
    const left = o.story.now;
    o.did(LEAD, "depart", {}, at(left));
    o.did(LEAD, "arrive", {}, at(left + 1_000));
    expect(o.record()).toMatchObject({
      state: "MUSTERING",
      milestones: { EN_ROUTE: left, ON_SCENE: left + 1_000 },
    });
    expect(o.record().conflicts.map(({ note }) => note)).toEqual(["NOT_ORDERED", "NOT_ORDERED"]);
    for (const id of TEAM) o.did(LEAD, "checkMember", present(id));
    o.did("jiangan.chief", "orderDeparture");
    expect(o.record().state).toBe("ON_SCENE");
  });

  it("OPS-9 a pause from above stops approval, muster, departure and closing too", () => {
    const stopped = (state: "SUBMITTED" | "APPROVED" | "EXECUTING" | "CLOSING") => {
      const o = operationStory();
      o.to(state);
      o.order("wuhan.duty", "pause", "ord1");
      return o;
    };
    const approval = { approvalNo: "批1号" };
    expect(stopped("SUBMITTED").no("jiangan.director", "approve", approval).code).toBe(
      "PAUSE_ORDERED",
    );
    expect(stopped("APPROVED").no(LEAD, "muster").code).toBe("PAUSE_ORDERED");
    expect(stopped("EXECUTING").no(LEAD, "beginClosing").code).toBe("PAUSE_ORDERED");
    const closing = stopped("CLOSING");
    expect(closing.no("jiangan.director", "close").code).toBe("PAUSE_ORDERED");
    closing.did(LEAD, "confirmPause");
    closing.order("wuhan.duty", "liftPause", "ord2");
    closing.did(LEAD, "resume");
    expect(closing.record().state).toBe("CLOSING");
  });
});

describe("on the scene", () => {
  it("OPS-30 nothing starts before everybody there has shown the certificate in uniform", () => {
    const o = operationStory();
    o.to("ON_SCENE");
    const no = (count: number) =>
      expect(o.no("jiangan.chief", "start")).toEqual({
        code: "CREDENTIALS_NOT_SHOWN",
        ruleId: "C1",
        params: { count },
      });
    no(2);
    o.did(LEAD, "showCredentials", shown(LEAD));
    o.did(POLICE, "showCredentials", { ...shown(POLICE), uniform: false });
    no(1);
    expect(o.no(POLICE, "showCredentials", shown(LEAD)).code).toBe("NOT_YOUR_OWN_CHECK");
    o.story.pass(1_000);
    o.did(POLICE, "showCredentials", { ...shown(POLICE), orderShown: true });
    expect(o.record().facts.shown.at(-1)).toEqual({
      ...shown(POLICE),
      orderShown: true,
      at: o.story.now,
      by: POLICE,
    });
    o.did("jiangan.chief", "start");
  });

  it("OPS-30 what was shown before the team left does not count", () => {
    const o = operationStory();
    o.to("MUSTERING");
    for (const id of TEAM) o.did(id, "showCredentials", shown(id));
    o.story.pass(1_000);
    for (const id of TEAM) o.did(id, "checkMember", present(id));
    o.did("jiangan.chief", "orderDeparture");
    o.did(LEAD, "arrive");
    expect(o.no("jiangan.chief", "start").code).toBe("CREDENTIALS_NOT_SHOWN");
  });

  it("OPS-31 a search starts when who attends is recorded, and a refusal to attend is enough", () => {
    const o = operationStory();
    o.to("ON_SCENE", SEARCH);
    for (const id of TEAM) o.did(id, "showCredentials", shown(id));
    expect(o.no("jiangan.chief", "start")).toEqual({
      code: "NO_ATTENDEE_RECORDED",
      ruleId: "Q6",
    });
    o.did(POLICE, "recordAttendee", {
      attendeeId: "a1",
      role: "FAMILY",
      subject: WITNESS,
      refused: true,
      reason: TEXT,
    });
    expect(o.record().facts.attendees).toEqual([
      { id: "a1", role: "FAMILY", subject: WITNESS, refused: true, reason: TEXT, by: POLICE },
    ]);
    o.did("jiangan.chief", "start");
  });

  it("OPS-31 private persons by reference, offices by their name, present from and to", () => {
    const o = operationStory();
    o.to("ON_SCENE");
    const no = (payload: object) =>
      expect(o.no(LEAD, "recordAttendee", { attendeeId: "a1", ...payload }).code).toBe(
        "ATTENDEE_INCOMPLETE",
      );
    no({ role: "WITNESS", office: "江岸区某社区" });
    no({ role: "WITNESS", subject: WITNESS, office: "江岸区某社区" });
    no({ role: "NOTARY", subject: WITNESS });
    const from = o.story.now;
    o.did(LEAD, "recordAttendee", { attendeeId: "a1", role: "NOTARY", office: "江岸公证处公证员" });
    o.story.pass(60_000);
    expect(o.no(LEAD, "attendeeLeft", { attendeeId: "a2" }).code).toBe("NO_SUCH_ATTENDEE");
    o.did(LEAD, "attendeeLeft", { attendeeId: "a1" });
    expect(o.record().facts.attendees).toEqual([
      {
        id: "a1",
        role: "NOTARY",
        office: "江岸公证处公证员",
        refused: false,
        from,
        to: from + 60_000,
        by: LEAD,
      },
    ]);
  });

  it("OPS-32 scene facts are never refused for the state they meet", () => {
    const o = operationStory();
    for (const state of ["SUBMITTED", "MUSTERING", "EXECUTING", "CLOSED"] as const) {
      o.to(state);
      o.did(POLICE, "recordScene", { fact: "CORDON", text: TEXT });
      expect(o.record().state).toBe(state);
    }
    expect(o.record().facts.scene.filter(({ kind }) => kind === "CORDON")).toHaveLength(4);
  });
});

describe("closing", () => {
  it("OPS-33 closing begins by the scene commander and not over an open incident", () => {
    const { incident } = SAMPLES;
    if (!incident) throw new Error("no sample");
    const o = operationStory([incident]);
    o.to("EXECUTING");
    expect(o.no("jiangan.director", "beginClosing").code).toBe("ROLE_REQUIRED");
    expect(o.no("jiangan.director", "close").code).toBe("OPERATION_NOT_READY");
    expect(o.no(LEAD, "beginClosing").code).toBe("INCIDENT_OPEN");
    o.story.accepted({
      by: "jiangan.duty",
      kind: "incident.resolve",
      ref: { type: "incident", id: "inc1" },
    });
    o.did(LEAD, "beginClosing");
  });

  it("OPS-34 nothing is closed before everybody who went is back safely", () => {
    const o = operationStory();
    o.to("CLOSING");
    o.did(LEAD, "attestEvidence", { complete: true });
    const no = (count: number) =>
      expect(o.no("jiangan.director", "close")).toEqual({
        code: "NOT_ALL_SAFE",
        ruleId: "OPS-34",
        params: { count },
      });
    no(2);
    const back = o.story.now;
    o.did(POLICE, "reportSafe", { officerId: POLICE });
    o.story.pass(1_000);
    o.did(LEAD, "reportSafe", { officerId: POLICE }, at(back - 500));
    expect(o.record().facts.safe).toEqual([{ officerId: POLICE, at: back, by: POLICE }]);
    no(1);
    expect(o.no(POLICE, "reportSafe", { officerId: LEAD }).code).toBe("NOT_YOUR_OWN_CHECK");
    o.did(LEAD, "reportSafe", { officerId: LEAD });
    expect(o.no("jiangan.president", "close").code).toBe("ROLE_REQUIRED");
    o.did("jiangan.director", "close");
    expect(o.record().state).toBe("CLOSED");
  });

  it("OPS-34 given an officer who went out, when he is excused afterwards, then he is still waited for", () => {
    const o = operationStory();
    o.to("CLOSING");
    o.did(LEAD, "attestEvidence", { complete: true });
    o.did(LEAD, "reportSafe", { officerId: LEAD });
    o.story.pass(1_000);
    o.did(LEAD, "checkMember", { ...excused(POLICE), reason: TEXT });
    o.did(LEAD, "checkMember", { ...excused(POLICE), reason: TEXT }, at(o.story.now - 500));
    expect(o.no("jiangan.director", "close")).toEqual({
      code: "NOT_ALL_SAFE",
      ruleId: "OPS-34",
      params: { count: 1 },
    });
    expect(o.record().conflicts.map(({ note }) => note)).toEqual([
      "AFTER_DEPARTURE",
      "AFTER_DEPARTURE",
    ]);
    o.did(POLICE, "reportSafe", { officerId: POLICE });
    o.did("jiangan.director", "close");
  });

  it("OPS-34 given an officer who was excused, when he comes after all, then he is waited for", () => {
    const o = operationStory();
    o.to("MUSTERING", { ...PLAN, memberIds: [...TEAM, "jiangan.police2"] });
    o.did(LEAD, "checkMember", { ...excused("jiangan.police2"), reason: TEXT });
    for (const id of TEAM) o.did(id, "checkMember", present(id));
    o.did("jiangan.chief", "orderDeparture");
    o.story.pass(1_000);
    o.did(LEAD, "checkMember", present("jiangan.police2"));
    expect(o.story.dto("operation", "op1", "own.wall")).toMatchObject({ going: 3 });
  });

  it("OPS-34 a safe return told before the execution began closes nothing", () => {
    const o = operationStory();
    o.to("ON_SCENE");
    for (const id of TEAM) o.did(id, "reportSafe", { officerId: id });
    o.story.pass(1_000);
    o.to("CLOSING");
    o.did(LEAD, "attestEvidence", { complete: true });
    expect(o.no("jiangan.director", "close").code).toBe("NOT_ALL_SAFE");
    expect(o.story.dto("operation", "op1", "own.wall")).toMatchObject({ going: 2, back: 0 });
    for (const id of TEAM) o.did(id, "reportSafe", { officerId: id });
    o.did("jiangan.director", "close");
  });

  it("OPS-13 a planned operation is not closed with a person in its hands", () => {
    const { detention } = SAMPLES;
    if (!detention) throw new Error("no sample");
    const o = operationStory([detention]);
    o.to("CLOSING");
    expect(o.no("jiangan.director", "close").code).toBe("DETAINEE_IN_HANDS");
  });

  it("OPS-35 whole evidence is attested, and a gap has its signed reason", () => {
    const o = operationStory();
    o.to("CLOSING");
    for (const id of TEAM) o.did(LEAD, "reportSafe", { officerId: id });
    expect(o.no("jiangan.director", "close")).toEqual({
      code: "EVIDENCE_NOT_ATTESTED",
      ruleId: "OPS-35",
    });
    expect(o.no(LEAD, "attestEvidence", { complete: false }).code).toBe("GAP_NEEDS_REASON");
    expect(o.no("jiangan.director", "attestEvidence", { complete: true }).code).toBe(
      "ROLE_REQUIRED",
    );
    o.did(LEAD, "attestEvidence", { complete: false, reason: TEXT });
    expect(o.record().facts.evidence).toMatchObject({ complete: false, by: LEAD, reason: TEXT });
    o.did("jiangan.director", "close");
  });

  it("OPS-36 the record is signed, the list handed over, the goods delivered", () => {
    const closing = (plan: Readonly<Record<string, unknown>>) => {
      const o = operationStory();
      o.to("CLOSING", plan);
      o.did(LEAD, "attestEvidence", { complete: true });
      for (const id of TEAM) o.did(LEAD, "reportSafe", { officerId: id });
      const no = (fact?: string) => {
        if (fact) o.did(LEAD, "recordScene", { fact });
        return o.no("jiangan.director", "close").ruleId;
      };
      const closes = (fact: string) => {
        o.did(LEAD, "recordScene", { fact });
        o.did("jiangan.director", "close");
      };
      return { no, closes };
    };
    const search = closing(SEARCH);
    expect([search.no(), search.no("SIGNING_REFUSED")]).toEqual(["Q8", "Q8"]);
    search.closes("RECORD_SIGNED");
    const seizure = closing({ ...PLAN, kind: "SEIZURE" });
    expect([seizure.no(), seizure.no("RECORD_SIGNED")]).toEqual(["Z7", "Z7"]);
    seizure.closes("LIST_HANDED");
    const eviction = closing({
      ...PLAN,
      kind: "EVICTION",
      docs: { evictionNoticeId: "迁1号", evictionDeadlineAt: 1 },
    });
    expect([eviction.no(), eviction.no("RECORD_SIGNED")]).toEqual(["Q8", "OPS-36"]);
    eviction.closes("GOODS_DELIVERED");
  });
});

describe("breaking off", () => {
  it("OPS-37 a team that is out is told how to withdraw, one that is not needs no word", () => {
    const home = operationStory();
    home.to("APPROVED");
    home.did("jiangan.chief", "abort", { reason: TEXT });
    expect(home.record().state).toBe("ABORTED");
    for (const state of ["EN_ROUTE", "ON_SCENE", "EXECUTING", "CLOSING"] as const) {
      const o = operationStory();
      o.to(state);
      expect(o.no("jiangan.director", "abort", { reason: TEXT })).toEqual({
        code: "WITHDRAWAL_NEEDED",
        ruleId: "OPS-37",
      });
      o.did("jiangan.director", "abort", { reason: TEXT, withdrawal: TEXT });
      expect(o.record()).toMatchObject({ state: "ABORTED", withdrawal: TEXT, endReason: TEXT });
      o.did(POLICE, "reportSafe", { officerId: POLICE });
      expect(o.record().facts.safe).toHaveLength(1);
    }
  });

  it("OPS-37 a court above breaks off with its order as the word", () => {
    const o = operationStory();
    o.to("EXECUTING");
    o.order("wuhan.director", "abort", "ord1");
    expect(o.record().state).toBe("ABORTED");
  });
});
