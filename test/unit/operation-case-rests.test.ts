import { describe, expect, it } from "vitest";
import { moduleOf } from "../../shared/domain/modules.ts";
import { operationStory, PLAN } from "../support/domain/operation-story.ts";
import { issueOrder, onOrder, orderStory, textOf } from "../support/domain/orders.ts";
import type { Story, When } from "../support/domain/story.ts";

const CASE = "(2026)鄂0102执1号";
const OTHER_CASE = "(2026)鄂0102执2号";
const DAY_MS = 86_400_000;
const open = (caseNo = CASE, id = "op2"): When => ({
  by: "jiangan.president",
  kind: "operation.open",
  ref: { type: "operation", id },
  payload: {
    code: id,
    name: id,
    kind: "SERVE",
    caseNo,
    approvalNo: "批2号",
    place: { lat: 30.6, lng: 114.3, address: "路" },
    chiefCommanderId: "jiangan.director",
    sceneCommanderId: "jiangan.judge",
    memberIds: ["jiangan.judge", "jiangan.police"],
  },
});
const act = (by: string, verb: string, id = "op1", payload: object = {}): When => ({
  by,
  kind: `operation.${verb}`,
  ref: { type: "operation", id },
  payload: { ...payload },
});
const abort = act("jiangan.director", "abort", "op1", { reason: textOf("why") });
const pause = (by = "wuhan.duty", id = "o1") =>
  issueOrder(by, "pause", { toCourtId: "jiangan", operationId: "op1" }, id);
const lift = (by: string, id = "o9") =>
  issueOrder(by, "liftPause", { toCourtId: "jiangan", operationId: "op1" }, id);
const defer = (s: Story, more: object = { caseNo: CASE }, id = "o1") =>
  issueOrder(
    "wuhan.director",
    "defer",
    { toCourtId: "jiangan", deferUntil: s.now + DAY_MS, ...more },
    id,
  );

describe("a pause from above and the case", () => {
  it("OPS-49 given a pause, when the operation is broken off and opened anew, then the pause binds until it is lifted", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(pause());
    s.accepted(abort);
    expect(s.refused(open())).toEqual({
      code: "CASE_PAUSED",
      ruleId: "OPS-49",
      params: { code: s.the("operation", "op1").code, courtId: "wuhan", court: "wuhan" },
    });
    s.accepted(open(OTHER_CASE, "op3"));
    expect(s.refused(lift("jiangan.director")).code).toBe("WRONG_COURT");
    expect(s.refused(lift("xiangyang.duty")).code).toBe("WRONG_COURT");
    expect(moduleOf("operation").live(s.the("operation", "op1"))).toBe(true);
    s.accepted(lift("wuhan.duty"));
    expect(s.the("operation", "op1").state).toBe("ABORTED");
    expect(moduleOf("operation").live(s.the("operation", "op1"))).toBe(false);
    s.accepted(open());
  });

  it("OPS-49 given a pause of the High Court, when the court between lifts it after the end, then it is refused", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(pause("high.duty"));
    s.accepted(abort);
    expect(s.refused(lift("wuhan.duty")).code).toBe("NOT_THE_PAUSER");
    s.accepted(onOrder("high.director", "revoke", { reason: textOf("r") }));
    s.accepted(open());
  });

  it("OPS-49 given a pause, when another plan of the case goes forward, then it is stopped until it is lifted", () => {
    const { story: s, to, no, order } = operationStory();
    to("APPROVED");
    s.accepted(act("jiangan.judge", "draft", "op2", { ...PLAN, code: "x2" }));
    order("wuhan.duty", "pause", "o1");
    expect(s.refused(act("jiangan.judge", "submit", "op2")).code).toBe("CASE_PAUSED");
    expect(no("jiangan.judge", "muster").code).toBe("PAUSE_ORDERED");
    s.accepted(act("jiangan.director", "abort", "op1", { reason: textOf("why") }));
    expect(s.dto("operation", "op2", "own.console").acts?.["operation.submit"]).toMatchObject({
      code: "CASE_PAUSED",
    });
    order("wuhan.duty", "liftPause", "o2");
    s.accepted(act("jiangan.judge", "submit", "op2"));
  });

  it("OPS-49 given two operations outside in one case, when one is paused, then the other goes on", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(open());
    s.accepted(act("jiangan.judge", "depart", "op2"));
    s.accepted(act("jiangan.judge", "arrive", "op2"));
    s.pass(1_000);
    s.accepted(pause());
    s.accepted(act("jiangan.judge", "start", "op2"));
  });

  it("OPS-49 when the pause comes and goes, then the other operations of the case are looked at again", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(open());
    const before = s.the("operation", "op1");
    s.accepted(pause());
    const touched = moduleOf("operation").dependents(before, s.the("operation", "op1"), s.state);
    expect(touched).toContainEqual({ type: "operation", id: "op2" });
  });
});

