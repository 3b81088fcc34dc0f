import { describe, expect, test } from "vitest";
import type { Person } from "../../client/faces/field/field-actor.ts";
import { myOperations } from "../../client/faces/field/my-operation.ts";
import { operationSteps } from "../../client/faces/field/next-step.ts";
import type { DtoOf, StoredRecord } from "../../client/store/dto.ts";
import type { OperationState } from "../../shared/domain/operation/state.ts";

type Dto = DtoOf<"operation">;

const officer = (officerId: string, ...roles: Person["roles"]): Person => ({
  kind: "person",
  officerId,
  courtId: "court",
  roles,
});
const scene = officer("scene", "JUDICIAL_POLICE");
const chief = officer("chief", "DIRECTOR");
const member = officer("member", "EXECUTOR");

const operation = (state: OperationState, more: Partial<Dto> = {}): Dto => ({
  state,
  parts: { chiefCommander: ["chief"], sceneCommander: ["scene"], member: ["scene", "member"] },
  acts: {
    "operation.start": null,
    "operation.resume": null,
    "operation.close": null,
    "operation.confirmPause": { code: "NO_PAUSE_TO_CONFIRM", ruleId: "OPS-10" },
  },
  ...more,
});

const pauseOrder = { byCourtId: "above", byOfficerId: "o", at: 1, reason: "" };
const ordered = { code: "PAUSE_ORDERED", ruleId: "OPS-9" };

describe("the next step", () => {
  test.each([
    ["APPROVED", { kind: "fact", command: "operation.depart" }],
    ["EN_ROUTE", { kind: "fact", command: "operation.arrive" }],
    ["ON_SCENE", { kind: "request", command: "operation.start" }],
    ["CLOSED", { kind: "ended" }],
    ["ABORTED", { kind: "ended" }],
  ] as const)("FLD-1 the scene commander of a %s operation", (state, next) => {
    expect(operationSteps(operation(state), scene)).toEqual({ next });
  });

  test("FLD-1 what is somebody else's says whose it is", () => {
    expect(operationSteps(operation("EXECUTING"), scene).next).toEqual({
      kind: "wait",
      command: "operation.close",
      who: ["DIRECTOR"],
    });
    expect(operationSteps(operation("EXECUTING"), chief).next).toEqual({
      kind: "request",
      command: "operation.close",
    });
  });

  test("FLD-2 a member's next step is the scene commander's to report", () => {
    const { next } = operationSteps(operation("EN_ROUTE"), member);
    expect(next).toEqual({ kind: "wait", command: "operation.arrive", who: ["sceneCommander"] });
  });

  test("FLD-2 in a dead zone the arrival follows a departure that nobody has heard of", () => {
    expect(operationSteps(operation("APPROVED"), scene, ["operation.depart"])).toEqual({
      reported: { kind: "fact", command: "operation.depart" },
      next: { kind: "fact", command: "operation.arrive" },
    });
    const both = ["operation.depart", "operation.arrive"];
    expect(operationSteps(operation("APPROVED"), scene, both)).toEqual({
      reported: { kind: "fact", command: "operation.depart" },
      next: { kind: "fact", command: "operation.arrive" },
    });
  });

  test("FLD-3 a request that the law stops stays, with the refusal", () => {
    const dto = operation("EXECUTING", { acts: { "operation.close": { code: "INCIDENT_OPEN" } } });
    expect(operationSteps(dto, chief).next).toEqual({
      kind: "refused",
      command: "operation.close",
      refusal: { code: "INCIDENT_OPEN" },
    });
  });

  test("FLD-1 a pause ordered from above is confirmed first; the arrival stays possible", () => {
    const dto = operation("EN_ROUTE", {
      pauseOrder,
      acts: { "operation.confirmPause": null, "operation.start": ordered },
    });
    expect(operationSteps(dto, scene)).toEqual({
      next: { kind: "request", command: "operation.confirmPause" },
      also: { kind: "fact", command: "operation.arrive", warning: "pauseOrdered" },
    });
  });

  test("FLD-3 a confirmed pause leaves the start refused by the court that ordered it", () => {
    const dto = operation("ON_SCENE", { pauseOrder, acts: { "operation.start": ordered } });
    expect(operationSteps(dto, scene)).toEqual({
      next: { kind: "refused", command: "operation.start", refusal: ordered },
    });
  });

  test("FLD-1 of several operations the one that has come furthest is the one at hand", () => {
    const record = (id: string, dto: Dto): StoredRecord<"operation"> => ({
      type: "operation",
      id,
      rev: 1,
      dto: { ...dto, memberIds: ["member"] },
    });
    const records = [
      record("approved", operation("APPROVED")),
      record("closed", operation("CLOSED")),
      record("scene", operation("ON_SCENE")),
      { ...record("other", operation("EXECUTING")), dto: { state: "EXECUTING" as const } },
    ];
    expect(myOperations(records, "member").map(({ id }) => id)).toEqual(["scene", "approved"]);
  });
});
