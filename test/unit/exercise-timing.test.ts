import { beforeEach, describe, expect, test } from "vitest";
import { type LoggedCommand, Progress } from "../../shared/exercise/progress.ts";
import { parseScenario, type Scenario } from "../../shared/exercise/scenario.ts";
import { SIMULATED_PREFIX, statusOf } from "../../shared/exercise/status.ts";
import { debrief, dueAt, type Pace, turnOf } from "../../shared/exercise/timing.ts";

const say = (zh: string) => ({ zh, en: zh });
const START = 1_000_000;
const PACE: Pace = { startedAt: START, speed: 2 };

/** Two desks, three phones: an order is signed by all, then work begins. */
const SMALL: Scenario = parseScenario({
  id: "small",
  title: say("小"),
  about: say("小"),
  leadS: 10,
  patienceS: 60,
  caseNo: "（2026）鄂0691执1号",
  courts: { up: "上级", down: "下级" },
  units: {},
  subjects: {},
  phases: [{ id: "one", title: say("一") }],
  cast: [
    { seat: "boss", court: "up", title: "院长", face: "console", post: "president" },
    { seat: "desk", court: "down", title: "值班员", face: "console", post: "duty" },
    { seat: "man", court: "down", title: "执行员", face: "field", roles: ["EXECUTOR"], count: 3 },
  ],
  groups: { men: ["man"] },
  steps: [
    step("order", "boss", "order.command", "order", [], 0),
    step("sign", "desk", "order.sign", "order", ["order"], 20),
    {
      ...step("ready", "@men", "officer.setDuty", "$self", ["sign"], 0),
      match: { duty: "ON_DUTY" },
    },
    step("close", "desk", "operation.close", "op", ["told"], 0),
  ],
  injects: [{ id: "told", after: ["ready"], delayS: 30, to: ["desk"], text: say("情况") }],
  routes: [],
  targets: [
    { id: "signed", title: say("签收"), from: "order", to: "sign", targetS: 40 },
    { id: "all", title: say("全部"), from: "sign", to: "ready", targetS: 40 },
    { id: "over", title: say("结束"), from: "ready", to: "close", targetS: 100 },
  ],
  ends: [{ kind: "operation.close", record: "op" }],
});

function step(
  id: string,
  seat: string,
  kind: string,
  record: string,
  after: readonly string[],
  delayS: number,
) {
  return { id, title: say(id), phase: "one", seat, kind, record, payload: {}, after, delayS };
}

let progress: Progress;
let n = 0;
const command = (
  kind: string,
  actor: string,
  at: number,
  ref: string,
  data: unknown = {},
  id = `c${n++}`,
): LoggedCommand => ({
  id,
  kind,
  actor,
  court: actor === "boss" ? "up" : "down",
  at: START + at * 1_000,
  events: [{ type: "Happened", ref: { type: kind.split(".")[0] ?? "", id: ref }, data }],
});
const verdicts = (nowS: number) =>
  debrief(progress, PACE, START + nowS * 1_000).map(({ verdict, tookS }) => [verdict, tookS]);
const turn = (stepId: string, nowS: number, people: ReadonlyMap<string, number> = new Map()) => {
  const [instance] = progress.instancesOf(stepId);
  if (!instance) throw new Error(stepId);
  return turnOf(progress, instance, PACE, people, START + nowS * 1_000);
};

beforeEach(() => {
  progress = new Progress(SMALL, {
    officerOf: (seat) => seat,
    courtOf: (key) => key,
    unitOf: (key) => key,
  });
});

