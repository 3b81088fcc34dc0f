import { describe, expect, it } from "vitest";
import { type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";
import { TestScreen } from "../../support/kernel/test-screen.ts";

const LENT = "huangpi.police";

const OPERATION = {
  ...{ code: "X-1", name: "送达", kind: "SERVE", caseNo: "(2026)鄂0102执9号", approvalNo: "1" },
  ...{ place: { lat: 30.6, lng: 114.3, address: "a" }, assetIds: [] },
  ...{ chiefCommanderId: "jiangan.director", sceneCommanderId: "jiangan.judge" },
  memberIds: ["jiangan.judge", "jiangan.police"],
};

/** 黄陂 sends one of its police to 江岸, who takes a person of 江岸's along. */
async function lentEscort(operationId?: string): Promise<TestKernel> {
  const k = await testKernel();
  if (operationId)
    await k.accepted("jiangan.director", "operation.open", "operation", operationId, OPERATION);
  const order = (by: string, verb: string, payload: object = {}) =>
    k.accepted(by, `order.${verb}`, "order", "o1", payload);
  await order("wuhan.director", "resource", {
    ...{ toCourtId: "huangpi", forCourtId: "jiangan", urgency: "P2", body: "派一名法警" },
    ...(operationId ? { operationId } : {}),
  });
  await order("huangpi.duty", "sign");
  await order("huangpi.director", "feedback", { text: "已派", officerIds: [LENT] });
  await order("wuhan.director", "accept");
  await k.accepted("jiangan.judge", "detention.propose", "detention", "d1", {
    ...{ caseNo: "(2026)鄂0102执1号", actId: "act1", days: 10, escortIds: [LENT] },
    basisArticles: ["民事诉讼法114(1)(6)", "民事诉讼法118", "民事诉讼法119"],
    subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
  });
  return k;
}

describe("an escort who was lent by another court", () => {
  it.each([
    ["he is ordered home", undefined],
    ["the operation that he was sent for ends", "op1"],
  ])(
    "ORD-34 what he may do to a person ends on every screen when %s",
    async (_when, operationId) => {
      const k = await lentEscort(operationId);
      const screens = await Promise.all([
        new TestScreen(k, "console:jiangan", "jiangan.duty").connect(),
        new TestScreen(k, `field:${LENT}`, LENT).connect(),
      ]);
      for (const screen of screens) await screen.take();
      expect(JSON.stringify(screens[0]?.records()["detention:d1"])).toContain("lentMember");

      if (operationId)
        await k.accepted("jiangan.director", "operation.abort", "operation", operationId, {
          reason: "取消",
        });
      else await k.accepted("wuhan.director", "order.recall", "order", "o1", {});

      for (const screen of screens) {
        await screen.take();
        expect(screen.records()).toEqual(await screen.truth());
      }
      expect(JSON.stringify(screens[0]?.records()["detention:d1"])).not.toContain("lentMember");
    },
  );
});
