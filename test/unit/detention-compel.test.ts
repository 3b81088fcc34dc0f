import { beforeEach, describe, expect, test } from "vitest";
import { detentionStory, HOUR, MINUTE, NOTE, SUBJECT } from "../support/domain/detention-story.ts";

let s: ReturnType<typeof detentionStory>;
beforeEach(() => {
  s = detentionStory();
});

describe("approval", () => {
  test("S3 without the number of the warrant it is refused, naming the article", () => {
    const refused = s.refusedBy("jiangan.president", "approveCompel", {
      ...s.about,
      basisArticles: ["民诉法解释第482条"],
    });
    expect(refused).toEqual({ code: "WARRANT_MISSING", ruleId: "S3" });
    expect(s.said(refused).zh).toContain("民事诉讼法第119条");
    expect(s.said(refused).en).toContain("CPL art. 119");
  });

  test("S1 without the article it rests on it is refused", () => {
    expect(
      s.refusedBy("jiangan.president", "approveCompel", {
        ...s.about,
        warrantNo: "W1",
        basisArticles: [],
      }),
    ).toEqual({ code: "BASIS_MISSING", ruleId: "S1" });
  });

  test("S3 only the president approves", () => {
    expect(
      s.refusedBy("jiangan.judge", "approveCompel", {
        ...s.about,
        warrantNo: "W1",
        basisArticles: ["x"],
      }),
    ).toMatchObject({ code: "ROLE_REQUIRED" });
  });
});

describe("S4 eight hours of inquiry", () => {
  test("S4 the clock runs from arrival, warns at 6 h and 7 h 30, alarms at 8 h", () => {
    s.compel();
    s.fact("control");
    s.story.pass(HOUR);
    s.fact("arrive");
    const arrivedAt = s.story.now;
    expect(s.clock("inquiry")).toMatchObject({ startAt: arrivedAt, dueAt: arrivedAt + 8 * HOUR });
    expect(s.clock("sinceControl")).toMatchObject({ startAt: arrivedAt - HOUR });
    const raised = s.story
      .passRaising(8 * HOUR)
      .filter((e) => (e.data as { clock: string }).clock === "inquiry")
      .map((e) => [e.type, (e.data as { level?: number }).level]);
    expect(raised).toEqual([
      ["ClockRaised", 1],
      ["ClockRaised", 2],
      ["ClockRaised", 3],
      ["DetentionOverran", undefined],
    ]);
  });

  test("S4 the end of the inquiry does not stop the clock: the person is still held", () => {
    s.compel();
    s.fact("arrive");
    s.fact("startInquiry");
    s.story.pass(2 * HOUR);
    s.fact("endInquiry");
    expect(s.record().state).toBe("INQUIRY");
    expect(s.record().times.inquiryEndedAt).toBe(s.story.now);
    expect(s.clock("inquiry")?.endedAt).toBeUndefined();
    s.fact("release");
    expect(s.record().state).toBe("RELEASED");
    expect(s.clock("inquiry")?.endedAt).toBe(s.story.now);
    expect(s.story.deadlines()).toEqual([]);
  });

  test("DET-9 beyond 8 h it is in overtime until the person is released", () => {
    s.compel();
    s.fact("arrive");
    s.story.passRaising(9 * HOUR);
    expect(s.record()).toMatchObject({ state: "ARRIVED", overtime: true });
    s.fact("release");
    expect(s.record()).toMatchObject({
      state: "RELEASED",
      overtime: false,
      breaches: [{ clock: "inquiry", ruleId: "S4" }],
    });
    expect(s.clock("inquiry")?.overran).toBe(true);
  });

  test("CLK-5 the configured limit since control alarms without a breach", () => {
    s.compel();
    s.fact("control");
    s.story.passRaising(25 * HOUR);
    expect(s.clock("sinceControl")?.level).toBe(2);
    expect(s.record()).toMatchObject({ overtime: false, breaches: [] });
  });
});

describe("S5 twenty-four hours", () => {
  const why = { complex: true, detentionPossible: true, reason: NOTE };
  const extend = (payload: Record<string, unknown> = why) =>
    s.when("jiangan.president", "extend", payload);

  test("S5 extends from the same arrival to 24 h", () => {
    s.compel();
    s.fact("arrive");
    const arrivedAt = s.story.now;
    s.story.passRaising(7 * HOUR);
    expect(extend().ok).toBe(true);
    expect(s.clock("inquiry")).toMatchObject({
      ruleId: "S5",
      startAt: arrivedAt,
      dueAt: arrivedAt + 24 * HOUR,
      level: 0,
    });
    s.story.passRaising(17 * HOUR);
    expect(s.record()).toMatchObject({ overtime: true, breaches: [{ ruleId: "S5" }] });
  });

  test.each([
    ["not complex", { ...why, complex: false }],
    ["detention not possible", { ...why, detentionPossible: false }],
    ["no reason", { complex: true, detentionPossible: true }],
  ])("S5 is refused when %s", (_, payload) => {
    s.compel();
    s.fact("arrive");
    expect(extend(payload)).toMatchObject({
      refusal: { code: "EXTENSION_CONDITIONS", ruleId: "S5" },
    });
  });

  test("S5 is refused before arrival, a second time, and once the 8 h are over", () => {
    s.compel();
    expect(extend()).toMatchObject({ refusal: { code: "NOT_ARRIVED" } });
    s.fact("arrive");
    s.story.pass(8 * HOUR);
    expect(extend()).toMatchObject({ refusal: { code: "EIGHT_HOURS_OVER" } });
    s.story.pass(-1);
    expect(extend().ok).toBe(true);
    expect(extend()).toMatchObject({ refusal: { code: "ALREADY_EXTENDED" } });
  });

  test("S5 the button knows beforehand when it turns", () => {
    s.compel();
    s.fact("arrive");
    expect(s.dto("own.console").acts?.["detention.extend"]).toEqual({
      code: "EIGHT_HOURS_OVER",
      ruleId: "S5",
      from: s.story.now + 8 * HOUR,
    });
  });
});

