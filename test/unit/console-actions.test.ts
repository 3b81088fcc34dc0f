import { describe, expect, test } from "vitest";
import { ASKS_AGAIN } from "../../client/faces/console/actions/act-words.ts";
import { actionsOf } from "../../client/faces/console/actions/action-list.ts";
import { changesSince } from "../../client/faces/console/actions/changes-since.ts";
import { unanswered } from "../../client/faces/console/desk/alarms.ts";
import { commandEntry } from "../../shared/domain/modules.ts";
import { courts, helloOf, NOW, record } from "./console-fixtures.ts";

const kinds = (list: readonly { readonly kind: string }[]) => list.map((item) => item.kind);
const duty = helloOf("jiangan", "o-duty", "DUTY_OFFICER");

const sos = (more: object = {}) =>
  record("incident", "i", {
    courtId: "jiangan",
    sos: true,
    state: "REPORTED",
    parts: { reporter: ["o-1"] },
    acts: {
      "incident.seen": null,
      "incident.acknowledge": null,
      "incident.confirm": null,
      "incident.respond": null,
      "incident.control": { code: "INCIDENT_NOT_READY", ruleId: "INC-10" },
      "incident.requestCancel": null,
    },
    ...more,
  });

describe("what can be done about a record", () => {
  test("CON-5 the most likely is filled, the law's refusals keep their reason, others are counted", () => {
    const list = actionsOf(sos(), duty, courts, NOW);
    expect(list.primary).toEqual({ kind: "incident.acknowledge", creates: false, key: "A" });
    expect(kinds(list.open)).toEqual([
      "incident.confirm",
      "incident.respond",
      "police.send",
      "report.submit",
    ]);
    expect(list.refused).toEqual([
      {
        kind: "incident.control",
        creates: false,
        refusal: { code: "INCIDENT_NOT_READY", ruleId: "INC-10" },
      },
    ]);
    expect(kinds(list.others)).toEqual(["incident.requestCancel"]);
  });

  test("CON-5 what was acknowledged is not offered again", () => {
    const acknowledged = { officerId: "o-duty", courtId: "jiangan", at: NOW };
    const list = actionsOf(sos({ acknowledged }), duty, courts, NOW);
    expect(list.primary?.kind).toBe("incident.respond");
    expect(kinds(list.others)).toContain("incident.acknowledge");
  });

  test("HOLD-14 given a court that is asked to help, when the call was answered elsewhere, then answering is still its most likely act", () => {
    const acknowledged = { officerId: "o-duty", courtId: "jiangan", at: NOW };
    const assist = { courtId: "hanyang", state: "NAMED", since: NOW };
    const asked = sos({ acknowledged, assist, parts: { assistCourt: ["hanyang"] } });
    const helper = helloOf("hanyang", "o-other", "DUTY_OFFICER");
    expect(actionsOf(asked, helper, courts, NOW).primary?.kind).toBe("incident.acknowledge");
    expect(actionsOf(asked, duty, courts, NOW).primary?.kind).toBe("incident.respond");
  });

  test("CON-5 a refusal that ends by itself is open when its time has come", () => {
    const operation = (until: number) =>
      record("operation", "op", {
        courtId: "jiangan",
        parts: { chiefCommander: ["o-duty"] },
        acts: { "operation.start": { code: "X", until } },
      });
    expect(kinds(actionsOf(operation(NOW + 1), duty, courts, NOW).refused)).toContain(
      "operation.start",
    );
    expect(actionsOf(operation(NOW), duty, courts, NOW).primary?.kind).toBe("operation.start");
  });

  test("CON-5 a departure is not the filled button while the order to depart is refused", () => {
    const operation = (refusal: object | null) =>
      record("operation", "op", {
        courtId: "jiangan",
        state: "MUSTERING",
        plan: {},
        parts: { chiefCommander: ["o-duty"], sceneCommander: ["o-duty"] },
        acts: { "operation.orderDeparture": refusal, "operation.depart": null },
      });
    const stopped = actionsOf(operation({ code: "MUSTER_INCOMPLETE" }), duty, courts, NOW);
    expect(stopped.primary).toBeUndefined();
    expect(kinds(stopped.open)).toContain("operation.depart");
    expect(actionsOf(operation(null), duty, courts, NOW).primary?.kind).toBe(
      "operation.orderDeparture",
    );
  });

  test("CON-5 a supervising court orders; it does not tick the lower court's boxes", () => {
    const director = helloOf("wuhan", "w-1", "DIRECTOR");
    const operation = (more: object = {}) =>
      record("operation", "op", { courtId: "jiangan", state: "EXECUTING", ...more });
    const list = actionsOf(operation(), director, courts, NOW);
    expect(kinds(list.open)).toEqual(["order.pause", "order.abort", "order.task"]);
    expect(kinds(list.others)).toEqual(["order.liftPause"]);
    const paused = actionsOf(
      operation({ pauseOrder: { byCourtId: "wuhan", at: NOW } }),
      director,
      courts,
      NOW,
    );
    expect(paused.primary?.kind).toBe("order.liftPause");
    expect(kinds(paused.refused)).toEqual(["order.pause"]);
  });

  test("CON-5 release is never the filled button for a person whom nobody holds", () => {
    const proposed = record("detention", "d", {
      courtId: "jiangan",
      kind: "DETAIN",
      state: "PROPOSED",
      times: {},
      acts: { "detention.release": null, "detention.startInquiry": null },
    });
    const list = actionsOf(proposed, duty, courts, NOW);
    expect(list.primary).toBeUndefined();
    expect(kinds(list.others)).toEqual(["detention.release"]);
    expect(kinds(list.open)).toEqual(["police.send"]);
  });

  test("CON-5 the proposer sees why he may not approve", () => {
    const president = helloOf("jiangan", "o-1", "PRESIDENT");
    const proposed = record("detention", "d", {
      courtId: "jiangan",
      kind: "DETAIN",
      state: "PROPOSED",
      parts: { proposer: ["o-1"] },
      acts: { "detention.approve": null },
    });
    expect(actionsOf(proposed, president, courts, NOW).refused[0]?.refusal?.code).toBe(
      "DIFFERENT_PERSON_REQUIRED",
    );
  });

  test("CON-6 nothing that may be urgent asks twice, and every kind that asks exists", () => {
    const urgent = ["incident.acknowledge", "incident.respond", "police.send", "order.pause"];
    expect(urgent.filter((kind) => ASKS_AGAIN.has(kind))).toEqual([]);
    expect([...ASKS_AGAIN].filter((kind) => !commandEntry(kind))).toEqual([]);
  });
});

describe("a stale answer", () => {
  test("CON-7 says what changed in the fields that decisions rest on", () => {
    const before = record("operation", "op", { state: "EXECUTING", memberIds: ["a"], name: "x" });
    const after = record("operation", "op", { state: "PAUSED", memberIds: ["a", "b"], name: "y" });
    expect(changesSince(before, after)).toEqual([
      { field: "state", before: "EXECUTING", after: "PAUSED" },
      { field: "memberIds", before: "a", after: "a,b" },
    ]);
  });
});

describe("the alarm bar", () => {
  test("CON-12 every unanswered SOS, oldest first, and nothing else", () => {
    const at = (id: string, reportedAt: number, more: object = {}) =>
      record("incident", id, { sos: true, state: "REPORTED", reportedAt, ...more });
    const alarms = unanswered([
      at("new", NOW),
      at("old", NOW - 1),
      at("over", NOW, { state: "FALSE_ALARM" }),
      at("answered", NOW, { acknowledged: { officerId: "o", courtId: "c", at: NOW } }),
      record("incident", "siege", { kind: "SIEGE", state: "REPORTED", reportedAt: NOW }),
    ]);
    expect(alarms.map((alarm) => alarm.id)).toEqual(["old", "new"]);
  });
});
