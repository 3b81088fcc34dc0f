import { describe, expect, it } from "vitest";
import { moduleOf } from "../../shared/domain/modules.ts";
import { operationEvent } from "../../shared/domain/operation/events.ts";
import { refusalText } from "../../shared/domain/refusal-text.ts";
import { operationStory, PLAN, SEARCH, TEXT } from "../support/domain/operation-story.ts";
import { officer } from "../support/domain/province.ts";

const approval = { approvalNo: "批1号" };
const WOMAN = { id: "s1", label: "王**", sex: "F", ageBand: "18_69", flags: [] } as const;
const DEPUTY = { ...WOMAN, sex: "M", flags: ["DEPUTY"] } as const;
const EVICTION = {
  ...PLAN,
  kind: "EVICTION",
  docs: { evictionNoticeId: "迁1号", evictionDeadlineAt: PLAN.musterAt },
} as const;

type Plan = Readonly<Record<string, unknown>>;

/** What stops this plan from being submitted. */
function stops(plan: Plan): [string, string | undefined] {
  const o = operationStory();
  o.draft(plan);
  const { code, ruleId } = o.no("jiangan.judge", "submit");
  return [code, ruleId];
}

/** What stops this plan, submitted, from being approved by the president. */
function stopsApproval(plan: Plan): [string, string | undefined] {
  const o = operationStory();
  o.to("SUBMITTED", plan);
  const { code, ruleId } = o.no("jiangan.president", "approve", approval);
  return [code, ruleId];
}

describe("drafting", () => {
  it("OPS-18 a judge drafts a plan, and it is nobody's operation yet", () => {
    const o = operationStory();
    expect(o.no("jiangan.director", "draft", PLAN).code).toBe("ROLE_REQUIRED");
    o.draft({ ...PLAN, memberIds: ["jiangan.judge", "jiangan.police", "jiangan.police"] });
    expect(o.record()).toMatchObject({
      state: "DRAFT",
      courtId: "jiangan",
      memberIds: ["jiangan.judge", "jiangan.police"],
      plan: { authors: ["jiangan.judge"], revision: 1, docs: { detentionDecisionIds: [] } },
      milestones: { DRAFT: o.story.now },
    });
    expect(o.story.views("officer", "jiangan.police")["field:jiangan.judge"]).toBeUndefined();
  });

  it("OPS-2 a plan names officers of the own court only", () => {
    const o = operationStory();
    expect(
      o.no("jiangan.judge", "draft", { ...PLAN, sceneCommanderId: "hanyang.judge" }),
    ).toMatchObject({ code: "NOT_AN_OWN_OFFICER", ruleId: "OPS-2" });
  });

  it("OPS-40 it is said in whose district the place lies, or that it is outside the province", () => {
    const o = operationStory();
    const { placeCourtId: _unsaid, ...nowhere } = PLAN;
    expect(o.no("jiangan.judge", "draft", nowhere).code).toBe("PLACE_COURT_NEEDED");
    const both = { ...PLAN, outsideProvince: { place: "长沙" } };
    expect(o.no("jiangan.judge", "draft", both).code).toBe("PLACE_COURT_NEEDED");
    const at = (placeCourtId: string) => ({ ...PLAN, placeCourtId });
    expect(o.no("jiangan.judge", "draft", at("wuhan")).code).toBe("PLACE_COURT_ABOVE");
    expect(o.no("jiangan.judge", "draft", at("nowhere")).code).toBe("NO_SUCH_COURT");
    o.draft(at("hanyang"));
  });

  it("OPS-18 what is sent back is revised and submitted again", () => {
    const o = operationStory();
    o.to("SUBMITTED");
    o.did("jiangan.director", "reject", { reason: TEXT });
    expect(o.record()).toMatchObject({
      state: "REJECTED",
      rejected: { by: "jiangan.director", at: o.story.now, reason: TEXT },
    });
    expect(o.no("jiangan.director", "approve", approval).code).toBe("OPERATION_NOT_READY");
    o.did("jiangan.judge", "revise", { ...PLAN, risk: "MEDIUM" });
    expect(o.record().plan).toMatchObject({ risk: "MEDIUM", revision: 2 });
    o.did("jiangan.judge", "submit");
    expect(o.no("jiangan.judge", "revise", PLAN).code).toBe("OPERATION_NOT_READY");
    o.did("jiangan.director", "approve", approval);
    expect(o.record()).toMatchObject({ state: "APPROVED", approvedBy: "jiangan.director" });
  });

  it("OPS-18 a plan changed since it was looked at is not approved by that look", () => {
    const o = operationStory();
    o.to("SUBMITTED");
    const { rev } = o.record();
    o.did("jiangan.director", "reject", { reason: TEXT });
    o.did("jiangan.judge", "revise", PLAN);
    o.did("jiangan.judge", "submit");
    const late = { ...o.when("jiangan.director", "approve", approval), rev };
    expect(o.story.refused(late).code).toBe("STALE");
  });
});

