/** A phone without a network whose battery dies again and again. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen } from "../support/browser/browser.ts";
import { ALARM, openRecord } from "../support/browser/console.ts";
import { until } from "../support/browser/looking.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import {
  control,
  goOnDuty,
  holdSos,
  JIANGAN,
  openOutbox,
  report,
} from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";
import { readCommands } from "../support/server/read-log.ts";
import { deviceTokens } from "../support/server/server-process.ts";

/** Deaths of the phone in one dead zone. */
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** A report is late after a minute (LATE_REPORT_AFTER_MS). */
const DEAD_ZONE_MS = 62_000;
/** Chromium writes a page's storage to the disk in its own time. */
const STORAGE_WRITTEN_MS = 6_000;
const NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许";

describe("a dead zone", () => {
  let room: Room;
  let phone: Screen;
  let duty: Someone;
  /** The record that was reported first, longer ago than a minute. */
  let first = "";
  let firstReportAt = 0;
  beforeAll(async () => {
    room = await openRoom();
    duty = await someone(room.url, "jiangan.duty");
    phone = await enrolledPhone();
    await goOnDuty(phone);
    await phone.page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await phone.page.waitForTimeout(STORAGE_WRITTEN_MS);
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  /** As the administrator's code leaves it: with a token of its own, that survives its browser. */
  async function enrolledPhone(): Promise<Screen> {
    const police = await someone(room.url, "jiangan.police");
    const device = (await deviceTokens(room.server.dataDir)).find(
      (d) => d.officerId === police.officerId,
    );
    const screen = await room.device(PHONE, { geolocation: JIANGAN });
    await screen.page.goto(`${room.url}/field`);
    await screen.page.evaluate(
      (token) => localStorage.setItem("ec.device", token),
      device?.token ?? "",
    );
    await screen.page.reload();
    return screen;
  }

  async function withoutNetwork(): Promise<void> {
    await phone.context.setOffline(true);
    await phone.page.locator(".f-band[data-kind=offline]").waitFor();
  }

  /** The same profile in a new browser, still without a network. */
  async function switchOnAgain(): Promise<void> {
    await phone.kill();
    phone = await room.device(PHONE, { profile: phone.profile, geolocation: JIANGAN });
    await phone.context.setOffline(true);
    await phone.page.goto(`${room.url}/field`);
    await phone.page.locator(".f-sos-bar").waitFor();
  }

  it(`E2E-3 facts and calls for help reported offline survive ${ROUNDS} deaths of the browser`, async () => {
    await withoutNetwork();
    for (let round = 0; round < ROUNDS; round += 1) {
      await control(phone, "拘传", { name: `${NAMES[round % NAMES.length]}一二` });
      await report(phone, "到案");
      if (round === 0) firstReportAt = Date.now();
      await holdSos(phone);
      await openOutbox(phone);
      await until(
        "saved on the phone",
        () => savedOnly(phone).count(),
        (n) => n === (round + 1) * 3,
      );
      if (round === 0) await room.shoot("phone-offline", phone);
      await switchOnAgain();
      await openOutbox(phone);
      await until(
        "still on the phone",
        () => savedOnly(phone).count(),
        (n) => n === (round + 1) * 3,
      );
    }
    expect(phone.frames.filter(({ way }) => way === "down")).toEqual([]);
  });

  const subjectOf = (dto: Readonly<Record<string, unknown>>): string =>
    (dto.subject as { readonly label: string }).label;

  const savedOnly = ({ page }: Screen) => page.locator(".f-list .stage[data-stage=phone]");

  it("E2E-3 back in the network all of it arrives, once, in order, and is marked as late", async () => {
    await phone.page.waitForTimeout(Math.max(0, DEAD_ZONE_MS - (Date.now() - firstReportAt)));
    await phone.context.setOffline(false);
    await phone.page.locator(".f-band").waitFor({ state: "detached" });
    await until(
      "nothing waits",
      () => savedOnly(phone).count(),
      (n) => n === 0,
      30_000,
    );
    const stored = (await readCommands(room.server.dataDir)).map(({ command }) => command);
    const mine = stored.filter(
      ({ kind }) => kind.startsWith("detention.") || kind === "incident.sos",
    );
    expect(new Set(mine.map(({ id }) => id)).size).toBe(mine.length);
    expect(mine.filter(({ kind }) => kind === "incident.sos")).toHaveLength(ROUNDS);
    const reports = Map.groupBy(
      mine.filter(({ kind }) => kind !== "incident.sos"),
      ({ events }) => events[0]?.ref.id,
    );
    expect([...reports.values()].map((list) => list.map(({ kind }) => kind))).toEqual(
      Array.from({ length: ROUNDS }, () => ["detention.control", "detention.arrive"]),
    );
    const detentions = await duty.records("detention");
    expect(detentions).toHaveLength(ROUNDS);
    expect(detentions.map(({ dto }) => dto.state)).toEqual(detentions.map(() => "ARRIVED"));
    first = detentions.find(({ dto }) => subjectOf(dto).startsWith(NAMES.charAt(0)))?.id ?? "";
    const entries = await duty.timeline("detention", first);
    expect(entries.filter(({ late }) => late).map(({ zh }) => zh)).toEqual(["已控制", "拘传到案"]);
  });

  it("E2E-3 the duty desk reads 迟报, answers the call, and the phone says who", async () => {
    const desk = await room.seat("jiangan.duty", "console", DESK);
    await desk.page.locator(ALARM).first().waitFor();
    const record = await openRecord(desk, `detention:${first}`);
    await record.getByText("迟报").first().waitFor();
    await room.shoot("console-late", desk);
    await desk.page.keyboard.press("a");
    await desk.page.locator(ALARM).waitFor({ state: "detached" });
    await phone.page.goto(`${room.url}/field#/sos`);
    await phone.page.locator(".f-story li[data-what=acknowledged][data-done=true]").waitFor();
  });
});
