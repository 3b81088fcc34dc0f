import { describe, expect, it } from "vitest";
import { orderModule } from "../../shared/domain/order/order.ts";
import { issueOrder, onOrder, orderStory, textOf } from "../support/domain/orders.ts";

const DAY_MS = 86_400_000;
const CASE = "(2026)鄂0102执1号";
/** 24:00 in Shanghai at the end of a date. */
const endOf = (year: number, month: number, day: number) =>
  Date.UTC(year, month - 1, day, 16, 0, 0);

describe("kinds of orders", () => {
  it("ORD-1 every kind goes down, from those who command", () => {
    const s = orderStory();
    const to = { toCourtId: "jiangan" };
    const kinds: [string, string, object][] = [
      ["task", "TASK", to],
      ["command", "COMMAND", to],
      ["correct", "CORRECTION", to],
      ["defer", "DEFERRAL", { ...to, caseNo: CASE, deferUntil: s.now + DAY_MS }],
      ["reassign", "REASSIGN", { ...to, caseNo: CASE, assignedCourtId: "jiangan" }],
      ["resource", "RESOURCE", { ...to, forCourtId: "hanyang" }],
    ];
    for (const [verb, kind, payload] of kinds) {
      const id = `o-${verb}`;
      expect(s.refused(issueOrder("wuhan.duty", verb, payload, id)).code).toBe("ROLE_REQUIRED");
      expect(s.refused(issueOrder("xiangyang.director", verb, payload, id)).code).toBe(
        "WRONG_COURT",
      );
      expect(s.refused(issueOrder("jiangan.director", verb, payload, id)).code).toBe("WRONG_COURT");
      s.accepted(issueOrder("wuhan.director", verb, payload, id));
      expect(s.the("order", id)).toMatchObject({
        kind,
        courtId: "wuhan",
        issuedBy: "wuhan.director",
      });
    }
  });

  it("ORD-14 a deferral ends in the future and lasts three months at the most", () => {
    const s = orderStory();
    const defer = (deferUntil: number, id = "o1") =>
      issueOrder("wuhan.director", "defer", { toCourtId: "jiangan", caseNo: CASE, deferUntil }, id);
    expect(s.refused(defer(s.now)).code).toBe("DUE_IN_THE_PAST");
    const limit = endOf(2026, 6, 2);
    expect(s.refused(defer(limit + 1))).toMatchObject({ code: "DEFERRAL_TOO_LONG", ruleId: "I4" });
    s.accepted(defer(limit));
  });

  it.each([
    [Date.UTC(2026, 10, 29, 20), endOf(2027, 2, 28)],
    [Date.UTC(2027, 10, 29, 20), endOf(2028, 2, 29)],
    [Date.UTC(2026, 11, 31, 15, 59), endOf(2027, 3, 31)],
    [Date.UTC(2026, 11, 31, 16), endOf(2027, 4, 1)],
  ])("ORD-14 ordered at %d it lasts to %d, by the calendar of Shanghai", (at, limit) => {
    const s = orderStory();
    s.now = at;
    const defer = (deferUntil: number) =>
      issueOrder("wuhan.director", "defer", { toCourtId: "jiangan", caseNo: CASE, deferUntil });
    expect(s.refused(defer(limit + 1)).code).toBe("DEFERRAL_TOO_LONG");
    s.accepted(defer(limit));
  });

  it("ORD-14 its end is raised even when every receipt is accepted, and then it is over", () => {
    const s = orderStory();
    s.accepted(
      issueOrder("wuhan.director", "defer", {
        toCourtId: "jiangan",
        caseNo: CASE,
        deferUntil: s.now + DAY_MS,
      }),
    );
    s.accepted(onOrder("jiangan.duty", "sign"));
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }));
    s.accepted(onOrder("wuhan.director", "accept"));
    expect(orderModule.live(s.the("order", "o1"))).toBe(true);
    expect(s.passRaising(DAY_MS - 1)).toEqual([]);
    expect(s.passRaising(1).map((event) => event.type)).toEqual(["ClockRaised"]);
    expect(orderModule.live(s.the("order", "o1"))).toBe(false);
    expect(s.dto("order", "o1", "recipient.console").state).toBe("ACCEPTED");
  });

  it("ORD-15 the court that is to enforce is an addressee; the operation's court is told too", () => {
    const s = orderStory();
    const assign = (more: object) =>
      issueOrder("wuhan.director", "reassign", {
        caseNo: CASE,
        assignedCourtId: "hanyang",
        ...more,
      });
    expect(s.refused(assign({ toCourtIds: ["jiangan"] })).code).toBe(
      "ASSIGNED_COURT_NOT_ADDRESSED",
    );
    expect(s.refused(assign({ toCourtIds: ["hanyang"], operationId: "op1" })).code).toBe(
      "ORDER_TO_ANOTHER_COURT",
    );
    s.accepted(assign({ toCourtIds: ["jiangan", "hanyang"], operationId: "op1" }));
    expect(s.the("order", "o1")).toMatchObject({ assignedCourtId: "hanyang", caseNo: CASE });
  });

  it("ORD-16 forces go to a court of the own district that does not lend them itself", () => {
    const s = orderStory();
    const lend = (toCourtIds: string[], forCourtId: string, more = {}) =>
      issueOrder("wuhan.director", "resource", { toCourtIds, forCourtId, ...more });
    expect(s.refused(lend(["hanyang"], "fancheng")).code).toBe("FORCES_OUT_OF_DISTRICT");
    expect(s.refused(lend(["hanyang"], "hanyang")).code).toBe("FORCES_OUT_OF_DISTRICT");
    expect(s.refused(lend(["jiangan"], "hanyang", { operationId: "op1" })).code).toBe(
      "ORDER_TO_ANOTHER_COURT",
    );
    s.accepted(lend(["hanyang"], "jiangan", { operationId: "op1" }));
    expect(s.the("order", "o1")).toMatchObject({ forCourtId: "jiangan", operationId: "op1" });
  });
});

