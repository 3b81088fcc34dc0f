/** A day's worst minutes, from the officer's thumb to the wall. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen } from "../support/browser/browser.ts";
import { ALARM } from "../support/browser/console.ts";
import { positionsIn } from "../support/browser/frames.ts";
import { firstSight, officerPixels, until } from "../support/browser/looking.ts";
import {
  askPolice,
  control,
  goOnDuty,
  holdSos,
  JIANGAN,
  report,
  walkUntil,
} from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

/** Half of what a control room standard allows from entry to full display. */
const ALARM_WITHIN_MS = 1_000;

describe("first light", () => {
  let room: Room;
  let phone: Screen;
  let jiangan: Screen;
  let wuhan: Screen;
  let wall: Screen;
  beforeAll(async () => {
    room = await openRoom();
    [phone, jiangan, wuhan, wall] = await Promise.all([
      room.seat("jiangan.police", "field", PHONE, { geolocation: JIANGAN }),
      room.seat("jiangan.duty", "console", DESK),
      room.seat("wuhan.duty", "console", DESK),
      room.wall("武汉市中级人民法院", DESK),
    ]);
    await jiangan.page.locator(".queue").waitFor();
    await wuhan.page.locator(".queue").waitFor();
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  it("E2E-1 an officer who goes on duty and shares the position is a dot at the own console and on the wall", async () => {
    const rooms = [jiangan, wall];
    const seen = async (screen: Screen): Promise<boolean> =>
      positionsIn(screen.frames).length > 0 && (await officerPixels(screen.page)) > 0;
    expect(await Promise.all(rooms.map(({ page }) => officerPixels(page)))).toEqual([0, 0]);
    await goOnDuty(phone);
    await walkUntil(phone, async () => (await Promise.all(rooms.map(seen))).every(Boolean));
    const [own, above] = rooms.map(({ frames }) => positionsIn(frames).at(-1));
    expect(above?.trackIndex).toBe(own?.trackIndex);
    expect(above?.lat).toBeCloseTo(JIANGAN.latitude, 2);
  });

  it("E2E-1 a person brought in has a running liberty clock at the console and on the wall", async () => {
    await control(phone, "拘传", { name: "张震华" });
    await report(phone, "到案");
    const clock = (screen: Screen, within: string) =>
      screen.page.locator(within).filter({ hasText: "询问8小时" }).first().waitFor();
    await clock(wall, ".wall-item[data-liberty]");
    await jiangan.page.locator(".queue-row").filter({ hasText: "张" }).first().waitFor();
    await jiangan.page.locator(".queue-row .clock[data-liberty]").first().waitFor();
    expect(await wall.page.locator(".wall-countdown").first().textContent()).toMatch(
      /\d:\d\d:\d\d/,
    );
    await room.shoot("console-liberty", jiangan);
  });

  it("E2E-1 a request to the police counts down at the console and on the wall", async () => {
    await askPolice(phone);
    await jiangan.page.locator(".queue-row[data-key^='police:'] .clock").first().waitFor();
    const onWall = wall.page.locator(".wall-item").filter({ hasText: "处置暴力抗拒" }).first();
    await onWall.waitFor();
    const left = () => onWall.locator(".wall-countdown").textContent();
    const first = await left();
    await until("a countdown", left, (now) => now !== first && /^00:\d\d/.test(now ?? ""));
  });

  it("E2E-1 a call for help is a red alarm at both consoles and on the wall within a second", async () => {
    const looks = await Promise.all([
      firstSight(jiangan.page, ALARM),
      firstSight(wuhan.page, ALARM),
      firstSight(wall.page, ".wall[data-alarm] .wall-alarm"),
    ]);
    const heldAt = await holdSos(phone);
    const took = (await Promise.all(looks.map((look) => look()))).map((at) => at - heldAt);
    expect(Math.max(...took), `ms: ${took.map(Math.round).join(", ")}`).toBeLessThan(
      ALARM_WITHIN_MS,
    );
    await room.shoot("console-sos", jiangan);
    await room.shoot("console-sos-above", wuhan);
    await room.shoot("wall-sos", wall);
    await room.shoot("phone-sos", phone);
  });

  it("E2E-1 the duty officer answers with one key, the alarm shrinks, and the phone shows who it was", async () => {
    const { name } = await nameOf(jiangan);
    await jiangan.page.keyboard.press("a");
    await Promise.all([
      jiangan.page.locator(ALARM).waitFor({ state: "detached" }),
      wuhan.page.locator(ALARM).waitFor({ state: "detached" }),
      wall.page.locator(".wall-alarm").waitFor({ state: "detached" }),
    ]);
    const story = phone.page.locator(".f-story li[data-what=acknowledged][data-done=true]");
    await story.waitFor();
    expect(await story.textContent()).toContain(name);
    const inList = wall.page.locator(".wall-item[data-state=open]");
    expect(await inList.textContent()).toContain("已签收");
    await room.shoot("phone-acked", phone);
    await room.shoot("wall-acked", wall);
  });

  it("E2E-1 and no page has complained meanwhile", async () => {
    await until(
      "quiet",
      () => [phone, jiangan, wuhan, wall].flatMap((s) => s.problems),
      (p) => p.length === 0,
      0,
    );
  });

  /** Surname and title, as an officer is called in front of others. */
  async function nameOf({ page }: Screen): Promise<{ readonly name: string }> {
    const me = (await page.evaluate(async () => (await fetch("/api/me")).json())) as {
      readonly name: string;
    };
    return { name: me.name.slice(0, 1) };
  }
});
