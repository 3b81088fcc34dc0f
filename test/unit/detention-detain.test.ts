import { beforeEach, describe, expect, test } from "vitest";
import { DAY, detentionStory, HOUR, MINUTE, NOTE } from "../support/domain/detention-story.ts";

let s: ReturnType<typeof detentionStory>;
beforeEach(() => {
  s = detentionStory();
});

const notes = () => s.record().conflicts.map((c) => c.note);
const inCustody = (days = 5) => {
  s.propose({ days });
  s.approve();
  s.fact("control");
  s.fact("transit");
  s.fact("arrive");
  s.fact("intake", { receiptNo: "R1", facility: "第一拘留所", policeReceiver: "李警官" });
};

describe("proposal and approval", () => {
  test.each([0, 16, 2.5, -1])("D1 %s days are refused with the article", (days) => {
    const refused = s.refusedBy("jiangan.judge", "propose", {
      ...s.about,
      actId: "a1",
      days,
      basisArticles: ["x"],
    });
    expect(refused).toEqual({ code: "DAYS_OUT_OF_RANGE", ruleId: "D1", params: { days } });
    expect(s.said(refused).zh).toContain("民事诉讼法第118条");
    expect(s.said(refused).en).toContain("CPL art. 118");
  });

  test("D1 the president may approve fewer days than proposed, never more", () => {
    s.propose({ days: 10 });
    expect(
      s.refusedBy("jiangan.president", "approve", { decisionNo: "J1", days: 11 }),
    ).toMatchObject({ code: "DAYS_OVER_PROPOSED", ruleId: "D1" });
    s.approve({ days: 7 });
    expect(s.record()).toMatchObject({ state: "APPROVED", days: 7 });
  });

  test("D3 without article or number it is refused", () => {
    expect(
      s.refusedBy("jiangan.judge", "propose", {
        ...s.about,
        actId: "a1",
        days: 5,
        basisArticles: [" "],
      }),
    ).toEqual({ code: "BASIS_MISSING", ruleId: "D3" });
    s.propose();
    expect(s.refusedBy("jiangan.president", "approve", {})).toEqual({
      code: "DECISION_NO_MISSING",
      ruleId: "D3",
    });
  });

  test("D3 another person approves, and only once", () => {
    const both = detentionStory();
    const president = both.story.the("officer", "jiangan.president");
    both.story.state.put({
      ...president,
      grants: [...president.grants, { role: "JUDGE", fromSeq: 0, bootstrap: false }],
    });
    both.accepted("jiangan.president", "propose", {
      ...both.about,
      actId: "a1",
      days: 5,
      basisArticles: ["x"],
    });
    expect(both.refusedBy("jiangan.president", "approve", { decisionNo: "J1" })).toMatchObject({
      code: "DIFFERENT_PERSON_REQUIRED",
    });
    s.propose();
    s.approve();
    expect(s.refusedBy("jiangan.president", "approve", { decisionNo: "J2" })).toEqual({
      code: "ALREADY_APPROVED",
      ruleId: "D3",
    });
  });

  test("D8 the same act in the same case is refused, another act or case is not", () => {
    s.propose();
    const again = { ...s.about, days: 5, basisArticles: ["x"] };
    expect(s.refusedBy("jiangan.judge", "propose", { ...again, actId: "a1" }, "d2")).toEqual({
      code: "SAME_ACT",
      ruleId: "D8",
    });
    s.propose({ actId: "a2" }, "d2");
    s.propose({ caseNo: "(2026)鄂0102执2号" }, "d3");
  });

  test("D8 a proposal that came to nothing does not count", () => {
    s.propose();
    s.accepted("jiangan.president", "stop", { decisionNo: "T1" });
    s.propose({}, "d2");
    expect(s.record("d2").state).toBe("PROPOSED");
  });

  test("DET-4 an approval made on an older state is stale", () => {
    s.propose();
    const rev = s.record().rev;
    s.fact("control");
    expect(
      s.story.refused({
        by: "jiangan.president",
        kind: "detention.approve",
        ref: { type: "detention", id: "d1" },
        payload: { decisionNo: "J1" },
        rev,
      }),
    ).toMatchObject({ code: "STALE" });
  });
});

