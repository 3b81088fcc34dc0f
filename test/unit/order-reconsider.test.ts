import { describe, expect, it } from "vitest";
import { refusalText } from "../../shared/domain/refusal-text.ts";
import { issueOrder, onOrder, orderStory, textOf } from "../support/domain/orders.ts";
import { MONDAY_9_00, type Story } from "../support/domain/story.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 2026-03-02, a Monday, is not counted: the fifth day is Saturday, so the term ends with Monday. */
const TERM_ENDS = Date.UTC(2026, 2, 9, 16);
const ask = (court = "jiangan") =>
  onOrder(`${court}.director`, "askReconsideration", { reason: textOf("ask") });
const answer = (outcome: string, more: object = {}) =>
  onOrder("wuhan.director", "answerReconsideration", { outcome, text: textOf("answer"), ...more });
const receipt = (s: Story, courtId = "jiangan") =>
  s.the("order", "o1").receipts.find((r) => r.courtId === courtId);
const due = (s: Story, courtId = "jiangan") => s.the("order", "o1").clocks[`due:${courtId}`];

function signed(kind: string, more: object = {}): Story {
  const s = orderStory();
  s.accepted(issueOrder("wuhan.director", kind, { toCourtId: "jiangan", ...more }));
  s.accepted(onOrder("jiangan.duty", "sign"));
  return s;
}

describe("asking for reconsideration", () => {
  it("ORD-18 the director of a recipient that has signed, once", () => {
    const s = orderStory();
    s.accepted(issueOrder("wuhan.director", "task", { toCourtId: "jiangan" }));
    expect(s.refused(ask()).code).toBe("ORDER_NOT_READY");
    s.accepted(onOrder("jiangan.duty", "sign"));
    expect(
      s.refused(onOrder("jiangan.chief", "askReconsideration", { reason: textOf("x") })).code,
    ).toBe("ROLE_REQUIRED");
    expect(s.refused(ask("hanyang")).code).toBe("WRONG_COURT");
    s.accepted(ask());
    expect(receipt(s)?.reconsideration).toMatchObject({ by: "jiangan.director", suspends: true });
    expect(s.refused(ask()).code).toBe("RECONSIDERED_ALREADY");
    s.accepted(answer("UPHELD"));
    expect(s.refused(ask()).code).toBe("RECONSIDERED_ALREADY");
  });

  it("ORD-18 until the end of the fifth day, a day off moving it on; the refusal names the article", () => {
    const s = signed("task");
    expect(receipt(s)?.reconsiderUntil).toBe(TERM_ENDS);
    s.now = TERM_ENDS;
    const late = s.refused(ask());
    expect(late).toMatchObject({ code: "RECONSIDER_TOO_LATE", ruleId: "I1", from: TERM_ENDS });
    expect(refusalText(late).zh).toContain("执行规定第72条");
    s.now = TERM_ENDS - 1;
    s.accepted(ask());
  });

  it("ORD-18 the button says from when it will be too late", () => {
    const act = signed("task").dto("order", "o1", "recipient.console").acts;
    expect(act?.["order.askReconsideration"]).toMatchObject({ from: TERM_ENDS });
  });

  it("ORD-18 a second signature does not lengthen the term", () => {
    const s = signed("task");
    s.pass(3 * DAY_MS).accepted(onOrder("jiangan.chief", "sign"));
    expect(receipt(s)?.reconsiderUntil).toBe(TERM_ENDS);
  });

  it("ORD-18 answered by those who command in the issuer's court, and only when asked", () => {
    const s = signed("task");
    expect(s.refused(answer("UPHELD")).code).toBe("NO_RECONSIDERATION");
    s.accepted(ask());
    const by = (who: string) => ({ ...answer("UPHELD"), by: who });
    expect(s.refused(by("wuhan.duty")).code).toBe("ROLE_REQUIRED");
    expect(s.refused(by("high.director")).code).toBe("WRONG_COURT");
    expect(s.refused(by("jiangan.director")).code).toBe("WRONG_COURT");
    s.accepted(by("wuhan.chief"));
    expect(s.refused(answer("REVOKED")).code).toBe("NO_RECONSIDERATION");
  });

  it("ORD-18 what is accepted, revoked or replaced is not reconsidered", () => {
    const s = signed("task");
    s.accepted(ask());
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }));
    s.accepted(onOrder("wuhan.director", "accept"));
    expect(s.refused(answer("REVOKED")).code).toBe("NO_RECONSIDERATION");
    const t = signed("task");
    t.accepted(onOrder("wuhan.director", "revoke", { reason: textOf("x") }));
    expect(t.refused(ask()).code).toBe("ORDER_REVOKED");
  });
});

