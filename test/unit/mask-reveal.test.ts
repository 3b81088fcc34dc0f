import { describe, expect, test } from "vitest";
import {
  mayRevealOfficer,
  mayRevealSubject,
  REVEAL_REFUSALS,
  type RevealDecision,
} from "../../shared/domain/authority/reveal.ts";
import type { Role } from "../../shared/domain/authority/roles.ts";
import {
  maskField,
  type SubjectField,
  subjectLabel,
} from "../../shared/domain/authority/subject-mask.ts";
import type { EntityMap } from "../../shared/domain/entities.ts";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { AnyRecord, StateReader } from "../../shared/domain/kernel/state.ts";
import { NO_FACTS } from "../../shared/domain/operation/facts.ts";
import { subjectRef } from "../../shared/wire/common.ts";

/** Only the fields that the rule reads; the rest of a record does not matter to it. */
function world(records: readonly Partial<AnyRecord>[]): StateReader {
  const all = <K extends EntityType>(type: K) =>
    records.filter((record) => record.type === type) as unknown as EntityMap[K][];
  return {
    all,
    get: (type, id) => all(type).find((record) => record.id === id),
    count: (type) => all(type).length,
    linked: () => [],
  };
}

const court = (id: string, ...above: string[]) =>
  ({ type: "court", id, courtId: id, tierPath: [...above, id] }) as const;
const COURTS = [
  court("high"),
  court("mid", "high"),
  court("base", "high", "mid"),
  court("next", "high", "mid"),
];

const subject = (ageBand: "18_69" | "16_17" = "18_69") =>
  ({ id: "S1", label: "张**", sex: "M", ageBand, flags: [] }) as const;
const detention = {
  type: "detention",
  id: "D1",
  courtId: "base",
  operationId: "O1",
  state: "CONTROLLED",
  proposedBy: "judge",
  approvedBy: "president",
  escortIds: ["escort"],
  subject: subject(),
} as const;
const operation = {
  type: "operation",
  id: "O1",
  courtId: "base",
  state: "EXECUTING",
  approvedBy: "director",
  chiefCommanderId: "chief",
  sceneCommanderId: "scene",
  memberIds: ["member"],
  facts: NO_FACTS,
} as const;
const vehicle = {
  type: "police",
  id: "P1",
  courtId: "base",
  kind: "SEIZE_VEHICLE",
  state: "SENT",
  sentBy: "sender",
  subject: subject(),
} as const;

const WORLD = world([...COURTS, detention, operation, vehicle]);
const FIELDS: readonly SubjectField[] = [
  "name",
  "idNumber",
  "phone",
  "address",
  "plate",
  "account",
];

const viewer = (officerId: string, courtId: string, ...roles: Role[]) => ({
  officerId,
  courtId,
  roles,
});

const shown = (decision: RevealDecision): string =>
  decision.ok ? decision.form : decision.refusal.code;

function rowOf(who: ReturnType<typeof viewer>, reason?: string, state = WORLD): string[] {
  return FIELDS.map((field) =>
    shown(mayRevealSubject(who, { id: "S1", courtId: "base" }, field, reason, state)),
  );
}

const NOBODY = [
  "REVEAL_CASE_TEAM",
  "REVEAL_CASE_TEAM",
  "REVEAL_CALLER",
  "REVEAL_DEPLOYED",
  "REVEAL_VEHICLE_HANDLER",
  "REVEAL_CASE_TEAM",
];

