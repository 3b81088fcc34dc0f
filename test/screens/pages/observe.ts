import { v7 } from "uuid";
import type { FacePages, SizeName } from "../screen-page.ts";
import type { Stage } from "../stage.ts";

const guest = { login: "wuhan.guest" };
const USUAL: readonly SizeName[] = ["1366", "390"];
/** The seat of the demonstration's visitor. */
const SEAT_ID = "observer-demo";

async function release(stage: Stage): Promise<void> {
  const [chief, scene, officer] = await Promise.all([
    stage.who("jiangan.director"),
    stage.who("jiangan.judge"),
    stage.who("jiangan.police"),
  ]);
  const id = v7();
  await stage.did("jiangan.director", "operation.open", id, {
    code: "JA-2026-138",
    name: "沿江大道腾退",
    kind: "EVICTION",
    caseNo: "(2026)鄂0102执138号",
    approvalNo: "江岸执批〔2026〕138号",
    place: { lat: 30.6123, lng: 114.3051, address: "沿江大道56号" },
    chiefCommanderId: chief.officerId,
    sceneCommanderId: scene.officerId,
    memberIds: [scene.officerId, officer.officerId],
    assetIds: [],
  });
  await stage.did("jiangan.judge", "operation.depart", id);
  await stage.did("jiangan.judge", "operation.arrive", id);
  await stage.did("wuhan.director", "observer.release", SEAT_ID, { operationId: id });
  await stage.did("jiangan.judge", "incident.report", v7(), {
    kind: "SIEGE",
    level: "GENERAL",
    operationId: id,
    detail: "门口聚集十余人",
  });
  await stage.did("wuhan.duty", "opinion.register", v7(), {
    body: "CONGRESS",
    organisation: "武汉市人大监察和司法委员会（模拟）",
    docNo: "武人监函〔2026〕3号",
    text: "建议完善腾退现场物品清点的见证",
    receivedAt: Date.now() - 86_400_000,
  });
}

export const OBSERVE_PAGES: FacePages = {
  face: "observe",
  pages: [
    {
      name: "observe-empty",
      shows: "an observer of the congress before anything was released: figures, later and less",
      seat: guest,
      route: "/observe",
      readyWhen: "main h2",
    },
    {
      name: "observe",
      shows: "one released operation as it was 30 s ago: steps, and a place to about a kilometre",
      seat: guest,
      state: async (stage) => {
        await release(stage);
        await new Promise((resolve) => setTimeout(resolve, 33_000));
      },
      route: "/observe",
      readyWhen: "[data-operation]",
    },
    {
      name: "observe-offline",
      shows: "an observer whose network is gone: the band says so, the picture grows old",
      seat: guest,
      route: "/observe",
      readyWhen: "[data-operation]",
      press: async (page) => {
        await page.context().setOffline(true);
        await page.locator(".link-banner").waitFor();
      },
      sizes: USUAL,
    },
  ],
};