describe("while it is being reconsidered", () => {
  it("ORD-19 a duty rests, and goes on with what was left of its time", () => {
    const s = signed("task", { dueAt: MONDAY_9_00 + 10 * HOUR_MS });
    s.pass(4 * HOUR_MS).accepted(ask());
    expect(s.passRaising(3 * DAY_MS)).toEqual([]);
    s.accepted(answer("UPHELD"));
    expect(receipt(s)?.dueAt).toBe(s.now + 6 * HOUR_MS);
    expect(s.passRaising(6 * HOUR_MS - 1)).toEqual([]);
    expect(s.passRaising(1)).toHaveLength(1);
    expect(due(s)?.level).toBe(1);
  });

  it("ORD-19 what was overdue is overdue again after the answer", () => {
    const s = signed("task", { dueAt: MONDAY_9_00 + HOUR_MS });
    s.passRaising(2 * HOUR_MS);
    s.accepted(ask());
    expect(due(s)).toMatchObject({ overran: true });
    s.accepted(answer("UPHELD"));
    expect(s.raiseDue()).toHaveLength(1);
    expect(due(s)?.dueAt).toBe(s.now - HOUR_MS);
  });

  it("ORD-19 a correction is obeyed meanwhile", () => {
    const s = signed("correct", { dueAt: MONDAY_9_00 + HOUR_MS });
    s.accepted(ask());
    expect(receipt(s)?.reconsideration?.suspends).toBe(false);
    expect(s.passRaising(HOUR_MS)).toHaveLength(1);
    s.accepted(answer("UPHELD"));
    expect(due(s)).toMatchObject({ level: 1, dueAt: MONDAY_9_00 + HOUR_MS });
  });

  it("ORD-19 a paused operation stays paused", () => {
    const s = signed("pause", { operationId: "op1" });
    s.accepted(ask());
    expect(receipt(s)?.reconsideration?.suspends).toBe(false);
    expect(s.the("operation", "op1").pauseOrder?.orderId).toBe("o1");
  });

  it("ORD-19 whoever does it all the same may feed back, and no clock runs after the answer", () => {
    const s = signed("task", { dueAt: MONDAY_9_00 + HOUR_MS });
    s.accepted(ask());
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }));
    s.accepted(answer("UPHELD"));
    expect(s.passRaising(3 * DAY_MS)).toEqual([]);
  });

  it("ORD-29 an unanswered request is raised after five days, and not once it is answered", () => {
    const s = signed("task");
    s.accepted(ask());
    expect(s.passRaising(5 * DAY_MS - 1)).toEqual([]);
    expect(s.passRaising(1)).toHaveLength(1);
    expect(s.the("order", "o1").clocks["answer:jiangan"]).toMatchObject({ level: 1 });
    const t = signed("task");
    t.accepted(ask());
    t.accepted(answer("UPHELD"));
    expect(t.passRaising(6 * DAY_MS)).toEqual([]);
  });
});

describe("the answer", () => {
  it("ORD-20 changed, with a new due time that lies in the future", () => {
    const s = signed("task", { dueAt: MONDAY_9_00 + HOUR_MS });
    s.accepted(ask());
    expect(s.refused(answer("CHANGED", { dueAt: s.now })).code).toBe("DUE_IN_THE_PAST");
    s.accepted(answer("CHANGED", { dueAt: s.now + DAY_MS }));
    expect(receipt(s)).toMatchObject({ state: "SIGNED", dueAt: s.now + DAY_MS });
    expect(s.passRaising(DAY_MS - 1)).toEqual([]);
    expect(s.passRaising(1)).toHaveLength(1);
  });

  it("ORD-20 revoked for the one who asked, standing for the others", () => {
    const s = orderStory();
    s.accepted(issueOrder("wuhan.director", "task", { toCourtIds: ["jiangan", "hanyang"] }));
    for (const court of ["jiangan", "hanyang"]) s.accepted(onOrder(`${court}.duty`, "sign"));
    s.accepted(ask());
    expect(s.refused(answer("REVOKED")).code).toBe("WHICH_RECIPIENT");
    expect(s.refused(answer("REVOKED", { courtId: "hanyang" })).code).toBe("NO_RECONSIDERATION");
    s.accepted(answer("REVOKED", { courtId: "jiangan" }));
    expect(s.refused(onOrder("jiangan.duty", "progress")).code).toBe("ORDER_REVOKED");
    s.accepted(onOrder("hanyang.duty", "progress"));
  });

  it("ORD-10 revoking a pause in reconsideration lifts it; an abort stands", () => {
    const s = signed("pause", { operationId: "op1" });
    s.accepted(ask());
    s.accepted(answer("REVOKED"));
    expect(s.the("operation", "op1").pauseOrder).toBeUndefined();
    expect(s.the("order", "o1").revoked).toBeDefined();
    const t = signed("abort", { operationId: "op1" });
    t.accepted(ask());
    expect(t.refused(answer("REVOKED")).code).toBe("EFFECT_STANDS");
    t.accepted(answer("UPHELD"));
  });

  it("ORD-22 one recipient's request is not the others' to see", () => {
    const s = orderStory();
    s.accepted(issueOrder("wuhan.director", "task", { toCourtIds: ["jiangan", "hanyang"] }));
    const before = s.dto("order", "o1", "recipient.console.hanyang");
    s.accepted(onOrder("jiangan.duty", "sign"));
    s.accepted(ask());
    s.accepted(answer("CHANGED", { courtId: "jiangan", dueAt: s.now + DAY_MS }));
    expect(s.dto("order", "o1", "recipient.console.hanyang")).toEqual(before);
  });
});
