/** Orders to several courts, and help for whoever calls, counted in presses. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen } from "../support/browser/browser.ts";
import { until } from "../support/browser/looking.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

/** A key or a chord, a click, or one text typed in one go: each is an interaction. */
class Hands {
  count = 0;
  readonly #screen: Screen;
  constructor(screen: Screen) {
    this.#screen = screen;
  }
  async key(key: string): Promise<void> {
    this.count += 1;
    await this.#screen.page.keyboard.press(key);
  }
  async type(text: string): Promise<void> {
    this.count += 1;
    await this.#screen.page.keyboard.type(text);
  }
  async click(selector: string): Promise<void> {
    this.count += 1;
    await this.#screen.page.locator(selector).first().click();
  }
}

describe("orders between the tiers", () => {
  let room: Room;
  let high: Screen;
  let desk: Screen;
  let duty: Someone;
  beforeAll(async () => {
    room = await openRoom();
    duty = await someone(room.url, "jiangan.duty");
    [high, desk] = await Promise.all([
      room.seat("gaoyuan.director", "console", DESK),
      room.seat("jiangan.director", "console", DESK),
    ]);
    await Promise.all([high, desk].map(({ page }) => page.locator(".queue").waitFor()));
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  it("E2E-9 an order of the High Court to three courts takes five interactions, by keyboard alone", async () => {
    const hands = new Hands(high);
    await hands.key("o");
    await high.page.locator(".court-picker-input").waitFor();
    await hands.type("江岸 江汉 武昌");
    await hands.key("Enter");
    await hands.type("请于今日报送在途行动清单");
    await room.shoot("console-order-form", high);
    await hands.key("Control+Enter");
    await high.page.locator("section.task").waitFor({ state: "detached" });
    expect(hands.count).toBeLessThanOrEqual(5);
    const orders = await until(
      "the order stands at the court",
      () => duty.records("order"),
      (all) => all.length === 1,
    );
    const dto = orders[0]?.dto ?? {};
    expect(dto).toMatchObject({ kind: "TASK" });
    expect(dto.toCourtIds).toHaveLength(3);
    expect(dto.toCourtIds).toContain(duty.courtId);
  });

  it("E2E-9 the board has each hop with its time and the next act in the row, to the acceptance", async () => {
    const hands = new Hands(high);
    await hands.key("b");
    const rows = high.page.locator(".board-row");
    await until(
      "three rows",
      () => rows.count(),
      (n) => n === 3,
    );
    await desk.page.keyboard.press("b");
    const row = desk.page.locator(".board-row").first();
    await row.locator("[data-action='order.sign']").click();
    await row.locator("[data-action='order.progress']").click();
    await row.locator("[data-action='order.feedback']").click();
    await desk.page.locator("section.task").getByLabel("内容").fill("清单已报");
    await desk.page.keyboard.press("Control+Enter");
    await room.shoot("console-orders-board-below", desk);
    const accept = high.page.locator("[data-action='order.accept']");
    await accept.waitFor();
    const hops = await high.page
      .locator(".board-row")
      .filter({ has: accept })
      .locator(".board-hops")
      .textContent();
    for (const word of ["下达", "送达", "签收", "办理", "反馈"]) expect(hops).toContain(word);
    await room.shoot("console-orders-board", high);
    await accept.click();
    await until(
      "two rows are left",
      () => rows.count(),
      (n) => n === 2,
    );
  });

  it("E2E-10 a call for help is acknowledged and the nearest are sent with two interactions", async () => {
    const judge = await someone(room.url, "jiangan.judge");
    const police = await someone(room.url, "jiangan.police");
    for (const each of [judge, police]) {
      const answer = await duty.command("officer.setDuty", each.officerId, { duty: "ON_DUTY" });
      expect(answer.outcome).toBe("ACCEPTED");
    }
    const phone = await room.seat("jiangan.police", "field", PHONE);
    await phone.page.locator("body").waitFor();
    await judge.command("incident.sos", "sos-nearest", {});
    const alarm = desk.page.locator('article.alarm[data-kind="sos"]');
    await alarm.locator("[data-nearest]").waitFor();
    await room.shoot("console-alarm-nearest", desk);
    const hands = new Hands(desk);
    await desk.page.keyboard.press("Escape");
    await hands.key("n");
    await alarm.waitFor({ state: "detached" });
    expect(hands.count).toBeLessThanOrEqual(2);
    const [incident] = await until(
      "acknowledged, and somebody is on the way",
      () => duty.records("incident"),
      ([each]) =>
        each !== undefined &&
        each.dto.acknowledged !== undefined &&
        (each.dto.assist !== undefined || each.dto.state === "RESPONDING"),
    );
    expect(incident).toBeDefined();
  });

  it("E2E-10 the incident says who holds it, how it came there, and who helps", async () => {
    await desk.page.locator(".queue-row[data-key^='incident:']").first().click();
    const part = desk.page.locator(".hold");
    await part.waitFor();
    expect(await part.textContent()).toMatch(/现由.*江岸.*接警/u);
    await room.shoot("console-hold", desk);
  });

  it("E2E-11 forces that are ordered to another court are on its board when the order is accepted, and gone when they are ordered home", async () => {
    const [wuhan, director, lender] = await Promise.all(
      ["wuhan.director", "huangpi.director", "jiangan.director"].map((login) =>
        someone(room.url, login),
      ),
    );
    if (!wuhan || !director || !lender) throw new Error("three people");
    const executor = await someone(room.url, "jiangan.executor");
    const order = {
      toCourtIds: [lender.courtId],
      forCourtId: director.courtId,
      urgency: "P1",
      body: "请派员支援",
    };
    const said = [
      await wuhan.command("order.resource", "res-1", order),
      await lender.command("order.sign", "res-1"),
      await lender.command("order.feedback", "res-1", {
        text: "派出1人",
        officerIds: [executor.officerId],
      }),
    ];
    expect(said.map(({ outcome }) => outcome)).toEqual(["ACCEPTED", "ACCEPTED", "ACCEPTED"]);
    const here = await room.seat("huangpi.director", "console", DESK);
    const above = await room.seat("wuhan.director", "console", DESK);
    for (const { page } of [here, above]) {
      await page.locator(".queue").waitFor();
      await page.keyboard.press("b");
    }
    const row = here.page.locator(`.board-row[data-record="officer:${executor.officerId}"]`);
    expect(await row.count()).toBe(0);
    await above.page.locator("[data-action='order.accept']").click();
    await row.waitFor();
    await room.shoot("console-forces", above);
    await above.page.locator("[data-action='order.recall']").click();
    await row.waitFor({ state: "detached" });
    await Promise.all([here, above].map((screen) => screen.close()));
  });

  it("E2E-9 a report goes up, is read and handled on the board above", async () => {
    const wuhan = await room.seat("wuhan.director", "console", DESK);
    await wuhan.page.locator(".queue").waitFor();
    const answer = await duty.command("report.submit", "r-1", {
      kind: "SITUATION",
      text: "现场平稳",
    });
    expect(answer.outcome).toBe("ACCEPTED");
    await wuhan.page.keyboard.press("b");
    await wuhan.page.keyboard.press("b");
    const row = wuhan.page.locator(".board-row").first();
    await row.locator("[data-action='report.read']").click();
    await row.locator("[data-action='report.handle']").click();
    await wuhan.page.locator("section.task").getByLabel("内容").fill("知悉");
    await room.shoot("console-reports-board", wuhan);
    await wuhan.page.keyboard.press("Control+Enter");
    await until(
      "nothing waits",
      () => wuhan.page.locator(".board-row").count(),
      (n) => n === 0,
    );
    expect([...wuhan.problems, ...high.problems, ...desk.problems]).toEqual([]);
  });
});
