import { describe, expect, it } from "vitest";
import type { Audience } from "../../shared/domain/authority/audience.ts";
import { orderModule } from "../../shared/domain/order/order.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { issueOrder, onOrder, orderStory, textOf } from "../support/domain/orders.ts";
import type { Story } from "../support/domain/story.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const THREE = ["jiangan", "hanyang", "fancheng"];
const toThree = (more: object = {}) =>
  issueOrder("high.director", "task", { toCourtIds: THREE, ...more });
const REPLACING = { toCourtIds: ["hanyang", "fancheng"], supersedes: "o1" };
const fedBack = (court: string, text = `f-${court}`) => [
  onOrder(`${court}.duty`, "sign"),
  onOrder(`${court}.director`, "feedback", { text: textOf(text) }),
];
const states = (s: Story) =>
  Object.fromEntries(s.the("order", "o1").receipts.map((r) => [r.courtId, r.state]));
const refusedAct = (s: Story, audience: Audience, kind: string) =>
  s.dto("order", "o1", audience).acts?.[kind]?.code;

describe("several recipients", () => {
  it("ORD-13 each addressee once, in one field or the other, and every one below the issuer", () => {
    const s = orderStory();
    const both = { toCourtId: "jiangan", toCourtIds: ["hanyang"] };
    const sideways = { toCourtIds: ["jiangan", "xiangyang"] };
    expect(s.refused(issueOrder("wuhan.director", "task", both)).code).toBe("ADDRESSEES_MISSING");
    expect(s.refused(issueOrder("wuhan.director", "task", sideways)).code).toBe("WRONG_COURT");
    expect(
      s.refused(issueOrder("wuhan.director", "task", { toCourtIds: ["jiangan", "wuhan"] })).code,
    ).toBe("WRONG_COURT");
    expect(
      s.refused(issueOrder("wuhan.director", "task", { toCourtIds: ["jiangan", "nowhere"] })).code,
    ).toBe("NO_SUCH_COURT");
    s.accepted(
      issueOrder("wuhan.director", "task", { toCourtIds: ["jiangan", "hanyang", "jiangan"] }),
    );
    expect(s.the("order", "o1").receipts.map((r) => r.courtId)).toEqual(["jiangan", "hanyang"]);
  });

  it("ORD-2 an order about an operation goes to no court besides the operation's", () => {
    const s = orderStory();
    const more = { toCourtIds: ["jiangan", "hanyang"], operationId: "op1" };
    for (const kind of ["task", "pause", "abort"]) {
      expect(s.refused(issueOrder("wuhan.director", kind, more)).code).toBe(
        "ORDER_TO_ANOTHER_COURT",
      );
    }
  });

  it("ORD-6 each recipient's order is copied to its own line, and to nobody twice", () => {
    const s = orderStory();
    s.accepted(issueOrder("high.director", "task", { toCourtIds: [...THREE, "wuhan"] }));
    expect(s.the("order", "o1").receipts.map((r) => r.copiedCourtIds)).toEqual([
      ["wuhan"],
      ["wuhan"],
      ["xiangyang"],
      [],
    ]);
    expect(s.the("order", "o1").copiedCourtIds).toEqual(["xiangyang"]);
  });

  it("ORD-8 each goes its own way, and the order is done when all are accepted", () => {
    const s = orderStory();
    s.accepted(toThree());
    for (const act of [...fedBack("jiangan"), ...fedBack("fancheng")]) s.accepted(act);
    expect(states(s)).toEqual({ jiangan: "FEEDBACK", hanyang: "ISSUED", fancheng: "FEEDBACK" });
    expect(s.refused(onOrder("hanyang.duty", "progress"))).toMatchObject({
      code: "ORDER_NOT_READY",
      params: { state: "ISSUED" },
    });
    s.accepted(onOrder("high.director", "accept", { courtId: "jiangan" }));
    s.accepted(onOrder("high.director", "return", { courtId: "fancheng", text: textOf("r") }));
    expect(states(s)).toEqual({ jiangan: "ACCEPTED", hanyang: "ISSUED", fancheng: "RETURNED" });
    expect(orderModule.live(s.the("order", "o1"))).toBe(true);
    for (const act of [...fedBack("hanyang"), ...fedBack("fancheng", "again")]) s.when(act);
    s.accepted(onOrder("high.director", "accept", { courtId: "hanyang" }));
    s.accepted(onOrder("high.director", "accept", { courtId: "fancheng" }));
    expect(orderModule.live(s.the("order", "o1"))).toBe(false);
    expect(s.dto("order", "o1", "issuer.console").state).toBe("ACCEPTED");
  });

  it("ORD-17 the recipient is named where there are several, and is one that has fed back", () => {
    const s = orderStory();
    s.accepted(toThree());
    for (const act of fedBack("jiangan")) s.accepted(act);
    const accept = (payload: object) => s.refused(onOrder("high.director", "accept", payload)).code;
    expect(accept({})).toBe("WHICH_RECIPIENT");
    expect(accept({ courtId: "wuhan" })).toBe("NOT_A_RECIPIENT");
    expect(accept({ courtId: "hanyang" })).toBe("ORDER_NOT_READY");
    expect(states(s).jiangan).toBe("FEEDBACK");
  });

  it("ORD-17 a feedback that came after the one that was read is not settled unseen", () => {
    const s = orderStory();
    s.accepted(toThree());
    for (const act of fedBack("jiangan")) s.accepted(act);
    const feedbackAt = s.now;
    s.pass(MINUTE_MS);
    s.accepted(onOrder("high.director", "return", { courtId: "jiangan", text: textOf("r") }));
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f2") }));
    const seen = { courtId: "jiangan", feedbackAt };
    expect(s.refused(onOrder("high.director", "accept", seen)).code).toBe("FEEDBACK_CHANGED");
    s.accepted(onOrder("high.director", "accept", { ...seen, feedbackAt: s.now }));
  });

  it("ORD-21 each recipient is overdue by itself", () => {
    const s = orderStory();
    s.accepted(toThree({ dueAt: s.now + 10 * MINUTE_MS }));
    for (const act of fedBack("jiangan")) s.accepted(act);
    s.passRaising(10 * MINUTE_MS);
    const { clocks } = s.the("order", "o1");
    expect(clocks["due:jiangan"]).toMatchObject({ level: 0 });
    expect(clocks["due:hanyang"]).toMatchObject({ level: 1 });
    const later = s.now + HOUR_MS;
    s.accepted(
      onOrder("high.director", "return", { courtId: "jiangan", text: textOf("r"), dueAt: later }),
    );
    expect(s.the("order", "o1").receipts.map((r) => r.dueAt)).toEqual([later, s.now, s.now]);
  });

  it("ORD-21 given the court above was told, when the order is returned with a new due time, then it still sees it", () => {
    const s = orderStory();
    const dueAt = s.now + HOUR_MS;
    s.accepted(issueOrder("wuhan.director", "task", { toCourtId: "jiangan", dueAt }));
    s.passRaising(25 * HOUR_MS);
    const seen = () => s.views("order", "o1")["console:high"];
    expect(seen()).toBe("parent.console");
    for (const done of fedBack("jiangan")) s.accepted(done);
    s.accepted(
      onOrder("wuhan.director", "return", { text: textOf("again"), dueAt: s.now + HOUR_MS }),
    );
    expect(seen()).toBe("parent.console");
    s.accepted(onOrder("wuhan.director", "revoke", { reason: textOf("quietly") }));
    expect(seen()).toBe("parent.console");
  });

  it("ORD-21 after a day, for P1 after an hour, the court above the issuer sees it", () => {
    const s = orderStory();
    const to = { toCourtIds: ["jiangan", "hanyang"], dueAt: s.now + MINUTE_MS };
    s.accepted(issueOrder("wuhan.director", "task", { ...to, urgency: "P1" }));
    s.accepted(issueOrder("wuhan.director", "task", to, "o2"));
    s.accepted(issueOrder("high.director", "task", to, "o3"));
    const above = (id: string) => s.views("order", id)["console:high"];
    s.passRaising(MINUTE_MS + HOUR_MS - 1);
    expect([above("o1"), above("o2")]).toEqual([undefined, undefined]);
    s.passRaising(1);
    expect([above("o1"), above("o2")]).toEqual(["parent.console", undefined]);
    s.passRaising(23 * HOUR_MS);
    expect(above("o2")).toBe("parent.console");
    expect(s.dto("order", "o2", "parent.console").receipts).toHaveLength(2);
    expect(s.the("order", "o3").clocks["due:jiangan"]?.level).toBe(2);
    expect(above("o3")).toBe("issuer.console");
  });

  it("ORD-22 none sees what another one did, be it in the record, its clocks, acts or timeline", () => {
    const s = orderStory();
    s.accepted(toThree({ dueAt: s.now + HOUR_MS }));
    const before = s.dto("order", "o1", "recipient.console.hanyang");
    const told = ["jiangan", "fancheng"].flatMap((court) =>
      fedBack(court).flatMap((act) => s.accepted(act)),
    );
    expect(s.dto("order", "o1", "recipient.console.hanyang")).toEqual(before);
    const order = s.the("order", "o1");
    const lines = (audience: Audience) =>
      told.filter((event) => orderModule.line(event, order, audience)).length;
    expect(lines("recipient.console.hanyang")).toBe(0);
    expect(lines("recipient.console.jiangan")).toBe(2);
    expect(lines("copied.console.wuhan")).toBe(2);
    expect(lines("issuer.console")).toBe(4);
    const texts = (audience: Audience, ...ids: string[]) =>
      leaks(s.dto("order", "o1", audience), { texts: ids });
    expect(texts("recipient.console.jiangan", "f-jiangan")).not.toEqual([]);
    expect(texts("recipient.console.jiangan", "f-fancheng")).toEqual([]);
    expect(texts("copied.console.wuhan", "f-jiangan")).not.toEqual([]);
    expect(texts("copied.console.wuhan", "f-fancheng")).toEqual([]);
    expect(before.toCourtIds).toEqual(THREE);
  });

  it("ORD-22 every view of an order to several is one court's own", () => {
    const s = orderStory();
    s.accepted(toThree());
    expect(s.views("order", "o1")).toMatchObject({
      "console:high": "issuer.console",
      "console:jiangan": "recipient.console.jiangan",
      "wall:fancheng": "recipient.wall.fancheng",
      "console:wuhan": "copied.console.wuhan",
      "console:xiangyang": "copied.console.xiangyang",
    });
  });

  it("ORD-22 a button says why not for the court that sits there", () => {
    const s = orderStory();
    s.accepted(toThree());
    s.accepted(onOrder("jiangan.duty", "sign"));
    expect(refusedAct(s, "recipient.console.jiangan", "order.progress")).toBeUndefined();
    expect(refusedAct(s, "recipient.console.hanyang", "order.progress")).toBe("ORDER_NOT_READY");
    expect(refusedAct(s, "issuer.console", "order.accept")).toBe("ORDER_NOT_READY");
    s.accepted(onOrder("jiangan.director", "feedback", { text: textOf("f") }));
    expect(refusedAct(s, "issuer.console", "order.accept")).toBeUndefined();
  });

  it("ORD-23 another recipient's signature makes no request stale; the order's end does", () => {
    const s = orderStory();
    s.accepted(toThree());
    s.accepted(onOrder("jiangan.duty", "sign"));
    const { rev } = s.the("order", "o1");
    for (const act of fedBack("hanyang")) s.accepted(act);
    s.accepted({ ...onOrder("jiangan.duty", "progress"), rev });
    s.accepted(onOrder("high.director", "revoke", { reason: textOf("x") }));
    const late = { ...onOrder("jiangan.director", "feedback", { text: textOf("f") }), rev };
    expect(s.refused(late).code).toBe("STALE");
  });

  it("ORD-24 revoked for one the others go on; revoked for the last one it is over", () => {
    const s = orderStory();
    s.accepted(toThree({ dueAt: s.now + MINUTE_MS }));
    for (const court of THREE) s.accepted(onOrder(`${court}.duty`, "sign"));
    const revoke = (courtId: string) =>
      onOrder("high.director", "revoke", { courtId, reason: textOf("x") });
    s.accepted(revoke("jiangan"));
    expect(s.refused(onOrder("jiangan.duty", "progress")).code).toBe("ORDER_REVOKED");
    expect(s.refused(revoke("jiangan")).code).toBe("ORDER_DONE");
    expect(s.dto("order", "o1", "recipient.console.jiangan").state).toBe("REVOKED");
    expect(s.dto("order", "o1", "recipient.console.hanyang").state).toBe("SIGNED");
    s.passRaising(2 * MINUTE_MS);
    expect(s.the("order", "o1").clocks["due:jiangan"]?.level).toBe(0);
    expect(s.the("order", "o1").clocks["due:hanyang"]?.level).toBe(1);
    s.accepted(onOrder("hanyang.duty", "progress"));
    s.accepted(revoke("hanyang"));
    s.accepted(revoke("fancheng"));
    expect(s.dto("order", "o1", "issuer.console").state).toBe("REVOKED");
    expect(s.refused(revoke("fancheng")).code).toBe("ORDER_DONE");
  });

  it("ORD-24 whoever was accepted keeps that", () => {
    const s = orderStory();
    s.accepted(toThree());
    for (const act of fedBack("jiangan")) s.accepted(act);
    s.accepted(onOrder("high.director", "accept", { courtId: "jiangan" }));
    const revoke = onOrder("high.director", "revoke", { courtId: "jiangan", reason: textOf("x") });
    expect(s.refused(revoke).code).toBe("ORDER_DONE");
  });

  it.each([
    ["revoked", onOrder("high.director", "revoke", { reason: textOf("x") }), "REVOKED"],
    ["replaced", issueOrder("high.director", "task", REPLACING, "o2"), "SUPERSEDED"],
  ] as const)(
    "ORD-24 given a recipient that was accepted, when the whole order is %s, then its state stays accepted and the change is noted",
    (_what, act, over) => {
      const s = orderStory();
      s.accepted(toThree());
      for (const done of fedBack("jiangan")) s.accepted(done);
      s.accepted(onOrder("high.director", "accept", { courtId: "jiangan" }));
      s.accepted(act);
      const seen = (by: `${"console" | "wall"}.${string}`) =>
        s.dto("order", "o1", `recipient.${by}`);
      expect(seen("console.jiangan").state).toBe("ACCEPTED");
      expect(seen("wall.jiangan").state).toBe("ACCEPTED");
      expect(seen("console.hanyang").state).toBe(over);
      expect(s.dto("order", "o1", "issuer.console").state).toBe(over);
      const note = over === "REVOKED" ? "revoked" : "supersededBy";
      expect(seen("console.jiangan")).toHaveProperty(note);
    },
  );
});
