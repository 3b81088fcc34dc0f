import { describe, expect, it } from "vitest";
import { dueByStep } from "../../client/faces/console/time/due-by-step.ts";
import { link as en } from "../../client/i18n/en/link.ts";
import { link as zh } from "../../client/i18n/zh/link.ts";
import { emptyRecords } from "../../client/store/records.ts";
import { trouble } from "../../shared/wire/live.ts";
import { type TestKernel, testKernel } from "../support/kernel/test-kernel.ts";

const STEP = { node: "n1", offMs: 4_000 };

async function held(): Promise<TestKernel> {
  const k = await testKernel();
  await hold(k, 4_000);
  return k;
}

const hold = (k: TestKernel, offMs: number) =>
  k.kernel.app.systemCommand({
    id: `sys:test:hold:${offMs}`,
    kind: "timebase.hold",
    ref: { type: "timebase", id: "time" },
    payload: { node: "n1", offMs, wallAt: 1 },
  });

const decide = (k: TestKernel, by: string, kind: "accept" | "refuse", step = STEP) =>
  k.send(by, `timebase.${kind}`, "timebase", "time", step);

const codeOf = async (answer: ReturnType<typeof decide>) =>
  (await answer).refusal?.code ?? "ACCEPTED";

describe("the decision about a held step", () => {
  it.each([
    ["high.duty", "ACCEPTED"],
    ["high.director", "ACCEPTED"],
    ["high.president", "ROLE_REQUIRED"],
    ["wuhan.duty", "WRONG_COURT"],
    ["jiangan.duty", "WRONG_COURT"],
    ["high.police", "ROLE_REQUIRED"],
  ])("TIME-4 given %s, then the answer is %s", async (by, code) => {
    expect(await codeOf(decide(await held(), by, "accept"))).toBe(code);
  });

  it("TIME-4 given another difference than the one he saw, then it is refused", async () => {
    const k = await held();
    expect(await codeOf(decide(k, "high.duty", "accept", { node: "n1", offMs: 5_000 }))).toBe(
      "STEP_CHANGED",
    );
    await hold(k, 9_000);
    expect(await codeOf(decide(k, "high.duty", "accept"))).toBe("STEP_CHANGED");
  });

  it("TIME-4 given a refused step, then it may still be accepted; given an accepted one, then nothing is left to decide", async () => {
    const k = await held();
    expect(await codeOf(decide(k, "high.duty", "refuse"))).toBe("ACCEPTED");
    expect(await codeOf(decide(k, "high.director", "refuse"))).toBe("NO_STEP_HELD");
    expect(await codeOf(decide(k, "high.director", "accept"))).toBe("ACCEPTED");
    expect(await codeOf(decide(k, "high.duty", "refuse"))).toBe("NO_STEP_HELD");
  });

  it("TIME-3 given the same step once more, then the log names it once", async () => {
    const k = await held();
    expect((await hold(k, 5_500)).refusal?.code).toBe("STEP_KNOWN");
    expect((await hold(k, 6_000)).outcome).toBe("ACCEPTED");
  });

  it("TIME-10 given a decision, then every desk reads who made it, and only the root court's may act", async () => {
    const k = await held();
    await decide(k, "high.director", "refuse");
    const ref = { type: "timebase", id: "time" } as const;
    const own = await k.kernel.app.record("console:high", ref);
    const other = await k.kernel.app.record("console:jiangan", ref);
    expect(own?.acts).toMatchObject({ "timebase.accept": null });
    expect(other?.acts).toBeUndefined();
    for (const dto of [own, other])
      expect(dto?.decisions).toMatchObject([{ by: "王警官", accepted: false, offMs: 4_000 }]);
    expect(await k.kernel.app.record("wall:high", ref)).toBeUndefined();
  });

  it("TIME-10 given running clocks, then the desk reads how many a step forward makes due", () => {
    const clock = (dueAt: number, liberty: boolean, endedAt?: number) => ({
      dueAt,
      liberty,
      endedAt,
    });
    const record = (type: "detention" | "police", ...clocks: object[]) =>
      new Map([["r", { type, id: "r", rev: 1, dto: { clocks } }]]) as never;
    const maps = {
      ...emptyRecords().maps,
      detention: record(
        "detention",
        clock(1_500, true),
        clock(2_500, true),
        clock(1_600, true, 900),
        clock(500, true),
      ),
      police: record("police", clock(2_000, false)),
    };
    expect(dueByStep(maps, 1_000, 1_000)).toEqual({ liberty: 1, other: 1 });
    expect(dueByStep(maps, 1_000, 0)).toEqual({ liberty: 0, other: 0 });
  });

  it("TIME-11 given any trouble of the server, then both languages have words for it", () => {
    for (const code of trouble.options)
      for (const words of [zh, en]) expect(words.trouble[code].length).toBeGreaterThan(10);
  });
});
