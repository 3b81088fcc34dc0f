import { describe, expect, it } from "vitest";
import { reasonToClose } from "../../../server/app/rights.ts";
import type { Subscriber } from "../../../server/app/view-registry.ts";
import { type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";
import { TestScreen } from "../../support/kernel/test-screen.ts";

const CASE = "(2026)鄂0102执1号";
const DAY = 86_400_000;

/** Two stations and a bank of 江岸 court, with one person at each desk. */
async function withUnits(): Promise<TestKernel> {
  const k = await testKernel();
  const units = [
    ["station1", "POLICE"],
    ["station2", "POLICE"],
    ["bank1", "BANK"],
  ] as const;
  for (const [id, kind] of units) {
    const person = { type: "officer" as const, id: `${id}.user` };
    const commands = [
      {
        kind: "unit.register",
        ref: { type: "unit" as const, id },
        payload: { courtId: "jiangan", kind, name: `${id}所` },
      },
      {
        kind: "officer.register",
        ref: person,
        payload: {
          ...{ courtId: "jiangan", unitId: id, name: "李民警", title: "警官" },
          ...{ badgeNo: `U-${id}`, gender: "F" },
        },
      },
      { kind: "officer.grant", ref: person, payload: { role: "LIAISON_USER" } },
    ];
    for (const [i, command] of commands.entries()) {
      const answer = await k.kernel.app.systemCommand({ id: `sys:test:${id}:${i}`, ...command });
      if (answer.outcome !== "ACCEPTED") throw new Error(JSON.stringify(answer.refusal));
    }
  }
  return k;
}

const desk = (k: TestKernel, unitId: string) =>
  new TestScreen(k, `partner:${unitId}`, `${unitId}.user`).connect();

const send = (k: TestKernel, id: string) =>
  k.accepted("jiangan.duty", "police.send", "police", id, {
    ...{ kind: "SCENE_SUPPORT", urgency: "P2", unitId: "station1", detail: "二楼有人围堵" },
  });

describe("a unit's desk", () => {
  it("UNIT-5 gets what is addressed to it, and loses it when it is sent on", async () => {
    const k = await withUnits();
    const [one, two] = await Promise.all([desk(k, "station1"), desk(k, "station2")]);
    await one.take();
    expect(one.records()).toEqual({});
    await send(k, "p1");
    await Promise.all([one.take(), two.take()]);
    expect(Object.keys(one.records())).toEqual(["police:p1"]);
    expect(JSON.stringify(one.records())).toContain("二楼有人围堵");
    expect(two.records()).toEqual({});
    await k.accepted("jiangan.duty", "police.reroute", "police", "p1", { unitId: "station2" });
    await Promise.all([one.take(), two.take()]);
    expect(one.records()).toEqual({});
    expect(two.records()).toEqual(await two.truth());
    expect(Object.keys(two.records())).toEqual(["police:p1"]);
    const answer = await k.send("station1.user", "police.decline", "police", "p1", {
      reason: "不是本所",
    });
    expect(answer).toMatchObject({ outcome: "REFUSED", refusal: { code: "NOT_FOR_UNIT" } });
  });

  it("UNIT-5 away while it is sent on, it does not keep it", async () => {
    const k = await withUnits();
    const one = await desk(k, "station1");
    await send(k, "p1");
    await one.take();
    one.cut();
    await k.accepted("jiangan.duty", "police.reroute", "police", "p1", { unitId: "station2" });
    await one.connect();
    await one.take();
    expect(one.records()).toEqual({});
  });

  it("POL-19 acknowledged and sent out from the desk, the console sees who", async () => {
    const k = await withUnits();
    const console = await new TestScreen(k, "console:jiangan", "jiangan.duty").connect();
    await send(k, "p1");
    for (const state of ["ACKED", "DISPATCHED"]) {
      await k.accepted("station1.user", "police.respond", "police", "p1", { state });
    }
    await console.take();
    expect(console.state.maps.police.get("p1")?.dto).toMatchObject({
      state: "DISPATCHED",
      answers: [
        { state: "ACKED", byPhone: false, saidBy: "李民警", typedBy: "station1.user" },
        { state: "DISPATCHED", byPhone: false },
      ],
    });
  });

  it("UNIT-4 its person cannot send a call for help, change duty or write a message", async () => {
    const k = await withUnits();
    const by = "station1.user";
    const answers = [
      await k.send(by, "incident.sos", "incident", "i1", {}),
      await k.send(by, "officer.setDuty", "officer", by, { duty: "ON_DUTY" }),
      await k.send(by, "message.send", "message", "m1", { toCourtId: "jiangan", text: "你好" }),
    ];
    expect(answers.map(({ refusal }) => refusal?.code)).toEqual([
      "NOT_FOR_UNIT",
      "NOT_FOR_UNIT",
      "NOT_FOR_UNIT",
    ]);
  });

  it("UNIT-16 what was said by telephone is marked there, without what the court wrote of it", async () => {
    const k = await withUnits();
    const one = await desk(k, "station1");
    await send(k, "p1");
    const call = { state: "ACKED", saidBy: "王警官", note: "电话里说人手不够" };
    await k.accepted("jiangan.duty", "police.answer", "police", "p1", call);
    await one.take();
    expect(one.records()).toEqual(await one.truth());
    expect(one.state.maps.police.get("p1")?.dto).toMatchObject({
      state: "ACKED",
      answers: [{ state: "ACKED", byPhone: true, saidBy: "王警官" }],
    });
    expect(JSON.stringify(one.records())).not.toMatch(/人手不够|jiangan\.duty/);
    // The unit that it is sent on to reads nothing of it.
    await k.accepted("jiangan.duty", "police.reroute", "police", "p1", { unitId: "station2" });
    const two = await desk(k, "station2");
    await two.take();
    expect(two.state.maps.police.get("p1")?.dto.answers).toEqual([]);
  });

  it("UNIT-16 the court's telephone stands with each request, also when it changes", async () => {
    const k = await withUnits();
    const one = await desk(k, "station1");
    await send(k, "p1");
    await one.take();
    expect(one.state.maps.police.get("p1")?.dto.courtPhone).toBeUndefined();
    const set = async (phone: string, n: number) => {
      await k.kernel.app.systemCommand({
        id: `sys:test:contact:${n}`,
        kind: "court.setDutyContact",
        ref: { type: "court", id: "jiangan" },
        payload: { contactId: "desk", roles: ["DUTY_OFFICER"], phone },
      });
      await one.take();
      return one.state.maps.police.get("p1")?.dto.courtPhone;
    };
    expect(await set("027-82000001", 1)).toBe("027-82000001");
    expect(await set("027-82000002", 2)).toBe("027-82000002");
    expect(one.records()).toEqual(await one.truth());
  });

  it("UNIT-16 a reminder is read there, and not who wrote it", async () => {
    const k = await withUnits();
    const one = await desk(k, "bank1");
    await k.accepted("jiangan.duty", "liaison.send", "liaison", "l1", {
      ...{ unitId: "bank1", service: "QUERY", caseNo: CASE, noticeNo: "N1" },
      subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
    });
    const due = k.kernel.replica.world.get("liaison", "l1")?.clocks.due?.dueAt ?? 0;
    k.clock.pass(due + 1_000 - k.clock.now());
    await k.accepted("jiangan.duty", "liaison.remind", "liaison", "l1", { text: "请尽快办理" });
    await one.take();
    const { dto } = one.state.maps.liaison.get("l1") ?? {};
    expect(dto?.reminders).toMatchObject([{ text: { text: "请尽快办理" } }]);
    expect(JSON.stringify(dto)).not.toContain("jiangan.duty");
  });

  it("UNIT-3 a desk stays open to its own people only", async () => {
    const k = await withUnits();
    const { world } = k.kernel.replica;
    const at = (view: Subscriber["view"], officerId: string, role: string) =>
      reasonToClose(world, {
        ...{ id: "x", view, officerId, sessionId: "s1", roles: [role] },
        ...{ send: () => undefined, close: () => undefined, pendingBytes: () => 0 },
      });
    expect(at("partner:station1", "station1.user", "LIAISON_USER")).toBeUndefined();
    expect(at("partner:station2", "station1.user", "LIAISON_USER")).toBe("REVOKED");
    expect(at("partner:station1", "jiangan.duty", "DUTY_OFFICER")).toBe("REVOKED");
    await k.kernel.app.systemCommand({
      id: "sys:test:disable",
      kind: "officer.grant",
      ref: { type: "officer", id: "jiangan.secadmin" },
      payload: { role: "SYSTEM_ADMIN" },
    });
    await k.accepted("jiangan.secadmin", "officer.disable", "officer", "station1.user");
    expect(at("partner:station1", "station1.user", "LIAISON_USER")).toBe("REVOKED");
  });
});

describe("terms of a unit", () => {
  it("LIA-3 are raised at their instants, once, and by whoever was started in between", async () => {
    const k = await withUnits();
    await k.accepted("jiangan.duty", "liaison.send", "liaison", "l1", {
      ...{ unitId: "bank1", service: "QUERY", caseNo: CASE, noticeNo: "N1" },
      subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
    });
    const level = (kernel: TestKernel) =>
      kernel.kernel.replica.world.get("liaison", "l1")?.clocks.due?.level;
    const due = k.kernel.replica.world.get("liaison", "l1")?.clocks.due?.dueAt ?? 0;
    // No second-by-second walk through days: to just before each instant, then over it.
    k.clock.pass(due - DAY - 1_000 - k.clock.now());
    expect(level(k)).toBe(0);
    await k.passScanning(1_000);
    expect(level(k)).toBe(1);
    const again = await k.reopened();
    expect(level(again)).toBe(1);
    again.clock.pass(due - 1_000 - again.clock.now());
    await again.passScanning(1_000);
    expect(level(again)).toBe(2);
    const seq = again.kernel.replica.tail.seq;
    await again.passScanning(2_000);
    expect(again.kernel.replica.tail.seq).toBe(seq);
  });
});
