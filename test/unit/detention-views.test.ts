import { beforeEach, describe, expect, test } from "vitest";
import type { Audience } from "../../shared/domain/authority/audience.ts";
import { detentionModule } from "../../shared/domain/detention/detention.ts";
import { article } from "../../shared/domain/rules/articles.ts";
import { detentionPayloads } from "../../shared/wire/payloads/detention.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { detentionStory, HOUR, NOTE, SUBJECT } from "../support/domain/detention-story.ts";

let s: ReturnType<typeof detentionStory>;
beforeEach(() => {
  s = detentionStory({ hostCourtId: "hanyang" });
});

const deputy = { ...SUBJECT, flags: ["DEPUTY", "HEALTH"] as const };

/** A record in which everything is filled. */
function everything() {
  s.propose({ subject: deputy });
  s.fact("control");
  s.accepted("jiangan.president", "approveRetro", { decisionNo: "J1" });
  s.fact("transit");
  s.fact("arrive");
  s.fact("refuseIntake", { reason: NOTE });
  s.fact("intake", { receiptNo: "R1", facility: "第一拘留所", policeReceiver: "李警官" });
  s.fact("notifyFamily", { impossibleReason: NOTE });
  s.story.pass(2 * HOUR);
  s.fact("control");
}

describe("who sees it", () => {
  test("DET-13 own line at once, escorts' phones, the place's court while it lasts", () => {
    s.propose();
    expect(s.story.views("detention", "d1")).toEqual({
      "console:jiangan": "own.console",
      "wall:jiangan": "own.wall",
      "console:wuhan": "parent.console",
      "wall:wuhan": "parent.wall",
      "console:high": "high.console",
      "wall:high": "high.wall",
      "console:hanyang": "host.console",
      "wall:hanyang": "host.wall",
      "field:jiangan.police": "own.field",
    });
    s.fact("control");
    s.fact("release");
    expect(s.story.views("detention", "d1")["console:hanyang"]).toBeUndefined();
    expect(detentionModule.live(s.record())).toBe(false);
  });

  test("DET-13 the record's own court of the place comes before the operation's", () => {
    s.propose({ hostCourtId: "fancheng" });
    expect(s.story.views("detention", "d1")).toMatchObject({ "console:fancheng": "host.console" });
    expect(s.story.views("detention", "d1")["console:hanyang"]).toBeUndefined();
  });

  test.each(["own.wall", "parent.wall", "high.wall", "host.console", "host.wall"] as const)(
    "DET-14 %s gets kind, state, overtime, courts, operation, escorts and clocks only",
    (audience) => {
      everything();
      const dto = s.dto(audience);
      expect(Object.keys(dto).sort()).toEqual([
        "clocks",
        "courtId",
        "escortIds",
        "hostCourtId",
        "kind",
        "operationId",
        "overtime",
        "state",
      ]);
      expect(
        leaks(dto, {
          keys: ["subject", "warns", "flags", "caseNo", "decisionNo", "reason", "note"],
          texts: ["张", "s1", "t1", "执1号", "J1", "R1", "李警官", "DEPUTY", "HEALTH"],
        }),
      ).toEqual([]);
    },
  );

  test.each(["own.console", "parent.console", "high.console", "own.field"] as const)(
    "DET-13 %s sees the masked person, numbers, conflicts and flag codes",
    (audience) => {
      everything();
      expect(s.dto(audience)).toMatchObject({
        subject: deputy,
        caseNo: "(2026)鄂0102执1号",
        decisionNo: "J1",
        intakeReceiptNo: "R1",
        warns: ["D11", "D12"],
        emergency: true,
        conflicts: [{ note: "OTHER_TIME" }],
      });
    },
  );

  test("D11 a deputy warns under S8 on a compelled appearance, frail age under D12", () => {
    s.compel({ subject: { ...SUBJECT, ageBand: "70_PLUS", flags: ["DEPUTY"] } });
    expect(s.dto("own.console").warns).toEqual(["S8", "D12"]);
  });

  test("DET-13 the buttons of the court above are its review judge's only", () => {
    s.propose();
    expect(Object.keys(s.dto("parent.console").acts ?? {})).toEqual(["detention.revoke"]);
    expect(s.dto("host.console").acts).toBeUndefined();
  });
});

describe("links and dependents", () => {
  test("DET-16 it is filed under operation, case, act and, while it lives, its court's desk and its escorts", () => {
    s.propose({ hostCourtId: "hanyang" });
    expect(detentionModule.links(s.record())).toEqual([
      "open:jiangan",
      "operation:op1",
      "officer:jiangan.police",
      "case:(2026)鄂0102执1号",
      "act:a1",
      "host:hanyang",
    ]);
    s.fact("release");
    expect(detentionModule.links(s.record())).not.toContain("officer:jiangan.police");
    expect(detentionModule.links(s.record())).not.toContain("open:jiangan");
  });

  test("DET-16 escorts, operation and police requests are looked at again", () => {
    s.propose();
    s.story.accepted({
      by: "jiangan.police",
      kind: "police.send",
      ref: { type: "police", id: "p1" },
      payload: { kind: "CUSTODY_INTAKE", urgency: "P3", detentionId: "d1" },
    });
    const before = s.record();
    s.fact("control", {}, undefined, "jiangan.police2");
    expect(detentionModule.dependents(before, s.record(), s.story.state)).toEqual([
      { type: "operation", id: "op1" },
      { type: "officer", id: "jiangan.police" },
      { type: "officer", id: "jiangan.police2" },
      { type: "police", id: "p1" },
    ]);
    const controlled = s.record();
    s.fact("notifyFamily");
    expect(detentionModule.dependents(controlled, s.record(), s.story.state)).toEqual([]);
  });
});

describe("timeline", () => {
  test("DET-14 the court of the place reads nothing of papers and family", () => {
    s.propose();
    const events = [...s.approve(), ...s.fact("control"), ...s.fact("notifyFamily")];
    const lines = (audience: Audience) =>
      events.map((e) => detentionModule.line(e, s.record(), audience)?.zh);
    expect(lines("own.console")).toEqual(["院长批准拘留", "已控制", "已通知家属"]);
    expect(lines("host.console")).toEqual([undefined, "已控制", undefined]);
  });
});

describe("words", () => {
  test("D1 every rule of the record has its article in both languages", () => {
    for (const id of ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S4-CONTROL", "TC-HOLD"]) {
      expect(article(id).zh).not.toBe(id);
      expect(article(id).en).not.toBe("");
    }
    for (let n = 1; n <= 16; n += 1) expect(article(`D${n}`).zh).not.toBe(`D${n}`);
  });

  test("DET-1 every command has its wire schema, and texts are read by none but it", () => {
    for (const kind of Object.keys(detentionModule.commands)) expect(PAYLOADS[kind]).toBeDefined();
    const propose = detentionPayloads["detention.propose"];
    const payload = { ...s.about, actId: "a1", days: 99, basisArticles: [] };
    // The law refuses with its article; the schema only bounds.
    expect(propose.safeParse(payload).success).toBe(true);
    expect(propose.safeParse({ ...payload, name: "张三" }).success).toBe(false);
    expect(
      propose.safeParse({ ...payload, subject: { ...SUBJECT, label: "张三丰" } }).success,
    ).toBe(false);
  });
});
