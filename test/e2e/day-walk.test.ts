/** A day at the desks and in the field, each step by mouse and keyboard at the seat that takes it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen } from "../support/browser/browser.ts";
import { choose, pressAction, runCommand, submitTask } from "../support/browser/console.ts";
import { complaints } from "../support/browser/inspect.ts";
import { until } from "../support/browser/looking.ts";
import { type SeenRecord, type Someone, someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

const CASE = "(2026)鄂0102执138号";

describe("a day walked through its screens", () => {
  let room: Room;
  /** Looks at records only; every act is done on a screen. */
  let eye: Someone;
  const open: Screen[] = [];
  beforeAll(async () => {
    room = await openRoom({ SIMULATOR: "0" });
    eye = await someone(room.url, "jiangan.duty");
  });
  afterEach(async ({ task }) => {
    await room.shootOnFailure(task);
    await Promise.all(open.splice(0).map((screen) => screen.close()));
  });
  afterAll(() => room.end());

  async function desk(login: string): Promise<Screen> {
    const screen = await room.seat(login, "console", DESK);
    open.push(screen);
    await screen.page.locator(".queue").waitFor();
    return screen;
  }
  async function atBoard(login: string, board: string): Promise<Screen> {
    const screen = await desk(login);
    await screen.page.locator(".board-menu").click();
    await screen.page.getByRole("menuitem", { name: board }).click();
    await screen.page.locator(".board h2", { hasText: board }).waitFor();
    return screen;
  }
  const leave = async (screen: Screen): Promise<void> => {
    expect(complaints(screen)).toEqual([]);
    open.splice(open.indexOf(screen), 1);
    await screen.close();
  };
  const openRow = async ({ page }: Screen, words: string): Promise<void> => {
    await page.locator(".board-row", { hasText: words }).locator(".board-row-open").click();
    await page.locator("article.record").waitFor();
  };
  const task = ({ page }: Screen) => page.locator("section.task");
  const only = async (type: string, isIt: (record: SeenRecord) => boolean = () => true) =>
    (await eye.records(type)).find(isIt);
  const stands = (type: string, state: string, who: Someone = eye) =>
    until(
      `${type} ${state}`,
      async () => (await who.records(type)).map(({ dto }) => dto.state),
      (all) => all.includes(state),
    );

  it("E2E-18 an executor finds his seat after signing in, and drafts and submits a plan there", async () => {
    const screen = await room.device(DESK);
    open.push(screen);
    const { page } = screen;
    await page.goto(`${room.url}/login`);
    await page.locator("input[autocomplete=username]").fill("jiangan.executor");
    await page.locator("input[type=password]").fill("demo-2026");
    await page.keyboard.press("Enter");
    await page.locator('.seat-list a[href="/console"]').click();
    await page.locator(".queue").waitFor();
    await runCommand(screen, "草拟行动方案");
    const form = task(screen);
    await form.getByLabel("行动编号").fill("2026-调1");
    await form.getByLabel("行动名称").fill("沿江大道调查");
    await choose(screen, "类型", "调查");
    await form.getByLabel("案号", { exact: true }).fill(CASE);
    await form.getByRole("button", { name: "用本院位置" }).click();
    await form.getByLabel("地址（路名和门牌）").fill("沿江大道56号");
    const inAnHour = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 16);
    await form.getByLabel("集结时间（北京时间）").fill(inAnHour);
    await choose(screen, "总指挥", "局长");
    await choose(screen, "现场指挥", "执行员");
    await choose(screen, "参加人员", "执行员");
    await choose(screen, "参加人员", "法官");
    await choose(screen, "风险等级", "低");
    await form.getByLabel("行动方案", { exact: true }).fill("入户调查财产，两人一组。");
    await room.shoot("walk-executor-draft", screen);
    await submitTask(screen);
    await page.locator('.queue-row[data-key^="operation:"]').first().click();
    await pressAction(screen, "operation.submit");
    await stands("operation", "SUBMITTED");
    await leave(screen);
  });

  it("CON-37 a request to a bank goes out by its form, is refused there, and has its consequences", async () => {
    const judge = await atBoard("jiangan.judge", "联动协助");
    await judge.page.locator('[data-create="liaison.send"] button').click();
    await choose(judge, "联动单位", "银行");
    await choose(judge, "协助事项", "冻结");
    await room.shoot("walk-liaison-form", judge);
    await submitUntilRefusedHere(judge);
    await task(judge).getByLabel("案号", { exact: true }).fill(CASE);
    await task(judge).getByLabel("协助执行通知书文号").fill("通138号");
    await task(judge).getByLabel("裁定书文号").fill("裁138号");
    await task(judge).getByLabel("姓名").fill("张三丰");
    await submitTask(judge);
    await judge.page.locator(".board-row", { hasText: "未签收" }).waitFor();
    await room.shoot("walk-liaison-board", judge);
    await leave(judge);

    const bank = await room.seat("jiangan.bank", "partner", DESK);
    open.push(bank);
    await bank.page.locator(".p-card").waitFor();
    await bank.page.keyboard.press("a");
    await stands("liaison", "RECEIVED");
    await bank.page.locator('.p-step[data-step="RECEIVED"][data-done]').waitFor();
    await bank.page.keyboard.press("x");
    await bank.page.locator(".p-form textarea").fill("内部规定不予办理");
    await bank.page.locator(".p-form button[type=submit]").click();
    await stands("liaison", "REFUSED");
    await leave(bank);

    const director = await atBoard("jiangan.director", "联动协助");
    await openRow(director, "拒不协助");
    await director.page.locator(".drawer .refusal", { hasText: "司法建议" }).first().waitFor();
    await room.shoot("walk-liaison-refused", director);
    await pressAction(director, "suggestion.issue");
    await task(director).getByLabel("单位的上级或主管部门").fill("示例金融监管局");
    await task(director).getByLabel("司法建议书文号").fill("江岸建〔2026〕1号");
    await task(director).getByLabel("建议内容").fill("建议督促该行依法协助执行");
    await submitTask(director);
    await stands("suggestion", "ISSUED");
    await pressAction(director, "suggestion.proposeFine");
    await task(director).getByLabel("单位的上级或主管部门").fill("示例金融监管局");
    await task(director).getByLabel("罚款金额（元）").fill("40000");
    await task(director).getByLabel("罚款理由").fill("拒不协助冻结");
    await task(director).locator("button[type=submit]").click();
    await task(director).locator(".refusal", { hasText: "118" }).waitFor();
    expect(await task(director).getByLabel("罚款理由").inputValue()).toBe("拒不协助冻结");
    await room.shoot("walk-fine-refused", director);
    await task(director).getByLabel("罚款金额（元）").fill("100000");
    await submitTask(director);
    await leave(director);

    const president = await atBoard("jiangan.president", "联动协助");
    await openRow(president, "罚款建议");
    await pressAction(president, "suggestion.decideFine");
    await choose(president, "决定", "批准");
    await task(president).getByLabel("罚款决定书文号").fill("江岸罚〔2026〕1号");
    await room.shoot("walk-fine", president);
    await task(president).locator("button.ant-btn-primary").first().click();
    await president.page.locator(".ant-popconfirm button.ant-btn-primary").click();
    await task(president).waitFor({ state: "detached" });
    await leave(president);

    const duty = await atBoard("jiangan.duty", "联动协助");
    await openRow(duty, "司法建议");
    await pressAction(duty, "suggestion.registerReply");
    await task(duty).getByLabel("反馈内容").fill("已责令整改");
    await submitTask(duty);
    await stands("suggestion", "REPLIED");
    await openRow(duty, "拒不协助");
    await duty.page.locator('section[aria-label="后续措施"]').waitFor();
    await pressAction(duty, "liaison.close");
    await submitTask(duty);
    await room.shoot("walk-liaison-closed", duty);
    await duty.page.locator(".board-row", { hasText: "拒不协助" }).waitFor({ state: "detached" });
    await leave(duty);
  });

  /** What is missing is said under its field, and nothing is sent. */
  async function submitUntilRefusedHere(screen: Screen): Promise<void> {
    await task(screen).locator("button[type=submit]").click();
    await task(screen).getByText("必填").first().waitFor();
    expect(await only("liaison")).toBeUndefined();
  }

  it("FLD-31 a policeman reports an incident and writes down an approach on his phone", async () => {
    const phone = await room.seat("jiangan.police", "field", PHONE);
    open.push(phone);
    const { page } = phone;
    await page.locator(".f-actions a").first().waitFor();
    await room.shoot("walk-phone-home", phone);
    await page.getByRole("link", { name: "突发事件" }).click();
    await page.getByText("伤病", { exact: true }).click();
    await page.getByLabel("情况（可不填）").fill("被执行人突发心脏病");
    await room.shoot("walk-phone-incident", phone);
    await page.getByRole("button", { name: "报告", exact: true }).click();
    const incident = await until("the incident", () => only("incident"), Boolean);
    expect(incident?.dto).toMatchObject({ kind: "MEDICAL", level: "GENERAL" });
    await page.goto(`${room.url}/field#/me`);
    await page.getByRole("link", { name: "过问记录" }).click();
    await page.getByLabel("案号").fill(CASE);
    await page.getByRole("button", { name: "写入记录" }).click();
    await page.getByText("有必填项未填").waitFor();
    await page.getByText("领导干部", { exact: true }).click();
    await page.getByLabel("过问人姓名、职务").fill("某局负责人");
    await page.getByText("电话", { exact: true }).click();
    await page.getByLabel("过问内容").fill("询问能否暂缓");
    await room.shoot("walk-phone-approach", phone);
    await page.getByRole("button", { name: "写入记录" }).click();
    await page.locator(".f-list li", { hasText: "记录过问" }).getByText("已入库").first().waitFor();
    await leave(phone);
    const president = await atBoard("jiangan.president", "过问记录");
    await president.page.getByText("询问能否暂缓").waitFor();
    await leave(president);
  });

  it("E2E-18 an order of correction is reconsidered, answered, returned and accepted on the boards", async () => {
    const above = await desk("wuhan.director");
    await above.page.locator(".court-tree").waitFor();
    await runCommand(above, "下令纠正");
    await above.page.locator(".court-picker-input").fill("江岸");
    await above.page.keyboard.press("Enter");
    await task(above).getByLabel("内容").fill("请立即纠正超标的查封");
    await submitTask(above);
    await above.page.keyboard.press("b");
    const below = await atBoard("jiangan.director", "指令收发");
    const row = below.page.locator(".board-row", { hasText: "纠正" }).first();
    await row.locator('[data-action="order.sign"]').click();
    await row.locator('[data-action="order.feedback"]').waitFor();
    await row.locator(".board-row-open").click();
    await room.shoot("walk-order-signed", below);
    await pressAction(below, "order.askReconsideration");
    await task(below).getByLabel("理由").fill("标的已变更");
    await submitTask(below);
    await room.shoot("walk-order-reconsider", below);
    const theirs = above.page.locator(".board-row", { hasText: "纠正" }).first();
    await theirs.locator('[data-action="order.answerReconsideration"]').click();
    await choose(above, "结果", "维持");
    await task(above).getByLabel("内容").fill("维持，请纠正");
    await submitTask(above);
    await row.locator('[data-action="order.feedback"]').click();
    await task(below).getByLabel("内容").fill("已解除超标的部分");
    await submitTask(below);
    await theirs.locator('[data-action="order.return"]').click();
    await task(above).getByLabel("内容").fill("请附解除裁定");
    await submitTask(above);
    await row.locator('[data-action="order.feedback"]').click();
    await task(below).getByLabel("内容").fill("裁定已附");
    await submitTask(below);
    await theirs.locator('[data-action="order.accept"]').click();
    await theirs.getByText("核销").waitFor();
    await above.page.getByText("下级未办结 0").waitFor();
    await below.page.getByText("本院应办 0").waitFor();
    await below.page.locator(".stream", { hasText: "武汉中院 → 江岸法院" }).waitFor();
    await leave(below);
    await leave(above);
  });

  it("E2E-18 a delegation is drafted, reviewed, given back with its code, and the common superior sees why", async () => {
    const judge = await atBoard("jiangan.executor", "事项委托");
    await judge.page.locator('[data-create="delegation.draft"] button').click();
    await choose(judge, "受托法院", "黄陂");
    await choose(judge, "委托事项", "查封不动产");
    await task(judge).getByLabel("案号").fill(CASE);
    await task(judge).getByLabel("委托要求").fill("查封盘龙城一处房产");
    await task(judge).getByRole("button", { name: "添加文书" }).click();
    await task(judge).getByLabel("文书名称 1").fill("执行裁定书");
    await task(judge).getByLabel("文号 1").fill("裁138号");
    await room.shoot("walk-delegation-form", judge);
    await submitTask(judge);
    await openRow(judge, "查封不动产");
    await pressAction(judge, "delegation.submit");
    await leave(judge);
    const duty = await atBoard("jiangan.duty", "事项委托");
    await openRow(duty, "查封不动产");
    await pressAction(duty, "delegation.send");
    await duty.page.locator(".board-row", { hasText: "待接收" }).waitFor();
    await leave(duty);
    const peer = await atBoard("huangpi.duty", "事项委托");
    await openRow(peer, "查封不动产");
    await pressAction(peer, "delegation.return");
    await choose(peer, "退回代码", "不属本辖区");
    await task(peer).getByLabel("内容").fill("该房产在江夏区");
    await task(peer).locator("button.ant-btn-primary").first().click();
    await peer.page.locator(".ant-popconfirm button.ant-btn-primary").click();
    await task(peer).waitFor({ state: "detached" });
    await leave(peer);
    const above = await atBoard("wuhan.director", "事项委托");
    await above.page.locator(".board-row", { hasText: "不属本辖区" }).waitFor();
    await room.shoot("walk-delegation-returned", above);
    await openRow(above, "查封不动产");
    await pressAction(above, "delegation.direct");
    await leave(above);
  });

  it("E2E-18 an order that was issued by mistake is revoked, and leaves the board below", async () => {
    const above = await desk("wuhan.director");
    await above.page.locator(".court-tree").waitFor();
    await above.page.keyboard.press("o");
    await above.page.locator(".court-picker-input").fill("江岸");
    await above.page.keyboard.press("Enter");
    await task(above).getByLabel("内容").fill("请于今日报送名单");
    await above.page.keyboard.press("Control+Enter");
    await task(above).waitFor({ state: "detached" });
    await above.page.keyboard.press("b");
    await openRow(above, "任务");
    const below = await atBoard("jiangan.director", "指令收发");
    await below.page.getByText("本院应办 1").waitFor();
    await pressAction(above, "order.revoke");
    await task(above).getByLabel("理由").fill("重复下达");
    await again(above);
    await below.page.getByText("本院应办 0").waitFor();
    await leave(below);
    await leave(above);
  });

  /** What ends or takes back something asks once more. */
  async function again(screen: Screen): Promise<void> {
    await task(screen).locator("button.ant-btn-primary").first().click();
    await screen.page.locator(".ant-popconfirm button.ant-btn-primary").click();
    await task(screen).waitFor({ state: "detached" });
  }

  it("E2E-18 a supervision goes from its opening to the letter, the list, the evidence and its end", async () => {
    const above = await atBoard("wuhan.director", "督办");
    await above.page.locator('[data-create="supervision.open"] button').click();
    await choose(above, "被督办法院", "江岸");
    await choose(above, "督办种类", "个案督办");
    await choose(above, "来源", "消极执行");
    await task(above).getByLabel("案号").fill(CASE);
    await task(above).getByLabel("事由").fill("申请人反映长期未腾退");
    await submitTask(above);
    await openRow(above, "个案督办");
    await pressAction(above, "supervision.sendLetter");
    await task(above).getByLabel("督办函文号").fill("武中督〔2026〕1号");
    await task(above).getByLabel("督办要求").fill("查明原因，书面报告");
    await choose(above, "办结时限", "7");
    await submitTask(above);
    const below = await atBoard("jiangan.director", "督办");
    await openRow(below, "个案督办");
    await pressAction(below, "supervision.assign");
    await choose(below, "承办人", "法官");
    await submitTask(below);
    await pressAction(below, "supervision.start");
    await stands("supervision", "REPORTING");
    await pressAction(above, "supervision.addItem");
    await task(above).getByLabel("整改内容").fill("补全查封清单");
    await choose(above, "责任人", "法官");
    await choose(above, "办结时限", "5");
    await submitTask(above);
    await below.page.locator('[data-item="open"]').waitFor();
    await pressAction(below, "supervision.showEvidence");
    await choose(below, "整改事项", "补全查封清单");
    await task(below).getByLabel("证据").fill("清单已补全");
    await submitTask(below);
    await pressAction(above, "supervision.closeItem");
    await choose(above, "整改事项", "补全查封清单");
    await again(above);
    await pressAction(below, "supervision.report");
    await task(below).getByLabel("书面报告").fill("已腾退");
    await submitTask(below);
    await room.shoot("walk-supervision", above);
    await pressAction(above, "supervision.close");
    await task(above).getByLabel("销号说明").fill("已整改");
    await again(above);
    await leave(below);
    await leave(above);
  });

  it("E2E-18 an opinion is registered with its clock, and the director replies", async () => {
    const duty = await atBoard("wuhan.duty", "观摩与查看");
    await duty.page.locator('[data-create="opinion.register"] button').click();
    await choose(duty, "来自", "检察");
    await task(duty).getByLabel("单位").fill("武汉市人民检察院");
    await task(duty).getByLabel("文号").fill("武检执监〔2026〕7号");
    await task(duty).getByLabel("意见内容").fill("建议规范清点");
    await submitTask(duty);
    const row = duty.page.locator(".board-row", { hasText: "武检执监" });
    await row.locator(".clock").waitFor();
    await room.shoot("walk-opinion", duty);
    await leave(duty);
    const director = await atBoard("wuhan.director", "观摩与查看");
    await openRow(director, "武检执监");
    await pressAction(director, "opinion.reply");
    await task(director).getByLabel("答复文号").fill("武中复〔2026〕7号");
    await task(director).getByLabel("答复内容").fill("已整改");
    await submitTask(director);
    await leave(director);
  });

  it("E2E-18 the nearest court helps first, hands over, and the court that holds it takes over", async () => {
    const helper = await desk("huangpi.duty");
    await helper.page.locator(".queue-tabs").waitFor();
    await helper.page.keyboard.press("/");
    await helper.page.getByRole("combobox", { name: "搜索或命令" }).fill("法警 黄陂");
    await helper.page.getByRole("option").first().click();
    await pressAction(helper, "officer.setDuty");
    await choose(helper, "勤务", "在岗");
    await submitTask(helper);
    const duty = await desk("jiangan.duty");
    await duty.page.locator('.queue-row[data-key^="incident:"]').first().click();
    const holding = duty.page.locator(".hold");
    await holding.locator(".candidate", { hasText: "黄陂" }).waitFor();
    await room.shoot("walk-nearest", duty);
    await holding.locator('[data-action="incident.assist"]').first().click();
    await holding.getByText("支援法院").waitFor();
    await helper.page.locator('.queue-row[data-key^="incident:"]').first().click();
    await helper.page.locator(".queue-tabs button", { hasText: "我的 1" }).waitFor();
    expect(await helper.page.locator(".hold-now").textContent()).toMatch(/江岸.*值班员/u);
    expect(await helper.page.locator("body").textContent()).not.toMatch(/court-\d+-/u);
    await room.shoot("walk-helper", helper);
    await pressAction(helper, "incident.acknowledge");
    await pressAction(helper, "incident.respond");
    await helper.page.locator('.hold [data-action="incident.handOver"]').click();
    // Taken over, the call is no longer his to see: a look at its history that is under way would find nothing.
    await helper.page.locator(".timeline li", { hasText: "提请交接" }).waitFor();
    await duty.page.locator('.hold [data-action="incident.takeOver"]').click();
    await holding.locator(".chip", { hasText: "已接管" }).waitFor();
    await room.shoot("walk-taken-over", duty);
    await leave(duty);
    await leave(helper);
  });
});