describe("D2 emergency", () => {
  test("D2 control before approval is an emergency, its clock runs from the control", () => {
    s.propose();
    s.story.pass(HOUR);
    const at = s.story.now - 30 * MINUTE;
    s.fact("control", {}, { earliest: at, latest: at + MINUTE });
    expect(s.record()).toMatchObject({ state: "CONTROLLED", emergency: true });
    expect(s.clock("report")).toMatchObject({ ruleId: "D2", startAt: at, dueAt: at + 2 * HOUR });
    expect(s.refusedBy("jiangan.president", "approve", { decisionNo: "J1" })).toEqual({
      code: "APPROVE_RETRO_INSTEAD",
      ruleId: "D2",
    });
    s.accepted("jiangan.president", "approveRetro", { decisionNo: "J1" });
    expect(s.record()).toMatchObject({
      state: "CONTROLLED",
      approvedRetro: true,
      decisionNo: "J1",
    });
    expect(s.clock("report")?.endedAt).toBe(s.story.now);
  });

  test("D2 a control that turns out to lie before the approval is an emergency too", () => {
    s.propose();
    s.story.pass(HOUR);
    s.approve();
    const approvedAt = s.story.now;
    s.story.pass(HOUR);
    const at = approvedAt - 10 * MINUTE;
    s.fact("control", {}, { earliest: at, latest: at });
    expect(s.record()).toMatchObject({ emergency: true, approvedRetro: true });
    expect(s.clock("report")).toMatchObject({ startAt: at, endedAt: approvedAt });
  });

  test("D2 without emergency there is nothing to approve afterwards", () => {
    s.propose();
    expect(s.refusedBy("jiangan.president", "approveRetro", { decisionNo: "J1" })).toEqual({
      code: "NOT_EMERGENCY",
      ruleId: "D2",
    });
  });

  test("D2 the configured two hours alarm without being a breach", () => {
    s.propose();
    s.fact("control");
    s.story.passRaising(3 * HOUR);
    expect(s.clock("report")?.level).toBe(2);
    expect(s.record().breaches).toEqual([]);
  });

  test("D6 a person taken in on unknown days counts against 15 until they are decided", () => {
    s.fact("control", { about: { kind: "DETAIN" } });
    s.fact("intake", { receiptNo: "R1" });
    const intakeAt = s.story.now;
    expect(s.clock("term")?.dueAt).toBe(intakeAt + 15 * DAY);
    expect(notes()).toEqual(["BEFORE_APPROVAL"]);
    const retro = { decisionNo: "J1", basisArticles: ["x"] };
    expect(s.refusedBy("jiangan.president", "approveRetro", retro)).toMatchObject({
      code: "DAYS_MISSING",
    });
    s.accepted("jiangan.president", "approveRetro", { ...retro, days: 3 });
    expect(s.clock("term")).toMatchObject({ startAt: intakeAt, dueAt: intakeAt + 3 * DAY });
    expect(s.record().times.expectedReleaseAt).toBe(intakeAt + 3 * DAY);
  });
});

