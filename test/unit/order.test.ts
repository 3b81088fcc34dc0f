import { describe, expect, it } from "vitest";
import { operation, province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const MINUTE_MS = 60_000;
const text = (id: string) => ({ id, hash: "h" });
const body = text("body");
const issue = (by: string, kind: string, more = {}, id = "o1"): When => ({
  by,
  kind: `order.${kind}`,
  ref: { type: "order", id },
  payload: { toCourtId: "jiangan", urgency: "P2", body, ...more },
});
const onOperation = (by: string, kind: string, id = "o1") =>
  issue(by, kind, { operationId: "op1" }, id);
const act = (by: string, verb: string, payload = {}, id = "o1"): When => ({
  by,
  kind: `order.${verb}`,
  ref: { type: "order", id },
  payload,
});
const story = () => new Story([...province(), operation({ state: "EXECUTING" })]);
const receipt = (s: Story, id = "o1") => s.the("order", id).receipts[0]?.state;

describe("issuing", () => {
  it("ORD-1 goes down only, and belongs to the court that issues it", () => {
    const s = story();
    expect(s.refused(issue("jiangan.director", "task", { toCourtId: "wuhan" })).code).toBe(
      "WRONG_COURT",
    );
    expect(s.refused(issue("jiangan.director", "task", { toCourtId: "hanyang" })).code).toBe(
      "WRONG_COURT",
    );
    expect(s.refused(issue("jiangan.director", "task")).code).toBe("WRONG_COURT");
    expect(s.refused(issue("wuhan.duty", "task")).code).toBe("ROLE_REQUIRED");
    s.accepted(issue("wuhan.director", "task"));
    expect(s.the("order", "o1")).toMatchObject({
      courtId: "wuhan",
      kind: "TASK",
      issuedBy: "wuhan.director",
      copiedCourtIds: [],
      receipts: [{ courtId: "jiangan", state: "ISSUED" }],
    });
  });

  it("ORD-2 is addressed to the operation's court", () => {
    const s = story();
    const wrong = issue("wuhan.director", "abort", { toCourtId: "hanyang", operationId: "op1" });
    expect(s.refused(wrong).code).toBe("ORDER_TO_ANOTHER_COURT");
    expect(s.refused(issue("wuhan.director", "abort", { operationId: "none" })).code).toBe(
      "NO_SUCH_OPERATION",
    );
    expect(s.refused(issue("wuhan.duty", "pause")).code).toBe("NO_SUCH_OPERATION");
    s.accepted(onOperation("wuhan.director", "abort"));
    expect(s.refused(onOperation("wuhan.duty", "pause", "o2")).code).toBe("OPERATION_ENDED");
  });

  it("ORD-2 another court's line may not touch the operation by naming an own court", () => {
    const s = story();
    const sideways = issue("xiangyang.duty", "pause", {
      toCourtId: "fancheng",
      operationId: "op1",
    });
    expect(s.refused(sideways).code).toBe("WRONG_COURT");
  });

  it("ORD-3 the order and its effect are one decision", () => {
    const s = story();
    const paused = s.accepted(onOperation("wuhan.duty", "pause"));
    expect(paused.map((event) => event.type)).toEqual(["OrderIssued", "OperationPauseOrdered"]);
    const aborted = s.accepted(onOperation("wuhan.director", "abort", "o2"));
    expect(aborted.map((event) => event.type)).toEqual(["OrderIssued", "OperationAborted"]);
    expect(s.the("operation", "op1")).toMatchObject({ state: "ABORTED", endReason: body });
    // The pause outlives it (OPS-49): only who may lift it ends it.
    expect(s.the("operation", "op1").pauseOrder).toMatchObject({ orderId: "o1" });
  });

  it("ORD-4 only a court above replaces a pause that stands", () => {
    const s = story();
    s.accepted(onOperation("wuhan.duty", "pause"));
    expect(s.refused(onOperation("wuhan.director", "pause", "o2")).code).toBe("PAUSED_ALREADY");
    s.accepted(onOperation("high.duty", "pause", "o2"));
    expect(s.the("operation", "op1").pauseOrder).toMatchObject({
      byCourtId: "high",
      orderId: "o2",
    });
    expect(s.refused(onOperation("wuhan.duty", "pause", "o3"))).toMatchObject({
      code: "PAUSED_ALREADY",
      params: { court: "high" },
    });
  });

  it("ORD-5 lifted by the issuer's court or one above it, nobody else", () => {
    const s = story();
    expect(s.refused(onOperation("wuhan.duty", "liftPause")).code).toBe("NO_PAUSE_TO_LIFT");
    s.accepted(onOperation("high.duty", "pause"));
    expect(s.refused(onOperation("wuhan.director", "liftPause", "o2"))).toEqual({
      code: "NOT_THE_PAUSER",
      ruleId: "ORD-5",
      params: { courtId: "high", court: "high" },
    });
    s.accepted(onOperation("high.director", "liftPause", "o2"));
    s.accepted(onOperation("wuhan.duty", "pause", "o3"));
    s.accepted(onOperation("high.duty", "liftPause", "o4"));
    expect(s.the("operation", "op1").pauseOrder).toBeUndefined();
  });

  it("OPS-11 after the lift the operation is paused until its own commander resumes it", () => {
    const s = story();
    s.accepted(onOperation("wuhan.duty", "pause"));
    const own = (verb: string): When => ({
      by: "jiangan.judge",
      kind: `operation.${verb}`,
      ref: { type: "operation", id: "op1" },
    });
    s.accepted(own("confirmPause"));
    s.accepted(onOperation("wuhan.duty", "liftPause", "o2"));
    expect(s.the("operation", "op1").state).toBe("PAUSED");
    s.accepted(own("resume"));
    expect(s.the("operation", "op1").state).toBe("EXECUTING");
  });

  it("ORD-6 an order that skips a tier is copied to the court between", () => {
    const s = story();
    s.accepted(issue("high.director", "task"));
    expect(s.the("order", "o1").copiedCourtIds).toEqual(["wuhan"]);
    expect(s.views("order", "o1")).toEqual({
      "console:high": "issuer.console",
      "wall:high": "issuer.wall",
      "console:jiangan": "recipient.console",
      "wall:jiangan": "recipient.wall",
      "console:wuhan": "copied.console",
      "wall:wuhan": "copied.wall",
    });
  });
});

describe("receipts", () => {
  it("ORD-7 the due clock runs to the feedback, and again after a return", () => {
    const s = story();
    const late = { dueAt: s.now };
    expect(s.refused(issue("wuhan.director", "task", late)).code).toBe("DUE_IN_THE_PAST");
    s.accepted(issue("wuhan.director", "task", { dueAt: s.now + 10 * MINUTE_MS }));
    s.accepted(act("jiangan.duty", "sign"));
    s.pass(5 * MINUTE_MS).accepted(act("jiangan.director", "feedback", { text: text("f") }));
    expect(s.passRaising(20 * MINUTE_MS)).toEqual([]);
    s.accepted(act("wuhan.director", "return", { text: text("r") }));
    expect(s.raiseDue().map((event) => event.type)).toEqual(["ClockRaised"]);
    expect(s.the("order", "o1").clocks["due:jiangan"]).toMatchObject({ level: 1 });
  });

  it("ORD-8 deliver, sign, progress, feedback, return, feedback, accept", () => {
    const s = story();
    s.accepted(issue("wuhan.director", "task"));
    expect(s.refused(act("jiangan.duty", "progress")).code).toBe("ORDER_NOT_READY");
    expect(s.refused(act("wuhan.director", "accept")).code).toBe("ORDER_NOT_READY");
    expect(s.refused(act("wuhan.duty", "sign")).code).toBe("WRONG_COURT");
    const way: [string, string, object][] = [
      ["jiangan.duty", "deliver", {}],
      ["jiangan.duty", "sign", {}],
      ["jiangan.duty", "progress", {}],
      ["jiangan.director", "feedback", { text: text("f1") }],
      ["wuhan.director", "return", { text: text("r") }],
      ["jiangan.director", "feedback", { text: text("f2") }],
      ["wuhan.director", "accept", {}],
    ];
    const states = way.map(([by, verb, payload]) => {
      s.accepted(act(by, verb, payload));
      return receipt(s);
    });
    expect(states).toEqual([
      "DELIVERED",
      "SIGNED",
      "IN_PROGRESS",
      "FEEDBACK",
      "RETURNED",
      "FEEDBACK",
      "ACCEPTED",
    ]);
    expect(s.the("order", "o1").receipts[0]?.steps).toHaveLength(8);
    expect(s.refused(act("wuhan.director", "revoke", { reason: text("x") })).code).toBe(
      "ORDER_DONE",
    );
  });

  it("ORD-9 a revoked order takes no more requests", () => {
    const s = story();
    s.accepted(issue("wuhan.director", "task"));
    s.accepted(act("jiangan.duty", "sign"));
    s.accepted(act("wuhan.director", "revoke", { reason: text("x") }));
    expect(s.refused(act("jiangan.duty", "progress")).code).toBe("ORDER_REVOKED");
    expect(s.dto("order", "o1", "recipient.console")).toMatchObject({ state: "REVOKED" });
  });

  it("ORD-10 revoking a pause order that stands lifts it; an abort stands", () => {
    const s = story();
    s.accepted(onOperation("wuhan.duty", "pause"));
    s.accepted(act("wuhan.director", "revoke", { reason: text("x") }));
    expect(s.the("operation", "op1").pauseOrder).toBeUndefined();
    s.accepted(onOperation("wuhan.director", "abort", "o2"));
    expect(s.refused(act("wuhan.director", "revoke", { reason: text("x") }, "o2")).code).toBe(
      "EFFECT_STANDS",
    );
  });

  it("ORD-11 signing twice is nothing; the first signer stays", () => {
    const s = story();
    s.accepted(issue("wuhan.director", "task"));
    s.accepted(act("jiangan.duty", "sign"));
    s.accepted(act("jiangan.chief", "sign"));
    s.accepted(act("jiangan.chief", "deliver"));
    expect(s.the("order", "o1").receipts[0]?.steps.map((step) => [step.state, step.by])).toEqual([
      ["ISSUED", "wuhan.director"],
      ["SIGNED", "jiangan.duty"],
    ]);
  });

  it("ORD-11 a second console of the court that shows the order adds no event to its timeline", () => {
    const s = story();
    s.accepted(issue("wuhan.director", "task"));
    expect(s.accepted(act("jiangan.duty", "deliver"))).toHaveLength(1);
    expect(s.accepted(act("jiangan.chief", "deliver"))).toEqual([]);
  });

  it("ORD-12 the operation shows the pause order signed", () => {
    const s = story();
    s.accepted(onOperation("wuhan.duty", "pause"));
    s.accepted(act("jiangan.duty", "sign"));
    expect(s.dto("operation", "op1", "parent.console").pauseOrder).toMatchObject({
      byCourtId: "wuhan",
      orderState: "SIGNED",
    });
  });
});
