import { v7 } from "uuid";
import { demoUnitId } from "../../../server/demo/commands.ts";
import type { FacePages, SizeName } from "../screen-page.ts";
import type { Stage } from "../stage.ts";

const CASE = "(2026)鄂0102执138号";
const PLACE = { lat: 30.6123, lng: 114.3051 };
const SUBJECT = { label: "张**", sex: "M", ageBand: "18_69", flags: ["HEALTH"] };
/** The commonest old screen, and a phone. */
const USUAL: readonly SizeName[] = ["1366", "390"];
const OLD: readonly SizeName[] = ["1366"];

const station = { login: "jiangan.station" };
const bank = { login: "jiangan.bank" };

async function unit(stage: Stage, name: string): Promise<string> {
  const base = demoUnitId((await stage.who("jiangan.judge")).courtId);
  return name === "" ? base : `${base}-${name}`;
}

/** A request to the police; its id is noted. */
async function ask(stage: Stage, note: string, to: string, more: object): Promise<void> {
  const id = v7();
  stage.ids.set(note, id);
  await stage.did("jiangan.judge", "police.send", id, {
    kind: "SCENE_SUPPORT",
    urgency: "P2",
    unitId: await unit(stage, to),
    caseNo: CASE,
    place: PLACE,
    detail: "沿江大道56号有人堵门，请派两名民警维持秩序",
    ...more,
  });
}

const respond = (stage: Stage, note: string, state: string) =>
  stage.did("jiangan.station", "police.respond", stage.id(note), { state });

async function freeze(stage: Stage): Promise<void> {
  const id = v7();
  stage.ids.set("freeze", id);
  await stage.did("jiangan.judge", "liaison.send", id, {
    unitId: await unit(stage, "bank"),
    service: "FREEZE",
    caseNo: CASE,
    noticeNo: "(2026)鄂0102执138号通知",
    rulingNo: "(2026)鄂0102执138号之一",
    subject: { id: v7(), ...SUBJECT },
    detail: "冻结存款二十万元，期限一年",
  });
}

async function forgo(stage: Stage): Promise<void> {
  await ask(stage, "declined", "station", { urgency: "P3", detail: "请协助查找下落" });
  await stage.did("jiangan.station", "police.decline", stage.id("declined"), {
    reason: "本所警力已全部派出，请转江岸公安指挥中心",
  });
}

const OVERDUE_MS = 62_000;

export const PARTNER_PAGES: FacePages = {
  face: "partner",
  pages: [
    {
      name: "partner-empty",
      shows: "a police station's desk with nothing asked: what would appear here, and how",
      seat: station,
      route: "/partner",
      readyWhen: ".p-none",
    },
    {
      name: "partner-new",
      shows: "a new request: what, until when, and four buttons; the first is the next",
      seat: station,
      state: (stage) => ask(stage, "first", "station", {}),
      route: "/partner",
      readyWhen: ".p-card",
    },
    {
      name: "partner-declining",
      shows: "declining asks for its written reason",
      seat: station,
      route: "/partner",
      readyWhen: ".p-card",
      press: async (page) => {
        await page.keyboard.press("x");
        await page.locator(".p-form").waitFor();
      },
      sizes: USUAL,
    },
    {
      name: "partner-acknowledged",
      shows: "signed for: 出警 is next",
      seat: station,
      state: async (stage) => void (await respond(stage, "first", "ACKED")),
      route: "/partner",
      readyWhen: ".p-card",
      sizes: USUAL,
    },
    {
      name: "partner-dispatched",
      shows: "a car is on its way: 到场 is next, and what was said so far",
      seat: station,
      state: async (stage) => void (await respond(stage, "first", "DISPATCHED")),
      route: "/partner",
      readyWhen: ".p-said",
      sizes: USUAL,
    },
    {
      name: "partner-ended",
      shows: "what the station has answered before, a refusal among them",
      seat: station,
      state: forgo,
      route: "/partner",
      readyWhen: ".p-card",
      press: async (page) => {
        await page.locator(".p-foot details summary").first().click();
        await page.locator(".p-ended li").first().waitFor();
        await page.locator(".p-ended").scrollIntoViewIfNeeded();
      },
      sizes: OLD,
    },
    {
      name: "partner-overdue",
      shows: "a minute has run out unsigned: red, counting up, on top of the list",
      seat: station,
      state: async (stage) => {
        await ask(stage, "late", "station", { kind: "VIOLENCE_RESPONSE", urgency: "P1" });
        await new Promise((resolve) => setTimeout(resolve, OVERDUE_MS));
      },
      route: "/partner",
      readyWhen: '.clock[data-look="overdue"]',
    },
    {
      name: "partner-month",
      shows: "the month of this unit: asked, on time, overdue, refused",
      seat: station,
      route: "/partner",
      readyWhen: ".p-card",
      press: async (page) => {
        await page.locator(".p-foot details summary").nth(1).click();
        await page.locator(".p-foot details[open] button").first().click();
        await page.locator(".p-foot table td").first().waitFor();
        await page.locator(".p-foot table").scrollIntoViewIfNeeded();
      },
      sizes: USUAL,
    },
    {
      name: "partner-offline",
      shows: "the server does not answer: what was shown stays, with its age and a telephone",
      seat: station,
      route: "/partner",
      readyWhen: ".p-card",
      press: async (page) => {
        await page.context().setOffline(true);
        await page.locator('.partner[data-freshness="stale"]').waitFor();
      },
      sizes: OLD,
    },
    {
      name: "partner-police-command",
      shows: "the police command centre's desk, with a request of its own",
      seat: { login: "jiangan.gongan" },
      state: (stage) => ask(stage, "above", "", { urgency: "P3" }),
      route: "/partner",
      readyWhen: ".p-card",
      sizes: USUAL,
    },
    {
      name: "partner-bank",
      shows: "a bank is asked to freeze: the papers by number, and days instead of minutes",
      seat: bank,
      state: freeze,
      route: "/partner",
      readyWhen: ".p-card",
    },
    {
      name: "partner-bank-received",
      shows: "the bank has signed: 办理 is next",
      seat: bank,
      state: async (stage) => {
        await stage.did("jiangan.bank", "liaison.respond", stage.id("freeze"), {
          state: "RECEIVED",
        });
      },
      route: "/partner",
      readyWhen: ".p-said",
      sizes: USUAL,
    },
    {
      name: "partner-registry",
      shows: "a land registry's desk in a quiet hour",
      seat: { login: "jiangan.registry" },
      route: "/partner",
      readyWhen: ".p-none",
      sizes: USUAL,
    },
  ],
};
