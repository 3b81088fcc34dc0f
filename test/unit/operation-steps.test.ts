import { describe, expect, it } from "vitest";
import { moduleOf } from "../../shared/domain/modules.ts";
import { type NextStep, nextSteps } from "../../shared/domain/operation/next-steps.ts";
import type { OperationState } from "../../shared/domain/operation/state.ts";
import { operationStory, PLAN, SEARCH, TEAM } from "../support/domain/operation-story.ts";
import { operation } from "../support/domain/province.ts";

type Told = ReturnType<typeof operationStory>;
const steps = (o: Told): readonly NextStep[] => nextSteps(o.record(), o.story.state);
const commands = (o: Told) => steps(o).map(({ command }) => command.replace("operation.", ""));
const codes = (o: Told) => steps(o)[0]?.stops.map(({ code }) => code);

describe("the steps view", () => {
  it("OPS-42 names the next step in every state, and it is the one that moves on", () => {
    const o = operationStory();
    o.draft();
    const seen: Partial<Record<OperationState, readonly string[]>> = { DRAFT: commands(o) };
    const way = [
      "SUBMITTED",
      "APPROVED",
      "MUSTERING",
      "EN_ROUTE",
      "ON_SCENE",
      "EXECUTING",
      "CLOSING",
      "CLOSED",
    ] as const;
    for (const state of way) {
      o.to(state);
      seen[state] = commands(o);
    }
    expect(seen).toEqual({
      DRAFT: ["submit"],
      SUBMITTED: ["approve", "reject"],
      APPROVED: ["muster"],
      MUSTERING: ["orderDeparture"],
      EN_ROUTE: ["arrive"],
      ON_SCENE: ["start"],
      EXECUTING: ["beginClosing"],
      CLOSING: ["close"],
      CLOSED: [],
    });
  });

  it("OPS-42 says who may take it, by what the operation demands", () => {
    const who = (plan: Readonly<Record<string, unknown>>, state: OperationState) => {
      const o = operationStory();
      o.to(state, plan);
      return steps(o)[0]?.who;
    };
    expect(who(PLAN, "SUBMITTED")).toEqual({ roles: ["DIRECTOR", "PRESIDENT"], parts: [] });
    expect(who(SEARCH, "SUBMITTED")).toEqual({ roles: ["PRESIDENT"], parts: [] });
    expect(who(PLAN, "MUSTERING")?.parts).toEqual(["chiefCommander", "sceneCommander"]);
    expect(who(SEARCH, "MUSTERING")).toEqual({ roles: [], parts: ["chiefCommander"] });
    expect(who(SEARCH, "ON_SCENE")).toEqual({ roles: [], parts: ["chiefCommander"] });
    expect(who(PLAN, "EXECUTING")?.parts).toEqual(["sceneCommander"]);
    expect(who(PLAN, "CLOSING")?.roles).toEqual(["DIRECTOR"]);
  });

  it("OPS-42 lists all that stops it, not only the first", () => {
    const o = operationStory();
    o.draft({ ...PLAN, kind: "SEARCH", memberIds: ["jiangan.judge"] });
    expect(codes(o)).toEqual(["TOO_FEW_MEMBERS", "NO_SEARCH_ORDER"]);
    const closing = operationStory();
    closing.to("CLOSING", SEARCH);
    expect(codes(closing)).toEqual(["NOT_ALL_SAFE", "RECORD_NOT_SIGNED", "EVIDENCE_NOT_ATTESTED"]);
    for (const officerId of TEAM) closing.did(officerId, "reportSafe", { officerId });
    expect(codes(closing)).toEqual(["RECORD_NOT_SIGNED", "EVIDENCE_NOT_ATTESTED"]);
  });

  it("OPS-42 a pause to confirm comes first, and the pause stops what follows", () => {
    const o = operationStory();
    o.to("EXECUTING");
    o.order("wuhan.duty", "pause", "ord1");
    expect(commands(o)).toEqual(["confirmPause", "beginClosing"]);
    expect(steps(o)[1]?.stops[0]).toMatchObject({ code: "PAUSE_ORDERED", ruleId: "OPS-9" });
    o.did("jiangan.judge", "confirmPause");
    expect(commands(o)).toEqual(["resume"]);
  });

  it("OPS-42 the short way keeps its own steps", () => {
    const o = operationStory([operation()]);
    expect(commands(o)).toEqual(["depart"]);
    o.did("jiangan.judge", "arrive");
    o.did("jiangan.judge", "start");
    expect(commands(o)).toEqual(["close"]);
  });

  it("OPS-42 stands in the record of consoles and phones of the own line, and changes with roles", () => {
    const o = operationStory();
    o.to("SUBMITTED");
    for (const audience of [
      "own.console",
      "own.field",
      "parent.console",
      "high.console",
    ] as const) {
      expect(o.story.dto("operation", "op1", audience).next).toEqual(steps(o));
    }
    for (const audience of ["own.wall", "host.console"] as const) {
      expect(o.story.dto("operation", "op1", audience)).not.toHaveProperty("next");
    }
    const chief = o.story.the("officer", "jiangan.chief");
    const after = { ...chief, grants: [] };
    const touched = moduleOf("officer").dependents(chief as never, after as never, o.story.state);
    expect(touched).toEqual([{ type: "operation", id: "op1" }]);
    o.story.state.put(after);
    expect(codes(o)).toEqual(["CHIEF_NOT_OF_CENTRE"]);
  });
});
