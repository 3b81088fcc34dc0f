import { describe, expect, it } from "vitest";
import { operationStory, PLAN, READY, SEARCH, TEAM } from "../support/domain/operation-story.ts";
import { officer } from "../support/domain/province.ts";

const PRESIDENT = "wuhan.president";
const above = [
  officer(PRESIDENT, "wuhan", "PRESIDENT"),
  officer("high.president", "high", "PRESIDENT"),
];

describe("chief command from above", () => {
  it("OPS-44 a president of the court above takes the command and hands it back to the own chief", () => {
    const o = operationStory(above);
    o.to("MUSTERING", SEARCH);
    o.did(PRESIDENT, "takeCommand");
    expect(o.record()).toMatchObject({
      state: "MUSTERING",
      chiefCommanderId: PRESIDENT,
      commandFromAbove: { courtId: "wuhan", ownChiefId: "jiangan.chief", at: o.story.now },
    });
    o.did(PRESIDENT, "handBackCommand");
    expect(o.record().chiefCommanderId).toBe("jiangan.chief");
    expect(o.record().commandFromAbove).toBeUndefined();
    expect(o.no(PRESIDENT, "handBackCommand")).toMatchObject({
      code: "WRONG_COURT",
    });
  });

  it("OPS-44 not before the approval, not of what was opened on paper, not by a sibling or from below", () => {
    const o = operationStory(above);
    o.to("SUBMITTED");
    expect(o.no(PRESIDENT, "takeCommand").code).toBe("OPERATION_NOT_READY");
    o.to("APPROVED");
    for (const by of ["jiangan.president", "hanyang.president", "wuhan.duty"]) {
      expect(["WRONG_COURT", "ROLE_REQUIRED"]).toContain(o.no(by, "takeCommand").code);
    }
    expect(o.no("jiangan.judge", "revise", { ...PLAN, chiefCommanderId: PRESIDENT }).code).toBe(
      "OPERATION_NOT_READY",
    );
    const draft = operationStory(above);
    expect(
      draft.no("jiangan.judge", "draft", { ...PLAN, chiefCommanderId: PRESIDENT }),
    ).toMatchObject({ code: "NOT_AN_OWN_OFFICER", ruleId: "OPS-2" });
  });

  it("OPS-44 a draft that a pause from above holds is not approved for it", () => {
    const o = operationStory(above);
    o.to("SUBMITTED");
    o.order(PRESIDENT, "pause", "pause1");
    o.did("jiangan.chief", "confirmPause");
    expect(o.record()).toMatchObject({ state: "PAUSED", pausedFrom: "SUBMITTED" });
    expect(o.no(PRESIDENT, "takeCommand").code).toBe("OPERATION_NOT_READY");
  });

  it("OPS-44 only a court above the one that commands takes it on, and it goes back to the own chief", () => {
    const o = operationStory(above);
    o.to("APPROVED");
    o.did(PRESIDENT, "takeCommand");
    expect(o.no("wuhan.director", "takeCommand")).toMatchObject({
      code: "COMMAND_TAKEN",
      ruleId: "OPS-44",
    });
    o.did("high.president", "takeCommand");
    expect(o.no(PRESIDENT, "takeCommand").code).toBe("COMMAND_TAKEN");
    expect(o.no("wuhan.director", "handBackCommand").code).toBe("WRONG_COURT");
    o.did("high.president", "handBackCommand");
    expect(o.record().chiefCommanderId).toBe("jiangan.chief");
  });

  it("OPS-45 departure and start wait for the chief commander above, whatever the operation", () => {
    const o = operationStory(above);
    o.to("MUSTERING");
    o.did(PRESIDENT, "takeCommand");
    for (const officerId of TEAM) {
      o.did("jiangan.judge", "checkMember", { officerId, presence: "PRESENT", ...READY });
    }
    for (const by of ["jiangan.judge", "jiangan.chief"]) {
      expect(["CHIEF_ORDERS", "ROLE_REQUIRED"]).toContain(o.no(by, "orderDeparture").code);
    }
    o.did(PRESIDENT, "orderDeparture");
    o.did("jiangan.judge", "arrive");
    for (const officerId of TEAM) {
      o.did(officerId, "showCredentials", { officerId, certificate: true, uniform: true });
    }
    expect(o.no("jiangan.judge", "start").code).toBe("CHIEF_ORDERS");
    o.did(PRESIDENT, "start");
    expect(o.record()).toMatchObject({ state: "EXECUTING", started: { by: PRESIDENT } });
  });

  it("OPS-45 he ticks no box of the lower court, and leaves no check out by his order", () => {
    const o = operationStory(above);
    o.to("MUSTERING");
    o.did(PRESIDENT, "takeCommand");
    expect(o.no(PRESIDENT, "orderDeparture").code).toBe("NOT_CHECKED_IN");
    const [officerId] = TEAM;
    const boxes: readonly (readonly [string, object])[] = [
      ["muster", {}],
      ["checkMember", { officerId, presence: "PRESENT", ...READY }],
      ["showCredentials", { officerId, certificate: true, uniform: true }],
      ["recordScene", { fact: "ANNOUNCED" }],
      ["reportSafe", { officerId }],
      ["attestEvidence", { complete: true }],
      ["arrive", {}],
      ["beginClosing", {}],
      ["pause", {}],
      ["resume", {}],
      ["abort", {}],
      ["close", {}],
    ];
    for (const [verb, payload] of boxes) {
      expect([verb, o.no(PRESIDENT, verb, { ...payload }).code]).toEqual([verb, "WRONG_COURT"]);
    }
  });

  it("OPS-44 the lower court reads who commands it, on console and phone", () => {
    const o = operationStory(above);
    o.to("APPROVED");
    o.did(PRESIDENT, "takeCommand");
    for (const audience of ["own.console", "own.field"] as const) {
      expect(o.story.dto("operation", "op1", audience).commandFromAbove).toMatchObject({
        courtId: "wuhan",
        chief: expect.any(String),
      });
    }
  });
});
