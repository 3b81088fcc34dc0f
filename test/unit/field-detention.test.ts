import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aboutOf } from "../../client/faces/field/detention/about.ts";
import { statedAt, stepPayload } from "../../client/faces/field/detention/step-payload.ts";
import { detentionProgress } from "../../client/faces/field/detention-steps.ts";
import {
  ageBandAt,
  EMPTY_SUBJECT,
  splitSubject,
  withIdNumber,
} from "../../client/faces/field/subject-entry.ts";
import { subjectRef } from "../../shared/wire/common.ts";
import { detentionPayloads } from "../../shared/wire/payloads/detention.ts";

const NOW = Date.UTC(2026, 10, 22, 6, 3);

describe("from control to intake", () => {
  const nextOf = (...args: Parameters<typeof detentionProgress>) =>
    detentionProgress(...args).steps.find(({ next }) => next)?.report;

  test("FLD-8 the next report follows the record", () => {
    expect(nextOf("COMPEL", { state: "APPROVED" }, [])).toBe("detention.control");
    expect(nextOf("COMPEL", { state: "INQUIRY", times: {} }, [])).toBe("detention.endInquiry");
    expect(nextOf("DETAIN", { state: "HANDOVER_PENDING" }, [])).toBe("detention.intake");
    expect(nextOf("DETAIN", { state: "RELEASED" }, [])).toBeUndefined();
  });

  test("FLD-8 reports from a dead zone move the offer on and fill in nothing", () => {
    const sent = ["detention.control", "detention.transit"].map((kind, i) => ({
      id: `${i}`,
      kind,
    }));
    const { steps } = detentionProgress("DETAIN", undefined, sent);
    expect(steps.slice(0, 3)).toEqual([
      { report: "detention.control", sentId: "0", next: false },
      { report: "detention.transit", sentId: "1", next: false },
      { report: "detention.arrive", next: true },
    ]);
  });

  test("FLD-8 a refused intake means another transport", () => {
    expect(nextOf("DETAIN", { state: "INTAKE_REFUSED" }, [])).toBe("detention.transit");
    const refused = [{ id: "1", kind: "detention.refuseIntake" }];
    expect(nextOf("DETAIN", { state: "HANDOVER_PENDING" }, refused)).toBe("detention.transit");
  });

  test("FLD-8 every report is readable by the wire, also about a record nobody knows", () => {
    const subject = splitSubject("s-1", { ...EMPTY_SUBJECT, name: "张三丰" })?.ref;
    const about = aboutOf({
      kind: "DETAIN",
      caseNo: "no number",
      operationId: "op",
      subject,
      me: "o",
    });
    const entry = { receiptNo: " 待补 ", reason: "床位已满", facility: "" };
    for (const report of [
      "detention.control",
      "detention.intake",
      "detention.refuseIntake",
    ] as const) {
      const payload = stepPayload(report, entry, { about, me: "o" });
      expect(detentionPayloads[report].safeParse(payload).error).toBeUndefined();
    }
    expect(about).not.toHaveProperty("caseNo");
  });

  test("FLD-8 a typed time is of the last 24 hours", () => {
    expect(statedAt("14:00", NOW)).toBe(NOW - 3 * 60_000);
    expect(statedAt("14:30", NOW)).toBe(NOW + 27 * 60_000 - 86_400_000);
    expect(statedAt("", NOW)).toBeUndefined();
  });
});

describe("a person outside the courts", () => {
  test("FLD-9 neither name nor number is in what a command carries", async () => {
    const han = fc.stringMatching(/^\p{Script=Han}{2,5}$/u);
    await fc.assert(
      fc.property(han, fc.stringMatching(/^\d{17}[\dX]$/), (name, idNumber) => {
        const halves = splitSubject("s-1", { ...EMPTY_SUBJECT, name, idNumber });
        const carried = JSON.stringify(halves?.ref);
        expect(subjectRef.safeParse(halves?.ref).success).toBe(true);
        expect(carried).not.toContain(name);
        expect(carried).not.toContain(idNumber);
        expect(halves?.identity).toEqual({ name, idNumber });
      }),
    );
  });

  test("FLD-9 without a name there is no person, and the report goes all the same", () => {
    expect(splitSubject("s-1", { ...EMPTY_SUBJECT, name: "  " })).toBeUndefined();
  });

  test("FLD-9 a valid number says sex and age band; an invalid one changes nothing", () => {
    const valid = withIdNumber(EMPTY_SUBJECT, "11010519491231002X", NOW);
    expect([valid.sex, valid.ageBand]).toEqual(["F", "70_PLUS"]);
    const invalid = withIdNumber(EMPTY_SUBJECT, "110105194912310021", NOW);
    expect([invalid.sex, invalid.ageBand]).toEqual(["UNKNOWN", "UNKNOWN"]);
  });

  test("FLD-9 age bands turn on the birthday by the date in China", () => {
    const born = { year: 2012, month: 11, day: 22 };
    expect(ageBandAt(born, Date.UTC(2026, 10, 21, 15, 59))).toBe("UNDER_14");
    expect(ageBandAt(born, Date.UTC(2026, 10, 21, 16, 0))).toBe("14_15");
  });
});
