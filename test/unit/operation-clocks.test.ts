import { describe, expect, it } from "vitest";
import { moduleOf } from "../../shared/domain/modules.ts";
import { operationStory, PLAN, TEXT } from "../support/domain/operation-story.ts";
import { operation } from "../support/domain/province.ts";
import { type TestKernel, testKernel } from "../support/kernel/test-kernel.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LEAD = "jiangan.judge";
const ABROAD = { ...PLAN, placeCourtId: "hanyang" };

type Told = ReturnType<typeof operationStory>;
/** Minutes after `from` at which this clock's levels were raised. */
const raisedAt = (o: Told, clock: string, from: number, minutes: number): number[] => {
  const out: number[] = [];
  for (let minute = 0; minute <= minutes; minute += 1) {
    o.story.now = from + minute * MINUTE;
    const raised = o.story
      .raiseDue()
      .filter(({ data }) => (data as { clock: string }).clock === clock);
    out.push(...raised.map(() => minute));
  }
  return out;
};

describe("the host court's notice", () => {
  it("OPS-39 the host is told at the approval and sees nothing before it", () => {
    const o = operationStory();
    o.to("SUBMITTED", ABROAD);
    expect(o.record().hostCourtId).toBeUndefined();
    expect(o.story.views("operation", "op1")["console:hanyang"]).toBeUndefined();
    o.to("APPROVED");
    expect(o.record()).toMatchObject({ hostCourtId: "hanyang", hostNotice: { at: o.story.now } });
    expect(o.story.views("operation", "op1")["console:hanyang"]).toBe("host.console");
    expect(o.story.views("officer", "jiangan.police")["console:hanyang"]).toBe("host.console");
  });

  it("OPS-39 its centre answers in 30 minutes, of a rapid response in 10", () => {
    const normal = operationStory();
    normal.to("APPROVED", ABROAD);
    expect(raisedAt(normal, "hostAck", normal.story.now, 40)).toEqual([15, 30]);
    const rapid = operationStory();
    rapid.to("APPROVED", { ...ABROAD, kind: "RAPID" });
    expect(raisedAt(rapid, "hostAck", rapid.story.now, 40)).toEqual([5, 10]);
    expect(rapid.record().state).toBe("APPROVED");
  });

  it("OPS-39 the answer ends the clock, and is given once by the host's centre", () => {
    const o = operationStory();
    o.to("APPROVED", ABROAD);
    expect(o.no("jiangan.duty", "hostAcknowledge").code).toBe("WRONG_COURT");
    expect(o.no("wuhan.duty", "hostAcknowledge").code).toBe("WRONG_COURT");
    expect(o.no("hanyang.judge", "hostAcknowledge").code).toBe("ROLE_REQUIRED");
    o.story.pass(MINUTE);
    o.did("hanyang.duty", "hostAcknowledge");
    expect(o.record().clocks.hostAck).toMatchObject({ endedAt: o.story.now, level: 0 });
    expect(o.did("hanyang.president", "hostAcknowledge")).toEqual([]);
    expect(o.record().hostNotice?.acknowledged).toEqual({ at: o.story.now, by: "hanyang.duty" });
  });

  it("OPS-39 what is opened the short way in another district is told to its host too", () => {
    const o = operationStory();
    o.did("jiangan.director", "open", {
      code: "JA-2",
      name: "快反",
      kind: "RAPID",
      caseNo: PLAN.caseNo,
      approvalNo: "批2号",
      place: PLAN.place,
      hostCourtId: "hanyang",
      chiefCommanderId: "jiangan.director",
      sceneCommanderId: LEAD,
      memberIds: PLAN.memberIds,
    });
    expect(o.record().clocks.hostAck?.ruleId).toBe("HOST-ACK-RAPID");
    o.did("hanyang.duty", "hostAcknowledge");
    expect(o.record().clocks.hostAck?.endedAt).toBe(o.story.now);
  });

  it("OPS-41 the host sees code, kind, state, place and team, no plan, papers or debtor", () => {
    const o = operationStory();
    o.to("ON_SCENE", ABROAD);
    expect(Object.keys(o.story.dto("operation", "op1", "host.console")).sort()).toEqual([
      "acts",
      "chiefCommanderId",
      "clocks",
      "code",
      "courtId",
      "hostCourtId",
      "hostNotice",
      "kind",
      "memberIds",
      "parts",
      "pauseOrdered",
      "place",
      "sceneCommanderId",
      "state",
      "stateRev",
    ]);
    const { clocks, acts } = o.story.dto("operation", "op1", "host.console");
    expect((clocks as { name: string }[]).map(({ name }) => name)).toEqual(["hostAck"]);
    expect(Object.keys(acts ?? {})).toEqual(["operation.hostAcknowledge"]);
  });
});

