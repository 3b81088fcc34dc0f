import { describe, expect, test } from "vitest";
import { groupAccounts } from "../../client/faces/login/group-accounts.ts";
import { straightTo } from "../../client/faces/login/seat-address.ts";
import { actOf, relationTo, tierPath } from "../../client/store/acts.ts";
import type { DtoOf, StoredRecord } from "../../client/store/dto.ts";
import { helloOf } from "./link-fakes.ts";

const court = (id: string, parentId?: string): [string, StoredRecord<"court">] => [
  id,
  { type: "court", id, rev: 1, dto: { courtId: id, ...(parentId ? { parentId } : {}) } },
];
const courts = new Map([court("H"), court("M", "H"), court("C1", "M"), court("C2", "M")]);

const operation = (dto: DtoOf<"operation">): StoredRecord<"operation"> => ({
  type: "operation",
  id: "OP",
  rev: 1,
  dto,
});

describe("what a control says before it is pressed", () => {
  const hello = helloOf({ courtId: "C1", officerId: "O1", roles: ["DIRECTOR"] });

  test("the court tree is walked by parents", () => {
    expect(tierPath("C1", courts)).toEqual(["H", "M", "C1"]);
    expect(relationTo("M", operation({ courtId: "C1" }), courts)).toBe("down");
    expect(relationTo("C2", operation({ courtId: "C1" }), courts)).toBe("sibling");
  });

  test("a court that was handed it, or helps, stands to it as the court of the place", () => {
    for (const part of ["handedCourt", "assistCourt"] as const) {
      const record = operation({ courtId: "C1", parts: { [part]: ["C2"] } });
      expect(relationTo("C2", record, courts)).toBe("host");
      expect(relationTo("M", record, courts)).toBe("down");
      expect(relationTo("C1", record, courts)).toBe("own");
    }
  });

  test("an action that the view could never take has no control", () => {
    const record = operation({ courtId: "C1", acts: {} });
    expect(actOf(record, "operation.pause", hello, courts, 0)).toEqual({ kind: "absent" });
    expect(actOf(record, "operation.pause", undefined, courts, 0)).toEqual({ kind: "absent" });
  });

  test("with right and without the law's objection it is open", () => {
    const record = operation({ courtId: "C1", acts: { "operation.pause": null } });
    expect(actOf(record, "operation.pause", hello, courts, 0)).toEqual({ kind: "open" });
  });

  test("without the right it says which role is needed", () => {
    const record = operation({ courtId: "C1", acts: { "operation.pause": null } });
    const judge = helloOf({ courtId: "C1", roles: ["JUDGE"] });
    expect(actOf(record, "operation.pause", judge, courts, 0)).toMatchObject({
      kind: "refused",
      refusal: { code: "ROLE_REQUIRED" },
    });
  });

  test("the law's objection turns by itself when its time comes", () => {
    const refusal = { code: "TOO_EARLY", ruleId: "D1", until: 1_000 };
    const record = operation({ courtId: "C1", acts: { "operation.pause": refusal } });
    expect(actOf(record, "operation.pause", hello, courts, 999)).toEqual({
      kind: "refused",
      refusal,
      changesAt: 1_000,
    });
    expect(actOf(record, "operation.pause", hello, courts, 1_000)).toEqual({ kind: "open" });
  });
});

describe("after the sign-in", () => {
  test("the only seat, or the one asked for, is taken at once; another address never", () => {
    expect(straightTo(["console"], "")).toBe("console");
    expect(straightTo(["console", "wall"], "")).toBeUndefined();
    expect(straightTo(["console", "field"], "?next=/field")).toBe("field");
    expect(straightTo(["console", "wall"], "?next=https://evil.example/")).toBeUndefined();
    expect(straightTo([], "?next=/console")).toBeUndefined();
    expect(straightTo(["console", "field"], "", "field")).toBe("field");
    expect(straightTo(["console", "wall"], "", "field")).toBeUndefined();
  });

  test("demonstration accounts are grouped by court and found by any of their words", () => {
    const account = (name: string, courtName: string, title: string) => ({
      login: name,
      password: "x",
      name,
      title,
      courtName,
      seat: "console",
    });
    const all = [
      account("李某", "湖北高院", "局长"),
      account("王某", "江岸法院", "法官"),
      account("赵某", "湖北高院", "值班员"),
    ];
    expect(groupAccounts(all, "").map((g) => [g.courtName, g.accounts.length])).toEqual([
      ["湖北高院", 2],
      ["江岸法院", 1],
    ]);
    expect(groupAccounts(all, "高院 值班").flatMap((g) => g.accounts.map((a) => a.name))).toEqual([
      "赵某",
    ]);
  });
});
