/** A call for help on a full disk, as people see it: phone, desk, wall, and a server that dies on top. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen, WALL_4K } from "../support/browser/browser.ts";
import { ALARM } from "../support/browser/console.ts";
import { until } from "../support/browser/looking.ts";

import { goOnDuty, holdSos, JIANGAN } from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { mountSmallDisk, type SmallDisk } from "../support/disk/small-disk.ts";
import { envelope } from "../support/server/envelope.ts";
import { request } from "../support/server/http-client.ts";
import { readCommands, verifyLog } from "../support/server/read-log.ts";
import { deviceTokens } from "../support/server/server-process.ts";
import { notRun, saw, tried } from "../support/trials.ts";

const mounted = await mountSmallDisk(40);
if ("notRun" in mounted) notRun(mounted.notRun);

describe.skipIf("notRun" in mounted)("a full disk", () => {
  const disk = mounted as SmallDisk;
  const dataDir = join(disk.dir, "data");
  let emergencyDir: string;
  let stopFilling: () => Promise<void> = async () => undefined;
  let room: Room;
  let phone: Screen;
  let desk: Screen;
  let parent: Screen;
  let wall: Screen;

  beforeAll(async () => {
    // The journal on a disk of its own, as the documents advise: this one is never given room again.
    emergencyDir = await mkdtemp(join(tmpdir(), "ec-emergency-"));
    room = await openRoom({ DATA_DIR: dataDir, EMERGENCY_DIR: emergencyDir });
    [phone, desk, parent, wall] = await Promise.all([
      room.seat("jiangan.police", "field", PHONE, { geolocation: JIANGAN }),
      room.seat("jiangan.duty", "console", DESK),
      room.seat("wuhan.duty", "console", DESK),
      room.wall("武汉市中级人民法院", WALL_4K),
    ]);
    await goOnDuty(phone);
    await Promise.all([desk, parent].map(({ page }) => page.locator(".queue").waitFor()));
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(async () => {
    await stopFilling();
    await room.end();
    await disk.remove();
    await rm(emergencyDir, { recursive: true, force: true });
  });

  const alarm = (screen: Screen) => screen.page.locator(ALARM).first();

  it("EMG-1 rings at desk and wall, and says where it is kept", async () => {
    stopFilling = keepFull(disk);
    await fillUntilRefused(disk, room.url, dataDir);
    saw("full disk");

    await holdSos(phone);
    await alarm(desk).waitFor();
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
      .getByText(/已接警/)
      .first()
      .waitFor();
    await room.shoot("full-disk-acknowledged", phone);
  });

  it("EMG-3 stands in the log once when there is room again", async () => {
    await stopFilling();
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
 * full when commands are refused for a while although the last byte is taken again and again.
 */
async function fillUntilRefused(disk: SmallDisk, url: string, dataDir: string): Promise<void> {
  await disk.fill();
  const phones = (await deviceTokens(dataDir)).filter(({ officerId }) =>
    /-police$/.test(officerId),
  );
  let refused = 0;
  for (let n = 0; refused < REFUSALS; n += 1) {
    if (n > MOST_COMMANDS) throw new Error("the disk is full and the log goes on");
    const { officerId, token } = phones[n % phones.length] ?? { officerId: "", token: "" };
    const duty = n % 2 ? "ON_DUTY" : "DEPLOYED";
    const command = envelope("officer.setDuty", officerId, { duty }, { deviceAt: Date.now() });
    const { status } = await request(url, "POST", "/api/commands", { device: token }, command);
    if (status !== 200 && status !== 503 && status !== 429) throw new Error(`answered ${status}`);
    refused = status === 503 ? refused + 1 : 0;
  }
}

const REFUSALS = 20;
const MOST_COMMANDS = 20_000;

/** Takes whatever becomes free, until told to stop. */
function keepFull(disk: SmallDisk): () => Promise<void> {
  let isFilling = true;
  const filling = (async () => {
    while (isFilling) {
      await disk.fill();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return () => {
    isFilling = false;
    return filling;
  };
}
