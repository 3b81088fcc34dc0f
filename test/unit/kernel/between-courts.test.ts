import { describe, expect, it } from "vitest";
import { testKernel } from "../../support/kernel/test-kernel.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const CASE = "(2026)鄂0102执1号";

/** Urgent, from 江岸 to 黄陂, sent at the present time. */
async function urgentDelegation() {
  const k = await testKernel();
  const at = k.clock.now();
  await k.accepted("jiangan.judge", "delegation.draft", "delegation", "del1", {
    toCourtId: "huangpi",
    itemType: "CONTROL_DETAINED",
    caseNo: CASE,
    docs: [],
    decisionNo: "(2026)鄂0102司惩1号",
    request: "控制张三丰",
    address: "前川街5号2单元301",
    urgent: true,
    phonedAt: at,
    phonedTo: "武汉中院李值班",
  });
  await k.accepted("jiangan.judge", "delegation.submit", "delegation", "del1");
  await k.accepted("jiangan.duty", "delegation.send", "delegation", "del1");
  return { k, at };
}

describe("delegation on the kernel", () => {
  it("DEL-13 a court that does not answer is put before the common superior, through a restart", async () => {
    const { k, at } = await urgentDelegation();
    await k.passScanning(15 * MINUTE_MS);
    const next = await k.reopened();
    const record = () => next.kernel.replica.world.get("delegation", "del1");
    expect(record()?.clocks.accept?.level).toBe(1);
    await next.passScanning(15 * MINUTE_MS);
    expect(record()?.overdue).toEqual([
      { clock: "accept", at: at + 30 * MINUTE_MS, toldCourtId: "wuhan" },
    ]);
    expect(record()?.state).toBe("SENT");
    const again = await next.reopened();
    await again.passScanning(MINUTE_MS);
    expect(again.kernel.replica.world.get("delegation", "del1")).toEqual(record());
  });

  it("DEL-14 the entrusted court reads what it is asked; the log holds none of it", async () => {
    const { k } = await urgentDelegation();
    const ref = { type: "delegation", id: "del1" } as const;
    const seen = await k.kernel.app.record("console:huangpi", ref);
    expect(seen).toMatchObject({
      request: { text: "控制张三丰" },
      address: { text: "前川街5号2单元301" },
    });
    expect(await k.kernel.app.record("console:fancheng", ref)).toBeUndefined();
    expect(await k.kernel.app.record("wall:huangpi", ref)).toBeUndefined();
    const commits = await k.log.read(-1, 10_000);
    expect(commits.filter(({ body }) => /张三丰|前川街/.test(body))).toEqual([]);
  });

  it("DEL-7 the timeline says nothing of the review to the entrusted court", async () => {
    const { k } = await urgentDelegation();
    const ref = { type: "delegation", id: "del1" } as const;
    const said = async (view: "console:huangpi" | "console:jiangan") =>
      (await k.kernel.app.timeline(view, ref))?.map(({ zh }) => zh);
    expect(await said("console:huangpi")).toEqual(["发出委托"]);
    expect(await said("console:jiangan")).toEqual(["草拟委托", "提交指挥中心审核", "发出委托"]);
  });
});

describe("supervision on the kernel", () => {
  it("I6 a letter that is late is alarmed though the server was down when it became so", async () => {
    const k = await testKernel();
    await k.accepted("wuhan.director", "supervision.open", "supervision", "sup1", {
      targetCourtId: "jiangan",
      kind: "CASE",
      trigger: "COMPLAINT",
      caseNo: CASE,
      matter: "长期未执行",
    });
    k.clock.pass(10 * DAY_MS);
    const next = await k.reopened();
    await next.passScanning(1_000);
    expect(next.kernel.replica.world.get("supervision", "sup1")).toMatchObject({
      state: "OPENED",
      clocks: { letter: { level: 2 } },
    });
  });
});

describe("interference record on the kernel", () => {
  it("INTF-3 read by president and inspectors, by no console, and INTF-4 not in the log", async () => {
    const k = await testKernel();
    await k.accepted("jiangan.judge", "interference.record", "interference", "int1", {
      caseNo: CASE,
      approacher: "OFFICIAL",
      who: "某局李建国",
      approachedBy: "PHONE",
      approachedAt: k.clock.now(),
      asked: "要求缓一缓",
    });
    const ref = { type: "interference", id: "int1" } as const;
    const { app } = k.kernel;
    for (const view of ["president:jiangan", "inspector:jiangan", "inspector:high"] as const) {
      expect(await app.record(view, ref), view).toMatchObject({ who: { text: "某局李建国" } });
    }
    const blind = [
      "console:jiangan",
      "console:wuhan",
      "wall:jiangan",
      "field:jiangan.judge",
      "president:wuhan",
      "president:high",
      "inspector:huangpi",
    ] as const;
    for (const view of blind) expect(await app.record(view, ref), view).toBeUndefined();
    const commits = await k.log.read(-1, 10_000);
    expect(commits.filter(({ body }) => /李建国|缓一缓/.test(body))).toEqual([]);
  });
});