describe("submitting", () => {
  it("OPS-25 names the law's article in every refusal", () => {
    const o = operationStory();
    o.draft({ ...PLAN, memberIds: ["jiangan.judge"] });
    const refusal = o.no("jiangan.judge", "submit");
    expect(refusal).toMatchObject({ code: "TOO_FEW_MEMBERS", ruleId: "C3" });
    const { docs: _none, ...search } = SEARCH;
    const s = operationStory();
    s.draft(search);
    expect(refusalText(s.no("jiangan.judge", "submit")).zh).toContain("民事诉讼法第259条第2款");
    expect(stops(search)).toEqual(["NO_SEARCH_ORDER", "Q2"]);
  });

  it("OPS-19 two commanders: the chief holds a post in the centre and does not go out", () => {
    expect(stops({ ...PLAN, chiefCommanderId: "jiangan.judge" })).toEqual([
      "CHIEF_GOES_OUT",
      "OPS-19",
    ]);
    expect(stops({ ...PLAN, chiefCommanderId: "jiangan.executor" })).toEqual([
      "CHIEF_NOT_OF_CENTRE",
      "OPS-19",
    ]);
  });

  it("OPS-20 a team without a judge or executor does not go", () => {
    const team = ["jiangan.police", "jiangan.police2"];
    expect(stops({ ...PLAN, sceneCommanderId: "jiangan.police", memberIds: team })).toEqual([
      "NO_JUDGE_OR_EXECUTOR",
      "OPS-20",
    ]);
  });

  it("OPS-21 whoever reviews does not command", () => {
    const reviewer = officer("jiangan.both", "jiangan", "JUDGE", "REVIEW_JUDGE");
    const o = operationStory([reviewer]);
    o.draft({ ...PLAN, sceneCommanderId: "jiangan.both" });
    expect(o.no("jiangan.judge", "submit")).toMatchObject({
      code: "REVIEWER_COMMANDS",
      ruleId: "OPS-21",
    });
  });

  it("OPS-22 an eviction needs its notice with a deadline, a detention its decision", () => {
    expect(stops({ ...PLAN, kind: "EVICTION" })).toEqual(["NO_EVICTION_NOTICE", "OPS-22"]);
    const without = { ...EVICTION, docs: { evictionNoticeId: "迁1号" } };
    expect(stops(without)).toEqual(["NO_EVICTION_NOTICE", "OPS-22"]);
    expect(stops({ ...PLAN, kind: "DETAIN" })).toEqual(["NO_DETENTION_DECISION", "D3"]);
    operationStory().to("SUBMITTED", EVICTION);
  });
});