describe("on the way to custody", () => {
  test("DET-2 the state is the furthest milestone reported", () => {
    s.propose();
    s.approve();
    s.fact("arrive");
    expect(s.record().state).toBe("HANDOVER_PENDING");
    s.fact("transit");
    s.fact("control");
    expect(s.record()).toMatchObject({ state: "HANDOVER_PENDING", conflicts: [] });
    expect(s.record().times).toMatchObject({ controlledAt: s.story.now, inTransitAt: s.story.now });
  });

  test("D4 the hand-over runs from control to intake", () => {
    s.propose();
    s.approve();
    s.fact("control");
    const at = s.story.now;
    expect(s.clock("handover")).toMatchObject({ ruleId: "D4", startAt: at, dueAt: at + DAY });
    s.story.passRaising(13 * HOUR);
    expect(s.clock("handover")?.level).toBe(2);
    s.fact("intake", { receiptNo: "R1" });
    expect(s.clock("handover")?.endedAt).toBe(s.story.now);
  });

  test("D6 the term ends at intake + days × 24 h and warns before", () => {
    inCustody(5);
    const at = s.story.now;
    expect(s.record()).toMatchObject({
      state: "IN_CUSTODY",
      intakeReceiptNo: "R1",
      facility: "第一拘留所",
      policeReceiver: "李警官",
      times: { intakeAt: at, expectedReleaseAt: at + 5 * DAY },
    });
    expect(s.clock("term")).toMatchObject({ ruleId: "D6", startAt: at, dueAt: at + 5 * DAY });
    s.fact("notifyFamily");
    const raised = s.story.passRaising(5 * DAY).map((e) => [e.type, s.story.now]);
    expect(raised.map(([type]) => type)).toEqual([
      "ClockRaised",
      "ClockRaised",
      "ClockRaised",
      "ClockRaised",
      "DetentionOverran",
    ]);
    expect(s.record()).toMatchObject({ state: "IN_CUSTODY", overtime: true });
  });

  test("DET-10 after a refused intake the person travels again, the hand-over goes on", () => {
    s.propose();
    s.approve();
    s.fact("control");
    s.fact("arrive");
    const started = s.clock("handover");
    s.story.pass(HOUR);
    s.fact("refuseIntake", { reason: NOTE, facility: "第一拘留所" });
    expect(s.record()).toMatchObject({
      state: "INTAKE_REFUSED",
      intakeRefusals: [{ at: s.story.now, reason: NOTE }],
    });
    s.story.pass(HOUR);
    s.fact("transit");
    expect(s.record().state).toBe("IN_TRANSIT");
    s.story.pass(HOUR);
    s.fact("arrive");
    expect(s.record()).toMatchObject({ state: "HANDOVER_PENDING", conflicts: [] });
    expect(s.record().times.arrivedAt).toBe(s.story.now);
    expect(s.clock("handover")).toEqual(started);
  });

  test("DET-10 a transit from before the refusal does not undo it", () => {
    s.propose();
    s.approve();
    s.story.pass(HOUR);
    s.fact("refuseIntake", { reason: NOTE });
    const at = s.story.now - 30 * MINUTE;
    s.fact("transit", {}, { earliest: at, latest: at });
    expect(s.record().state).toBe("INTAKE_REFUSED");
  });
});

describe("D5 the family", () => {
  test("D5 the notice ends the clock that runs from control", () => {
    s.propose();
    s.approve();
    s.fact("control");
    const at = s.story.now;
    expect(s.clock("family")).toMatchObject({ startAt: at, dueAt: at + DAY });
    s.story.pass(2 * HOUR);
    s.fact("notifyFamily", {}, { earliest: at + HOUR, latest: at + 1.5 * HOUR });
    expect(s.record().familyNotice).toEqual({ at: at + 1.5 * HOUR });
    expect(s.clock("family")?.endedAt).toBe(at + 1.5 * HOUR);
  });

  test("D5 a recorded impossibility ends it too, a later notice replaces it", () => {
    s.propose();
    s.approve();
    s.fact("control");
    s.fact("notifyFamily", { impossibleReason: NOTE });
    expect(s.record().familyNotice).toMatchObject({ impossibleReason: NOTE });
    s.story.pass(HOUR);
    s.fact("notifyFamily");
    expect(s.record().familyNotice).toEqual({ at: s.story.now });
    s.story.pass(HOUR);
    s.fact("notifyFamily");
    expect(s.record().familyNotice).toEqual({ at: s.story.now - HOUR });
  });

  test("D5 24 h without notice are a breach, but no overtime", () => {
    inCustody();
    s.story.passRaising(25 * HOUR);
    expect(s.record()).toMatchObject({
      overtime: false,
      breaches: [{ clock: "family", ruleId: "D5" }],
    });
    const at = s.story.now - 10 * HOUR;
    s.fact("notifyFamily", {}, { earliest: at, latest: at });
    expect(s.record().breaches).toMatchObject([{ clock: "family", refutedAt: s.story.now }]);
  });
});

