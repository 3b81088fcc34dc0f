/** A desk looks back at a moment of today, and a call for help brings it to the present. */
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen, WALL_4K } from "../support/browser/browser.ts";
import { ALARM, runCommand } from "../support/browser/console.ts";
import { officerPixels, until } from "../support/browser/looking.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";

/** Long enough to be met by steps of ten seconds. */
const LASTS_MS = 14_000;
const SETTLES_MS = 11_000;
const incident = v7();

describe("a look back", () => {
  let room: Room;
  let desk: Screen;
  let duty: Someone;
  let police: Someone;
  let startedAt: number;
  let endedAt: number;

  beforeAll(async () => {
    room = await openRoom();
    [duty, police] = await Promise.all([
      someone(room.url, "jiangan.duty"),
      someone(room.url, "jiangan.police"),
    ]);
    desk = await room.seat("jiangan.duty", "console", DESK);
    await desk.page.locator(".queue").waitFor();
    await police.command("officer.setDuty", police.officerId, { duty: "ON_DUTY" });
    const place = { lat: 30.62, lng: 114.3 };
    await duty.command("incident.report", incident, { kind: "SIEGE", level: "GENERAL", place });
    startedAt = Date.now();
    const walk = await walking();
    await until(
      "the siege lasts",
      () => Date.now() - startedAt,
      (ms) => ms > LASTS_MS,
      30_000,
    );
    walk();
    await duty.command("incident.falseAlarm", incident, { reason: "现场核实为误报" });
    await police.command("officer.setDuty", police.officerId, { duty: "OFF_DUTY" });
    endedAt = Date.now();
    await until(
      "it is past",
      () => Date.now() - endedAt,
      (ms) => ms > SETTLES_MS,
      30_000,
    );
  }, 120_000);
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  /** The officer's phone reports every two seconds until it is told to stop. */
  async function walking(): Promise<() => void> {
    const cookie = await signIn(room.url, "jiangan.police");
    const phone = await RawClient.open(room.url, { seat: "field", cookie });
    let seq = 0;
    const step = () => {
      seq += 1;
      const fix = { seq, deviceAt: Date.now(), lat: 30.6, lng: 114.3 + seq / 1e5, mock: false };
      void phone.ask("positions", { fixes: [fix] });
    };
    step();
    const timer = setInterval(step, 2_000);
    return () => {
      clearInterval(timer);
      phone.terminate();
    };
  }

  const figures = async (): Promise<string> =>
    (await desk.page.locator(".replay-instant").textContent()) ?? "";
  const rest = (): Promise<void> =>
    desk.page.locator(".replay-unread").waitFor({ state: "detached", timeout: 20_000 });

  /** By steps of ten seconds from the end, until what was under way then stands in the list. */
  async function stepBackTo(words: string): Promise<void> {
    const { page } = desk;
    await page.keyboard.press("End");
    for (let n = 0; n < 30; n++) {
      await rest();
      if ((await page.locator(".replay-list").textContent())?.includes(words)) return;
      const before = await figures();
      await page.keyboard.press("ArrowLeft");
      await until("the figures step", figures, (now) => now !== before);
    }
    throw new Error(`never met: ${words}`);
  }

  it("RPL-4 RPL-7 P takes the live map away and says so, with the instant in figures", async () => {
    const { page } = desk;
    expect(await page.locator(".live-map").count()).toBe(1);
    await page.keyboard.press("p");
    await page.locator(".replay").waitFor();
    expect(await page.locator(".replay-head").textContent()).toContain("回放 · 非实时");
    expect(await figures()).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/u);
    expect(await page.locator(".queue, .drawer, .stream, .actions").count()).toBe(0);
    await rest();
    await room.shoot("replay-opened", desk);
  });

  it("RPL-1 RPL-5 given an incident that is over and an officer who is off duty, then at that moment both are there", async () => {
    const { page } = desk;
    await stepBackTo("围堵");
    await until(
      "the dot of then",
      () => officerPixels(page),
      (inked) => inked > 0,
    );
    expect(await page.locator(".replay-officers").textContent()).toContain("1");
    await page.locator(".replay-row").first().click();
    await room.shoot("replay-desk", desk);
    expect(
      await page.locator(".replay").getByRole("button", { name: "接警", exact: true }).count(),
    ).toBe(0);
    expect(await page.locator(".replay [data-action]").count()).toBe(0);
    // A key of the live desk does nothing here.
    await page.keyboard.press("o");
    expect(await page.locator("section.task").count()).toBe(0);
  });

  it("RPL-4 dragged to before it all began, nothing is there", async () => {
    const { page } = desk;
    const box = await page.locator(".replay-slide input").boundingBox();
    if (!box) throw new Error("no slider");
    const y = box.y + box.height / 2;
    const before = await figures();
    await page.mouse.move(box.x + box.width - 8, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, y, { steps: 5 });
    await page.mouse.move(box.x + box.width * 0.5, y, { steps: 5 });
    await page.mouse.up();
    await until("the figures follow", figures, (now) => now !== before);
    await rest();
    expect(await page.locator(".replay-list").textContent()).toContain("该时刻没有进行中");
    await until(
      "no dot",
      () => officerPixels(page),
      (inked) => inked === 0,
    );
    await room.shoot("replay-empty", desk);
    await page.getByRole("button", { name: "60倍" }).click();
    await page.locator(".replay-slide input").focus();
    const stood = await figures();
    await page.keyboard.press("Space");
    await until("time goes on", figures, (now) => now.slice(-8) > stood.slice(-8));
    await page.keyboard.press("Space");
    expect(await page.getByRole("button", { name: "播放", exact: true }).count()).toBe(1);
  });

  it("RPL-4 Esc leads back to the present, where both are over", async () => {
    const { page } = desk;
    const scale = page.locator(".leaflet-control-scale-line");
    const looked = await scale.textContent();
    await page.keyboard.press("Escape");
    await page.locator(".queue").waitFor();
    // The live map looks where the past was looked at.
    await until(
      "the same scale",
      () => scale.textContent(),
      (now) => now === looked,
    );
    expect(await page.locator(".replay").count()).toBe(0);
    await until(
      "no dot now",
      () => officerPixels(page),
      (inked) => inked === 0,
    );
  });

  it("RPL-8 a call for help ends the look, and P goes on where it stood", async () => {
    const { page } = desk;
    await runCommand(desk, "回放今日态势");
    await page.locator(".replay").waitFor();
    await stepBackTo("围堵");
    const stood = (await figures()).slice(-8);
    const answer = await police.command("incident.sos", v7(), {});
    // On a disk that is slow at this moment it is in the emergency journal first (EMG-1).
    expect(["ACCEPTED", "JOURNALLED"]).toContain(answer.outcome);
    await page.locator(ALARM).waitFor();
    await page.locator(".live-map").waitFor();
    expect(await page.locator(".replay").count()).toBe(0);
    expect(await page.locator(".map-cut").textContent()).toContain(stood);
    await room.shoot("replay-cut", desk);
    await page.keyboard.press("p");
    await page.locator(".replay").waitFor();
    expect((await figures()).slice(-8)).toBe(stood);
    // The alarm that is waiting already stays above and keeps nobody out.
    expect(await page.locator(ALARM).count()).toBe(1);
    await rest();
    await room.shoot("replay-under-alarm", desk);
    await page.locator(`${ALARM} .alarm-what`).click();
    await page.locator("article.record").waitFor();
    expect(await page.locator(".replay").count()).toBe(0);
  });

  it("RPL-6 RPL-7 on a phone and on a very large screen, and without a network it says why", async () => {
    const { page } = desk;
    const [sos] = (await duty.records("incident")).map(({ id }) => id);
    await duty.command("incident.acknowledge", sos ?? "");
    await page.locator(ALARM).waitFor({ state: "detached" });
    await page.keyboard.press("p");
    await stepBackTo("围堵");
    for (const [name, size] of [
      ["phone", PHONE],
      ["4k", WALL_4K],
    ] as const) {
      await page.setViewportSize(size);
      const over = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(over).toBeLessThanOrEqual(0);
      await page.locator(".replay-live").waitFor();
      await room.shoot(`replay-${name}`, desk);
    }
    await page.setViewportSize(DESK);
    await runCommand(desk, "切换主题");
    await page.locator(".replay").waitFor();
    await room.shoot("replay-light", desk);
    await page.route("**/api/replay/state", (route) => route.abort());
    await page.route("**/api/tracks/picture", (route) => route.abort());
    await page.keyboard.press("PageDown");
    await page.locator(".replay-unread[data-failed]").waitFor();
    expect(await page.locator(".replay-unread").textContent()).toContain("无网络");
    await room.shoot("replay-offline", desk);
    await page.unrouteAll();
    await page.locator(".replay-unread button").click();
    await rest();
  });
});