describe("late reports", () => {
  test("CLK-1 arrival starts at the earlier candidate, release ends at the later one", () => {
    s.compel();
    s.story.pass(2 * HOUR);
    const { now } = s.story;
    s.fact("arrive", {}, { earliest: now - 90 * MINUTE, latest: now - 80 * MINUTE });
    expect(s.clock("inquiry")?.startAt).toBe(now - 90 * MINUTE);
    s.fact("release", {}, { earliest: now - 20 * MINUTE, latest: now - 10 * MINUTE });
    expect(s.clock("inquiry")?.endedAt).toBe(now - 10 * MINUTE);
  });

  test("CLK-2 an earlier arrival moves the running clock earlier and keeps its levels", () => {
    s.compel();
    s.fact("arrive");
    const arrivedAt = s.story.now;
    s.story.passRaising(6.5 * HOUR);
    s.fact("arrive", {}, { earliest: arrivedAt - HOUR, latest: arrivedAt - HOUR });
    expect(s.clock("inquiry")).toMatchObject({
      startAt: arrivedAt - HOUR,
      dueAt: arrivedAt + 7 * HOUR,
      level: 1,
    });
    expect(s.record().times.arrivedAt).toBe(arrivedAt - HOUR);
    expect(s.record().conflicts.map((c) => c.note)).toEqual(["OTHER_TIME"]);
    expect(s.story.raiseDue()).toMatchObject([{ data: { clock: "inquiry", level: 2 } }]);
  });

  test("CLK-2 a later arrival changes no clock", () => {
    s.compel();
    s.fact("arrive");
    const before = s.clock("inquiry");
    s.story.pass(HOUR);
    s.fact("arrive");
    expect(s.clock("inquiry")).toEqual(before);
    expect(s.record().conflicts.map((c) => c.note)).toEqual(["OTHER_TIME"]);
  });

  test("DET-6 a report that came more than a minute after the fact is marked late", () => {
    s.compel();
    s.story.pass(HOUR);
    s.fact("control", {}, { earliest: s.story.now - MINUTE, latest: s.story.now });
    s.fact("arrive", {}, { earliest: s.story.now - MINUTE - 1, latest: s.story.now });
    expect(s.record().lateReports).toEqual(["SubjectArrived"]);
  });

  test("DET-7 a late release in time refutes the breach, which stays on record", () => {
    s.compel();
    s.fact("arrive");
    const arrivedAt = s.story.now;
    s.story.passRaising(9 * HOUR);
    expect(s.record().overtime).toBe(true);
    const at = arrivedAt + 7.9 * HOUR;
    s.fact("release", {}, { earliest: at, latest: at });
    expect(s.record()).toMatchObject({
      state: "RELEASED",
      overtime: false,
      lateReports: ["SubjectReleased"],
      breaches: [{ clock: "inquiry", raisedAt: arrivedAt + 8 * HOUR, refutedAt: s.story.now }],
    });
    expect(s.clock("inquiry")).toMatchObject({ endedAt: at });
    expect(s.clock("inquiry")?.overran).toBeUndefined();
  });

  test("DET-7 a second report of the release refutes too, and is kept as a conflict", () => {
    s.compel();
    s.fact("arrive");
    const arrivedAt = s.story.now;
    s.story.passRaising(9 * HOUR);
    s.fact("release");
    const at = arrivedAt + 7 * HOUR;
    s.fact("release", {}, { earliest: at, latest: at });
    expect(s.record().breaches).toMatchObject([{ refutedAt: s.story.now }]);
    expect(s.clock("inquiry")?.overran).toBeUndefined();
    expect(s.record().conflicts.map((c) => c.note)).toEqual(["OTHER_TIME"]);
  });

  test("DET-7 a late release whose later candidate is beyond the limit refutes nothing", () => {
    s.compel();
    s.fact("arrive");
    const arrivedAt = s.story.now;
    s.story.passRaising(9 * HOUR);
    s.fact("release", {}, { earliest: arrivedAt + 7 * HOUR, latest: arrivedAt + 8 * HOUR + 1 });
    expect(s.record().breaches[0]?.refutedAt).toBeUndefined();
    expect(s.clock("inquiry")?.overran).toBe(true);
  });

  test("DET-8 a release beyond the limit is a breach though no alarm came before", () => {
    s.compel();
    s.fact("arrive");
    s.story.pass(9 * HOUR);
    s.fact("release");
    expect(s.record().breaches).toMatchObject([{ clock: "inquiry", ruleId: "S4" }]);
  });

  test("DET-8 an earlier arrival may show that a released person was held too long", () => {
    s.compel();
    s.fact("arrive");
    const arrivedAt = s.story.now;
    s.story.pass(7.5 * HOUR);
    s.fact("release");
    expect(s.record().breaches).toEqual([]);
    s.fact("arrive", {}, { earliest: arrivedAt - HOUR, latest: arrivedAt - HOUR });
    expect(s.record()).toMatchObject({ state: "RELEASED", breaches: [{ ruleId: "S4" }] });
  });

  test("CLK-3 given release, when the arrival is reported, then its clock is over", () => {
    s.compel();
    s.story.pass(HOUR);
    s.fact("release");
    const releasedAt = s.story.now;
    s.story.pass(HOUR);
    s.fact("arrive", {}, { earliest: releasedAt - 30 * MINUTE, latest: releasedAt });
    expect(s.record()).toMatchObject({ state: "RELEASED", conflicts: [] });
    expect(s.clock("inquiry")).toMatchObject({
      startAt: releasedAt - 30 * MINUTE,
      endedAt: releasedAt,
    });
    expect(s.story.deadlines()).toEqual([]);
  });
});