describe("replacing an order", () => {
  const replacing = (by: string, more: object, id = "o2") =>
    issueOrder(by, "task", { supersedes: "o1", ...more }, id);

  it("ORD-25 an own order that stands ends with the one that replaces it", () => {
    const s = orderStory();
    const due = { dueAt: s.now + DAY_MS };
    s.accepted(issueOrder("wuhan.director", "task", { toCourtId: "jiangan", ...due }));
    s.accepted(onOrder("jiangan.duty", "sign"));
    const events = s.accepted(replacing("wuhan.chief", { toCourtId: "jiangan" }));
    expect(events.map((event) => [event.type, event.ref.id])).toEqual([
      ["OrderIssued", "o2"],
      ["OrderSuperseded", "o1"],
    ]);
    expect(s.the("order", "o1").supersededBy).toEqual({ orderId: "o2", at: s.now });
    expect(s.the("order", "o2").supersedes).toBe("o1");
    expect(s.dto("order", "o1", "recipient.console").state).toBe("SUPERSEDED");
    expect(s.refused(onOrder("jiangan.duty", "progress")).code).toBe("ORDER_SUPERSEDED");
    expect(s.refused(onOrder("wuhan.director", "revoke", { reason: textOf("x") })).code).toBe(
      "ORDER_DONE",
    );
    expect(s.passRaising(2 * DAY_MS)).toEqual([]);
    expect(orderModule.live(s.the("order", "o1"))).toBe(false);
  });

  it("ORD-25 only an own one, only one that stands, and none that touches an operation", () => {
    const s = orderStory();
    s.accepted(issueOrder("wuhan.director", "task", { toCourtId: "jiangan" }));
    const to = { toCourtId: "jiangan" };
    expect(s.refused(replacing("high.director", to)).code).toBe("NO_ORDER_TO_SUPERSEDE");
    expect(s.refused(replacing("wuhan.director", { ...to, supersedes: "none" })).code).toBe(
      "NO_ORDER_TO_SUPERSEDE",
    );
    s.accepted(replacing("wuhan.director", to));
    expect(s.refused(replacing("wuhan.director", to, "o3")).code).toBe("ORDER_DONE");
    s.accepted(issueOrder("wuhan.duty", "pause", { ...to, operationId: "op1" }, "p1"));
    expect(s.refused(replacing("wuhan.director", { ...to, supersedes: "p1" }, "o4")).code).toBe(
      "EFFECT_STANDS",
    );
  });

  it("ORD-26 it reaches every court that still owes something", () => {
    const s = orderStory();
    s.accepted(issueOrder("wuhan.director", "task", { toCourtIds: ["jiangan", "hanyang"] }));
    expect(s.refused(replacing("wuhan.director", { toCourtId: "jiangan" }))).toMatchObject({
      code: "SUPERSEDE_LEAVES_OUT",
      params: { courts: "hanyang" },
    });
    const revoke = { courtId: "hanyang", reason: textOf("x") };
    s.accepted(onOrder("wuhan.director", "revoke", revoke));
    s.accepted(replacing("wuhan.director", { toCourtId: "jiangan" }));
  });
});
