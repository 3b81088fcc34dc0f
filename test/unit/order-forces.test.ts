import { describe, expect, it } from "vitest";
import { nearestReady } from "../../shared/domain/incident/nearest-ready.ts";
import { dueNotifications } from "../../shared/domain/notify/due.ts";
import { orderModule } from "../../shared/domain/order/order.ts";
import { issueOrder, onOrder, orderStory, textOf } from "../support/domain/orders.ts";
import { officer } from "../support/domain/province.ts";
import type { Story } from "../support/domain/story.ts";

const CASE = "(2026)鄂0102执1号";
const JUDGE = "hanyang.judge";

/** 汉阳 is told to send forces to 江岸, and has signed. */
function asked(s: Story, more: object = {}, id = "o1") {
  const to = { toCourtIds: ["hanyang"], forCourtId: "jiangan", ...more };
  s.accepted(issueOrder("wuhan.director", "resource", to, id));
  s.accepted(onOrder("hanyang.duty", "sign", {}, id));
}
const names = (officerIds: readonly string[] | undefined, id = "o1") =>
  onOrder(
    "hanyang.director",
    "feedback",
    { text: textOf("t"), ...(officerIds ? { officerIds } : {}) },
    id,
  );
function lent(s: Story, more: object = {}) {
  asked(s, more);
  s.accepted(names([JUDGE]));
  s.accepted(onOrder("wuhan.director", "accept"));
}
const open = (by: string, memberIds: string[], more: object = {}) => ({
  by,
  kind: "operation.open",
  ref: { type: "operation" as const, id: "new" },
  payload: {
    code: "X-1",
    name: "x",
    kind: "SERVE",
    caseNo: "(2026)鄂0102执9号",
    approvalNo: "1",
    place: { lat: 30.6, lng: 114.3, address: "a" },
    chiefCommanderId: by,
    sceneCommanderId: memberIds[0] ?? "",
    memberIds,
    ...more,
  },
});
const abort = {
  by: "jiangan.director",
  kind: "operation.abort",
  ref: { type: "operation" as const, id: "op1" },
  payload: { reason: textOf("over") },
};

