/** An exercise (演练) from its pages: the mark everywhere, a person at one seat, the sheet. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { exerciseStatus } from "../../shared/wire/exercise.ts";
import { DESK, PHONE, type Screen, type Size, WALL_4K } from "../support/browser/browser.ts";
import { complaints, misfits, nameless } from "../support/browser/inspect.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { envelope } from "../support/server/envelope.ts";
import { eventually } from "../support/server/eventually.ts";

/** Patience is then ten seconds, and the first turn of the duty desk comes after twenty. */
const SPEED = 12;
const SOON_MS = 60_000;

describe("an exercise", () => {
  let room: Room;
  const open: Screen[] = [];
  beforeAll(async () => {
    room = await openRoom({
      EXERCISE: "xiangyang",
      EXERCISE_SPEED: String(SPEED),
      SIMULATOR: "1",
    });
  });
  afterEach(async ({ task }) => {
    await room.shootOnFailure(task);
    await Promise.all(open.splice(0).map((screen) => screen.close()));
  });
  afterAll(() => room.end());

  /** One click on the sign-in page is one seat. */
  async function takeSeat(login: string, size: Size): Promise<Screen> {
    const screen = await room.device(size);
    open.push(screen);
    await screen.page.goto(`${room.url}/login`);
    await screen.page.locator(".demo-grid button", { hasText: login }).click();
    await screen.page.waitForURL(/console|field/);
    return screen;
  }
  async function statusOf({ page }: Screen) {
    const answer = await page.request.get(`${room.url}/api/exercise`);
    return exerciseStatus.parse(await answer.json());
  }
  async function expectMarked(name: string, screen: Screen): Promise<void> {
    const { page } = screen;
    await page.locator(".mode-frame[data-mode=EXERCISE] > .exercise-banner").waitFor();
    expect(await page.locator(".exercise-banner").innerText()).toContain("演练");
    const hatch = await page.locator(".mode-frame").evaluate((frame) => {
      return getComputedStyle(frame).backgroundImage;
    });
    expect(hatch).toContain("rgb(43, 179, 163)");
    await room.shoot(`exercise-${name}`, screen);
    expect(await misfits(page)).toEqual([]);
    expect(await nameless(screen)).toEqual([]);
    expect(complaints(screen)).toEqual([]);
  }

  it("EXR-14 the desk's turn is said with its time; what the person does counts as his", async () => {
    const screen = await takeSeat("gx-duty", DESK);
    const news = screen.page.locator(".exercise-news");
    await expectMarked("console", screen);
    await news.filter({ hasText: "指令签收" }).waitFor({ timeout: SOON_MS });
    expect(await news.innerText()).toMatch(/轮到本席：指令签收 · 00:\d\d 后模拟席位代办/);
    const { records } = await statusOf(screen);
    const signed = await screen.page.request.post(`${room.url}/api/commands`, {
      headers: { origin: room.url, "sec-fetch-site": "same-origin" },
      data: envelope("order.sign", records.command ?? "", {}),
    });
    expect(await signed.json()).toMatchObject({ outcome: "ACCEPTED" });
    await eventually(async () => {
      const target = (await statusOf(screen)).targets.find(({ id }) => id === "command-signed");
      expect(target?.by).toMatchObject({ title: "值班员", simulated: false });
    }, SOON_MS);
  });

  it("EXR-14 whoever does nothing is waited for, and then the simulator does it", async () => {
    const screen = await takeSeat("gx-duty", DESK);
    const waiting = await eventually(async () => {
      const found = (await statusOf(screen)).steps.find(({ state }) => state === "WAITS");
      if (!found?.patienceUntil) throw new Error("nobody is waited for");
      return found;
    }, SOON_MS);
    const done = await eventually(async () => {
      const found = (await statusOf(screen)).steps.find(({ id }) => id === waiting.id);
      if (!found?.by) throw new Error(`${waiting.id} is not done`);
      return found;
    }, SOON_MS);
    expect(done.by?.simulated).toBe(true);
    expect(done.at).toBeGreaterThanOrEqual(waiting.patienceUntil ?? Number.POSITIVE_INFINITY);
  });

  it.each([
    ["1366×768", DESK],
    ["390×844", PHONE],
    ["3840×2160", WALL_4K],
  ] as const)("EXR-6 sign-in and sheet carry the mark and fit %s", async (name, size) => {
    const screen = await room.device(size);
    open.push(screen);
    await screen.page.goto(`${room.url}/login`);
    await screen.page.locator(".demo-grid").first().waitFor();
    await expectMarked(`login-${name}`, screen);
    await screen.page.locator(".demo-grid button", { hasText: "judge" }).click();
    await screen.page.waitForURL(/field/);
    await screen.page.goto(`${room.url}/exercise`);
    await screen.page.locator(".debrief tbody tr").first().waitFor();
    expect(await screen.page.locator(".debrief tbody tr").count()).toBe(25);
    await expectMarked(`sheet-${name}`, screen);
  });

  it("EXR-6 phone and wall carry the mark and fit", async () => {
    const phone = await takeSeat("scene", PHONE);
    await phone.page.locator("main.f-main").waitFor();
    await expectMarked("field", phone);
    const wall = await room.wall("襄阳市中级人民法院", WALL_4K);
    open.push(wall);
    await wall.page.locator(".wall-header").waitFor();
    await expectMarked("wall", wall);
  });
});