describe("approving", () => {
  it("OPS-23 a director approves what is ordinary, the president what is not", () => {
    const ordinary = operationStory();
    ordinary.to("SUBMITTED");
    ordinary.did("jiangan.director", "approve", approval);
    const discussion = {
      recordNo: "议1号",
      officerIds: ["jiangan.judge", "jiangan.executor", "jiangan.director"],
    };
    const grave = [
      SEARCH,
      EVICTION,
      { ...PLAN, kind: "DETAIN", docs: { detentionDecisionIds: ["拘1号"] } },
      { ...PLAN, isMajor: true, discussion },
      { ...PLAN, kind: "COMPEL", docs: { searchOrderId: "搜1号" } },
    ];
    for (const plan of grave) {
      const o = operationStory();
      o.to("SUBMITTED", plan);
      expect(o.no("jiangan.director", "approve", approval)).toEqual({
        code: "PRESIDENT_APPROVES",
        ruleId: "OPS-23",
      });
      o.did("jiangan.president", "approve", approval);
    }
  });

  it("OPS-24 nobody approves or sends back what he drafted, revised or submitted", () => {
    const both = officer("jiangan.vice", "jiangan", "JUDGE", "DIRECTOR", "PRESIDENT");
    const o = operationStory([both]);
    o.did("jiangan.vice", "draft", PLAN);
    o.did("jiangan.judge", "revise", PLAN);
    o.did("jiangan.judge", "submit");
    expect(o.record().plan?.authors).toEqual(["jiangan.vice", "jiangan.judge"]);
    expect(o.no("jiangan.vice", "approve", approval).code).toBe("DIFFERENT_PERSON_REQUIRED");
    expect(o.no("jiangan.vice", "reject", { reason: TEXT }).code).toBe("DIFFERENT_PERSON_REQUIRED");
    o.did("jiangan.director", "approve", approval);
  });

  it("OPS-24 no other court approves", () => {
    const o = operationStory();
    o.to("SUBMITTED");
    for (const by of ["wuhan.director", "high.director", "hanyang.president"]) {
      expect(o.no(by, "approve", approval).code).toBe("WRONG_COURT");
    }
  });

  it("OPS-25 a woman is searched by a woman", () => {
    expect(stopsApproval({ ...SEARCH, subject: WOMAN })).toEqual(["NO_WOMAN_IN_TEAM", "Q5"]);
    const woman = {
      ...officer("jiangan.zhou", "jiangan", "JUDICIAL_POLICE"),
      gender: "F",
    } as const;
    const o = operationStory([woman]);
    o.to("APPROVED", { ...SEARCH, subject: WOMAN, memberIds: [...PLAN.memberIds, woman.id] });
  });

  it("OPS-25 outside the province with the own High Court's approval", () => {
    const { placeCourtId: _here, ...plan } = PLAN;
    expect(stopsApproval({ ...plan, outsideProvince: { place: "长沙" } })).toEqual([
      "NO_HIGH_COURT_APPROVAL",
      "W9",
    ]);
    operationStory().to("APPROVED", {
      ...plan,
      outsideProvince: { place: "长沙", highCourtApprovalNo: "鄂高执1号" },
    });
  });

  it("OPS-25 a major matter is discussed by three of the own court", () => {
    const officerIds = ["jiangan.judge", "jiangan.executor", "hanyang.judge", "jiangan.judge"];
    const major = { ...PLAN, isMajor: true };
    expect(stopsApproval(major)).toEqual(["NOT_DISCUSSED", "C4"]);
    expect(stopsApproval({ ...major, discussion: { recordNo: "1", officerIds } })).toEqual([
      "NOT_DISCUSSED",
      "C4",
    ]);
  });

  it("OPS-25 a deputy is detained with the congress's permission", () => {
    const plan = {
      ...PLAN,
      kind: "DETAIN",
      docs: { detentionDecisionIds: ["拘1号"] },
      subject: DEPUTY,
    };
    expect(stopsApproval(plan)).toEqual(["NO_DEPUTY_PERMISSION", "D11"]);
    expect(stopsApproval({ ...plan, deputy: { congress: "COUNTY_UP" } })).toEqual([
      "NO_DEPUTY_PERMISSION",
      "D11",
    ]);
    operationStory().to("APPROVED", { ...plan, deputy: { congress: "TOWNSHIP" } });
    const permitted = { congress: "COUNTY_UP", permissionNo: "许1号" };
    operationStory().to("APPROVED", { ...plan, deputy: permitted });
  });

  it("OPS-25 roles lost between submitting and approving count", () => {
    const security = officer("jiangan.sec", "jiangan", "SECURITY_ADMIN");
    const o = operationStory([security]);
    o.to("SUBMITTED");
    const events = o.story.when({
      by: "jiangan.sec",
      kind: "officer.revokeGrant",
      ref: { type: "officer", id: "jiangan.chief" },
      payload: { role: "CENTER_CHIEF" },
    });
    expect(events.ok).toBe(true);
    expect(o.no("jiangan.director", "approve", approval).code).toBe("CHIEF_NOT_OF_CENTRE");
  });
});

describe("filing with the court above", () => {
  it("OPS-26 high risk or another court's district is filed with the parent, ordinary is not", () => {
    const ordinary = operationStory();
    expect(ordinary.to("APPROVED").filing).toBeUndefined();
    const high = operationStory();
    expect(high.to("APPROVED", { ...PLAN, risk: "HIGH" }).filing).toEqual({
      courtId: "wuhan",
      at: high.story.now,
    });
    const abroad = operationStory();
    expect(abroad.to("APPROVED", { ...PLAN, placeCourtId: "fancheng" }).filing).toEqual({
      courtId: "wuhan",
      at: abroad.story.now,
    });
  });

  it("OPS-26 the parent signs for it once and does nothing else", () => {
    const o = operationStory();
    o.to("APPROVED", { ...PLAN, risk: "HIGH" });
    for (const by of ["high.duty", "xiangyang.duty", "jiangan.duty", "hanyang.duty"]) {
      expect(o.no(by, "acknowledgeFiling").code).toBe("WRONG_COURT");
    }
    const line = (audience: "parent.console" | "own.console" | "host.console") =>
      moduleOf("operation").line(
        operationEvent("op1", "OperationApproved", {
          approvalNo: "批1号",
          filedCourtId: "wuhan",
          clocks: [],
        }),
        o.record() as never,
        audience,
      )?.zh;
    expect([line("parent.console"), line("own.console"), line("host.console")]).toEqual([
      "下级法院行动报备",
      "行动批准",
      "异地执行通知，请签收",
    ]);
    o.did("wuhan.duty", "acknowledgeFiling");
    const signed = { at: o.story.now, by: "wuhan.duty" };
    o.story.pass(1_000);
    expect(o.did("wuhan.director", "acknowledgeFiling")).toEqual([]);
    expect(o.record().filing?.acknowledged).toEqual(signed);
    expect(o.story.dto("operation", "op1", "parent.wall").filing).toMatchObject({
      courtId: "wuhan",
      acknowledgedAt: signed.at,
    });
    expect(o.record().state).toBe("APPROVED");
  });
});
