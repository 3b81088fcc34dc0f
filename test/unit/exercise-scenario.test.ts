import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fill } from "../../shared/exercise/fill.ts";
import { markedCsv } from "../../shared/exercise/marked-csv.ts";
import { parseScenario, ScenarioError, seatsNamed } from "../../shared/exercise/scenario.ts";

const FILE = new URL("../../shared/exercise/scenarios/xiangyang.json", import.meta.url);
type Json = Record<string, unknown> & { steps: Record<string, unknown>[] };
const xiangyang = () => JSON.parse(readFileSync(FILE, "utf8")) as Json;

function wrongLines(change: (scenario: Json) => void): readonly string[] {
  const scenario = xiangyang();
  change(scenario);
  try {
    parseScenario(scenario);
  } catch (error) {
    if (error instanceof ScenarioError) return error.lines;
    throw error;
  }
  return [];
}

describe("a scenario", () => {
  test("EXR-7 the Xiangyang eviction is sound, with forty officers in its team", () => {
    const scenario = parseScenario(xiangyang());
    expect(seatsNamed(scenario, "@team")).toHaveLength(40);
    expect(seatsNamed(scenario, "judge")).toEqual(["judge"]);
  });

  test("EXR-7 whatever is wrong is named, everything at once", () => {
    const lines = wrongLines((scenario) => {
      const [first, second] = scenario.steps;
      if (first) first.seat = "nobody";
      if (second) second.after = ["nothing"];
      scenario.steps.push({ ...scenario.steps[5] });
    });
    expect(lines).toEqual([
      `steps: ${String(xiangyang().steps[5]?.id)} stands twice`,
      "steps.on-duty.seat: there is no nobody",
      "steps.draft.after: there is no nothing",
    ]);
  });

  test("EXR-7 steps that wait for themselves are found, however long the way round", () => {
    const lines = wrongLines((scenario) => {
      const draft = scenario.steps.find(({ id }) => id === "draft");
      if (draft) draft.after = ["approve"];
    });
    expect(lines).toContain("steps.draft: waits for itself");
    expect(lines).toContain("steps.submit: waits for itself");
    expect(lines).not.toContain("steps.on-duty: waits for itself");
  });

  test("EXR-7 a field that no scenario has is refused", () => {
    expect(wrongLines((scenario) => Object.assign(scenario, { secret: 1 }))).toHaveLength(1);
  });

  test("EXR-8 a payload is filled with this run's ids and times", () => {
    const filled = fill(
      {
        to: "$court:gx",
        who: "$officers:@lenders",
        target: "officer:${officer:scene}",
        mine: "court:${mycourt}",
        op: "$record:op",
        at: "$in:60",
        ago: "$ago:60",
        list: [{ me: "$me" }, 7, true, null],
      },
      {
        scenario: parseScenario(xiangyang()),
        names: {
          officerOf: (seat) => `o-${seat}`,
          courtOf: (key) => `c-${key}`,
          unitOf: (key) => `u-${key}`,
          recordOf: (name) => `r-${name}`,
        },
        me: { officerId: "me", courtId: "home" },
        nowMs: 1_000_000,
      },
    );
    expect(filled).toEqual({
      to: "c-gx",
      who: ["o-xc-director", "o-fc-director", "o-xz-director"],
      target: "officer:o-scene",
      mine: "court:home",
      op: "r-op",
      at: 1_060_000,
      ago: 940_000,
      list: [{ me: "me" }, 7, true, null],
    });
  });

  test("EXR-18 nothing in a file is taken for a formula, and its first line says what it is", () => {
    const rows = [["=1+1", "@x", "a,b", 'say "so"', -5]];
    expect(markedCsv("EXERCISE", rows)).toBe(
      `\uFEFF演练 EXERCISE\r\n'=1+1,'@x,"a,b","say ""so""",-5\r\n`,
    );
    expect(markedCsv("LIVE", rows)).not.toContain("演练");
  });
});
