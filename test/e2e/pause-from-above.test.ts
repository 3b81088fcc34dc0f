/** A court above stops an operation, and the phone on the spot obeys. */
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
import { report } from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

describe("a pause from above", () => {
  let room: Room;
  let director: Screen;
  let desk: Screen;
  let above: Screen;
  let phone: Screen;
  let judge: Someone;
  beforeAll(async () => {
    room = await openRoom();
    judge = await someone(room.url, "jiangan.judge");
    [director, desk, above, phone] = await Promise.all([
      room.seat("jiangan.director", "console", DESK),
      room.seat("jiangan.duty", "console", DESK),
      room.seat("wuhan.director", "console", DESK),
      room.seat("jiangan.judge", "field", PHONE),
    ]);
    await Promise.all([director, desk, above].map(({ page }) => page.locator(".queue").waitFor()));
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  const operationKey = async (): Promise<string> => {
    const [operation] = await judge.records("operation");
    return `operation:${operation?.id}`;
  };

  it("E2E-2 an operation opened through the form of the console is the officer's task on the phone", async () => {
    const police = await someone(room.url, "jiangan.police");
    const { page } = director;
    await runCommand(director, "立项行动");
    const form = page.locator("section.task");
    await form.getByLabel("行动编号").fill("2026-138");
    await form.getByLabel("行动名称").fill("沿江大道腾退");
    await choose(director, "类型", "查扣");
    await form.getByLabel("案号").fill("(2026)鄂0102执138号");
    await form.getByLabel("批准文号").fill("江岸执批〔2026〕138号");
    await form.getByRole("button", { name: "用本院位置" }).click();
    await form.getByLabel("地址（路名和门牌）").fill("沿江大道56号");
    await choose(director, "总指挥", judge.name);
    await choose(director, "现场指挥", judge.name);
    await choose(director, "参加人员", judge.name);
    await choose(director, "参加人员", police.name);
    await room.shoot("console-form", director);
    await submitTask(director);
    await phone.page.locator(".f-code").filter({ hasText: "2026-138" }).waitFor();
    await report(phone, "出发");
    await report(phone, "到场");
    await phone.page.getByRole("button", { name: "开始执行" }).waitFor();
  });

  it("E2E-2 the order of pause reaches the phone with the court that gave it, and the next step is refused with its reason", async () => {
    await openRecord(above, await operationKey());
    await pressAction(above, "order.pause");
    await above.page.locator("section.task").getByLabel("内容").fill("案外人异议，暂停清点");
    await submitTask(above);
    const banner = phone.page.locator(".f-pause");
    await banner.waitFor();
    expect(await banner.textContent()).toMatch(/武汉.*下令暂停/);
    expect(
      await phone.page.getByRole("button", { name: "开始执行", disabled: false }).count(),
    ).toBe(0);
    await room.shoot("phone-paused", phone);
    await report(phone, "确认暂停");
    const next = phone.page
      .locator(".f-send")
      .filter({ has: phone.page.getByRole("button", { name: "恢复实施" }) });
    await next.waitFor();
    expect(await next.getByRole("button", { name: "恢复实施" }).isDisabled()).toBe(true);
    expect(await next.locator(".f-refusal").textContent()).toContain("暂停");
    await room.shoot("phone-pause-confirmed", phone);
    const [operation] = await judge.records("operation");
    const answer = await judge.command("operation.resume", operation?.id ?? "");
    expect([answer.outcome, answer.refusal?.code]).toEqual(["REFUSED", "PAUSE_ORDERED"]);
  });

  it("E2E-2 the receiving desk signs with one key, and the issuing desk sees the signature", async () => {
    const order = desk.page.locator(".queue-row[data-key^='order:']").first();
    await order.click();
    await desk.page.locator("article.record").waitFor();
    await desk.page.keyboard.press("s");
    await above.page.locator(".queue-row[data-key^='order:']").first().click();
    await above.page.locator(".receipt .chip").filter({ hasText: "签收" }).waitFor();
    await room.shoot("console-order-signed", above);
  });

  it("E2E-2 lifting the pause frees the operation", async () => {
    const key = await operationKey();
    await queueRow(above, key).click();
    await pressAction(above, "order.liftPause");
    await above.page.locator("section.task").getByLabel("内容").fill("异议已裁定，恢复");
    await submitTask(above);
    await phone.page.locator(".f-pause").waitFor({ state: "detached" });
    const resume = phone.page.getByRole("button", { name: "恢复实施" });
    await until("free to resume", () => resume.isEnabled(), Boolean);
    await resume.click();
    await until(
      "resumed",
      async () => (await judge.records("operation"))[0]?.dto.state,
      (state) => state === "EXECUTING" || state === "ON_SCENE",
    );
  });

  it("E2E-2 and no page has complained meanwhile", () => {
    expect([director, desk, above, phone].flatMap(({ problems }) => problems)).toEqual([]);
  });
});