describe("forces that are ordered to another court (调警)", () => {
  it("ORD-30 the feedback names own people of the field, and only to an order for forces", () => {
    const s = orderStory();
    asked(s);
    expect(s.refused(names(undefined)).code).toBe("FORCES_NOT_NAMED");
    expect(s.refused(names(["jiangan.police"])).code).toBe("FORCES_NOT_OWN");
    expect(s.refused(names(["nobody"])).code).toBe("FORCES_NOT_OWN");
    expect(s.refused(names(["hanyang.duty"])).code).toBe("FORCES_FROM_THE_FIELD");
    s.accepted(names([JUDGE]));
    s.accepted(issueOrder("wuhan.director", "task", { toCourtId: "hanyang" }, "o2"));
    s.accepted(onOrder("hanyang.duty", "sign", {}, "o2"));
    expect(s.refused(names([JUDGE], "o2")).code).toBe("NO_FORCES_ORDERED");
    s.accepted(names(undefined, "o2"));
  });

  it("ORD-31 they move with the acceptance and not before, one court at a time", () => {
    const s = orderStory();
    asked(s);
    asked(s, { forCourtId: "wuhan" }, "o2");
    s.accepted(names([JUDGE]));
    s.accepted(names([JUDGE], "o2"));
    expect(s.the("officer", JUDGE).lent).toBeUndefined();
    s.accepted(onOrder("wuhan.director", "accept"));
    expect(s.the("officer", JUDGE).lent).toEqual({ courtId: "jiangan", orderId: "o1", at: s.now });
    expect(s.refused(onOrder("wuhan.director", "accept", {}, "o2")).code).toBe(
      "FORCES_LENT_ALREADY",
    );
    expect(s.the("order", "o2").receipts[0]?.state).toBe("FEEDBACK");
  });

  it("ORD-32 the court that they went to names and sees them, their own does not name them", () => {
    const s = orderStory();
    const members = ["jiangan.judge", JUDGE];
    expect(s.refused(open("jiangan.director", members)).code).toBe("NOT_AN_OWN_OFFICER");
    lent(s);
    expect(s.views("officer", JUDGE)["console:jiangan"]).toBe("host.console");
    const home = s.refused(
      open("hanyang.president", [JUDGE, "hanyang.duty"], { sceneCommanderId: "hanyang.duty" }),
    );
    expect(home.code).toBe("OFFICER_LENT_AWAY");
    s.accepted(open("jiangan.director", members));
    expect(s.the("operation", "new").memberIds).toEqual(members);
  });

  it("ORD-32 in their operation they act as its court's people, elsewhere they do not", () => {
    const s = orderStory();
    lent(s);
    s.accepted(open("jiangan.director", ["jiangan.judge", JUDGE]));
    const shows = (id: string) => ({
      by: JUDGE,
      kind: "operation.showCredentials",
      ref: { type: "operation" as const, id },
      payload: { officerId: JUDGE, certificate: true, uniform: true, orderShown: true },
    });
    expect(s.dto("operation", "new", "own.field").parts?.lentMember).toEqual([JUDGE]);
    s.accepted(shows("new"));
    expect(s.refused(shows("op1")).code).toBe("WRONG_COURT");
  });

  it("ORD-33 the court that they go to sees who came, not what their court wrote", () => {
    const s = orderStory();
    lent(s);
    expect(s.views("order", "o1")["console:jiangan"]).toBeUndefined();
    expect(s.dto("officer", JUDGE, "host.console")).toMatchObject({
      courtId: "hanyang",
      lent: { courtId: "jiangan", orderId: "o1" },
    });
  });

  it("ORD-34 the issuer orders them home, nobody else, and the order stands until then", () => {
    const s = orderStory();
    lent(s);
    expect(orderModule.live(s.the("order", "o1"))).toBe(true);
    for (const by of ["hanyang.director", "jiangan.director", "xiangyang.director"]) {
      s.refused(onOrder(by, "recall"));
    }
    s.accepted(onOrder("wuhan.director", "recall"));
    expect(s.the("officer", JUDGE).lent).toBeUndefined();
    expect(orderModule.live(s.the("order", "o1"))).toBe(false);
    expect(s.refused(onOrder("wuhan.director", "recall")).code).toBe("NO_FORCES_OUT");
    expect(s.views("officer", JUDGE)["console:jiangan"]).toBeUndefined();
  });

  it("ORD-34 sent out again by another order, the recall of the first leaves them there", () => {
    const s = orderStory();
    lent(s, { operationId: "op1" });
    s.accepted(abort);
    asked(s, { forCourtId: "wuhan" }, "o2");
    s.accepted(names([JUDGE], "o2"));
    s.accepted(onOrder("wuhan.director", "accept", {}, "o2"));
    s.accepted(onOrder("wuhan.director", "recall"));
    expect(s.the("officer", JUDGE).lent?.orderId).toBe("o2");
  });

  it("ORD-34 with the end of their operation they are home", () => {
    const s = orderStory();
    lent(s, { operationId: "op1" });
    expect(s.views("officer", JUDGE)["console:jiangan"]).toBe("host.console");
    s.accepted(abort);
    expect(s.views("officer", JUDGE)["console:jiangan"]).toBeUndefined();
    expect(s.refused(open("jiangan.director", ["jiangan.judge", JUDGE])).code).toBe(
      "NOT_AN_OWN_OFFICER",
    );
  });

  it("ORD-36 a call for help of one who is lent is seen where he is lent to", () => {
    const s = orderStory();
    lent(s);
    s.accepted({
      by: JUDGE,
      kind: "incident.sos",
      ref: { type: "incident", id: "sos" },
      payload: {},
    });
    expect(s.the("incident", "sos")).toMatchObject({ courtId: "hanyang", hostCourtId: "jiangan" });
    expect(s.views("incident", "sos")["console:jiangan"]).toBe("own.console");
    expect(s.views("incident", "sos")["console:hanyang"]).toBe("own.console");
    s.passRaising(15_000);
    const called = dueNotifications({ type: "incident", id: "sos" }, s.state);
    expect(called.map(({ courtId }) => courtId)).toEqual(["hanyang", "jiangan"]);
  });

  it("ORD-36 given one who is lent for an operation with a third court as host, when he reports what is no call for help, then the court that commands him has the whole of it and acts, and his own keeps its view", () => {
    const s = orderStory({ hostCourtId: "fancheng" });
    lent(s, { operationId: "op1" });
    s.accepted({
      by: JUDGE,
      kind: "incident.report",
      ref: { type: "incident", id: "i1" },
      payload: { kind: "SIEGE", level: "GENERAL", operationId: "op1", detail: textOf("crowd") },
    });
    expect(s.the("incident", "i1")).toMatchObject({
      courtId: "hanyang",
      servesCourtId: "jiangan",
      hostCourtId: "fancheng",
      told: [{ courtId: "hanyang" }, { courtId: "jiangan" }, { courtId: "fancheng" }],
    });
    expect(s.views("incident", "i1")).toMatchObject({
      "console:hanyang": "own.console",
      "console:jiangan": "own.console",
      "console:fancheng": "host.console",
    });
    expect(s.dto("incident", "i1", "own.console").detail).toEqual(textOf("crowd"));
    s.accepted({
      by: "jiangan.duty",
      kind: "incident.acknowledge",
      ref: { type: "incident", id: "i1" },
      payload: {},
    });
    s.accepted(abort);
    expect(s.views("incident", "i1")["console:jiangan"]).toBe("own.console");
  });

  it("ORD-37 the nearest ready court counts who is with it", () => {
    const s = orderStory();
    const ready = () =>
      nearestReady(s.state, { lat: 30.6, lng: 114.3 }, { distanceM: () => 1 })
        .filter(({ officerIds }) => officerIds.includes(JUDGE))
        .map(({ courtId }) => courtId);
    expect(ready()).toEqual(["hanyang"]);
    lent(s);
    expect(ready()).toEqual(["jiangan"]);
  });
});