describe("steps of a scenario in a log", () => {
  test("EXR-8 the record that a step makes is known by its name from then on, and no other counts", () => {
    progress.take(command("order.sign", "desk", 1, "other"));
    progress.take(command("order.command", "boss", 10, "order-1"));
    progress.take(command("order.sign", "desk", 11, "other"));
    expect([progress.names.recordOf("order"), progress.doneOf("sign")]).toEqual([
      "order-1",
      undefined,
    ]);
    progress.take(command("order.sign", "somebody-else-there", 12, "order-1"));
    expect(progress.doneOf("sign")?.by).toBe("somebody-else-there");
  });

  test("EXR-8 another court, another record and other words are not the step", () => {
    progress.take({ ...command("order.command", "boss", 10, "order-1"), court: "down" });
    progress.take(command("officer.setDuty", "man-1", 10, "man-2", { duty: "ON_DUTY" }));
    progress.take(command("officer.setDuty", "man-1", 10, "man-1", { duty: "OFF_DUTY" }));
    expect(progress.names.recordOf("order")).toBeUndefined();
    expect(progress.instancesOf("ready").map(({ done }) => done !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test("EXR-9 a group is done with its last, and the first report of each counts", () => {
    for (const [i, at] of [30, 50, 40].entries())
      progress.take(
        command("officer.setDuty", `man-${i + 1}`, at, `man-${i + 1}`, { duty: "ON_DUTY" }),
      );
    progress.take(command("officer.setDuty", "man-1", 90, "man-1", { duty: "ON_DUTY" }));
    expect(progress.doneOf("ready")).toMatchObject({ at: START + 50_000, by: "man-2" });
  });

  test("EXR-9 a step is due after those before it and its delay, at the speed of the run", () => {
    expect(turn("order", 4)).toEqual({ state: "COMING", dueAt: START + 5_000 });
    expect(turn("order", 5).state).toBe("SIMULATED");
    expect(turn("sign", 5)).toEqual({ state: "BLOCKED" });
    progress.take(command("order.command", "boss", 6, "o"));
    expect(turn("sign", 15)).toEqual({ state: "COMING", dueAt: START + 16_000 });
    const [close] = progress.instancesOf("close");
    expect(close && dueAt(progress, close.step, PACE)).toBeUndefined();
  });

  test("EXR-14 a person is waited for from when the step was due or he sat down, then no longer", () => {
    const early = new Map([["boss", START]]);
    expect(turn("order", 6, early)).toEqual({
      state: "WAITS",
      dueAt: START + 5_000,
      patienceUntil: START + 35_000,
    });
    expect(turn("order", 35, early).state).toBe("SIMULATED");
    const late = new Map([["boss", START + 20_000]]);
    expect(turn("order", 35, late)).toMatchObject({ patienceUntil: START + 50_000 });
    expect(turn("order", 6, new Map([["desk", START]])).state).toBe("SIMULATED");
  });
});

describe("times against targets", () => {
  test("EXR-16 met, missed, running, late and not begun, in seconds of the scenario", () => {
    progress.take(command("order.command", "boss", 10, "o"));
    expect(verdicts(20)).toEqual([
      ["RUNNING", 20],
      ["NOT_BEGUN", undefined],
      ["NOT_BEGUN", undefined],
    ]);
    expect(verdicts(31)[0]).toEqual(["LATE", 42]);
    progress.take(command("order.sign", "desk", 30, "o"));
    for (const who of ["man-1", "man-2", "man-3"])
      progress.take(command("officer.setDuty", who, 51, who, { duty: "ON_DUTY" }));
    expect(verdicts(52)).toEqual([
      ["MET", 40],
      ["MISSED", 42],
      ["RUNNING", 2],
    ]);
  });

  test("EXR-16 what was done before it was asked took no time", () => {
    progress.take(command("officer.setDuty", "man-1", 1, "man-1", { duty: "ON_DUTY" }));
    progress.take(command("officer.setDuty", "man-2", 1, "man-2", { duty: "ON_DUTY" }));
    progress.take(command("officer.setDuty", "man-3", 1, "man-3", { duty: "ON_DUTY" }));
    progress.take(command("order.command", "boss", 10, "o"));
    progress.take(command("order.sign", "desk", 12, "o"));
    expect(verdicts(13)[1]).toEqual(["MET", 0]);
  });

  test("EXR-15 after the end nothing is due, and what was not done is not reached", () => {
    progress.take(command("order.command", "boss", 10, "o"));
    progress.take(command("operation.close", "desk", 20, "op-1"));
    expect(turn("sign", 100)).toEqual({ state: "LEFT_OUT" });
    expect(verdicts(100).map(([verdict]) => verdict)).toEqual([
      "NOT_REACHED",
      "NOT_REACHED",
      "NOT_REACHED",
    ]);
  });

  test("EXR-17 the sheet says who did it, whether simulated, and whom one waits for", () => {
    progress.take(command("order.command", "boss", 10, "o"));
    progress.take(command("order.sign", "desk", 30, "o", {}, `${SIMULATED_PREFIX}1`));
    const { targets, injects, seats } = statusOf({
      progress,
      pace: PACE,
      people: new Map([["boss", START]]),
      now: START + 31_000,
      seq: 1,
      run: "r",
      deployment: "d",
      officer: (id) => ({ name: id, title: "t", court: "c" }),
    });
    expect(targets[0]?.by).toEqual({ name: "desk", title: "t", court: "c", simulated: true });
    expect(targets[1]?.awaited).toEqual(["man-1", "man-2", "man-3"]);
    expect(injects).toEqual([]);
    expect(seats.filter(({ person }) => person).map(({ seat }) => seat)).toEqual(["boss"]);
  });
});
