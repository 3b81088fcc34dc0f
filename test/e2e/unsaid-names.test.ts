/** A person's name and number, typed once on one phone, and every screen of the province. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { DESK, PHONE, type Screen } from "../support/browser/browser.ts";
import { ALARM, openRecord } from "../support/browser/console.ts";
import { textOf } from "../support/browser/frames.ts";
import { type Someone, someone } from "../support/browser/people.ts";
import { control, goOnDuty, holdSos, JIANGAN } from "../support/browser/phone.ts";
import { openRoom, type Room } from "../support/browser/room.ts";

const NAME = "欧阳震华";
const ID_NUMBER = "420102198001011231";
/** Also what is left when somebody cuts off the ends. */
const SECRETS = [NAME, NAME.slice(1), ID_NUMBER, ID_NUMBER.slice(4, 14)];

describe("names that are not said", () => {
  let room: Room;
  let phone: Screen;
  let others: Readonly<Record<"own" | "parent" | "high" | "wall" | "otherPhone", Screen>>;
  let duty: Someone;
  let detentionId = "";
  beforeAll(async () => {
    room = await openRoom();
    duty = await someone(room.url, "jiangan.duty");
    const [own, parent, high, wall, otherPhone] = await Promise.all([
      room.seat("jiangan.duty", "console", DESK),
      room.seat("wuhan.duty", "console", DESK),
      room.seat("gaoyuan.duty", "console", DESK),
      room.wall("武汉市中级人民法院", DESK),
      room.seat("jiangan.judge", "field", PHONE),
    ]);
    others = { own, parent, high, wall, otherPhone };
    phone = await room.seat("jiangan.police", "field", PHONE, { geolocation: JIANGAN });
    await Promise.all([own, parent, high].map(({ page }) => page.locator(".queue").waitFor()));
    await goOnDuty(phone);
    await control(phone, "拘留", { name: NAME, idNumber: ID_NUMBER });
    await holdSos(phone);
    await own.page.locator(".queue-row").filter({ hasText: "欧" }).waitFor();
    detentionId = (await duty.records("detention"))[0]?.id ?? "";
  });
  afterEach(({ task }) => room.shootOnFailure(task));
  afterAll(() => room.end());

  it("E2E-5 every seat sees the detention and the call for help, each in its own words", async () => {
    const { own, parent, wall, high } = others;
    await Promise.all([own, parent].map(({ page }) => page.locator(ALARM).waitFor()));
    await wall.page.locator(".wall-alarm").waitFor();
    await wall.page
      .locator(".wall-item[data-liberty]")
      .filter({ hasText: "被执行人A 拘留" })
      .first()
      .waitFor();
    for (const screen of [own, parent]) await openRecord(screen, `detention:${detentionId}`);
    await high.page.locator(".queue-row, .queue .empty").first().waitFor();
    await Promise.all(
      Object.entries(others).map(([name, screen]) => room.shoot(`names-${name}`, screen)),
    );
  });

  it("E2E-5 the name reached the vault: who is entitled and gives a reason is told", async () => {
    const [record] = await duty.records("detention");
    const subject = (record?.dto.subject as { readonly id: string } | undefined)?.id;
    const told = await others.own.page.evaluate(async (id) => {
      const body = JSON.stringify({ subject: id, field: "idNumber", reason: "核对身份信息" });
      const headers = { "content-type": "application/json" };
      const answer = await fetch("/api/reveal", { method: "POST", headers, body });
      return answer.text();
    }, subject);
    // Of a number even the entitled desk is shown the ends only.
    expect(told).toContain(`"value":"${ID_NUMBER.slice(0, 3)}`);
  });

  it("E2E-5 neither name nor number is in any document or WebSocket message of another screen", async () => {
    for (const [name, { page, frames }] of Object.entries(others)) {
      const document = await page.content();
      const wire = textOf(frames);
      expect(wire.length, `${name} heard something`).toBeGreaterThan(1_000);
      for (const secret of SECRETS) {
        expect(document.includes(secret), `${secret} in the document of ${name}`).toBe(false);
        expect(wire.includes(secret), `${secret} on the wire of ${name}`).toBe(false);
      }
    }
  });

  it("E2E-5 nor in any WebSocket message of the phone on which they were typed", () => {
    const wire = textOf(phone.frames);
    expect(SECRETS.filter((secret) => wire.includes(secret))).toEqual([]);
  });
});