describe("the record", () => {
  test("DET-4 a terminal state never reopens", () => {
    s.compel();
    s.fact("release");
    s.story.pass(HOUR);
    s.fact("control");
    expect(s.record().state).toBe("RELEASED");
    expect(s.record().conflicts.map((c) => c.note)).toEqual(["AFTER_END"]);
    expect(s.record().times.controlledAt).toBeUndefined();
    expect(s.record().clocks.sinceControl).toBeUndefined();
    expect(
      s.refusedBy("jiangan.judge", "convert", {
        newId: "d2",
        actId: "a1",
        basisArticles: ["x"],
        days: 5,
      }),
    ).toMatchObject({ code: "DETENTION_ENDED" });
  });

  test("DET-5 what is no step of a compelled appearance is kept as a conflict", () => {
    s.compel();
    s.fact("transit");
    s.fact("intake", { receiptNo: "R1" });
    expect(s.record().state).toBe("APPROVED");
    expect(s.record().conflicts.map((c) => c.note)).toEqual([
      "NOT_OF_THIS_KIND",
      "NOT_OF_THIS_KIND",
    ]);
  });

  test("DET-3 a report about an unknown record opens a stub of the reporter's court", () => {
    s.fact("control", { about: { kind: "COMPEL", subject: SUBJECT, operationId: "op1" } });
    expect(s.record()).toMatchObject({
      kind: "COMPEL",
      state: "CONTROLLED",
      stub: true,
      courtId: "jiangan",
      caseNo: "(2026)鄂0102执1号",
      emergency: true,
      escortIds: ["jiangan.police"],
    });
    expect(s.clock("report")?.ruleId).toBe("D2");
    s.accepted("jiangan.president", "approveRetro", { warrantNo: "W1" });
    expect(s.record()).toMatchObject({ warrantNo: "W1", approvedRetro: true });
    expect(s.clock("report")?.endedAt).toBe(s.story.now);
  });

  test("DET-3 what nobody approved is not shown as approved", () => {
    s.fact("notifyFamily", { about: { kind: "COMPEL", subject: SUBJECT } });
    expect(s.record()).toMatchObject({ kind: "COMPEL", state: "PROPOSED", stub: true });
    expect(s.record().approvedBy).toBeUndefined();
    s.fact("control");
    expect(s.record().state).toBe("CONTROLLED");
    s.accepted("jiangan.president", "approveRetro", { warrantNo: "W1" });
    expect(s.record()).toMatchObject({ state: "CONTROLLED", approvedRetro: true });
  });

  test("DET-1 every report is taken in every order", () => {
    const kinds = ["release", "endInquiry", "startInquiry", "arrive", "control"] as const;
    for (const kind of kinds) s.fact(kind);
    expect(s.record()).toMatchObject({ state: "RELEASED", stub: true });
  });

  test("DET-15 whoever controls the person is an escort from then on", () => {
    s.compel();
    expect(s.story.views("detention", "d1")["field:jiangan.police2"]).toBeUndefined();
    s.fact("control", {}, undefined, "jiangan.police2");
    expect(s.record().escortIds).toEqual(["jiangan.police", "jiangan.police2"]);
    expect(s.story.views("detention", "d1")["field:jiangan.police2"]).toBe("own.field");
  });
});
