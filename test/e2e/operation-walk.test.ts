/** One eviction from the plan to its end: three seats decide, one phone does it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen } from "../support/browser/browser.ts";
import {
  choose,
  openRecord,
  pressAction,
  queueRow,
  runCommand,
  submitTask,
} from "../support/browser/console.ts";
import { until } from "../support/browser/looking.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { goHome, report } from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

const HOUR = 3_600_000;
/** As a clock on a wall in China shows it. */
const wallTime = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 16);

describe("an operation from plan to end", () => {
  let room: Room;
  let judge: Someone;
  let police: Someone;
  let director: Someone;
  let desk: Screen;
  let phone: Screen;
  const seen: Screen[] = [];
  beforeAll(async () => {
    room = await openRoom();
    [judge, police, director] = (await Promise.all(
      ["judge", "police", "director"].map((post) => someone(room.url, `jiangan.${post}`)),
    )) as [Someone, Someone, Someone];
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  /** One desk at a time: whoever sat there leaves it. */
  const sitDown = async (login: string): Promise<Screen> => {
    await desk?.close();
    desk = await room.seat(login, "console", DESK);
    seen.push(desk);
    await desk.page.locator(".queue").waitFor();
    return desk;
  };
  const operation = async () => {
    const [found] = await judge.records("operation");
    if (!found) throw new Error("there is no operation");
    return found;
  };
  const open = async (screen: Screen) => openRecord(screen, `operation:${(await operation()).id}`);
  const isIn = (state: string) =>
    until(
      state,
      async () => (await operation()).dto.state,
      (now) => now === state,
    );
  const stage = (screen: Screen, name: string, look: string) =>
    screen.page.locator(`.stage-band li[data-stage="${name}"][data-look="${look}"]`).waitFor();
  const confirm = (screen: Screen) =>
    screen.page.locator(".ant-popover:visible .ant-btn-primary").click();

  it("OPS-46 the judge drafts the plan by form and submits it", async () => {
    const screen = await sitDown("jiangan.judge");
    await runCommand(screen, "草拟行动方案");
    const form = screen.page.locator("section.task");
    await form.getByLabel("行动编号").fill("2026-腾1");
    await form.getByLabel("行动名称").fill("沿江大道腾退");
    await choose(screen, "类型", "腾退");
    await form.getByLabel("案号", { exact: true }).fill("(2026)鄂0102执139号");
    await form.getByRole("button", { name: "用本院位置" }).click();
    await form.getByLabel("地址（路名和门牌）").fill("沿江大道56号");
    await form.getByLabel("集结时间（北京时间）").fill(wallTime(Date.now() + HOUR));
    await choose(screen, "总指挥", director.name);
    await choose(screen, "现场指挥", judge.name);
    await choose(screen, "参加人员", judge.name);
    await choose(screen, "参加人员", police.name);
    await choose(screen, "风险等级", "高");
    await form.getByLabel("强制迁出公告编号").fill("(2026)鄂0102执139号公告");
    await form.getByLabel("公告指定的迁出期限（北京时间）").fill(wallTime(Date.now() - 24 * HOUR));
    await form.getByLabel("行动方案", { exact: true }).fill("八时四十分集结，分三组进场清点。");
    await room.shoot("operation-draft-form", screen);
    await submitTask(screen);
    await open(screen);
    await stage(screen, "DRAFT", "now");
    await pressAction(screen, "operation.submit");
    await stage(screen, "SUBMITTED", "now");
    await room.shoot("operation-submitted", screen);
  });

  it("OPS-46 the president sends it back with a reason, the judge revises it, the president approves", async () => {
    const president = await sitDown("jiangan.president");
    await open(president);
    await pressAction(president, "operation.reject");
    await president.page.locator("section.task").getByLabel("理由").fill("请写明医疗保障");
    await submitTask(president);
    await stage(president, "SUBMITTED", "stopped");
    const author = await sitDown("jiangan.judge");
    await open(author);
    await pressAction(author, "operation.revise");
    const text = author.page.locator("section.task").getByLabel("行动方案", { exact: true });
    expect(await text.inputValue()).toContain("分三组进场");
    await text.fill("八时四十分集结，分三组进场清点；救护车一辆待命。");
    await submitTask(author);
    await pressAction(author, "operation.submit");
    await stage(author, "SUBMITTED", "now");
    const again = await sitDown("jiangan.president");
    await open(again);
    await pressAction(again, "operation.approve");
    await again.page.locator("section.task").getByLabel("批准文号").fill("江岸执批〔2026〕139号");
    await submitTask(again);
    await stage(again, "FILED", "waiting");
    expect((await operation()).dto.state).toBe("APPROVED");
  });

  it("OPS-44 the court above signs for the filing and takes the chief command", async () => {
    const above = await sitDown("wuhan.director");
    await open(above);
    await pressAction(above, "operation.acknowledgeFiling");
    await stage(above, "FILED", "done");
    await pressAction(above, "operation.takeCommand");
    await confirm(above);
    await until(
      "command from above",
      async () => (await operation()).dto.commandFromAbove,
      Boolean,
    );
  });

  it("OPS-47 the scene commander musters by phone: himself, and for whoever stands beside him", async () => {
    phone = await room.seat("jiangan.judge", "field", PHONE);
    seen.push(phone);
    const { page } = phone;
    await report(phone, "开始集结");
    await isIn("MUSTERING");
    const own = page.locator(".f-check");
    for (const tick of ["执行公务证", "着装", "执法记录仪", "终端测试"]) {
      await own.getByRole("button", { name: tick }).click();
    }
    await room.shoot("phone-muster", phone);
    await own.getByRole("button", { name: "四项齐备，登记" }).click();
    await page.getByRole("link", { name: "队伍集结", exact: true }).click();
    const other = page.locator(`li[data-officer="${police.officerId}"]`);
    await other.locator("summary").click();
    for (const tick of ["执行公务证", "着装", "终端测试"]) {
      await other.getByRole("button", { name: tick }).click();
    }
    await other.getByRole("button", { name: /登记现状/ }).click();
    await other.locator(".f-state").filter({ hasText: "尚缺 1 项" }).waitFor();
    await room.shoot("phone-team", phone);
  });

  it("OPS-46 the order to leave is refused in words until the recorder is there too", async () => {
    const { page } = desk;
    await page.locator('[data-count="muster"]').filter({ hasText: "1 / 2" }).waitFor();
    const step = page.locator('.next-steps li[data-command="operation.orderDeparture"]');
    expect(await step.locator(".refusal").textContent()).toMatch(/1名?|1人/);
    await room.shoot("operation-muster", desk);
    await police.command("operation.checkMember", (await operation()).id, {
      officerId: police.officerId,
      presence: "PRESENT",
      certificate: true,
      uniform: true,
      bodyCam: true,
      deviceTest: true,
    });
    await page.locator('[data-count="muster"]').filter({ hasText: "2 / 2" }).waitFor();
    await pressAction(desk, "operation.orderDeparture");
    await isIn("EN_ROUTE");
  });

  it("OPS-47 on the scene the phone shows credentials and records a witness, and signs for safety without a network too", async () => {
    const { page } = phone;
    await goHome(page);
    await report(phone, "到场");
    await isIn("ON_SCENE");
    await report(phone, "开始平安报告");
    await page.getByRole("button", { name: "我平安" }).waitFor();
    await report(phone, "已着装、已出示证件");
    await police.command("operation.showCredentials", (await operation()).id, {
      officerId: police.officerId,
      certificate: true,
      uniform: true,
    });
    await phone.context.setOffline(true);
    await page.getByRole("link", { name: "登记在场人员", exact: true }).click();
    await page.getByLabel("姓名（加密保存）").fill("李四");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.locator(".f-list .stage[data-stage=phone]").waitFor();
    await room.shoot("phone-attendees-offline", phone);
    await phone.context.setOffline(false);
    await until(
      "the witness is on record",
      async () => (await operation()).dto.facts as { readonly attendees: readonly unknown[] },
      ({ attendees }) => attendees.length === 1,
      20_000,
    );
    await goHome(page);
    await report(phone, "我平安");
    await room.shoot("phone-on-scene", phone);
  });

  it("OPS-45 the chief commander above orders the start", async () => {
    await pressAction(desk, "operation.start");
    await isIn("EXECUTING");
    await stage(desk, "EXECUTING", "now");
    await room.shoot("operation-executing", desk);
  });

  it("OPS-47 the phone records the scene, closes it, and everybody is back safely", async () => {
    const { page } = phone;
    await page.getByRole("link", { name: /现场事项/ }).click();
    for (const fact of ["笔录已签名", "无财物需交付"]) await report(phone, fact);
    await room.shoot("phone-scene", phone);
    await goHome(page);
    await report(phone, "开始收尾");
    await isIn("CLOSING");
    await report(phone, "平安归队");
    await page.getByRole("link", { name: "签认执行记录" }).click();
    await page.getByRole("button", { name: "代报归队" }).click();
    await page.getByText("完整", { exact: true }).click();
    await page.getByRole("button", { name: "签认执行记录" }).click();
    await page.getByText("执行记录已签认").waitFor();
    await room.shoot("phone-return", phone);
  });

  it("OPS-46 the director of the own court closes it", async () => {
    const closing = await sitDown("jiangan.director");
    const key = `operation:${(await operation()).id}`;
    await openRecord(closing, key);
    await closing.page.locator('[data-count="back"]').filter({ hasText: "2 / 2" }).waitFor();
    await room.shoot("operation-closing", closing);
    await pressAction(closing, "operation.close");
    await confirm(closing);
    await queueRow(closing, key).waitFor({ state: "detached" });
    const { page } = closing;
    await page.locator('.stage-band li[data-stage="CLOSED"][data-look="done"]').waitFor();
  });

  it("OPS-46 and no page has complained meanwhile", () => {
    const offline = /ERR_INTERNET_DISCONNECTED|net::ERR/;
    const problems = seen.flatMap(({ problems: each }) => each);
    expect(problems.filter((problem) => !offline.test(problem))).toEqual([]);
  });
});
