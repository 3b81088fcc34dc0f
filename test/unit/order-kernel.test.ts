import { describe, expect, it } from "vitest";
import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { type TestKernel, testKernel } from "../support/kernel/test-kernel.ts";
import { TestScreen } from "../support/kernel/test-screen.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const order = (k: TestKernel) => k.kernel.replica.world.get("order", "o1");
const report = (k: TestKernel) => k.kernel.replica.world.get("report", "r1");

describe("clocks through a restart", () => {
  it("ORD-21 what fell due while the server was down is raised when it is back, once", async () => {
    const k = await testKernel();
    await k.accepted("wuhan.director", "order.task", "order", "o1", {
      toCourtIds: ["jiangan", "huangpi"],
      urgency: "P1",
      body: "请报送",
      dueAt: k.clock.now() + MINUTE_MS,
    });
    await k.accepted("jiangan.duty", "order.sign", "order", "o1");
    await k.accepted("jiangan.director", "order.feedback", "order", "o1", { text: "已报" });
    k.clock.pass(2 * MINUTE_MS);
    const back = await k.reopened();
    await back.passScanning(1_000);
    expect(order(back)?.clocks["due:huangpi"]?.level).toBe(1);
    expect(order(back)?.clocks["due:jiangan"]?.level).toBe(0);
    const raised = back.kernel.replica.tail.seq;
    await back.passScanning(2_000);
    expect(back.kernel.replica.tail.seq).toBe(raised);
    k.clock.pass(HOUR_MS);
    const again = await back.reopened();
    await again.passScanning(1_000);
    expect(order(again)?.clocks["due:huangpi"]?.level).toBe(2);
  });

  it("ORD-19 what was left of a suspended duty survives a restart", async () => {
    const k = await testKernel();
    await k.accepted("wuhan.director", "order.task", "order", "o1", {
      toCourtId: "jiangan",
      urgency: "P2",
      body: "请报送",
      dueAt: k.clock.now() + HOUR_MS,
    });
    await k.accepted("jiangan.duty", "order.sign", "order", "o1");
    k.clock.pass(20 * MINUTE_MS);
    await k.accepted("jiangan.director", "order.askReconsideration", "order", "o1", {
      reason: "依据有误",
    });
    k.clock.pass(5 * HOUR_MS);
    const back = await k.reopened();
    await back.passScanning(1_000);
    expect(order(back)?.clocks["due:jiangan"]?.level).toBe(0);
    await back.accepted("wuhan.director", "order.answerReconsideration", "order", "o1", {
      outcome: "UPHELD",
      text: "维持",
    });
    expect(order(back)?.receipts[0]?.dueAt).toBe(back.clock.now() + 40 * MINUTE_MS);
  });

  it("RPT-9 an unread request for support climbs although the server was down at its time", async () => {
    const k = await testKernel();
    await k.accepted("jiangan.duty", "report.submit", "report", "r1", {
      kind: "REQUEST_SUPPORT",
      text: "请求支援",
    });
    k.clock.pass(9 * MINUTE_MS);
    const back = await k.reopened();
    await back.passScanning(59_000);
    expect(report(back)?.holderCourtId).toBe("wuhan");
    await back.passScanning(1_000);
    expect(report(back)?.holderCourtId).toBe("high");
    await back.accepted("high.duty", "report.handle", "report", "r1", { text: "已派员" });
    expect(report(back)?.state).toBe("HANDLED");
  });
});

describe("screens of several recipients", () => {
  it("ORD-22 what one court fed back reaches its own screen, its line and the issuer, no other", async () => {
    const k = await testKernel();
    const views: ViewKey[] = [
      "console:high",
      "console:wuhan",
      "console:jiangan",
      "console:huangpi",
      "console:xiangyang",
      "console:fancheng",
      "wall:high",
    ];
    const screens = await Promise.all(views.map((view) => new TestScreen(k, view).connect()));
    await k.accepted("high.director", "order.task", "order", "o1", {
      toCourtIds: ["jiangan", "huangpi", "fancheng"],
      urgency: "P2",
      body: "请报送本周安排",
    });
    await k.accepted("jiangan.duty", "order.sign", "order", "o1");
    await k.accepted("jiangan.director", "order.feedback", "order", "o1", { text: "江岸已报" });
    const texts: string[] = [];
    for (const screen of screens) {
      await screen.take();
      expect(screen.records()).toEqual(await screen.truth());
      texts.push(JSON.stringify(screen.records()["order:o1"]));
    }
    const having = (what: string) => views.filter((_, i) => texts[i]?.includes(what));
    expect(having("请报送本周安排")).toEqual(views.filter((view) => view !== "wall:high"));
    const line = ["console:high", "console:wuhan", "console:jiangan"];
    expect(having("江岸已报")).toEqual(line);
    expect(having("jiangan.director")).toEqual(line);
    expect(having('"state":"FEEDBACK"')).toEqual([...line, "wall:high"]);
  });
});
