import type { Page } from "playwright-core";
import {
  betweenCourts,
  calledAgain,
  closing,
  fromOutside,
  handOver,
  held,
  missed,
  muster,
  onDuty,
  ordered,
  passed,
  planToApprove,
  policeAsked,
  reported,
  rollCalled,
  sos,
  sosAnswered,
} from "../console-states.ts";
import type { FacePages, ScreenPage } from "../screen-page.ts";
import type { Stage } from "../stage.ts";

const at = (login: string) =>
  ({
    seat: { login },
    route: "/console",
    readyWhen: ".queue",
    press: atWork,
    sized: fitMap,
  }) as const;

/** Whoever must act first puts aside what was missed; it comes when the first records are here. */
async function atWork(page: Page): Promise<void> {
  await page.locator(".queue-row, .queue .empty").first().waitFor();
  const aside = page.locator('[data-action="missed.aside"]');
  await aside.waitFor({ timeout: MISSED_WITHIN_MS }).then(
    () => aside.click(),
    () => undefined,
  );
}
/** It comes with the first records. */
const MISSED_WITHIN_MS = 800;

/** "Show all open", wherever it lies under what was opened. */
async function fitMap(page: Page): Promise<void> {
  await page.locator('.map-tool-row [data-tool="fit"]').evaluateAll((buttons) => {
    for (const button of buttons as HTMLButtonElement[]) button.click();
  });
}

/** The newest instant that can be looked at. */
async function replay(page: Page): Promise<void> {
  await atWork(page);
  await fitMap(page);
  await page.keyboard.press("p");
  await page.locator(".replay").waitFor();
  await page.keyboard.press("End");
  await page.locator(".replay-row").first().waitFor();
  await page.locator(".replay-unread").waitFor({ state: "detached" });
}

/** More presses than there are boards. */
const MOST_PRESSES = 20;

/** A board by its key, pressed until it is there. */
const board = (name: string) => async (page: Page) => {
  await atWork(page);
  const there = page.locator(`.board[data-board="${name}"]`);
  for (let press = 0; press < MOST_PRESSES; press += 1) {
    if (await there.isVisible()) return;
    await page.keyboard.press("b");
  }
  await there.waitFor();
};

/** Opens a record of the queue in the drawer. */
const drawer = (type: string, noted: string) => async (page: Page, stage: Stage) => {
  await atWork(page);
  await page.locator(`.queue-row[data-key="${type}:${stage.id(noted)}"]`).click();
  await page.locator("article.record .timeline li").first().waitFor();
};

/** Opens a record from the board that lists it. */
const fromBoard =
  (name: string, type: string, noted: string) => async (page: Page, stage: Stage) => {
    await board(name)(page);
    const row = `.board-row[data-record="${type}:${stage.id(noted)}"] .board-row-open`;
    await page.locator(row).first().click();
    await page.locator("article.record").waitFor();
  };

const EMPTY: readonly ScreenPage[] = [
  {
    name: "console-quiet",
    shows: "a basic court's desk with nothing to do: queue, map, stream",
    ...at("jiangan.duty"),
  },
  {
    name: "console-help",
    shows: "the keys and what they do",
    ...at("jiangan.duty"),
    press: async (page) => {
      await page.keyboard.press("?");
      await page.locator("[role=dialog]").waitFor();
    },
  },
  {
    name: "console-board-empty",
    shows: "a board on which nothing stands: what would, and how it comes there",
    ...at("jiangan.duty"),
    press: board("orders"),
  },
];

