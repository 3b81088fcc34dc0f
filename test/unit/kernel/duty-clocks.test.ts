import { describe, expect, it } from "vitest";
import { newMedia, type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const shiftOf = (k: TestKernel, id: string) => k.kernel.replica.world.get("shift", id);

describe("clocks of duty over the real kernel", () => {
  it("SHF-11 the desk is flagged once at 08:30 though the server was started anew before", async () => {
    const k = await testKernel({ media: newMedia() });
    const check = Date.UTC(2026, 2, 3, 0, 30);
    await k.accepted("jiangan.director", "shift.schedule", "shift", "a", {
      officerId: "jiangan.duty",
      from: k.clock.now(),
      to: check,
      mode: "TELEPHONE",
    });
    await k.accepted("jiangan.duty", "shift.sign", "shift", "a");
    k.clock.pass(check - k.clock.now() - 2 * MINUTE_MS);

    const next = await k.reopened();
    await next.passScanning(MINUTE_MS);
    expect(shiftOf(next, "a")?.unsignedSince).toBeUndefined();
    await next.passScanning(MINUTE_MS + SECOND_MS);
    expect(shiftOf(next, "a")?.unsignedSince).toBe(check);

    const after = await next.reopened();
    await after.passScanning(5 * SECOND_MS);
    expect(shiftOf(after, "a")).toEqual(shiftOf(next, "a"));
  });

  it("SHF-8 a hand-over with a note goes through the kernel, its text lifted out of the log", async () => {
    const k = await testKernel({ media: newMedia() });
    const [from, to] = [k.clock.now(), k.clock.now() + 60 * MINUTE_MS];
    for (const [id, officerId] of [
      ["a", "jiangan.duty"],
      ["b", "jiangan.director"],
    ] as const) {
      const plan = { officerId, from, to, mode: "ON_SITE" };
      await k.accepted("jiangan.president", "shift.schedule", "shift", id, plan);
    }
    await k.accepted("jiangan.duty", "shift.sign", "shift", "a");
    await k.accepted("jiangan.police", "incident.report", "incident", "i1", {
      kind: "SIEGE",
      level: "GENERAL",
    });
    await k.accepted("jiangan.duty", "shift.prepare", "shift", "a");
    const note = "围堵人员已劝离";
    const mark = { keys: ["incident:i1"], done: false, note };
    await k.accepted("jiangan.duty", "shift.mark", "shift", "a", mark);
    await k.accepted("jiangan.duty", "shift.offer", "shift", "a", { toShiftId: "b" });
    await k.accepted("jiangan.director", "shift.sign", "shift", "b");
    expect(shiftOf(k, "a")).toMatchObject({ state: "HANDED_OVER", nextId: "b" });
    expect(JSON.stringify(shiftOf(k, "a"))).not.toContain(note);
    expect(shiftOf(k, "a")?.list?.items[0]?.mark?.note).toHaveProperty("hash");
  });

  it("CHK-2 a silence climbs through a restart, each level once", async () => {
    const k = await testKernel({ media: newMedia() });
    await k.accepted("jiangan.president", "operation.open", "operation", "op1", {
      code: "JA-1",
      name: "行动",
      kind: "DETAIN",
      caseNo: "(2026)鄂0102执1号",
      approvalNo: "A1",
      place: { lat: 30, lng: 114, address: "路" },
      chiefCommanderId: "jiangan.director",
      sceneCommanderId: "jiangan.judge",
      memberIds: ["jiangan.judge", "jiangan.police"],
    });
    await k.accepted("jiangan.judge", "operation.depart", "operation", "op1");
    await k.accepted("jiangan.judge", "operation.arrive", "operation", "op1");
    await k.accepted("jiangan.police", "checkin.begin", "checkin", "k", { operationId: "op1" });
    const levels = (at: TestKernel) =>
      ["k", "k.2"].map((id) => at.kernel.replica.world.get("checkin", id)?.clocks.life?.level);
    await k.passScanning(46 * SECOND_MS);
    await k.accepted("jiangan.police", "checkin.sign", "checkin", "k.2");
    expect(levels(k)).toEqual([1, 0]);

    const next = await k.reopened();
    await next.passScanning(75 * SECOND_MS);
    expect(levels(next)).toEqual([2, 1]);
    await next.passScanning(60 * SECOND_MS);
    expect(levels(next)).toEqual([3, 2]);
  });

  it("ROLL-5 absent on time through a restart", async () => {
    const k = await testKernel({ media: newMedia() });
    const targets = ["jiangan", "huangpi"].map((id) => ({ type: "court", id }));
    await k.accepted("wuhan.duty", "rollcall.call", "rollcall", "r1", { targets });
    await k.accepted("jiangan.duty", "rollcall.answer", "rollcall", "r1", {
      target: "court:jiangan",
    });
    await k.passScanning(30 * SECOND_MS);
    const next = await k.reopened();
    const state = () => next.kernel.replica.world.get("rollcall", "r1.2")?.targets[0]?.state;
    await next.passScanning(29 * SECOND_MS);
    expect(state()).toBe("CALLED");
    await next.passScanning(2 * SECOND_MS);
    expect(state()).toBe("ABSENT");
  });
});
