/** Every page at the sizes of its rooms, quiet and with an alarm. */

import type { Page } from "playwright-core";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  DESK,
  PHONE,
  PHONE_ACROSS,
  type Screen,
  type Size,
  WALL_4K,
} from "../support/browser/browser.ts";
import { ALARM } from "../support/browser/console.ts";
import { complaints, misfits, nameless } from "../support/browser/inspect.ts";
import { someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { eventually } from "../support/server/eventually.ts";

const nameOf = ({ width, height }: Size): string => `${width}×${height}`;

/** Where each court's mark stands, in whole CSS pixels of the window. */
const courtsOnMap = (page: Page) =>
  page.locator(".leaflet-courts-pane .map-mark").evaluateAll((marks) =>
    marks.map((mark) => {
      const { x, y } = mark.getBoundingClientRect();
      return [mark.getAttribute("aria-label"), Math.round(x), Math.round(y)];
    }),
  );

describe("layouts", () => {
  let room: Room;
  let sosId = "";
  const open: Screen[] = [];
  beforeAll(async () => {
    room = await openRoom();
    const police = await someone(room.url, "jiangan.police");
    const subject = { id: v7(), label: "张**", sex: "M", ageBand: "18_69", flags: [] };
    const about = { kind: "COMPEL", caseNo: "(2026)鄂0102执138号", subject };
    const detention = v7();
    await police.command("officer.setDuty", police.officerId, { duty: "ON_DUTY" });
    await police.command("detention.control", detention, { about });
    await police.command("detention.arrive", detention, {});
    await police.command("police.send", v7(), { kind: "VIOLENCE_RESPONSE", urgency: "P1" });
    sosId = v7();
    await police.command("incident.sos", sosId, { place: { lat: 30.6, lng: 114.31 } });
  });
  afterEach(async ({ task }) => {
    await room.shootOnFailure(task);
    await Promise.all(open.splice(0).map((screen) => screen.close()));
  });
  afterAll(() => room.end());

  async function expectFit(name: string, screen: Screen): Promise<void> {
    open.push(screen);
    await screen.page.evaluate(() => document.fonts.ready.then(() => undefined));
    await room.shoot(`layout-${name}`, screen);
    expect(await misfits(screen.page)).toEqual([]);
    expect(await nameless(screen)).toEqual([]);
    expect(complaints(screen)).toEqual([]);
  }

  it.each([DESK, WALL_4K, PHONE].map((size) => [nameOf(size), size] as const))(
    "E2E-6 the sign-in fits %s",
    async (name, size) => {
      const screen = await room.device(size);
      await screen.page.goto(`${room.url}/login`);
      await screen.page.locator(".demo-grid").first().waitFor();
      await expectFit(`login-${name}`, screen);
    },
  );

  it.each([DESK, WALL_4K].map((size) => [nameOf(size), size] as const))(
    "E2E-6 the wall with an alarm fits %s",
    async (name, size) => {
      const screen = await room.wall("武汉市中级人民法院", size);
      await screen.page.locator(".wall-alarm").waitFor({ timeout: 60_000 });
      await expectFit(`wall-${name}`, screen);
    },
  );

  it("MAP-1 given a window that was larger for a while, when the whole province is asked for, then it lies as before", async () => {
    const screen = await room.seat("gaoyuan.duty", "console", DESK);
    open.push(screen);
    const { page } = screen;
    const wholeProvince = async () => {
      await page.getByRole("button", { name: "全省" }).click();
      return courtsOnMap(page);
    };
    await page.locator(".leaflet-courts-pane .map-mark").first().waitFor({ state: "attached" });
    const before = await wholeProvince();
    await page.setViewportSize(WALL_4K);
    await eventually(async () => expect(await wholeProvince()).not.toEqual(before), 5_000);
    await page.setViewportSize(DESK);
    await eventually(async () => expect(await wholeProvince()).toEqual(before), 5_000);
  });

  it.each([DESK, WALL_4K].map((size) => [nameOf(size), size] as const))(
    "E2E-6 the console with an alarm and an open record fits %s",
    async (name, size) => {
      const screen = await room.seat("jiangan.duty", "console", size);
      await screen.page.locator(ALARM).waitFor({ timeout: 60_000 });
      await screen.page.locator(`.queue-row[data-key="incident:${sosId}"]`).click();
      await screen.page.locator("article.record .timeline li").first().waitFor();
      await expectFit(`console-${name}`, screen);
    },
  );

  it("E2E-6 the console on a phone shows one thing at a time, for a thumb", async () => {
    const screen = await room.seat("jiangan.duty", "console", PHONE);
    const { page } = screen;
    await page.locator(ALARM).waitFor({ timeout: 60_000 });
    await expectFit("console-phone", screen);
    const row = page.locator(`.queue-row[data-key="incident:${sosId}"]`);
    expect((await row.boundingBox())?.width).toBe(PHONE.width);
    await row.click();
    const drawer = page.locator("aside.drawer");
    await drawer.locator("article.record .timeline li").first().waitFor();
    expect((await drawer.boundingBox())?.width).toBe(PHONE.width);
    await expectFit("console-phone-record", screen);
    const low = await page.locator("button:visible, .ant-btn:visible").evaluateAll((buttons) =>
      buttons
        .filter((button) => !button.closest(".timeline, .leaflet-container"))
        .map((button) => ({ text: button.textContent, px: button.getBoundingClientRect().height }))
        .filter(({ px }) => px < 47.5),
    );
    expect(low).toEqual([]);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
  });

  const PLACES = [
    "",
    "#/detentions",
    "#/newDetention/DETAIN",
    "#/newRequest",
    "#/messages",
    "#/me",
    "#/outbox",
    "#/sos",
  ];
  it.each([PHONE, PHONE_ACROSS].map((size) => [nameOf(size), size] as const))(
    "E2E-6 every place of the phone fits %s",
    async (name, size) => {
      const screen = await room.seat("jiangan.police", "field", size);
      await screen.page.locator(".f-liberty").waitFor();
      for (const place of PLACES) {
        await screen.page.evaluate((hash) => {
          location.hash = hash;
        }, place);
        await screen.page.locator("main.f-main").waitFor();
        await expectFit(`field-${name}-${place.replace(/\W+/g, "-")}`, screen);
      }
      open.splice(1);
    },
  );
});
