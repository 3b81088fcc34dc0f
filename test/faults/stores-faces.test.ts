/** A store that takes nothing, on every face: what a person is told, at the size of their screen. */
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen, WALL_4K } from "../support/browser/browser.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { remount } from "../support/disk/remount.ts";
import { mountSmallDisk, type SmallDisk } from "../support/disk/small-disk.ts";
import { notRun, tried } from "../support/trials.ts";

const SAID_WITHIN_MS = 30_000;

const mounted = await mountSmallDisk(40);
if ("notRun" in mounted) notRun(mounted.notRun);

describe.skipIf("notRun" in mounted)("a store that takes nothing, as people see it", () => {
  const disk = mounted as SmallDisk;
  let room: Room;
  let desk: Screen;
  let wall: Screen;
  let phone: Screen;
  let door: Screen;
  beforeAll(async () => {
    room = await openRoom({ DATA_DIR: join(disk.dir, "data") });
    [desk, wall, phone, door] = await Promise.all([
      room.seat("jiangan.duty", "console", DESK),
      room.wall("武汉市中级人民法院", WALL_4K),
      room.seat("jiangan.police", "field", PHONE),
      room.device(DESK),
    ]);
    // Loaded to the last chunk: a page that is still loading has nobody to load it from.
    await desk.page.locator(".queue").waitFor();
    await wall.page.getByText(/在岗/).first().waitFor();
    await phone.page.locator("nav").first().waitFor();
    await room.server.stop();
    await remount(disk.dir, "ro");
    await room.restart();
    await door.page.goto(`${room.url}/login`);
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(async () => {
    await room.end();
    await disk.remove();
  });

  const faces = () =>
    [
      ["console", desk],
      ["wall", wall],
      ["field", phone],
      ["login", door],
    ] as const;

  it("STF-14 given a read-only store, when each face is looked at, then each says so and what to do, inside its screen", async () => {
    for (const [name, screen] of faces()) {
      const note = screen.page.getByText(/存储只读.*电话/).first();
      await note.waitFor({ timeout: SAID_WITHIN_MS });
      const box = await note.boundingBox();
      const { width = 0, height = 0 } = screen.page.viewportSize() ?? {};
      await room.shoot(`read-only-${name}`, screen);
      expect(box, name).not.toBeNull();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width, name).toBe(true);
      expect((box?.y ?? -1) >= 0 && (box?.y ?? 0) + (box?.height ?? 0) <= height, name).toBe(true);
      tried("face of a read-only store", 1);
    }
  }, 120_000);

  it("STF-14 given a read-only store, when somebody signs in, then the page says why not", async () => {
    await door.page.locator("input[autocomplete=username]").fill("jiangan.director");
    await door.page.locator("input[type=password]").fill("demo-2026");
    await door.page.locator("button[type=submit]").click();
    await door.page
      .getByText(/未能确认入库/)
      .first()
      .waitFor();
    await room.shoot("read-only-login-refused", door);
  }, 60_000);

  it("STF-14 given the store writable again, when nobody does anything, then every face is quiet", async () => {
    await remount(disk.dir, "rw");
    for (const [, screen] of faces())
      await screen.page
        .getByText(/存储只读/)
        .first()
        .waitFor({ state: "detached", timeout: SAID_WITHIN_MS });
  }, 120_000);
});
