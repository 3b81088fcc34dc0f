import { describe, expect, test } from "vitest";
import type { Occurred } from "../../shared/domain/kernel/event.ts";
import { liaisonUser, operation, province, unit } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };
const detention = (by: string, verb: string, payload: object = {}): When => ({
  by,
  kind: `detention.${verb}`,
  ref: { type: "detention", id: "d1" },
  payload: { ...payload },
});
const police = (by: string, verb: string, payload: object = {}, occurred?: Occurred): When => ({
  by,
  kind: `police.${verb}`,
  ref: { type: "police", id: "p1" },
  payload: { ...payload },
  ...(occurred ? { occurred } : {}),
});

/** Somebody approved for ten days stands at the door of the house `jail`. */
function atTheDoor(kind = "CUSTODY_INTAKE") {
  const s = new Story([
    ...province(),
    unit("jail", "jiangan", "DETENTION_HOUSE"),
    liaisonUser("jail", "jiangan"),
    operation(),
  ]);
  s.accepted(
    detention("jiangan.judge", "propose", {
      caseNo: "(2026)鄂0102执1号",
      subject: SUBJECT,
      actId: "act1",
      days: 10,
      basisArticles: ["民诉法114"],
    }),
  );
  s.accepted(detention("jiangan.president", "approve", { decisionNo: "拘1号" }));
  for (const verb of ["control", "transit", "arrive"]) {
    s.accepted(detention("jiangan.police", verb));
  }
  s.accepted(
    police("jiangan.police", "send", { kind, urgency: "P2", unitId: "jail", detentionId: "d1" }),
  );
  s.pass(HOUR);
  return s;
}
const takeIn = (receiptNo = "收1号") => police("jail.user", "takeIn", { receiptNo });

describe("收押 at the house's own desk", () => {
  test("POL-25 given a person at the door, when the house confirms, then the court's record is in custody with the receipt and its clocks", () => {
    const s = atTheDoor();
    expect(s.the("detention", "d1").state).toBe("HANDOVER_PENDING");
    s.accepted(takeIn());
    expect(s.the("police", "p1")).toMatchObject({
      state: "CLOSED",
      tookIn: { at: s.now, saidBy: "jail.user", receiptNo: "收1号" },
    });
    expect(s.the("detention", "d1")).toMatchObject({
      state: "IN_CUSTODY",
      intakeReceiptNo: "收1号",
      facility: "jail",
      policeReceiver: "jail.user",
      conflicts: [],
      times: { intakeAt: s.now, expectedReleaseAt: s.now + 10 * DAY },
    });
    expect(s.the("detention", "d1").clocks.handover?.endedAt).toBe(s.now);
  });

  test("POL-25 told again it stays as it was told; the judicial police may tell it too", () => {
    const s = atTheDoor();
    s.accepted(takeIn());
    const before = s.the("detention", "d1");
    expect(s.accepted(takeIn("收2号"))).toEqual([]);
    s.accepted(detention("jiangan.police", "intake", { receiptNo: "收1号" }));
    expect(s.the("detention", "d1")).toMatchObject({
      state: before.state,
      intakeReceiptNo: "收1号",
      times: { intakeAt: before.times.intakeAt },
      conflicts: [],
    });
  });

  test("POL-25 no other request and no other unit confirms an intake", () => {
    const s = atTheDoor("SCENE_SUPPORT");
    expect(s.refused(takeIn())).toEqual({ code: "NOT_A_CUSTODY_REQUEST", ruleId: "POL-25" });
    const own = atTheDoor();
    expect(own.refused(police("jiangan.duty", "takeIn", { receiptNo: "x" })).code).toBe(
      "WRONG_COURT",
    );
  });

  test("POL-25 given a detention that has ended, when the house confirms late, then it is kept as a conflict of the record", () => {
    const s = atTheDoor();
    s.accepted(
      detention("jiangan.president", "stop", {
        decisionNo: "停1号",
        reason: { id: "r", hash: "h" },
      }),
    );
    s.pass(HOUR);
    s.accepted(takeIn());
    expect(s.the("detention", "d1")).toMatchObject({
      state: "STOPPED",
      conflicts: [{ event: "IntakeDone", note: "AFTER_END" }],
    });
  });
});
