/** A desk changes hands, a roll is called, a notice goes out, and nobody answers an SOS. */
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen } from "../support/browser/browser.ts";
import { until } from "../support/browser/looking.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

describe("the duty desk", () => {
  let room: Room;
  let duty: Someone;
  let director: Someone;
  let above: Someone;
  let police: Someone;
  beforeAll(async () => {
    room = await openRoom({ SIMULATOR: "0" });
    [duty, director, above, police] = await Promise.all([
      someone(room.url, "jiangan.duty"),
      someone(room.url, "jiangan.director"),
      someone(room.url, "wuhan.duty"),
      someone(room.url, "jiangan.police"),
    ]);
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  const must = async (who: Someone, kind: string, id: string, payload = {}): Promise<void> => {
    const { outcome, refusal } = await who.command(kind, id, payload);
    if (outcome !== "ACCEPTED") throw new Error(`${kind}: ${JSON.stringify(refusal)}`);
  };
  /** One browser at a time: a person looks, acts and goes. */
  const atDesk = async (login: string, act: (screen: Screen) => Promise<void>): Promise<void> => {
    const screen = await room.seat(login, "console", DESK);
    await screen.page.locator(".queue").waitFor();
    await act(screen);
    expect(screen.problems).toEqual([]);
    await screen.close();
  };

  it("E2E-15 an unplanned desk says so, and is planned and signed for through the board", async () => {
    const neighbour = await someone(room.url, "huangpi.duty");
    await atDesk("huangpi.director", async ({ page }) => {
      const chip = page.locator(".duty-chip");
      await chip.filter({ hasText: "未排班" }).click();
      await page.locator('.board button[data-action="shift.schedule"]').click();
      const form = page.locator("section.task");
      await form.getByRole("combobox", { name: "值班人员" }).click();
      await page
        .locator(".ant-select-item-option")
        .filter({ hasText: neighbour.name })
        .first()
        .click();
      await form.locator("button[type=submit]").click();
      await form.waitFor({ state: "detached" });
      await page.locator('.board-row[data-record^="shift:"]').waitFor();
      await chip.filter({ hasText: "未签到" }).waitFor();
    });
  });

  it("E2E-15 a shift is handed over in six presses at most", async () => {
    await must(police, "incident.report", v7(), { kind: "SIEGE", level: "GENERAL" });
    let presses = 0;
    const press = async (screen: Screen, selector: string): Promise<void> => {
      presses += 1;
      await screen.page.locator(selector).first().click();
    };
    await atDesk("jiangan.duty", async (screen) => {
      const { page } = screen;
      await page.locator(".duty-chip").filter({ hasText: "值班至" }).waitFor();
      await press(screen, ".duty-chip");
      await press(screen, '.handover [data-action="shift.prepare"]');
      await page.locator('.board-row[data-record^="incident:"]').waitFor();
      await room.shoot("duty-handover", screen);
      await press(screen, '.handover [data-action="shift.offer"]');
      await page.locator(".handover").filter({ hasText: "提请" }).waitFor();
    });
    await atDesk("jiangan.director", async (screen) => {
      await screen.page.locator(".duty-chip").filter({ hasText: "待您接班" }).waitFor();
      await press(screen, ".duty-chip");
      await screen.page.locator('.board-row[data-record^="incident:"]').waitFor();
      await room.shoot("duty-takeover", screen);
      await press(screen, '.handover [data-action="shift.sign"]');
      await screen.page.locator(".duty-chip").filter({ hasText: "值班至" }).waitFor();
    });
    expect(presses).toBeLessThanOrEqual(6);
    const [on] = (await director.records("shift")).filter(({ dto }) => dto.state === "ON");
    expect(on?.dto.officerId).toBe(director.officerId);
  });

  it("E2E-16 a roll-call and an alert missed while away lie before the work, and R answers", async () => {
    const roll = v7();
    const late = v7();
    const alert = v7();
    const targets = [{ type: "court", id: duty.courtId }];
    await must(above, "rollcall.call", late, { targets, timeoutS: 10 });
    await must(above, "notice.publish", alert, {
      kind: "ALERT",
      body: "台风橙色预警，户外行动一律报批",
      courtIds: [duty.courtId],
      needsAck: true,
    });
    await atDesk("jiangan.duty", async (screen) => {
      const { page } = screen;
      const missed = page.locator(".missed");
      await missed.filter({ hasText: "台风橙色预警" }).waitFor();
      await room.shoot("duty-missed", screen);
      await missed.locator('[data-action="rollcall.answer"]').click();
      await missed.locator('[data-action="notice.acknowledge"]').click();
      await missed.waitFor({ state: "detached" });
      await must(above, "rollcall.call", roll, { targets });
      await page.locator('.duty-band[data-kind="rollcall"]').waitFor();
      await room.shoot("duty-band", screen);
      await page.keyboard.press("r");
      await page.locator(".duty-band").waitFor({ state: "detached" });
    });
    const calls = await above.records("rollcall");
    const answered = calls.find(({ id }) => id === roll);
    expect(answered?.dto.targets).toMatchObject([{ state: "PRESENT" }]);
    const notice = (await above.records("notice")).find(({ id }) => id === alert);
    expect(notice?.dto.acked).toEqual({ n: 1, of: 1 });
  });

  it("E2E-16 the list of what was missed gives way to Esc, stays in the menu and the queue, and a reload does not bring it back", async () => {
    const notice = v7();
    await must(above, "notice.publish", notice, {
      kind: "BROADCAST",
      body: "明日八时三十分交接班",
      courtIds: [duty.courtId],
      needsAck: true,
    });
    await atDesk("jiangan.duty", async (screen) => {
      const { page } = screen;
      const missed = page.locator(".missed");
      await missed.filter({ hasText: "明日八时三十分交接班" }).waitFor();
      await page.locator(`.queue-row[data-key="notice:${notice}"]`).waitFor();
      await page.keyboard.press("Escape");
      await missed.waitFor({ state: "detached" });
      await page.reload();
      await page.locator(`.queue-row[data-key="notice:${notice}"]`).waitFor();
      // Longer than the page takes to decide what was missed.
      await page.waitForFunction(() => performance.now() > 9_000);
      expect(await missed.count()).toBe(0);
      await page.locator(".board-menu").click();
      await page.locator(".ant-dropdown-menu-item").filter({ hasText: "漏项" }).click();
      await missed.locator('[data-action="notice.acknowledge"]').waitFor();
      await page.locator('[data-action="missed.aside"]').click();
      await missed.waitFor({ state: "detached" });
    });
  });

  it("E2E-16 whoever runs the centre lists whom the notifier calls, masked on the screen, and takes him off", async () => {
    await atDesk("jiangan.director", async (screen) => {
      const { page } = screen;
      await page.locator(".board-menu").click();
      await page.locator(".ant-dropdown-menu-item").filter({ hasText: "外呼" }).click();
      await page.locator('.duty-tools [data-action="court.setDutyContact"]').click();
      const form = page.locator("section.task");
      await form.getByLabel("名称").fill("night");
      await form.getByLabel("电话").fill("13800005678");
      await page.keyboard.press("Control+Enter");
      await form.waitFor({ state: "detached" });
      const row = page.locator('.board-row[data-record^="court:"]').filter({ hasText: "night" });
      await row.filter({ hasText: "138****5678" }).waitFor();
      await room.shoot("duty-contacts", screen);
      await page.locator('[data-remove="night"]').click();
      await page.locator(".ant-popconfirm button.ant-btn-primary").click();
      await row.waitFor({ state: "detached" });
    });
  });

  it("E2E-16 a phone answers a roll-call and a notice with one tap each", async () => {
    const phone = await room.seat("jiangan.police", "field", PHONE);
    const { page } = phone;
    const roll = v7();
    await must(duty, "rollcall.call", roll, {
      targets: [{ type: "officer", id: police.officerId }],
    });
    await must(duty, "notice.publish", v7(), {
      kind: "BROADCAST",
      body: "今晚八点集合",
      officerIds: [police.officerId],
      needsAck: true,
    });
    const band = page.locator(".f-called");
    await band.filter({ hasText: "点名" }).waitFor();
    await room.shoot("phone-rollcall", phone);
    await band.getByRole("button", { name: "到", exact: true }).click();
    await band.filter({ hasText: "今晚八点集合" }).waitFor();
    const button = band.getByRole("button", { name: "确认收到" });
    expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(64);
    await button.click();
    await band.waitFor({ state: "detached" });
    expect(phone.problems).toEqual([]);
    await phone.close();
    await until(
      "answered",
      async () => (await duty.records("rollcall")).find(({ id }) => id === roll)?.dto.totals,
      (totals) => (totals as { present?: number } | undefined)?.present === 1,
    );
  });

  it("E2E-16 the board shows rates and who is missing; a silent court's calls outside are on theirs", async () => {
    await must(police, "incident.sos", v7());
    await atDesk("jiangan.duty", async (screen) => {
      const { page } = screen;
      // Orders, reports, shifts, then the roll-calls.
      await page.keyboard.press("b");
      await page.keyboard.press("b");
      await page.keyboard.press("b");
      await page.keyboard.press("b");
      await page.locator(".call-rates").filter({ hasText: "在线率 100%" }).first().waitFor();
      await room.shoot("duty-rollcall", screen);
      await page.locator('[data-action="bulletin"]').first().click();
      const body = page.locator("section.task textarea").first();
      await until(
        "proposed words",
        () => body.inputValue(),
        (text) => text.includes("点名通报"),
      );
      await page.keyboard.press("Escape");
      await page.locator(".board-head h2").focus();
      await page.keyboard.press("b");
      await page.locator(".board-section").filter({ hasText: "今晚八点集合" }).first().waitFor();
      await room.shoot("duty-notices", screen);
      await page.keyboard.press("b");
      const made = page.locator('.board-row[data-record^="incident:"]');
      await made.filter({ hasText: "紧急求助" }).first().waitFor({ timeout: 40_000 });
      const text = await made.first().textContent();
      expect(text).toContain("值班员");
      expect(text).not.toContain(police.name);
      expect(text).not.toMatch(/\d{7}/);
      await room.shoot("duty-outside", screen);
    });
  });
});
