import { describe, expect, it } from "vitest";
import type { Actor } from "../../shared/domain/authority/actor.ts";
import { can } from "../../shared/domain/authority/can.ts";
import type { PartName, Parts } from "../../shared/domain/authority/parts.ts";
import type { Relation } from "../../shared/domain/authority/relation.ts";
import { ROLES, type Role } from "../../shared/domain/authority/roles.ts";
import { AUTHORITY } from "../../shared/domain/authority/table.ts";
import { commandEntry, commandKinds } from "../../shared/domain/modules.ts";
import { readOracle, words } from "../oracle/read-oracle.ts";

const RELATIONS: readonly Relation[] = ["own", "down", "up", "host", "sibling", "unit", "none"];
const PERSON_PARTS: readonly PartName[] = [
  "proposer",
  "approver",
  "chiefCommander",
  "sceneCommander",
  "member",
  "escort",
  "reporter",
  "sender",
  "recipient",
  "issuer",
  "reviewJudge",
  "self",
  "assignee",
];
const COURT_PARTS: readonly PartName[] = [
  "issuerCourt",
  "recipientCourt",
  "copiedCourt",
  "pauserCourt",
  "filedCourt",
  "superiorCourt",
  "holderCourt",
  "handedCourt",
  "assistCourt",
  "commandCourt",
];

/** Every way to stand to a record: relation × role × being someone in it × the court being one in it. */
const STANDINGS = RELATIONS.flatMap((relation) =>
  [undefined, ...ROLES].flatMap((role) =>
    [undefined, ...PERSON_PARTS].flatMap((part) =>
      [undefined, ...COURT_PARTS].map((courtPart) => [relation, role, part, courtPart] as const),
    ),
  ),
);

const oracle = readOracle("./authority.csv");
const rowOf = new Map(oracle.map((row) => [`${row.action}|${row.relation}`, row]));
const kinds = commandKinds().filter((kind) => commandEntry(kind)?.spec.nature !== "SYSTEM");

const person = (roles: readonly Role[]): Actor => ({
  kind: "person",
  officerId: "me",
  courtId: "mine",
  roles,
});

/** What the hand-written row says, without looking at the code's table. */
function oracleAllows(
  kind: string,
  relation: Relation,
  role: Role | undefined,
  part: PartName | undefined,
  courtPart: PartName | undefined,
): boolean {
  const row = rowOf.get(`${kind}|${relation}`);
  if (!row) return false;
  if (row.inCourt && row.inCourt !== courtPart) return false;
  if (part && words(row.never).includes(part)) return false;
  const roles = words(row.roles);
  return (
    roles.includes("*") ||
    (role !== undefined && roles.includes(role)) ||
    (part !== undefined && words(row.parts).includes(part))
  );
}

describe("authority", () => {
  it("AUTH-1 every command kind of a person has a row in the table and in the oracle", () => {
    const missing = kinds.filter(
      (kind) => !AUTHORITY[kind] || !oracle.some((row) => row.action === kind),
    );
    expect(missing).toEqual([]);
    const unknown = [...new Set(oracle.map((row) => row.action))].filter(
      (action) => action === undefined || !kinds.includes(action),
    );
    expect(unknown).toEqual([]);
    expect(Object.keys(AUTHORITY).filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  it("AUTH-1 the system itself passes no table", () => {
    expect(can({ kind: "system" }, "operation.open", "own", {})?.code).toBe("NOT_FOR_SYSTEM");
    expect(can(person(["PRESIDENT"]), "operation.fly", "own", {})?.code).toBe("NO_SUCH_ACTION");
  });

  it.each(kinds)("AUTH-2 %s is allowed exactly where the domain texts allow it", (kind) => {
    const wrong = STANDINGS.filter(([relation, role, part, courtPart]) => {
      const parts: Parts = {
        ...(part ? { [part]: ["other", "me"] } : { member: ["other"] }),
        ...(courtPart ? { [courtPart]: ["mine"] } : { issuerCourt: ["theirs"] }),
      };
      const allowed = can(person(role ? [role] : []), kind, relation, parts) === undefined;
      return allowed !== oracleAllows(kind, relation, role, part, courtPart);
    });
    expect(wrong).toEqual([]);
  });

  it("AUTH-3 a higher court does nothing on an operation or on field facts itself", () => {
    const fieldFacts = kinds.filter(
      (kind) =>
        kind.startsWith("operation.") ||
        (kind.startsWith("detention.") && kind !== "detention.revoke"),
    );
    // Its own signature for what was filed with it: no box of the lower court's.
    const receipts = ["operation.acknowledgeFiling"];
    // A chief commander from above orders, and ticks none of them either (OPS-44).
    const orders = [
      "operation.handBackCommand",
      "operation.orderDeparture",
      "operation.start",
      "operation.takeCommand",
    ];
    expect(fieldFacts.filter((kind) => AUTHORITY[kind]?.down).sort()).toEqual(
      [...receipts, ...orders].sort(),
    );
  });

  it("AUTH-4 no command goes sideways: a sibling only answers what it was asked", () => {
    const unasked = kinds.filter((kind) => {
      const { sibling, none } = AUTHORITY[kind] ?? {};
      return none ?? (sibling && sibling.inCourt !== "recipientCourt");
    });
    expect(unasked).toEqual([]);
    const answers = kinds.filter((kind) => AUTHORITY[kind]?.sibling);
    expect(answers.filter((kind) => !kind.startsWith("delegation."))).toEqual([]);
  });

  it("AUTH-5 technicians, inspectors and administrators command nothing of a case", () => {
    const registry = /^(court|team|officer|device|asset|unit)\./;
    const powerless: Role[] = [
      "TECH",
      "INSPECTOR",
      "SYSTEM_ADMIN",
      "SECURITY_ADMIN",
      "AUDIT_ADMIN",
    ];
    const allowed = kinds
      .filter((kind) => !registry.test(kind) && kind !== "incident.sos")
      .filter((kind) =>
        RELATIONS.some((relation) =>
          powerless.some((role) => can(person([role]), kind, relation, {}) === undefined),
        ),
      );
    expect(allowed).toEqual([]);
  });

  it("AUTH-6 a president who proposed may not approve", () => {
    const refusal = can(person(["PRESIDENT"]), "detention.approve", "own", { proposer: ["me"] });
    expect(refusal?.code).toBe("DIFFERENT_PERSON_REQUIRED");
  });
});