describe("the end", () => {
  test("D7 a release on the last day is in term, before it a conflict", () => {
    inCustody(5);
    const due = s.record().times.expectedReleaseAt ?? 0;
    s.fact("release", {}, { earliest: due - 8 * HOUR, latest: due - 8 * HOUR });
    expect(s.record()).toMatchObject({ state: "RELEASED", conflicts: [] });

    s = detentionStory();
    inCustody(5);
    s.story.pass(DAY);
    s.fact("release");
    expect(s.record().state).toBe("RELEASED");
    expect(notes()).toEqual(["BEFORE_TERM"]);
  });

  test("DET-5 a release without intake is kept as a conflict", () => {
    s.propose();
    s.approve();
    s.fact("control");
    s.fact("release");
    expect(s.record().state).toBe("RELEASED");
    expect(notes()).toEqual(["WITHOUT_INTAKE"]);
  });

  test("DET-5 a report of travel after the intake is kept as a conflict", () => {
    inCustody();
    s.story.pass(HOUR);
    s.fact("refuseIntake", { reason: NOTE });
    s.fact("transit");
    expect(s.record().state).toBe("IN_CUSTODY");
  });

  test("D7 early release needs custody and a number", () => {
    s.propose();
    expect(s.dto("own.console").acts?.["detention.releaseEarly"]).toEqual({
      code: "NOT_IN_CUSTODY",
      ruleId: "D7",
    });
    s = detentionStory();
    inCustody();
    expect(s.refusedBy("jiangan.president", "releaseEarly", {})).toEqual({
      code: "DECISION_NO_MISSING",
      ruleId: "D7",
    });
    s.accepted("jiangan.president", "releaseEarly", { decisionNo: "E1", reason: NOTE });
    expect(s.record()).toMatchObject({
      state: "RELEASED_EARLY",
      endDecisionNo: "E1",
      endReason: NOTE,
    });
    expect(s.story.deadlines()).toEqual([]);
  });

  test("DET-17 the release reported after the decision fills its milestone", () => {
    inCustody();
    s.accepted("jiangan.president", "releaseEarly", { decisionNo: "E1" });
    s.story.pass(HOUR);
    s.fact("release");
    expect(s.record()).toMatchObject({
      state: "RELEASED_EARLY",
      conflicts: [],
      times: { releasedAt: s.story.now, endedAt: s.story.now - HOUR },
    });
  });

  test("D9 a review judge above may revoke what was decided, nobody else", () => {
    s.propose();
    const revoke = (by: string) => s.when(by, "revoke", { decisionNo: "V1" });
    expect(revoke("wuhan.review")).toMatchObject({
      refusal: { code: "NOT_DECIDED", ruleId: "D9" },
    });
    s.approve();
    expect(revoke("jiangan.president").ok).toBe(false);
    expect(revoke("wuhan.director")).toMatchObject({ refusal: { code: "ROLE_REQUIRED" } });
    expect(revoke("wuhan.review").ok).toBe(true);
    expect(s.record().state).toBe("REVOKED");
  });

  test("D9 an emergency control may be revoked instead of approved", () => {
    s.propose();
    s.fact("control");
    s.accepted("high.review", "revoke", { decisionNo: "V1" });
    expect(s.record().state).toBe("REVOKED");
    expect(s.refusedBy("jiangan.president", "approveRetro", { decisionNo: "J1" })).toMatchObject({
      code: "DETENTION_ENDED",
    });
  });
});

