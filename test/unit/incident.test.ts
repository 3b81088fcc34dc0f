import { describe, expect, it } from "vitest";
import type { IncidentLevel } from "../../shared/domain/incident/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { operation, province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const SECOND_MS = 1_000;
const text = (id: string) => ({ id, hash: "h" });
const reason = { reason: text("why") };
const about = (by: string, verb: string, payload = {}, id = "i1"): When => ({
  by,
  kind: `incident.${verb}`,
  ref: { type: "incident", id },
  payload,
});
const sos = (id = "i1", payload = {}, by = "jiangan.police") => about(by, "sos", payload, id);
const story = () => new Story([...province(), operation({ hostCourtId: "hanyang" })]);
/** A province without any operation. */
const quiet = () => new Story(province());
const place = (fixAt: number) => ({ lat: 30.6, lng: 114.3, accuracyM: 8, fixAt });

describe("SOS", () => {
  it("INC-1 one tap: the record, its clock and a P1 police request", () => {
    const s = quiet();
    s.accepted(sos("i1", { place: place(1), battery: 40 }));
    const incident = s.the("incident", "i1");
    expect(incident).toMatchObject({
      courtId: "jiangan",
      kind: "SOS",
      sos: true,
      level: "LARGER",
      climbedTo: "LARGER",
      state: "REPORTED",
      reporterId: "jiangan.police",
      place: place(1),
      battery: 40,
      commandIds: ["c1-incident.sos"],
      policeRequestId: "c1-incident.sos:police",
    });
    expect(s.the("police", "c1-incident.sos:police")).toMatchObject({
      kind: "VIOLENCE_RESPONSE",
      urgency: "P1",
      state: "SENT",
      incidentId: "i1",
      sentBy: "jiangan.police",
      place: { lat: 30.6, lng: 114.3 },
    });
    expect(s.views("incident", "i1")["console:wuhan"]).toBe("parent.console");
    expect(s.views("incident", "i1")["console:high"]).toBeUndefined();
  });

  it("INC-2 the clock runs from receipt, the tap's own time is kept", () => {
    const s = quiet();
    const tapped = s.now - 120 * SECOND_MS;
    s.accepted({ ...sos(), occurred: { earliest: tapped, latest: tapped } });
    expect(s.the("incident", "i1")).toMatchObject({
      reportedAt: tapped,
      clocks: { ack: { startAt: s.now, level: 0 } },
    });
    expect(s.raiseDue()).toEqual([]);
  });

  it("INC-3 a second tap joins the open one", () => {
    const s = quiet();
    s.accepted(sos("i1", { place: place(100) }));
    s.accepted(sos("i2", { place: place(200), battery: 12 }));
    s.accepted(sos("i3", { place: place(50) }));
    expect(s.state.get("incident", "i2")).toBeUndefined();
    expect(s.the("incident", "i1")).toMatchObject({
      commandIds: ["c1-incident.sos", "c2-incident.sos", "c3-incident.sos"],
      repeats: 2,
      place: place(200),
      battery: 12,
    });
    expect(s.state.count("police")).toBe(1);
    s.accepted(sos("i4", {}, "jiangan.judge"));
    expect(s.the("incident", "i4").repeats).toBe(0);
  });

  it("INC-4 an id that is taken by an ended record does not lose the alarm", () => {
    const s = quiet();
    s.accepted(sos());
    s.accepted(about("jiangan.duty", "falseAlarm", reason));
    s.accepted(sos());
    expect(s.the("incident", "i1").state).toBe("FALSE_ALARM");
    expect(s.the("incident", "c3-incident.sos:incident").state).toBe("REPORTED");
  });

  it("INC-5 an SOS that names nothing belongs to its officer's one live operation", () => {
    const s = story();
    s.accepted(sos());
    expect(s.the("incident", "i1")).toMatchObject({ operationId: "op1", hostCourtId: "hanyang" });
    const two = new Story([...province(), operation(), operation({ id: "op2" })]);
    two.accepted(sos());
    expect(two.the("incident", "i1").operationId).toBeUndefined();
  });

  it("INC-6 host and case come from the operation, and the host sees it", () => {
    const s = story();
    s.accepted(sos("i1", { operationId: "op1" }));
    expect(s.the("incident", "i1")).toMatchObject({
      hostCourtId: "hanyang",
      caseNo: "(2026)鄂0102执1号",
    });
    expect(s.views("incident", "i1")).toMatchObject({
      "console:hanyang": "host.console",
      "field:jiangan.police": "own.field",
      "field:jiangan.director": "own.field",
    });
    s.accepted(about("hanyang.duty", "acknowledge"));
  });
});

