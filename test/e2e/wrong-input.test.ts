/** What people and links get wrong, and what they are told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE } from "../support/browser/browser.ts";
import { runCommand } from "../support/browser/console.ts";
import { until } from "../support/browser/looking.ts";
import { someone } from "../support/browser/people.ts";
import { control } from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

describe("wrong input", () => {
  let room: Room;
  beforeAll(async () => {
    room = await openRoom();
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  it("E2E-7 a wrong password is said in words, the account stays typed, and the right one opens the seat", async () => {
    const { page } = await room.device(DESK);
    await page.goto(`${room.url}/login?next=/console`);
    await page.getByLabel("账号", { exact: true }).fill("jiangan.duty");
    await page.getByLabel("密码", { exact: true }).fill("demo-2025");
    await page.getByRole("button", { name: "登录" }).click();
    const alert = page.locator(".login-error");
    await alert.waitFor();
    expect(await alert.textContent()).toContain("账号或密码不正确");
    expect(await page.getByLabel("账号", { exact: true }).inputValue()).toBe("jiangan.duty");
    await page.getByLabel("密码", { exact: true }).fill("demo-2026");
    await page.getByRole("button", { name: "登录" }).click();
    await page.waitForURL("**/console");
    await page.locator(".queue").waitFor();
  });

  it("E2E-7 nothing typed is asked for where it is missing", async () => {
    const { page } = await room.device(PHONE);
    await page.goto(`${room.url}/login`);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByText("请输入账号").waitFor();
    await page.getByText("请输入密码").waitFor();
  });

  it("E2E-7 a wall with an invalid token says so, what to do, and shows nothing else", async () => {
    const screen = await room.device(DESK);
    const { page } = screen;
    await page.goto(`${room.wallAddress("武汉市中级人民法院").slice(0, -6)}xxxxxx`);
    await page.getByText("此大屏未登记或令牌已停用").waitFor();
    expect(await page.locator("main").textContent()).toContain("kiosk=");
    expect(page.url()).not.toContain("kiosk");
    expect(await page.locator(".wall-panel").count()).toBe(0);
    await room.shoot("wall-closed", screen);
  });

  it("E2E-7 a phone is told that its code is wrong", async () => {
    const screen = await room.device(PHONE);
    const { page } = screen;
    await page.goto(`${room.url}/field`);
    const code = page.getByLabel("一次性登记码");
    await code.fill("ABCD-EFGH-JKLM");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.locator(".f-warning[role=alert]").filter({ hasText: "登记码不正确" }).waitFor();
    expect(await code.inputValue()).toBe("ABCD-EFGH-JKLM");
    await room.shoot("phone-enter", screen);
  });

  it("E2E-7 a report with garbage beside it is a report all the same", async () => {
    const screen = await room.seat("jiangan.police", "field", PHONE);
    const odd = { name: "<b>王</b> 五'\"&", idNumber: "12345678901234567Z", caseNo: "随便写的" };
    await control(screen, "拘传", odd);
    const duty = await someone(room.url, "jiangan.duty");
    const [record] = await until(
      "the record",
      () => duty.records("detention"),
      (list) => list.length === 1,
    );
    expect(record?.dto.caseNo).toBeFalsy();
    expect(screen.problems).toEqual([]);
  });

  it("E2E-7 a form of the console says what is wrong, and keeps what was typed when it is closed", async () => {
    const screen = await room.seat("jiangan.director", "console", DESK);
    const { page } = screen;
    await page.locator(".queue").waitFor();
    await runCommand(screen, "立项行动");
    const form = page.locator("section.task");
    await form.getByLabel("行动名称").fill("沿江大道腾退");
    await form.getByLabel("案号").fill("随便写的");
    await form.locator("button[type=submit]").click();
    await form.getByText("案号格式如").waitFor();
    await form.getByText("必填").first().waitFor();
    await room.shoot("console-form-wrong", screen);
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    await runCommand(screen, "立项行动");
    expect(await form.getByLabel("行动名称").inputValue()).toBe("沿江大道腾退");
    expect(await form.getByLabel("案号").inputValue()).toBe("随便写的");
  });
});