describe("who may see a subject's data in clear (authority 5.3)", () => {
  //                                      name     idNumber phone     address   plate     account
  test.each([
    ["judge", "JUDGE", ["CLEAR", "CLEAR", "CLEAR", "MASKED", "MASKED", "CLEAR"]],
    ["president", "PRESIDENT", ["CLEAR", "CLEAR", "MASKED", "MASKED", "MASKED", "CLEAR"]],
    ["escort", "JUDICIAL_POLICE", ["CLEAR", "CLEAR", "MASKED", "CLEAR", "MASKED", "CLEAR"]],
    ["member", "EXECUTOR", ["CLEAR", "CLEAR", "MASKED", "CLEAR", "MASKED", "CLEAR"]],
    ["chief", "DIRECTOR", ["CLEAR", "CLEAR", "MASKED", "CLEAR", "MASKED", "CLEAR"]],
  ] as const)("REV-1 the case team's %s, without a reason", (officerId, role, row) => {
    expect(rowOf(viewer(officerId, "base", role))).toEqual(row);
  });

  test.each(["base", "mid", "high"])("REV-2 another console of %s: name on reason", (courtId) => {
    const who = viewer("desk", courtId, "DUTY_OFFICER");
    const masked = ["MASKED", "MASKED", "MASKED", "MASKED", "MASKED"];
    expect(rowOf(who)).toEqual(["REVEAL_REASON_REQUIRED", ...masked]);
    expect(rowOf(who, " 核 ")).toEqual(["REVEAL_REASON_REQUIRED", ...masked]);
    expect(rowOf(who, "核对身份")).toEqual(["CLEAR", ...masked]);
  });

  test("REV-3 the handler of the vehicle request sees plate and phone, nothing more", () => {
    const row = rowOf(viewer("sender", "base", "EXECUTOR"), "核对车辆");
    expect(row).toEqual([NOBODY[0], NOBODY[1], "CLEAR", NOBODY[3], "CLEAR", NOBODY[5]]);
  });

  test.each([
    viewer("desk", "next", "DUTY_OFFICER"),
    viewer("tech", "base", "TECH"),
    viewer("admin", "high", "SYSTEM_ADMIN", "SECURITY_ADMIN", "AUDIT_ADMIN"),
    viewer("colleague", "base", "EXECUTOR"),
    viewer("unknown", "nowhere", "PRESIDENT"),
  ])("REV-4 nobody else, whatever the reason: %o", (who) => {
    expect(rowOf(who, "很好的理由")).toEqual(NOBODY);
  });

  test("REV-5 the address is the deployed team's until the operation is closed", () => {
    const closed = world([
      ...COURTS,
      { ...operation, state: "CLOSED" },
      { ...detention, state: "RELEASED" },
    ]);
    const address = (officerId: string) =>
      rowOf(viewer(officerId, "base", "EXECUTOR"), undefined, closed)[3];
    expect(address("member")).toBe("MASKED");
    expect(address("escort")).toBe("MASKED");
  });

  test("REV-6 of a minor everything is hidden from all but the lead judge", () => {
    const minor = world([...COURTS, operation, { ...detention, subject: subject("16_17") }]);
    expect(new Set(rowOf(viewer("judge", "base", "JUDGE"), undefined, minor))).toEqual(
      new Set(["CLEAR"]),
    );
    for (const who of [
      viewer("escort", "base", "JUDICIAL_POLICE"),
      viewer("president", "base", "PRESIDENT"),
      viewer("desk", "high", "DUTY_OFFICER"),
    ]) {
      expect(new Set(rowOf(who, "核对身份", minor))).toEqual(new Set(["REVEAL_LEAD_JUDGE"]));
    }
  });

  test("OPS-43 of a third party who attends everything is hidden from all but the plan's author", () => {
    const attendee = { id: "a1", role: "WITNESS", subject: subject(), refused: false, by: "scene" };
    const attended = {
      ...operation,
      plan: { authors: ["author", "second"] },
      facts: { ...NO_FACTS, attendees: [attendee] },
    } as unknown as Partial<AnyRecord>;
    const rows = (who: string, ...more: Partial<AnyRecord>[]) =>
      new Set(
        rowOf(viewer(who, "base", "JUDGE"), "核对身份", world([...COURTS, attended, ...more])),
      );
    expect(rows("author")).toEqual(new Set(["CLEAR"]));
    for (const who of ["second", "scene", "member", "chief"]) {
      expect(rows(who)).toEqual(new Set(["REVEAL_LEAD_JUDGE"]));
    }
    // The debtor who is present stays the person that the measure is about.
    expect(rows("member", detention).has("REVEAL_LEAD_JUDGE")).toBe(false);
    const first = { ...operation, plan: { authors: ["author"] } } as unknown as Partial<AnyRecord>;
    const minor = { ...detention, subject: subject("16_17") };
    const held = world([...COURTS, first, minor]);
    expect(rowOf(viewer("author", "base", "EXECUTOR"), "核对身份", held)[0]).toBe(
      "REVEAL_LEAD_JUDGE",
    );
  });

  test("OPS-43 the team is the case team of the person a plan is directed at", () => {
    const directed = {
      ...operation,
      plan: { authors: ["author"], subject: subject() },
    } as unknown as Partial<AnyRecord>;
    const name = (who: string, state: string) =>
      rowOf(
        viewer(who, "base", "JUDGE"),
        undefined,
        world([...COURTS, { ...directed, state } as never]),
      );
    expect(name("member", "EXECUTING")[0]).toBe("CLEAR");
    expect(name("author", "DRAFT")[0]).toBe("CLEAR");
    expect(name("member", "EXECUTING")[3]).toBe("CLEAR");
    expect(name("member", "DRAFT")[3]).toBe("MASKED");
    expect(name("stranger", "EXECUTING")[0]).not.toBe("CLEAR");
  });

  test("REV-7 a subject that no record carries yet is its own court's, by reason", () => {
    const empty = world(COURTS);
    expect(rowOf(viewer("desk", "base", "JUDGE"), "录入核对", empty)[0]).toBe("CLEAR");
    expect(rowOf(viewer("desk", "next", "JUDGE"), "录入核对", empty)[0]).toBe("REVEAL_CASE_TEAM");
  });

  test("REV-8 an officer's name: own court and parent see it, the High Court on reason", () => {
    const officer = { type: "officer", id: "o", courtId: "base" } as EntityMap["officer"];
    const ask = (courtId: string, role: Role, reason?: string) =>
      shown(mayRevealOfficer(viewer("desk", courtId, role), officer, reason, WORLD));
    expect(ask("base", "DUTY_OFFICER")).toBe("CLEAR");
    expect(ask("mid", "DUTY_OFFICER")).toBe("CLEAR");
    expect(ask("high", "DUTY_OFFICER")).toBe("REVEAL_REASON_REQUIRED");
    expect(ask("high", "DUTY_OFFICER", "核对人员")).toBe("CLEAR");
    expect(ask("high", "TECH", "核对人员")).toBe("REVEAL_OFFICER");
    expect(ask("next", "DIRECTOR", "核对人员")).toBe("REVEAL_OFFICER");
  });

  test("REV-9 every refusal has its sentence in both languages", () => {
    for (const code of [...NOBODY, "REVEAL_LEAD_JUDGE", "REVEAL_OFFICER"]) {
      expect(REVEAL_REFUSALS[code]?.fix.zh).toBeTruthy();
      expect(REVEAL_REFUSALS[code]?.fix.en).toBeTruthy();
    }
  });
});