describe("climbing", () => {
  const holder = (s: Story) => s.dto("incident", "i1", "own.console").holder;
  const toldTo = (s: Story) =>
    s.the("incident", "i1").told.map((t) => `${t.courtId}:${t.roles.join()}`);

  it("INC-7 15 s, 30 s, 60 s: own desk, parent's desk, High Court's desk", () => {
    const s = quiet();
    s.accepted(sos());
    const started = s.now;
    expect(toldTo(s)).toEqual(["jiangan:DUTY_OFFICER", "wuhan:DUTY_OFFICER"]);
    s.passRaising(15 * SECOND_MS);
    expect(holder(s)).toMatchObject({ courtId: "jiangan" });
    s.passRaising(15 * SECOND_MS);
    expect(holder(s)).toMatchObject({ courtId: "wuhan" });
    s.passRaising(30 * SECOND_MS);
    expect(holder(s)).toMatchObject({ courtId: "high" });
    expect(s.views("incident", "i1")["wall:high"]).toBe("high.wall");
    expect(s.the("incident", "i1").told).toEqual([
      { courtId: "jiangan", roles: ["DUTY_OFFICER"], at: started },
      { courtId: "wuhan", roles: ["DUTY_OFFICER"], at: started },
      { courtId: "jiangan", roles: ["DIRECTOR"], at: started + 30 * SECOND_MS },
      { courtId: "high", roles: ["DUTY_OFFICER"], at: started + 60 * SECOND_MS },
    ]);
  });

  it("INC-7 the High Court's own SOS climbs nowhere and stays held", () => {
    const s = quiet();
    s.accepted(sos("i1", {}, "high.duty"));
    s.passRaising(120 * SECOND_MS);
    expect(holder(s)).toMatchObject({ courtId: "high" });
  });

  it("INC-16 given an acknowledged SOS, when the officer calls again, then it rings anew, climbs, and the police are asked again where the first request is over", () => {
    const s = quiet();
    s.accepted(sos());
    s.passRaising(61 * SECOND_MS);
    expect(s.views("incident", "i1")["console:high"]).toBe("high.console");
    s.accepted(about("jiangan.duty", "acknowledge"));
    s.pass(3_600 * SECOND_MS).accepted(sos("i2", { place: place(900) }));
    expect(s.the("incident", "i1")).toMatchObject({
      commandIds: ["c1-incident.sos", expect.any(String)],
      place: place(900),
      clocks: { ack: { startAt: s.now, level: 0 } },
    });
    expect(s.the("incident", "i1").acknowledged).toBeUndefined();
    expect(s.views("incident", "i1")["console:high"]).toBe("high.console");
    expect(s.state.count("police")).toBe(1);
    expect(holder(s)).toMatchObject({ courtId: "jiangan" });

    const raised = s.passRaising(61 * SECOND_MS).filter(({ ref }) => ref.type === "incident");
    expect(raised).toHaveLength(3);
    s.accepted(about("wuhan.duty", "acknowledge"));
    const cancel = {
      kind: "police.cancel",
      ref: { type: "police", id: "c1-incident.sos:police" },
    } as const;
    s.accepted({ by: "jiangan.duty", ...cancel, payload: reason });
    s.pass(SECOND_MS).accepted(sos("i3"));
    const { policeRequestId = "" } = s.the("incident", "i1");
    expect(policeRequestId).not.toBe("c1-incident.sos:police");
    expect(s.the("police", policeRequestId)).toMatchObject({
      state: "SENT",
      urgency: "P1",
      incidentId: "i1",
      place: { lat: 30.6, lng: 114.3 },
    });
  });

  it("INC-16 given a tap from before the acknowledgement that arrives after it, then it joins in silence", () => {
    const s = quiet();
    s.accepted(sos());
    const tapped = s.pass(2 * SECOND_MS).now;
    s.pass(8 * SECOND_MS).accepted(about("jiangan.duty", "acknowledge"));
    s.pass(SECOND_MS).accepted({ ...sos("i2"), occurred: { earliest: tapped, latest: tapped } });
    expect(s.the("incident", "i1")).toMatchObject({
      repeats: 1,
      acknowledged: { officerId: "jiangan.duty" },
    });
  });

  it("INC-16 given a caller whom nobody knows, when he calls on after an acknowledgement, then it rings again once a minute at most", () => {
    const s = quiet();
    const unknown = (id: string): When => ({ ...sos(id), unverified: true });
    s.accepted(unknown("i1"));
    s.pass(10 * SECOND_MS).accepted(about("jiangan.duty", "acknowledge"));
    s.pass(40 * SECOND_MS).accepted(unknown("i2"));
    expect(s.the("incident", "i1").acknowledged).toBeDefined();
    s.pass(10 * SECOND_MS).accepted(unknown("i3"));
    expect(s.the("incident", "i1").acknowledged).toBeUndefined();
    s.accepted(about("jiangan.duty", "acknowledge"));
    s.pass(SECOND_MS).accepted(sos("i4"));
    expect(s.the("incident", "i1").acknowledged).toBeUndefined();
  });

  it("INC-12 the first acknowledgement owns it and stops the climb; a second one has seen it", () => {
    const s = quiet();
    s.accepted(sos());
    s.pass(10 * SECOND_MS).accepted(about("wuhan.duty", "acknowledge"));
    const at = s.now;
    const first = { officerId: "wuhan.duty", courtId: "wuhan", at };
    s.pass(SECOND_MS).accepted({ ...about("jiangan.duty", "acknowledge"), rev: 1 });
    expect(s.the("incident", "i1")).toMatchObject({
      acknowledged: first,
      seenBy: [first, { officerId: "jiangan.duty", courtId: "jiangan", at: s.now }],
      clocks: { ack: { endedAt: at } },
    });
    const raised = s.passRaising(300 * SECOND_MS);
    expect(raised.filter((event) => event.ref.type === "incident")).toEqual([]);
    expect(s.dto("incident", "i1", "own.field").acknowledged).toEqual({
      ...first,
      name: "wuhan.duty",
    });
    expect(holder(s)).toMatchObject({ courtId: "wuhan", officerId: "wuhan.duty" });
  });

  it("INC-13 whoever acts on it has acknowledged it", () => {
    const s = quiet();
    s.accepted(sos());
    s.accepted(about("jiangan.duty", "respond"));
    expect(s.the("incident", "i1")).toMatchObject({
      state: "RESPONDING",
      acknowledged: { officerId: "jiangan.duty" },
      clocks: { ack: { endedAt: s.now } },
    });
  });

  it("INC-14 the sender's wish to cancel changes nothing but itself", () => {
    const s = quiet();
    s.accepted(sos());
    expect(s.refused(about("jiangan.judge", "requestCancel", reason)).code).toBe("ROLE_REQUIRED");
    s.accepted(about("jiangan.police", "requestCancel", reason));
    expect(s.the("incident", "i1")).toMatchObject({
      state: "REPORTED",
      cancelRequested: { at: s.now, reason: text("why") },
      conflicts: [],
    });
    expect(s.the("incident", "i1").clocks.ack?.endedAt).toBeUndefined();
    s.accepted(about("jiangan.duty", "falseAlarm", reason));
    s.accepted(about("jiangan.police", "requestCancel", reason));
    expect(s.the("incident", "i1").conflicts.map((c) => c.note)).toEqual(["AFTER_END"]);
  });
});