describe("a case that is assigned to another court (指定执行)", () => {
  function assign(s: Story, courtId: string, id = "a1") {
    const to = { toCourtIds: ["jiangan", "hanyang"], caseNo: CASE, assignedCourtId: courtId };
    s.accepted(issueOrder("wuhan.director", "reassign", to, id));
    s.accepted(onOrder(`${courtId}.duty`, "sign", {}, id));
    s.accepted(onOrder(`${courtId}.director`, "feedback", { text: textOf("t") }, id));
  }
  const taken = (s: Story, courtId: string, id = "a1") =>
    s.accepted(onOrder("wuhan.director", "accept", { courtId }, id));
  const inCase = (by: string, scene: string) => open(by, [scene, `${scene}2`], { caseNo: CASE });
  function story() {
    const s = orderStory({ state: "SUBMITTED" });
    s.state.put(officer("hanyang.judge2", "hanyang", "JUDGE"));
    s.state.put(officer("jiangan.judge2", "jiangan", "JUDGE"));
    return s;
  }
  const approveSays = (s: Story) =>
    s.dto("operation", "op1", "own.console").acts?.["operation.approve"]?.code;

  it("ORD-35 from the acceptance on only the assigned court begins anything in it", () => {
    const s = story();
    assign(s, "hanyang");
    expect(approveSays(s)).not.toBe("CASE_ASSIGNED_ELSEWHERE");
    taken(s, "hanyang");
    expect(s.refused(inCase("jiangan.director", "jiangan.judge"))).toMatchObject({
      code: "CASE_ASSIGNED_ELSEWHERE",
      params: { court: "hanyang" },
    });
    expect(approveSays(s)).toBe("CASE_ASSIGNED_ELSEWHERE");
    const propose = s.refused({
      by: "jiangan.judge",
      kind: "detention.propose",
      ref: { type: "detention", id: "d1" },
      payload: {
        caseNo: CASE,
        subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
        actId: "a",
        days: 5,
        basisArticles: ["民事诉讼法第114条"],
      },
    });
    expect(propose.code).toBe("CASE_ASSIGNED_ELSEWHERE");
    s.accepted(inCase("hanyang.president", "hanyang.judge"));
  });

  it("ORD-35 the operations of the case are looked at again when it moves", () => {
    const s = story();
    assign(s, "hanyang");
    const order = s.the("order", "a1");
    expect(orderModule.dependents(order, order, s.state)).toContainEqual({
      type: "operation",
      id: "op1",
    });
  });

  it("ORD-35 what has left is brought to its end", () => {
    const s = orderStory({ state: "EN_ROUTE" });
    assign(s, "hanyang");
    taken(s, "hanyang");
    s.accepted({
      by: "jiangan.judge",
      kind: "operation.arrive",
      ref: { type: "operation", id: "op1" },
    });
  });

  it("ORD-35 only a new assignment moves it again, and the accepted one cannot be taken back", () => {
    const s = story();
    assign(s, "hanyang");
    taken(s, "hanyang");
    const back = { reason: textOf("r") };
    expect(s.refused(onOrder("wuhan.director", "revoke", back, "a1")).code).toBe("EFFECT_STANDS");
    s.pass(1_000);
    assign(s, "jiangan", "a2");
    taken(s, "jiangan", "a2");
    s.accepted(inCase("jiangan.director", "jiangan.judge"));
  });
});
