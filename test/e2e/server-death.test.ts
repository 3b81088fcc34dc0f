/** The server is killed while a room looks at it. */

import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, type Screen } from "../support/browser/browser.ts";
import { firstSight } from "../support/browser/looking.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

/** The last heartbeat came up to 2 s before the death. */
const LATE_MS = { soonest: 3_000, latest: 7_000 };
const STALE_MS = { soonest: 8_000, latest: 12_000 };
const RECOVERED_MS = 5_000;

describe("a server that dies", () => {
  let room: Room;
  let desk: Screen;
  let wall: Screen;
  let police: Someone;
  beforeAll(async () => {
    room = await openRoom();
    police = await someone(room.url, "jiangan.police");
    [desk, wall] = await Promise.all([
      room.seat("jiangan.duty", "console", DESK),
      room.wall("武汉市中级人民法院", DESK),
    ]);
    await desk.page.locator(".queue").waitFor();
    const about = { kind: "COMPEL", caseNo: "(2026)鄂0102执7号" };
    await police.command("detention.control", v7(), { about });
    await police.command("police.send", v7(), { kind: "SCENE_SUPPORT", urgency: "P2" });
    await desk.page.locator(".queue-row").nth(1).waitFor();
    await wall.page.locator(".wall-item[data-liberty]").first().waitFor();
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  const shown = async () => ({
    queue: (
      await desk.page
        .locator(".queue-row")
        .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-key")))
    ).toSorted(),
    // Without what counts down.
    wall: await wall.page.locator(".wall-item .wall-item-main").allTextContents(),
  });

  it("E2E-4 console and wall say late, then expired; back again they show the same records by themselves", async () => {
    const before = await shown();
    const last = v7();
    expect(
      (await police.command("detention.control", last, { about: { kind: "COMPEL" } })).outcome,
    ).toBe("ACCEPTED");
    await room.server.kill();
    const diedAt = Date.now();
    const screens = [desk, wall];
    const sights = await Promise.all(
      screens.flatMap(({ page }) => [
        firstSight(page, ".link-banner[data-level=late]", 30_000),
        firstSight(page, ".link-banner[data-level=stale]", 30_000),
      ]),
    );
    const [lateA = 0, staleA = 0, lateB = 0, staleB = 0] = (
      await Promise.all(sights.map((sight) => sight()))
    ).map((at) => at - diedAt);
    for (const late of [lateA, lateB]) {
      expect(late).toBeGreaterThan(LATE_MS.soonest);
      expect(late).toBeLessThan(LATE_MS.latest);
    }
    for (const stale of [staleA, staleB]) {
      expect(stale).toBeGreaterThan(STALE_MS.soonest);
      expect(stale).toBeLessThan(STALE_MS.latest);
    }
    for (const screen of screens) {
      expect(await screen.page.locator(".link-banner").textContent()).toMatch(
        /数据已过期 · 正在重连 · 最后更新 \d\d:\d\d:\d\d/,
      );
      expect(await screen.page.locator(".map-surface").getAttribute("data-freshness")).toBe(
        "stale",
      );
      await screen.page.locator(".map-stale").waitFor();
    }
    await room.shoot("console-stale", desk);
    await room.shoot("wall-stale", wall);

    const back = await Promise.all(
      screens.map(({ page }) => firstSight(page, "html[data-freshness=fresh]", 60_000)),
    );
    await room.restart();
    const readyAt = Date.now();
    const took = (await Promise.all(back.map((sight) => sight()))).map((at) => at - readyAt);
    process.stdout.write(`recovered ${took.map(Math.round).join(" and ")} ms after readiness\n`);
    const key = `detention:${last}`;
    await desk.page.locator(`.queue-row[data-key="${key}"]`).waitFor();
    const after = await shown();
    expect(after.queue).toEqual([...before.queue, key].toSorted());
    expect(after.wall).toEqual(expect.arrayContaining(before.wall));
    expect(Math.max(...took)).toBeLessThan(RECOVERED_MS);
  });
});