describe("flags", () => {
  it("OPS-38 muster not begun at its planned time is flagged, and nothing moves", () => {
    const o = operationStory();
    o.to("APPROVED");
    expect(raisedAt(o, "muster", PLAN.musterAt, 5)).toEqual([0]);
    expect(o.record().state).toBe("APPROVED");
    const inTime = operationStory();
    inTime.to("MUSTERING");
    expect(raisedAt(inTime, "muster", PLAN.musterAt, 5)).toEqual([]);
  });

  it("OPS-38 four hours on scene are flagged, counted from the first arrival reported", () => {
    for (const o of [operationStory(), operationStory([operation()])]) {
      if (o.story.state.get("operation", "op1")) o.did(LEAD, "arrive");
      else o.to("ON_SCENE");
      const since = o.story.now;
      o.story.pass(MINUTE);
      o.did(LEAD, "arrive");
      expect(raisedAt(o, "onScene", since, 250)).toEqual([240]);
      expect(o.record().state).toBe("ON_SCENE");
    }
  });

  it("OPS-38 an end ends every clock, and a report after it starts none", () => {
    const o = operationStory();
    o.to("APPROVED", ABROAD);
    o.did("jiangan.director", "abort", { reason: TEXT });
    o.did(LEAD, "arrive");
    expect(o.record().clocks.onScene).toBeUndefined();
    expect(o.story.deadlines()).toEqual([]);
  });

  it("OPS-38 a line names what a raised level means", () => {
    const o = operationStory();
    o.to("ON_SCENE");
    const raised = o.story.passRaising(5 * HOUR);
    expect(raised.map(({ data }) => (data as { clock: string }).clock)).toContain("onScene");
    expect(o.record().clocks.onScene?.level).toBe(1);
    const last = raised.find(({ data }) => (data as { clock: string }).clock === "onScene");
    if (!last) throw new Error("not raised");
    const line = moduleOf("operation").line(last, o.record() as never, "own.console");
    expect(line?.zh).toBe("到场已4小时未结束");
  });

  it("OPS-38 flags come on time through a restart, once", async () => {
    const first = await testKernel();
    await toScene(first);
    const arrived = first.clock.now();
    await first.passScanning(3 * HOUR);
    const second = await first.reopened();
    await second.passScanning(HOUR - 1_000);
    const level = (k: TestKernel) =>
      k.kernel.replica.world.get("operation", "op1")?.clocks.onScene?.level;
    expect(level(second)).toBe(0);
    await second.passScanning(1_000);
    expect(second.clock.now() - arrived).toBe(4 * HOUR);
    expect(level(second)).toBe(1);
    const tail = second.kernel.replica.tail.seq;
    await (await second.reopened()).passScanning(MINUTE);
    expect(second.kernel.replica.tail.seq).toBe(tail);
    expect(second.kernel.replica.world.get("operation", "op1")?.state).toBe("ON_SCENE");
  }, 60_000);
});

/** A planned operation of 江岸 court in 黄陂's district, on the real kernel, up to the scene. */
async function toScene(k: TestKernel): Promise<void> {
  const did = (by: string, verb: string, payload: object = {}) =>
    k.accepted(by, `operation.${verb}`, "operation", "op1", payload);
  await did(LEAD, "draft", {
    ...PLAN,
    placeCourtId: "huangpi",
    chiefCommanderId: "jiangan.director",
    planDoc: "方案正文",
  });
  await did(LEAD, "submit");
  await did("jiangan.president", "approve", { approvalNo: "批1号" });
  await did("huangpi.duty", "hostAcknowledge");
  await did("wuhan.duty", "acknowledgeFiling");
  await did(LEAD, "muster");
  for (const officerId of PLAN.memberIds) {
    const ready = { certificate: true, uniform: true, bodyCam: true, deviceTest: true };
    await did(officerId, "checkMember", { officerId, presence: "PRESENT", ...ready });
  }
  await did("jiangan.director", "orderDeparture");
  await did(LEAD, "arrive");
}
