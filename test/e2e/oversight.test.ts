/** Between courts, and from outside: delegation, supervision, approaches, observers, who looked. */
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen, type Size, WALL_4K } from "../support/browser/browser.ts";
import { choose, pressAction, submitTask } from "../support/browser/console.ts";
import { complaints, misfits, nameless } from "../support/browser/inspect.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

const CASE = "(2026)鄂0102执138号";
const DAY = 86_400_000;
const nameOf = ({ width, height }: Size): string => `${width}×${height}`;
const SIZES = [DESK, WALL_4K, PHONE].map((size) => [nameOf(size), size] as const);

describe("between courts and from outside", () => {
  let room: Room;
  const open: Screen[] = [];
  const ids = { delegation: v7(), supervision: v7(), item: v7(), operation: v7(), opinion: v7() };

  async function did(who: Someone, kind: string, id: string, payload = {}): Promise<void> {
    const answer = await who.command(kind, id, payload);
    if (answer.outcome !== "ACCEPTED") {
      throw new Error(`${kind}: ${answer.refusal?.message?.en ?? answer.refusal?.code}`);
    }
  }

  beforeAll(async () => {
    room = await openRoom();
    const as = (login: string) => someone(room.url, login);
    const director = await as("jiangan.director");
    const above = await as("wuhan.director");
    const judge = await as("jiangan.judge");
    await did(await as("jiangan.president"), "operation.open", ids.operation, {
      code: "JA-2026-138",
      name: "腾退行动",
      kind: "EVICTION",
      caseNo: CASE,
      approvalNo: "批138",
      place: { lat: 30.6123, lng: 114.3051, address: "沿江大道56号" },
      chiefCommanderId: director.officerId,
      sceneCommanderId: judge.officerId,
      memberIds: [judge.officerId, (await as("jiangan.police")).officerId],
      assetIds: [],
    });
    await did(above, "observer.release", "observer-demo", { operationId: ids.operation });
    await delegate(judge, await as("jiangan.duty"), (await as("huangpi.duty")).courtId);
    await supervise(above, director, judge);
    await did(judge, "interference.record", v7(), {
      caseNo: CASE,
      approacher: "OFFICIAL",
      who: "某局负责人",
      approachedBy: "PHONE",
      approachedAt: Date.now() - 3_600_000,
      asked: "询问能否暂缓腾退",
    });
    await did(await as("wuhan.duty"), "opinion.register", ids.opinion, {
      body: "PROCURATORATE",
      organisation: "武汉市人民检察院",
      docNo: "武检执监〔2026〕7号",
      text: "建议规范腾退现场物品清点",
      receivedAt: Date.now() - 26 * DAY,
    });
  }, 240_000);

  async function delegate(judge: Someone, duty: Someone, toCourtId: string): Promise<void> {
    await did(judge, "delegation.draft", ids.delegation, {
      toCourtId,
      itemType: "SEAL_REAL_ESTATE",
      caseNo: CASE,
      docs: [{ name: "执行裁定书", no: "鄂0102执138号之一" }],
      request: "查封被执行人名下不动产",
      urgent: false,
    });
    await did(judge, "delegation.submit", ids.delegation);
    await did(duty, "delegation.send", ids.delegation);
  }

  async function supervise(above: Someone, director: Someone, judge: Someone): Promise<void> {
    const letter = {
      letterNo: "武中督〔2026〕12号",
      demand: "查明原因",
      dueAt: Date.now() + 7 * DAY,
    };
    await did(above, "supervision.open", ids.supervision, {
      targetCourtId: director.courtId,
      kind: "CASE",
      trigger: "INACTION",
      caseNo: CASE,
      matter: "申请人反映长期未腾退",
    });
    await did(above, "supervision.sendLetter", ids.supervision, letter);
    await did(director, "supervision.assign", ids.supervision, { assigneeId: judge.officerId });
    await did(above, "supervision.addItem", ids.supervision, {
      itemId: ids.item,
      ownerId: judge.officerId,
      what: "补全查封财产清单",
      dueAt: Date.now() + 5 * DAY,
    });
    const evidence = { itemId: ids.item, evidence: "清单已补全并入卷" };
    await did(judge, "supervision.showEvidence", ids.supervision, evidence);
  }

  afterEach(async ({ task }) => {
    await room.shootOnFailure(task);
    await Promise.all(open.splice(0).map((screen) => screen.close()));
  });
  afterAll(() => room.end());

  async function at(login: string, board: string, size: Size = DESK): Promise<Screen> {
    const screen = await room.seat(login, "console", size);
    open.push(screen);
    await screen.page.locator(".board-menu").waitFor();
    await screen.page.locator(".board-menu").click();
    await screen.page.getByRole("menuitem", { name: board }).click();
    await screen.page.locator(".board h2", { hasText: board }).waitFor();
    return screen;
  }

  async function select({ page }: Screen, key: string): Promise<void> {
    await page.locator(`.board-row[data-record="${key}"] .board-row-open`).click();
    await page.locator("article.record").waitFor();
  }

  it("OVS-1 the entrusted court accepts a delegation on its board, in two steps", async () => {
    const screen = await at("huangpi.duty", "事项委托");
    await select(screen, `delegation:${ids.delegation}`);
    await screen.page.locator("article.record .timeline li").first().waitFor();
    await room.shoot("oversight-delegation", screen);
    await pressAction(screen, "delegation.accept");
    const row = screen.page.locator(`.board-row[data-record="delegation:${ids.delegation}"]`);
    await row.getByText("已接收").waitFor();
    expect(complaints(screen)).toEqual([]);
  });

  it("OVS-2 the supervising court closes an item of the list, and the supervised one cannot", async () => {
    const lower = await at("jiangan.director", "督办");
    await select(lower, `supervision:${ids.supervision}`);
    await lower.page.locator('[data-item="evidence"]').waitFor();
    await room.shoot("oversight-supervised", lower);
    expect(await lower.page.locator('[data-action="supervision.closeItem"]').count()).toBe(0);

    const upper = await at("wuhan.director", "督办");
    await select(upper, `supervision:${ids.supervision}`);
    await pressAction(upper, "supervision.closeItem");
    await choose(upper, "整改事项", "补全查封财产清单");
    await room.shoot("oversight-close-item", upper);
    await upper.page.locator("section.task button.ant-btn-primary").first().click();
    await upper.page.locator(".ant-popconfirm button.ant-btn-primary").click();
    await upper.page.locator("section.task").waitFor({ state: "detached" });
    await upper.page.locator('[data-item="closed"]').waitFor();
    await lower.page.locator('[data-item="closed"]').waitFor();
    expect([...complaints(upper), ...complaints(lower)]).toEqual([]);
  });

  it("OVS-2 a supervision is opened from the board by its form", async () => {
    const screen = await at("wuhan.director", "督办");
    await screen.page.locator('[data-create="supervision.open"] button').click();
    await choose(screen, "被督办法院", "黄陂");
    await choose(screen, "督办种类", "通报");
    await choose(screen, "来源", "指标异常");
    await screen.page.getByLabel("事由").fill("指标连续两月异常");
    await room.shoot("oversight-open", screen);
    await submitTask(screen);
    await screen.page.locator(".board-row", { hasText: "通报" }).waitFor();
    expect(complaints(screen)).toEqual([]);
  });

  it("OVS-4 an approach is read by the president and by no other desk", async () => {
    const president = await at("jiangan.president", "过问记录");
    await president.page.getByText("询问能否暂缓腾退").waitFor();
    await room.shoot("oversight-interference", president);
    const duty = await at("jiangan.duty", "过问记录");
    await duty.page.getByText("本席不显示").waitFor();
    expect(await duty.page.getByText("询问能否暂缓腾退").count()).toBe(0);
    expect([...complaints(president), ...complaints(duty)]).toEqual([]);
  });

  it.each(SIZES)(
    "OVS-4 an inspector above reads at %s what was recorded below",
    async (name, size) => {
      const screen = await room.seat("wuhan.inspector", "inspector", size);
      open.push(screen);
      await screen.page.getByText("询问能否暂缓腾退").waitFor();
      await room.shoot(`inspector-${name}`, screen);
      expect(await misfits(screen.page)).toEqual([]);
      expect(complaints(screen)).toEqual([]);
    },
  );

  it.each(SIZES)(
    "OBS-5 an observer looks at %s, and what he sees is old and without persons",
    async (name, size) => {
      const screen = await room.seat("wuhan.guest", "observe", size);
      open.push(screen);
      const { page } = screen;
      await page.getByText("观摩模式 · 延迟 30 秒").waitFor();
      await page.locator(`[data-operation="${ids.operation}"]`).waitFor({ timeout: 60_000 });
      await room.shoot(`observe-${name}`, screen);
      const shown = (await page.locator("body").textContent()) ?? "";
      for (const secret of [CASE, "沿江大道", "腾退行动"]) expect(shown).not.toContain(secret);
      expect(await misfits(page)).toEqual([]);
      expect(await nameless(screen)).toEqual([]);
      await page.getByRole("button", { name: "English" }).click();
      await page.getByText("Observer mode · 30 s delayed").waitFor();
      await room.shoot(`observe-${name}-en`, screen);
      expect(await misfits(page)).toEqual([]);
      expect(complaints(screen)).toEqual([]);
    },
  );

  it("OBS-12 his map has the land and the released operation, roughly placed, and nobody", async () => {
    const screen = await room.seat("wuhan.guest", "observe", DESK);
    open.push(screen);
    await screen.page.locator(".observe-map .mark-flag").waitFor({ timeout: 60_000 });
    const flag = screen.page.locator(".observe-map .map-mark:has(.mark-flag)");
    expect(await flag.getAttribute("aria-label")).toContain("JA-2026-138");
    const marks = screen.page.locator(".observe-map .map-mark:not(:has(.map-place))");
    expect(await marks.count()).toBe(1);
    expect(await screen.page.locator(".observe-map .leaflet-officers-pane canvas").count()).toBe(0);
    expect(complaints(screen)).toEqual([]);
  });

  it.each(SIZES)(
    "OVS-3 the watched court reads at %s who has been watching it",
    async (name, size) => {
      const screen = await at("jiangan.duty", "观摩与查看", size);
      await screen.page.locator('.watcher[data-kind="OBSERVER"]').first().waitFor();
      await room.shoot(`watchers-${name}`, screen);
      expect(complaints(screen)).toEqual([]);
    },
  );

  it("OBS-8 an observer's seat is given an account that is shown once", async () => {
    const screen = await at("wuhan.director", "观摩与查看");
    await select(screen, "observer:observer-demo");
    await screen.page.getByRole("button", { name: "发放账号" }).click();
    await screen.page.getByText("只显示这一次").waitFor();
    await room.shoot("observer-account", screen);
    expect(complaints(screen)).toEqual([]);
  });
});