const DRAWERS: readonly ScreenPage[] = [
  {
    name: "console-desk",
    shows: "the desk of a working day: queue by urgency, units on the map, nobody in danger",
    ...at("jiangan.duty"),
    state: async (stage) => {
      await onDuty(stage);
      for (const make of [planToApprove, closing, muster, held, policeAsked]) await make(stage);
      for (const make of [ordered, reported, betweenCourts, fromOutside]) await make(stage);
    },
  },
  {
    name: "console-replay",
    shows: "a look back (回放): nothing live but the bars above, the instant in large figures",
    ...at("jiangan.duty"),
    state: passed,
    press: replay,
  },
  {
    name: "console-replay-failed",
    shows: "a look back that cannot be read: the map is covered, why, and how to try again",
    ...at("jiangan.duty"),
    press: async (page) => {
      await replay(page);
      await page.route("**/api/replay/state", (route) => route.abort());
      await page.route("**/api/tracks/picture", (route) => route.abort());
      await page.keyboard.press("Home");
      await page.locator(".replay-unread[data-failed]").waitFor();
    },
  },
  {
    name: "console-search",
    shows: "search or command: records, courts, people and acts by what is typed",
    ...at("jiangan.duty"),
    press: async (page) => {
      await atWork(page);
      await page.keyboard.press("/");
      await page.getByRole("combobox").first().fill("2026");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "console-above",
    shows: "an intermediate court's desk: the court tree with its counts above the queue",
    ...at("wuhan.duty"),
  },
  {
    name: "console-high",
    shows: "the High Court's desk over three tiers",
    ...at("gaoyuan.duty"),
  },
  {
    name: "console-plan",
    shows: "the president reads a plan that waits for approval",
    ...at("jiangan.president"),
    press: drawer("operation", "plan"),
  },
  {
    name: "console-muster",
    shows: "an operation that musters: who is there, what is lacking, why it may not leave",
    ...at("jiangan.director"),
    press: drawer("operation", "muster"),
  },
  {
    name: "console-closing",
    shows: "an operation that closes: who is back, what the record still lacks",
    ...at("jiangan.director"),
    press: drawer("operation", "closing"),
  },
  {
    name: "console-detention",
    shows: "a person who is held: clocks, what is asked of whom, refused acts with their rule",
    ...at("jiangan.duty"),
    press: drawer("detention", "detention"),
  },
  {
    name: "console-police",
    shows: "a police request that nobody has answered yet",
    ...at("jiangan.duty"),
    press: drawer("police", "police"),
  },
  {
    name: "console-order",
    shows: "an order from above with its hops and receipts",
    ...at("jiangan.duty"),
    press: drawer("order", "order"),
  },
  {
    name: "console-order-form",
    shows: "the form of an order to several courts",
    ...at("wuhan.director"),
    press: async (page) => {
      await atWork(page);
      await page.keyboard.press("o");
      await page.locator(".court-picker-input").waitFor();
    },
  },
  {
    name: "console-report",
    shows: "a report of a court below that asks for support",
    ...at("wuhan.director"),
    press: fromBoard("reports", "report", "report"),
  },
  {
    name: "console-delegation",
    shows: "a delegation at the entrusted court",
    ...at("huangpi.duty"),
    press: fromBoard("delegation", "delegation", "delegation"),
  },
  {
    name: "console-supervision",
    shows: "a supervision with its list of things to put right, at the supervising court",
    ...at("wuhan.director"),
    press: fromBoard("supervision", "supervision", "supervision"),
  },
];

const BOARDS: readonly ScreenPage[] = [
  {
    name: "console-board-orders",
    shows: "orders with each hop's time, at the court that issued them",
    ...at("wuhan.director"),
    press: board("orders"),
  },
  {
    name: "console-board-reports",
    shows: "reports of the courts below",
    ...at("wuhan.director"),
    press: board("reports"),
  },
  {
    name: "console-board-duty",
    shows: "the duty desk with the list that is handed over",
    ...at("jiangan.duty"),
    state: handOver,
    press: board("duty"),
  },
  {
    name: "console-board-rollcall",
    shows: "a roll-call while it runs, and the month's rates",
    ...at("wuhan.duty"),
    state: rollCalled,
    press: board("rollcall"),
  },
  {
    name: "console-bands",
    shows: "a roll-call that asks this desk, and its order to sign: what waits lies above the work",
    ...at("jiangan.duty"),
  },
  {
    name: "console-board-notices",
    shows: "notices, alerts and who has signed for them",
    ...at("wuhan.duty"),
    state: missed,
    press: board("notices"),
  },
  {
    name: "console-board-outside",
    shows: "calls to people outside, and to whom a silent court's calls go",
    ...at("jiangan.duty"),
    press: board("outside"),
  },
  {
    name: "console-board-liaison",
    shows: "what banks, registries and other linked units are asked for, and what they answered",
    ...at("jiangan.judge"),
    press: board("liaison"),
  },
  {
    name: "console-board-delegation",
    shows: "delegations in and out",
    ...at("jiangan.duty"),
    press: board("delegation"),
  },
  {
    name: "console-board-supervision",
    shows: "supervisions of the courts below",
    ...at("wuhan.director"),
    press: board("supervision"),
  },
  {
    name: "console-board-interference",
    shows: "approaches on record, as the president reads them; no other desk does",
    ...at("jiangan.president"),
    press: board("interference"),
  },
  {
    name: "console-board-observers",
    shows: "who observes, and who has been watching this court",
    ...at("jiangan.duty"),
    press: board("observers"),
  },
];

const ALARMS: readonly ScreenPage[] = [
  {
    name: "console-missed",
    shows: "what was missed while nobody sat here lies before the work",
    ...at("jiangan.duty"),
    press: async (page) => page.locator(".missed").waitFor(),
    readyWhen: ".queue",
  },
  {
    name: "console-sos",
    shows: "a call for help: the alarm over everything, who holds it, who is nearest",
    ...at("jiangan.duty"),
    state: sos,
    readyWhen: "article.alarm",
    press: drawer("incident", "sos"),
  },
  {
    name: "console-sos-above",
    shows: "the same call at the court above",
    ...at("wuhan.duty"),
    press: drawer("incident", "sos"),
  },
  {
    name: "console-incident",
    shows: "the call when it was answered and confirmed: an incident that is handled",
    ...at("jiangan.duty"),
    state: sosAnswered,
    press: drawer("incident", "sos"),
  },
  {
    name: "console-stale",
    shows: "the connection is gone: grey map, the age in words",
    ...at("jiangan.duty"),
    press: async (page) => {
      await atWork(page);
      await page.context().setOffline(true);
      await page.locator(".map-stale").waitFor();
    },
  },
  {
    name: "console-replay-cut",
    shows: "a call for help ended a look back: where it stood is kept, and the way back to it",
    ...at("wuhan.duty"),
    press: async (page, stage) => {
      await atWork(page);
      await page.keyboard.press("p");
      await page.locator(".replay").waitFor();
      await calledAgain(stage);
      await page.locator(".map-cut").waitFor();
    },
  },
];

export const CONSOLE_PAGES: FacePages = {
  face: "console",
  pages: [...EMPTY, ...DRAWERS, ...BOARDS, ...ALARMS],
};

export const EXERCISE_CONSOLE_PAGES: FacePages = {
  face: "console in an exercise",
  env: { EXERCISE: "xiangyang" },
  password: "yanlian-2026",
  pages: [
    {
      name: "console-exercise",
      shows: "the desk in an exercise (演练): a hatched frame, its turn with the time",
      ...at("gx-duty"),
    },
  ],
};
