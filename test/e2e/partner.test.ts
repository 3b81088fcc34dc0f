/** A police station and a bank at their desks, with mouse and keyboard only. */
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoUnitId } from "../../server/demo/commands.ts";
import { DESK, PHONE, type Screen, WALL_4K } from "../support/browser/browser.ts";
import { runCommand } from "../support/browser/console.ts";
import { textOf } from "../support/browser/frames.ts";
import { complaints, misfits, nameless } from "../support/browser/inspect.ts";
import { until } from "../support/browser/looking.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

const CASE = "(2026)鄂0102执138号";
const SUBJECT = { id: v7(), label: "张**", sex: "M", ageBand: "18_69", flags: ["HEALTH"] };

/** In the page: `a` in the very turn in which the step stands there, before the browser has painted it. */
function pressOnceShown(): void {
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('.p-step[data-step="ACKED"]:not([disabled])')) return;
    observer.disconnect();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
  }).observe(document, { childList: true, subtree: true });
}

describe("a linked unit's desk", () => {
  let room: Room;
  let judge: Someone;
  let duty: Someone;
  let base = "";
  beforeAll(async () => {
    room = await openRoom();
    judge = await someone(room.url, "jiangan.judge");
    duty = await someone(room.url, "jiangan.duty");
    base = demoUnitId(judge.courtId);
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  async function ask(unit: string, more: object = {}): Promise<string> {
    const id = v7();
    const content = { kind: "SCENE_SUPPORT", urgency: "P2", unitId: `${base}-${unit}` };
    const detail = "沿江大道56号有人堵门";
    const answer = await judge.command("police.send", id, { ...content, detail, ...more });
    expect(answer.outcome).toBe("ACCEPTED");
    return id;
  }

  const stateOf = async (type: "police" | "liaison", id: string) =>
    (await duty.records(type)).find((record) => record.id === id)?.dto.state;

  const reaches = (type: "police" | "liaison", id: string, state: string) =>
    until(
      `${id} ${state}`,
      () => stateOf(type, id),
      (is) => is === state,
    );

  /** Everything that a hand does, counted. */
  function hand({ page }: Screen) {
    let count = 0;
    return {
      count: () => count,
      click: async (selector: string) => {
        count += 1;
        await page.locator(selector).first().click();
      },
      type: async (text: string) => {
        count += 1;
        await page.keyboard.type(text);
      },
      press: async (key: string) => {
        count += 1;
        await page.keyboard.press(key);
      },
    };
  }

  /** Where the hand will press next. */
  const boxOf = async ({ page }: Screen) =>
    (await page.locator('.p-step[data-step="DISPATCHED"]').boundingBox())?.y;

  /** An old machine: a sixth of this one's speed. */
  async function slowed(screen: Screen): Promise<void> {
    const devtools = await screen.context.newCDPSession(screen.page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  }

  it("PART-5 answers as a police station: from the opened sign-in to 出警 in 3 presses, on a slow machine", async () => {
    const id = await ask("station");
    const screen = await room.device(DESK);
    await slowed(screen);
    await screen.page.goto(`${room.url}/login`);
    await screen.page.locator(".demo-grid").first().waitFor();
    const my = hand(screen);
    await my.click('.demo-grid button:has-text("jiangan.station")');
    await screen.page.waitForURL("**/partner");
    await screen.page.locator('.p-step[data-step="DISPATCHED"]').waitFor();
    const at = await boxOf(screen);
    await my.click('.p-step[data-step="ACKED"]');
    await reaches("police", id, "ACKED");
    await screen.page.locator('.p-step[data-step="ACKED"][data-done]').waitFor();
    expect(await boxOf(screen)).toBe(at);
    await my.click('.p-step[data-step="DISPATCHED"]:not([disabled])');
    await reaches("police", id, "DISPATCHED");
    expect(my.count()).toBeLessThanOrEqual(4);
    await screen.page.locator('.p-step[data-step="DISPATCHED"][data-done]').waitFor();
    const loaded = await screen.page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    // Neither a map nor the library of the consoles.
    const heavy = /leaflet|\/geo\/|\/theme-|ConsoleFace|LoginFace/;
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.filter((name) => heavy.test(name))).toEqual([]);
    expect(complaints(screen)).toEqual([]);
    expect(screen.page.url()).toContain("/partner");
    await screen.close();
  });

  it("PART-5 by keyboard alone, account and password typed: 4, as 出警 also signs", async () => {
    const id = await ask("station");
    const screen = await room.device(DESK);
    const { page } = screen;
    await page.goto(`${room.url}/login?next=/partner`);
    await page.locator("#login:focus, input[autocomplete=username]:focus").waitFor();
    const my = hand(screen);
    await my.type("jiangan.station");
    await page.keyboard.press("Tab");
    await my.type("demo-2026");
    await my.press("Enter");
    await page.waitForURL("**/partner");
    await page.locator('.p-step[data-step="DISPATCHED"]').waitFor();
    // The one from the test before is still on the list, signed: this one lies on top.
    await page.locator(".p-card .p-state", { hasText: "未签收" }).waitFor();
    await my.press("d");
    await reaches("police", id, "DISPATCHED");
    expect(my.count()).toBeLessThanOrEqual(4);
    expect(complaints(screen)).toEqual([]);
    await screen.close();
  });

  it("PART-5 a key counts from the moment at which its step is on the glass", async () => {
    const id = await ask("station");
    const screen = await room.seat("jiangan.station", "partner", DESK);
    const { page } = screen;
    await page.locator(".p-card").waitFor();
    await page.addInitScript(pressOnceShown);
    await page.reload();
    await reaches("police", id, "ACKED");
    expect(complaints(screen)).toEqual([]);
    await screen.close();
  });

  it("PART-6 a new request never takes the place of the one on the desk, and its bell is in the title", async () => {
    const first = await ask("", { unitId: base, urgency: "P3" });
    const screen = await room.seat("jiangan.gongan", "partner", DESK);
    const { page } = screen;
    await page.locator(".p-card").waitFor();
    const urgent = await ask("", {
      unitId: base,
      urgency: "P1",
      kind: "VIOLENCE_RESPONSE",
    });
    await page.locator(".p-arrived").waitFor();
    await until(
      "the title",
      () => page.title(),
      (title) => title.startsWith("(2)"),
    );
    expect(await page.locator("#p-title").textContent()).toBe("现场增援");
    await page.keyboard.press("a");
    await reaches("police", first, "ACKED");
    expect(await stateOf("police", urgent)).toBe("SENT");
    await page.locator(".p-arrived").click();
    await page.locator("#p-title", { hasText: "处置暴力抗拒" }).waitFor();
    await page.keyboard.press("a");
    await reaches("police", urgent, "ACKED");
    // Sent on: it leaves the desk with a word, and nothing else slips in.
    await duty.command("police.reroute", urgent, { unitId: `${base}-station` });
    await page.getByText("此请求已转交其他单位").waitFor();
    expect(await page.locator(".p-card .p-step[data-step]").count()).toBe(0);
    expect(complaints(screen)).toEqual([]);
    await screen.close();
  });

  it("PART-7 declining takes a written reason; a telephone answer is marked", async () => {
    const id = await ask("station", { urgency: "P3" });
    await duty.command("police.answer", id, { state: "ACKED", saidBy: "王警官" });
    const screen = await room.seat("jiangan.station", "partner", DESK);
    const { page } = screen;
    await page.locator(".p-row", { hasText: "一般" }).first().click();
    await page.locator(".p-said [data-phone]", { hasText: "王警官" }).waitFor();
    await page.keyboard.press("x");
    const form = page.locator(".p-form");
    await form.waitFor();
    // The key that opened it is no reason.
    expect(await form.locator("textarea").inputValue()).toBe("");
    await form.locator("button[type=submit]").click();
    await form.getByText("请填写").waitFor();
    await form.locator("textarea").fill("本所警力已全部派出");
    await form.locator("button[type=submit]").click();
    await page.getByText("此请求已结束：不予协助").waitFor();
    const refused = (await duty.records("police")).find((record) => record.id === id);
    expect(refused?.dto.state ?? "DECLINED").toBe("DECLINED");
    expect(complaints(screen)).toEqual([]);
    await screen.close();
  });

  it("PART-7 a bank signs, takes in hand and replies, with what its service needs and no more", async () => {
    const id = v7();
    const content = { service: "FREEZE", caseNo: CASE, noticeNo: "通138号", rulingNo: "裁138号" };
    const sent = await judge.command("liaison.send", id, {
      ...{ ...content, unitId: `${base}-bank`, subject: SUBJECT, detail: "冻结二十万元" },
    });
    expect(sent.outcome).toBe("ACCEPTED");
    const screen = await room.seat("jiangan.bank", "partner", DESK);
    const { page } = screen;
    await page.locator(".p-card").waitFor();
    const shown = await page
      .locator("[data-field]")
      .evaluateAll((all) => all.map((each) => each.getAttribute("data-field")));
    expect(shown).toEqual(["subject", "caseNo", "noticeNo", "rulingNo", "basis"]);
    expect(textOf(screen.frames)).not.toMatch(/HEALTH|sentBy|18_69/);
    await page.keyboard.press("a");
    await reaches("liaison", id, "RECEIVED");
    await page.locator('[data-step="PROCESSING"][data-next]').click();
    await reaches("liaison", id, "PROCESSING");
    await page.locator('[data-step="REPLIED"][data-next]').click();
    await page.locator(".p-form textarea").fill("已冻结，余额二十万元");
    await page.locator(".p-form button[type=submit]").click();
    await reaches("liaison", id, "REPLIED");
    await page.locator('[data-step="REPLIED"][data-done]').waitFor();
    expect(complaints(screen)).toEqual([]);
    await screen.close();
  });

  it("PART-8 the month is counted and saved as a file, at the desk and at a console", async () => {
    const desk = await room.seat("jiangan.registry", "partner", DESK);
    await desk.page.locator(".p-none").waitFor();
    await desk.page.getByText("联动单位月报").click();
    await desk.page.getByRole("button", { name: "汇总" }).click();
    await desk.page.getByText("没有请求，无可导出").waitFor();
    await desk.close();
    const console = await room.seat("jiangan.duty", "console", DESK);
    await console.page.locator(".queue").waitFor();
    await runCommand(console, "联动单位月报");
    const dialog = console.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "汇总" }).click();
    await dialog.getByRole("cell", { name: "江岸示例派出所（模拟）" }).waitFor();
    const [file] = await Promise.all([
      console.page.waitForEvent("download"),
      dialog.getByText("下载 CSV").click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^demo-联动单位月报-\d{4}-\d\d\.csv$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    const csv = Buffer.concat(chunks).toString("utf8");
    expect(csv).toContain("模拟数据");
    expect(csv).toMatch(/\(Asia\/Shanghai\)/);
    expect(csv).toMatch(/江岸示例派出所（模拟）,公安机关,武汉市江岸区人民法院,\d/);
    expect(complaints(console)).toEqual([]);
    await console.close();
  });

  it("PART-10 a desk without a server says so, keeps what it showed, and gives the telephone", async () => {
    const id = await ask("", { unitId: base });
    const screen = await room.seat("jiangan.gongan", "partner", DESK);
    const { page } = screen;
    await page.locator(".p-card .p-state", { hasText: "未签收" }).waitFor();
    await room.server.kill();
    await page.locator('.partner[data-freshness="stale"]').waitFor({ timeout: 30_000 });
    await page.locator(".link-banner").waitFor();
    await page.keyboard.press("a");
    await page.getByText("请致电：027-0000 0001").waitFor({ timeout: 20_000 });
    await room.restart();
    await page.locator('.partner[data-freshness="fresh"]').waitFor({ timeout: 60_000 });
    await page.locator('.p-step[data-step="ACKED"]').click();
    await reaches("police", id, "ACKED");
    await screen.close();
  });

  it.each([DESK, WALL_4K, PHONE].map((size) => [`${size.width}×${size.height}`, size] as const))(
    "E2E-6 the desk fits %s, in both languages",
    async (name, size) => {
      for (const language of ["zh", "en"]) {
        const screen = await room.device(size);
        await screen.page.addInitScript((chosen) => {
          const state = { theme: "dark", language: chosen, muted: false };
          localStorage.setItem("ec.ui", JSON.stringify({ state, version: 0 }));
        }, language);
        await screen.page.context().request.post(`${room.url}/api/login`, {
          data: { login: "jiangan.station", password: "demo-2026" },
          headers: { origin: room.url },
        });
        await screen.page.goto(`${room.url}/partner`);
        await screen.page.locator(".p-card").waitFor();
        await room.shoot(`layout-partner-${name}-${language}`, screen);
        expect(await misfits(screen.page)).toEqual([]);
        expect(await nameless(screen)).toEqual([]);
        expect(complaints(screen)).toEqual([]);
        await screen.close();
      }
    },
  );
});