describe("暂缓", () => {
  it("ORD-38 given a deferral, when an operation of the case is opened or moves on, then it is refused by 执行规定 77", () => {
    const s = orderStory({ caseNo: CASE, state: "ON_SCENE" });
    s.accepted(defer(s));
    const rests = {
      code: "CASE_DEFERRED",
      ruleId: "I4",
      params: { courtId: "wuhan", court: "wuhan" },
    };
    expect(s.refused(open())).toEqual(rests);
    expect(s.refused(act("jiangan.judge", "start"))).toEqual(rests);
    expect(s.dto("operation", "op1", "own.console").acts?.["operation.start"]).toEqual(rests);
    s.accepted(open(OTHER_CASE, "op3"));
    // What is under way is reported and brought home as ever.
    s.accepted(act("jiangan.judge", "arrive"));
    s.accepted(abort);
  });

  it("ORD-38 given its term is over, when it was accepted or not, then the case goes on", () => {
    const s = orderStory({ caseNo: CASE, state: "ON_SCENE" });
    s.accepted(defer(s));
    s.accepted(onOrder("jiangan.duty", "sign"));
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }));
    s.accepted(onOrder("wuhan.director", "accept"));
    s.passRaising(DAY_MS - 1);
    expect(s.refused(open()).code).toBe("CASE_DEFERRED");
    s.passRaising(1);
    s.accepted(open());
  });

  it("ORD-38 given it is revoked, or revoked for this court alone, when the case goes on, then it is free", () => {
    for (const courtId of [undefined, "jiangan"]) {
      const s = orderStory({ caseNo: CASE });
      s.accepted(defer(s));
      s.accepted(
        onOrder("wuhan.director", "revoke", {
          reason: textOf("r"),
          ...(courtId ? { courtId } : {}),
        }),
      );
      s.accepted(open());
    }
  });

  it("ORD-38 given one that names an operation, when its case is opened anew, then it rests all the same", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(defer(s, { operationId: "op1" }));
    expect(s.the("order", "o1").caseNo).toBe(CASE);
    s.accepted(abort);
    expect(s.refused(open()).code).toBe("CASE_DEFERRED");
  });

  it("ORD-38 given a deferred case, when somebody is to be fetched for it, then no warrant is signed", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(defer(s));
    const warrant: When = {
      by: "jiangan.president",
      kind: "detention.approveCompel",
      ref: { type: "detention", id: "d1" },
      payload: {
        caseNo: CASE,
        subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
        warrantNo: "传1号",
        basisArticles: ["民诉法解释第482条"],
      },
    };
    expect(s.refused(warrant).code).toBe("CASE_DEFERRED");
  });

  it("ORD-38 given a deferral ordered to a sister court, when this one goes on, then it is not bound", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(defer(s, { toCourtId: "hanyang", caseNo: CASE }));
    s.accepted(open());
  });

  it("ORD-14 given neither case nor operation, when a deferral is issued, then it is refused", () => {
    const s = orderStory();
    expect(s.refused(defer(s, {})).code).toBe("DEFERRAL_NAMES_NOTHING");
  });

  it("ORD-38 when it is issued and when it ends, then the operations of the case are looked at again", () => {
    const s = orderStory({ caseNo: CASE });
    s.accepted(defer(s));
    const order = s.the("order", "o1");
    expect(moduleOf("order").dependents(undefined, order, s.state)).toContainEqual({
      type: "operation",
      id: "op1",
    });
  });
});

describe("departure", () => {
  it("OPS-51 given the order to leave, when the team reports that it left, then the first report is kept and the next is nothing", () => {
    const { story: s, to } = operationStory();
    to("EN_ROUTE");
    s.pass(60_000);
    expect(s.accepted(act("jiangan.judge", "depart"))).toHaveLength(1);
    s.pass(60_000);
    expect(s.accepted(act("jiangan.judge", "depart"))).toEqual([]);
  });
});