describe("masked forms (authority 5.3)", () => {
  test.each([
    ["张三丰", "张**"],
    ["李四", "李*"],
    ["李", "李*"],
    ["欧阳娜娜子", "欧***"],
    ["阿不都热合曼·买买提", "阿***"],
    ["john smith", "J***"],
    [" Ｊohn ", "J***"],
    ["42号", "X**"],
    ["", "X*"],
    ["𠮷野家", "𠮷**"],
  ])("REV-10 the label of %s is %s, and the wire takes it", (name, label) => {
    expect(subjectLabel(name)).toBe(label);
    expect(subjectRef.shape.label.safeParse(label).success).toBe(true);
  });

  test.each<[SubjectField, string, string]>([
    ["idNumber", "420102199001011234", "420*************34"],
    ["idNumber", "12345", "*****"],
    ["phone", "13812341234", "138****1234"],
    ["phone", "110", "***"],
    ["address", "武汉市江岸区沿江大道56号3单元", "武汉市江岸区沿江大道"],
    ["address", "解放一路五十六号", "解放一路"],
    ["plate", "鄂A12123", "鄂A·**123"],
    ["plate", "鄂A·D12345", "鄂A·***345"],
    ["account", "6222021234567890123", "****0123"],
  ])("REV-10 %s %s is shown as %s", (field, value, masked) => {
    expect(maskField(field, value)).toBe(masked);
  });
});
