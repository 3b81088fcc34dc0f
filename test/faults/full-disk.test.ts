/** A call for help on a full disk, as people see it: phone, desk, wall, and a server that dies on top. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen, WALL_4K } from "../support/browser/browser.ts";
import { ALARM } from "../support/browser/console.ts";
import { until } from "../support/browser/looking.ts";

import { goOnDuty, holdSos, JIANGAN } from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { mountSmallDisk, type SmallDisk } from "../support/disk/small-disk.ts";
import { readCommands, verifyLog } from "../support/server/read-log.ts";
import { notRun, saw, tried } from "../support/trials.ts";

const ALARM_WITHIN_MS = 2_000;

const mounted = await mountSmallDisk(40);
if ("notRun" in mounted) notRun(mounted.notRun);

describe.skipIf("notRun" in mounted)("a full disk", () => {
  const disk = mounted as SmallDisk;
  const dataDir = join(disk.dir, "data");
  const emergencyDir = join(dataDir, "emergency");
  let room: Room;
  let phone: Screen;
  let desk: Screen;
  let parent: Screen;
  let wall: Screen;

  beforeAll(async () => {
    room = await openRoom({ DATA_DIR: dataDir, EMERGENCY_BALLAST_MB: "4" });
    [phone, desk, parent, wall] = await Promise.all([
      room.seat("jiangan.police", "field", PHONE, { geolocation: JIANGAN }),
      room.seat("jiangan.duty", "console", DESK),
      room.seat("wuhan.duty", "console", DESK),
      room.wall("武汉市中级人民法院", WALL_4K),
    ]);
    await goOnDuty(phone);
    await Promise.all([desk, parent].map(({ page }) => page.locator(".queue").waitFor()));
    await until(
      "ballast",
      () => readdir(emergencyDir),
      (names) => names.includes("ballast"),
    );
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(async () => {
    await room.end();
    await disk.remove();
  });

  const alarm = (screen: Screen) => screen.page.locator(ALARM).first();

  it("EMG-1 EMG-21 rings at the desk within two seconds and says where it is kept", async () => {
    await fillUntilRefused(disk, phone);
    saw("full disk");

    const released = await holdSos(phone);
    await alarm(desk).waitFor();
    const late = Date.now() - released;

    expect(late).toBeLessThan(ALARM_WITHIN_MS);
    await wall.page.locator(".wall-alarm").waitFor();
    await desk.page.locator(".alarm .journal-mark").waitFor();
    await until(
      "kept",
      () => segmentsIn(emergencyDir),
      (names) => names.length > 0,
    );
    await Promise.all([desk, wall, phone].map((s, n) => room.shoot(`full-disk-${n}`, s)));
    tried("fault: full disk, SOS in browsers", 1);
  });

  it("EMG-5 still rings, and climbs to the parent, after a kill on the full disk", async () => {
    await room.restart();
    await alarm(desk).waitFor();
    await alarm(parent).waitFor({ timeout: 60_000 });
    saw("restart during an open SOS");
    await room.shoot("full-disk-restarted", desk);
  });

  it("EMG-2 is acknowledged by a named person, and the sender sees who", async () => {
    await desk.page.locator(".alarm-ack").first().click();
    await desk.page.locator(ALARM).waitFor({ state: "detached" });
    await phone.page
      .getByText(/已签收/)
      .first()
      .waitFor();
    await room.shoot("full-disk-acknowledged", phone);
  });

  it("EMG-3 stands in the log once when there is room again", async () => {
    await disk.clear();
    await until(
      "imported",
      () => segmentsIn(emergencyDir),
      (names) => names.length === 0,
    );
    saw("journal import");
    await desk.page.locator(".journal-mark").waitFor({ state: "detached" });
    await room.server.stop();
    const commands = await readCommands(dataDir);
    const kinds = commands.map(({ command }) => command.kind);
    expect(kinds.filter((kind) => kind === "incident.sos")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "incident.acknowledge")).toHaveLength(1);
    const sos = commands.filter(({ command }) => command.journalledAt !== undefined);
    expect(new Set(sos.map(({ seq }) => seq)).size).toBe(1);
    expect((await verifyLog(dataDir)).exit).toBe(0);
  });
});

const segmentsIn = async (dir: string): Promise<string[]> =>
  (await readdir(dir)).filter((name) => name.startsWith("segment-"));

/**
 * The log goes on in room that its files have already, and may find some again by tidying up: it is
 * full when reports are refused for a while although the last byte was taken again before each.
 */
async function fillUntilRefused(disk: SmallDisk, phone: Screen): Promise<void> {
  let refused = 0;
  for (let n = 0; n < 3_000; n += 1) {
    await disk.fill();
    const status = await reportTraffic(phone, `filler-${Date.now()}-${n}`);
    refused = status === 503 ? refused + 1 : 0;
    if (refused === REFUSALS) return;
    if (status !== 200) await phone.page.waitForTimeout(500);
  }
  throw new Error("the disk is full and the log goes on");
}

const REFUSALS = 6;

const reportTraffic = ({ page }: Screen, id: string): Promise<number> =>
  page.evaluate(async (reportId) => {
    const answer = await fetch("/api/commands", {
      method: "POST",
      headers: { "content-type": "application/json", "x-requested-with": "fetch" },
      body: JSON.stringify({
        id: reportId,
        kind: "incident.report",
        ref: { type: "incident", id: reportId },
        payload: { kind: "TRAFFIC", level: "GENERAL" },
        knownSeq: 1,
        knownAt: 1,
      }),
    });
    return answer.status;
  }, id);