describe("levels and steps", () => {
  const report = (level: IncidentLevel, casualties?: object) =>
    about("jiangan.judge", "report", {
      kind: "SIEGE",
      level,
      ...(casualties ? { casualties } : {}),
    });

  it.each<[IncidentLevel, string[]]>([
    ["GENERAL", ["console:jiangan"]],
    ["LARGER", ["console:jiangan", "console:wuhan"]],
    ["MAJOR", ["console:jiangan", "console:wuhan", "console:high"]],
  ])("AUD-6 %s is seen by %j", (level, consoles) => {
    const s = quiet();
    s.accepted(report(level));
    const seen = Object.keys(s.views("incident", "i1")).filter((v) => v.startsWith("console:"));
    expect(seen).toEqual(consoles);
  });

  it("AUD-6 INC-9 whoever saw it keeps seeing it after a downgrade, which needs a reason", () => {
    const s = quiet();
    s.accepted(report("MAJOR"));
    const lower = { level: "GENERAL" };
    expect(s.refused(about("jiangan.duty", "setLevel", lower)).code).toBe("DOWNGRADE_NEEDS_REASON");
    s.accepted(about("jiangan.duty", "setLevel", { ...lower, ...reason }));
    expect(s.the("incident", "i1")).toMatchObject({ level: "GENERAL", climbedTo: "MAJOR" });
    expect(s.views("incident", "i1")["console:high"]).toBe("high.console");
    expect(s.refused(about("wuhan.duty", "setLevel", { level: "LARGER" })).code).toBe(
      "WRONG_COURT",
    );
  });

  it.each([
    [{ dead: 1, injured: 0 }, "ESPECIALLY_MAJOR"],
    [{ dead: 0, injured: 3 }, "ESPECIALLY_MAJOR"],
    [{ dead: 0, injured: 2 }, "GENERAL"],
  ])("INC-8 casualties %j make it %s", (casualties, level) => {
    const s = quiet();
    s.accepted(report("GENERAL", casualties));
    expect(s.the("incident", "i1").level).toBe(level);
    const lower = { level: "GENERAL", ...reason };
    expect(s.when(about("jiangan.duty", "setLevel", lower)).ok).toBe(level === "GENERAL");
  });

  it("INC-10 confirm, respond, control, resolve", () => {
    const s = quiet();
    s.accepted(report("LARGER"));
    expect(s.refused(about("jiangan.duty", "control")).code).toBe("INCIDENT_NOT_READY");
    for (const verb of ["confirm", "respond", "control"]) s.accepted(about("jiangan.duty", verb));
    expect(s.refused(about("jiangan.duty", "falseAlarm", reason)).code).toBe("INCIDENT_NOT_READY");
    s.accepted(about("jiangan.duty", "resolve", reason));
    expect(s.the("incident", "i1")).toMatchObject({ state: "RESOLVED", endReason: text("why") });
  });

  it("INC-17 what is resolved is reviewed once, by those who command, with its findings", () => {
    const s = quiet();
    const findings = text("found");
    const review = (by: string) => about(by, "review", { findings });
    s.accepted(sos());
    const notYet = { code: "INCIDENT_NOT_READY", ruleId: "INC-17" };
    expect(s.refused(review("jiangan.director"))).toMatchObject(notYet);
    s.accepted(about("jiangan.duty", "respond"));
    s.accepted(about("jiangan.duty", "resolve"));
    expect(s.refused(review("jiangan.duty")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(review("wuhan.director")).code).toBe("WRONG_COURT");
    s.accepted(review("jiangan.director"));
    expect(s.the("incident", "i1")).toMatchObject({
      state: "REVIEWED",
      review: { officerId: "jiangan.director", courtId: "jiangan", at: s.now, findings },
    });
    expect(s.refused(review("jiangan.director"))).toMatchObject(notYet);
    expect(s.dto("incident", "i1", "own.wall")).not.toHaveProperty("review");
    const false_ = quiet();
    false_.accepted(sos());
    false_.accepted(about("jiangan.duty", "falseAlarm", reason));
    expect(false_.refused(review("jiangan.director"))).toMatchObject(notYet);
  });

  it("INC-11 an ended incident takes no requests", () => {
    const s = quiet();
    s.accepted(report("LARGER"));
    s.accepted(about("jiangan.duty", "falseAlarm", reason));
    for (const verb of ["acknowledge", "confirm", "respond", "control", "resolve"]) {
      expect(s.refused(about("jiangan.duty", verb)).code).toBe("INCIDENT_ENDED");
    }
    s.accepted(about("wuhan.duty", "seen"));
  });

  it("INC-15 touches its operation, police request and reporter when state or level change", () => {
    const s = story();
    s.accepted(sos("i1", { operationId: "op1" }));
    const before = s.the("incident", "i1");
    const refs = moduleOf("incident").dependents(undefined, before as never, s.state);
    expect(refs.map(({ type, id }) => `${type}:${id}`)).toEqual([
      "officer:jiangan.police",
      "operation:op1",
      "police:c1-incident.sos:police",
    ]);
    s.accepted(about("wuhan.duty", "seen"));
    const after = s.the("incident", "i1");
    expect(moduleOf("incident").dependents(before as never, after as never, s.state)).toEqual([]);
  });
});