describe("DET-11 conversion", () => {
  const convert = (more: Record<string, unknown> = {}) =>
    s.when("jiangan.judge", "convert", {
      newId: "d2",
      actId: "a1",
      basisArticles: ["民事诉讼法第114条"],
      days: 10,
      ...more,
    });

  test("DET-11 no time that has run is forgotten", () => {
    s.compel();
    s.fact("control");
    const controlledAt = s.story.now;
    s.story.pass(HOUR);
    s.fact("arrive");
    const arrivedAt = s.story.now;
    s.story.pass(HOUR);
    expect(convert().ok).toBe(true);
    expect(s.record()).toMatchObject({ state: "CONVERTED", convertedTo: "d2" });
    expect(s.record("d2")).toMatchObject({
      kind: "DETAIN",
      state: "PROPOSED",
      convertedFrom: "d1",
      days: 10,
      emergency: false,
      escortIds: ["jiangan.police"],
      times: { controlledAt },
    });
    expect(s.clock("inquiry", "d2")).toMatchObject({
      ruleId: "S4",
      startAt: arrivedAt,
      dueAt: arrivedAt + 8 * HOUR,
    });
    expect(s.clock("handover", "d2")?.startAt).toBe(controlledAt);
    expect(s.clock("family", "d2")?.startAt).toBe(controlledAt);
    s.approve({}, "d2");
    expect(s.record("d2").state).toBe("CONTROLLED");
    s.story.passRaising(8 * HOUR);
    expect(s.record("d2").overtime).toBe(true);
    s.fact("intake", { receiptNo: "R1" }, undefined, "jiangan.police", "d2");
    expect(s.record("d2").overtime).toBe(false);
    expect(s.clock("inquiry", "d2")?.endedAt).toBe(s.story.now);
  });

  test("DET-11 it is refused before control, for a known id, days or an act of before", () => {
    s.compel();
    expect(convert()).toMatchObject({ refusal: { code: "NOT_CONTROLLED" } });
    s.fact("control");
    expect(convert({ newId: "d1" })).toMatchObject({ refusal: { code: "ALREADY_EXISTS" } });
    expect(convert({ days: 16 })).toMatchObject({ refusal: { ruleId: "D1" } });
    s.propose({ actId: "a1" }, "d3");
    expect(convert()).toMatchObject({ refusal: { ruleId: "D8" } });
  });

  test("DET-8 a conversion after the 8 h is a breach though no alarm came before", () => {
    s.compel();
    s.fact("arrive");
    s.story.pass(9 * HOUR);
    convert();
    expect(s.record().breaches).toMatchObject([{ clock: "inquiry", ruleId: "S4" }]);
  });

  test("DET-11 a missing approval is not cured by conversion", () => {
    s.fact("control", { about: { kind: "COMPEL" } });
    const due = s.clock("report")?.dueAt;
    convert();
    expect(s.record("d2").emergency).toBe(true);
    expect(s.clock("report", "d2")?.dueAt).toBe(due);
  });

  test("DET-12 an earlier control or arrival reported late reaches the new record", () => {
    s.compel();
    s.story.pass(3 * HOUR);
    s.fact("arrive");
    const arrivedAt = s.story.now;
    convert();
    const at = arrivedAt - 2 * HOUR;
    s.fact("control", {}, { earliest: at - MINUTE, latest: at });
    s.fact("arrive", {}, { earliest: at, latest: at });
    expect(s.record("d2").times.controlledAt).toBe(at - MINUTE);
    expect(s.clock("handover", "d2")?.startAt).toBe(at - MINUTE);
    expect(s.clock("inquiry", "d2")).toMatchObject({ startAt: at, dueAt: at + 8 * HOUR });
  });

  test("DET-12 a release reported on the old record is a conflict on both", () => {
    s.compel();
    s.fact("arrive");
    convert();
    s.fact("release");
    expect(s.record().state).toBe("CONVERTED");
    expect(notes()).toEqual(["OTHER_END"]);
    expect(s.record("d2").state).toBe("PROPOSED");
    expect(s.record("d2").conflicts).toMatchObject([
      { event: "SubjectReleased", note: "OTHER_END" },
    ]);
  });
});
