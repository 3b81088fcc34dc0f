import type { Page } from "playwright-core";
import { v7 } from "uuid";
import { demoUnitId } from "../../../server/demo/commands.ts";
import type { FacePages, ScreenPage, SizeName } from "../screen-page.ts";
import type { Stage } from "../stage.ts";

const CASE = "(2026)鄂0102执138号";
const HOUR = 3_600_000;
const S = 1_000;
const PLACE = { lat: 30.6123, lng: 114.3051 };
/** In front of the court of 江岸. */
const HERE = { latitude: 30.5996, longitude: 114.3093 };
const SUBJECT = { label: "张**", sex: "M", ageBand: "18_69", flags: [] };

/** Held in a hand; a few pages stand for the others on wider glass. */
const PHONE: readonly SizeName[] = ["390"];

const judge = { login: "jiangan.judge" };
const police = { login: "jiangan.police" };

const idOf = async (stage: Stage, login: string) => (await stage.who(login)).officerId;
const operation = (stage: Stage) => stage.id("operation");
const onOperation = (stage: Stage, login: string, step: string, payload = {}) =>
  stage.did(login, `operation.${step}`, operation(stage), payload);
/** Until so long has passed since check-in began without a sign. */
const silentFor = (stage: Stage, ms: number): Promise<void> => {
  const left = Number(stage.id("begunAt")) + ms - Date.now();
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, left)));
};

/** Noted, so that later steps and pages find it. */
function fresh(stage: Stage, name: string): string {
  const id = v7();
  stage.ids.set(name, id);
  return id;
}

async function approve(stage: Stage): Promise<void> {
  const [director, scene, officer] = await Promise.all([
    idOf(stage, "jiangan.director"),
    idOf(stage, "jiangan.judge"),
    idOf(stage, "jiangan.police"),
  ]);
  for (const login of ["jiangan.judge", "jiangan.police"])
    await stage.did(login, "officer.setDuty", await idOf(stage, login), { duty: "ON_DUTY" });
  await stage.did("jiangan.judge", "operation.draft", fresh(stage, "operation"), {
    code: "2026-腾138",
    name: "沿江大道腾退",
    kind: "EVICTION",
    caseNo: CASE,
    place: { ...PLACE, address: "沿江大道56号" },
    placeCourtId: (await stage.who("jiangan.judge")).courtId,
    chiefCommanderId: director,
    sceneCommanderId: scene,
    memberIds: [scene, officer],
    planDoc: "八时四十分集结，分三组进场清点；救护车一辆待命。",
    docs: {
      evictionNoticeId: "(2026)鄂0102执138号公告",
      evictionDeadlineAt: Date.now() - 24 * HOUR,
    },
    risk: "LOW",
    isMajor: false,
    musterAt: Date.now() + HOUR,
  });
  await onOperation(stage, "jiangan.judge", "submit");
  await onOperation(stage, "jiangan.president", "approve", {
    approvalNo: "江岸执批〔2026〕138号",
  });
}

const CHECKED = {
  presence: "PRESENT",
  certificate: true,
  uniform: true,
  bodyCam: true,
  deviceTest: true,
};

async function leave(stage: Stage): Promise<void> {
  for (const login of ["jiangan.judge", "jiangan.police"])
    await onOperation(stage, login, "checkMember", {
      officerId: await idOf(stage, login),
      ...CHECKED,
    });
  await onOperation(stage, "jiangan.director", "orderDeparture");
}

async function start(stage: Stage): Promise<void> {
  for (const login of ["jiangan.judge", "jiangan.police"])
    await onOperation(stage, login, "showCredentials", {
      officerId: await idOf(stage, login),
      certificate: true,
      uniform: true,
    });
  await onOperation(stage, "jiangan.judge", "recordAttendee", {
    attendeeId: v7(),
    role: "GRASSROOTS",
    office: "沿江社区居委会",
  });
  await onOperation(stage, "jiangan.director", "start");
  await onOperation(stage, "jiangan.judge", "recordScene", { fact: "ANNOUNCED" });
  await onOperation(stage, "jiangan.judge", "recordScene", {
    fact: "INVENTORY",
    text: "客厅、卧室已清点，共四十一件",
  });
}

const OPERATION: readonly ScreenPage[] = [
  {
    name: "field-sign-in",
    shows: "a phone without a session: its code or an account, and the call for help",
    seat: "nobody",
    route: "/field",
    readyWhen: ".f-enter-title",
  },
  {
    name: "field-home-off-duty",
    shows: "nothing to do and off duty: what would appear here, and how",
    seat: police,
    route: "/field",
    readyWhen: ".f-empty",
  },
  {
    name: "field-approved",
    shows: "an approved operation on the scene commander's phone: the muster is next",
    seat: judge,
    place: HERE,
    state: approve,
    route: "/field",
    readyWhen: ".f-code",
    sizes: PHONE,
  },
  {
    name: "field-muster",
    shows: "mustering: the four checks of the officer himself",
    seat: judge,
    place: HERE,
    state: async (stage) => void (await onOperation(stage, "jiangan.judge", "muster")),
    route: "/field",
    readyWhen: ".f-check",
    sizes: PHONE,
  },
  {
    name: "field-team",
    shows: "the team at muster, with what is still missing of each",
    seat: judge,
    place: HERE,
    route: (stage) => `/field#/team/${operation(stage)}`,
    readyWhen: "main .f-list, main li",
    sizes: PHONE,
  },
  {
    name: "field-en-route",
    shows: "on the way: 到场 is next",
    seat: judge,
    place: HERE,
    state: leave,
    route: "/field",
    readyWhen: ".f-code",
    sizes: PHONE,
  },
  {
    name: "field-on-scene",
    shows: "on the scene, before the order to start",
    seat: judge,
    place: HERE,
    state: async (stage) => void (await onOperation(stage, "jiangan.judge", "arrive")),
    route: "/field",
    readyWhen: ".f-life",
  },
  {
    name: "field-attendees",
    shows: "who attends: witnesses, notary, grass roots",
    seat: judge,
    place: HERE,
    state: start,
    route: (stage) => `/field#/attendees/${operation(stage)}`,
    readyWhen: "main .f-list, main form, main .f-form",
    sizes: PHONE,
  },
  {
    name: "field-scene",
    shows: "what happened on the scene, one press each",
    seat: judge,
    place: HERE,
    route: (stage) => `/field#/scene/${operation(stage)}`,
    readyWhen: ".f-scene",
    sizes: PHONE,
  },
];

const CHECK_IN: readonly ScreenPage[] = [
  {
    name: "field-check-in",
    shows: "signing for safety: the time that is left, and one press",
    seat: police,
    place: HERE,
    state: async (stage) => {
      await stage.did("jiangan.police", "checkin.begin", fresh(stage, "checkin"), {
        operationId: operation(stage),
      });
      stage.ids.set("begunAt", String(Date.now()));
    },
    route: "/field",
    readyWhen: ".f-life-left",
    sizes: PHONE,
  },
  {
    name: "field-check-in-45",
    shows: "45 s without a sign: due, the button is the main one",
    seat: police,
    place: HERE,
    state: (stage) => silentFor(stage, 46 * S),
    route: "/field",
    readyWhen: ".f-life[data-look]",
    sizes: PHONE,
  },
  {
    name: "field-check-in-120",
    shows: "120 s: the own court has been told, in red",
    seat: police,
    place: HERE,
    state: (stage) => silentFor(stage, 122 * S),
    route: "/field",
    readyWhen: ".f-life .f-warning",
    sizes: PHONE,
  },
  {
    name: "field-check-in-180",
    shows: "180 s: the court above has been told",
    seat: police,
    place: HERE,
    state: (stage) => silentFor(stage, 183 * S),
    route: "/field",
    readyWhen: ".f-life .f-warning",
    sizes: PHONE,
    after: async (stage) => {
      const running = await (await stage.who("jiangan.duty")).records("checkin");
      for (const { id } of running)
        await stage.did("jiangan.director", "checkin.stop", id, { reason: "现场已恢复平稳" });
    },
  },
];

async function hold(stage: Stage): Promise<void> {
  const subject = { id: v7(), ...SUBJECT };
  const about = { kind: "COMPEL", caseNo: CASE, operationId: operation(stage), subject };
  const id = fresh(stage, "detention");
  await stage.did("jiangan.police", "detention.control", id, { about });
  await stage.did("jiangan.police", "detention.arrive", id, {});
}

async function askPolice(stage: Stage): Promise<void> {
  const base = demoUnitId((await stage.who("jiangan.judge")).courtId);
  const id = fresh(stage, "police");
  await stage.did("jiangan.judge", "police.send", id, {
    kind: "SCENE_SUPPORT",
    urgency: "P2",
    unitId: `${base}-station`,
    caseNo: CASE,
    place: PLACE,
    detail: "有人堵门，请派两名民警",
  });
  await stage.did("jiangan.station", "police.respond", id, { state: "ACKED", note: "马上到" });
  await stage.did("jiangan.judge", "police.send", v7(), {
    kind: "VIOLENCE_RESPONSE",
    urgency: "P1",
  });
}

async function talk(stage: Stage): Promise<void> {
  const [scene, court] = [await stage.who("jiangan.judge"), await stage.who("jiangan.duty")];
  await stage.did("jiangan.duty", "message.send", v7(), {
    toOfficerId: scene.officerId,
    operationId: operation(stage),
    text: "公证员已出发，约十分钟后到",
  });
  await stage.did("jiangan.judge", "message.send", v7(), {
    toCourtId: court.courtId,
    operationId: operation(stage),
    text: "现场平稳，开始清点",
  });
}

const ASIDE: readonly ScreenPage[] = [
  {
    name: "field-executing",
    shows: "being carried out, with a person held: the clock of liberty stays in sight",
    seat: police,
    place: HERE,
    state: hold,
    route: "/field",
    readyWhen: ".f-liberty",
  },
  {
    name: "field-detentions",
    shows: "persons held by this court's officer",
    seat: police,
    place: HERE,
    route: "/field#/detentions",
    readyWhen: "main a, main button",
    sizes: PHONE,
  },
  {
    name: "field-detention",
    shows: "one custody, step by step from control to release",
    seat: police,
    place: HERE,
    route: (stage) => `/field#/detention/${stage.id("detention")}`,
    readyWhen: ".f-steps",
  },
  {
    name: "field-detention-new",
    shows: "somebody was controlled whom nobody has decided about yet",
    seat: police,
    place: HERE,
    route: "/field#/newDetention/DETAIN",
    readyWhen: "main form, main .f-form, main input",
    sizes: PHONE,
  },
  {
    name: "field-police",
    shows: "requests to the police, with what became of them",
    seat: judge,
    place: HERE,
    state: askPolice,
    route: "/field#/requests",
    readyWhen: "main .f-row",
    sizes: PHONE,
  },
  {
    name: "field-police-request",
    shows: "one request: its clocks, and who answered when",
    seat: judge,
    place: HERE,
    route: (stage) => `/field#/request/${stage.id("police")}`,
    readyWhen: ".f-steps li",
    sizes: PHONE,
  },
  {
    name: "field-police-new",
    shows: "asking the police: what, how urgent, about whom",
    seat: judge,
    place: HERE,
    route: "/field#/newRequest",
    readyWhen: "main fieldset, main form, main .f-form",
    sizes: PHONE,
  },
  {
    name: "field-messages",
    shows: "messages with the own centre, each with how far it came",
    seat: judge,
    place: HERE,
    state: talk,
    route: "/field#/messages",
    readyWhen: ".f-bubble",
    sizes: PHONE,
  },
  {
    name: "field-me",
    shows: "the officer's own page: duty, sharing, keys, language",
    seat: judge,
    place: HERE,
    route: "/field#/me",
    readyWhen: "main .f-card, main section",
    sizes: PHONE,
  },
];

const CALLED: readonly ScreenPage[] = [
  {
    name: "field-roll-call",
    shows: "a roll-call for this officer: one big button on every screen",
    seat: judge,
    place: HERE,
    state: async (stage) => {
      await stage.did("jiangan.duty", "rollcall.call", v7(), {
        targets: [{ type: "officer", id: await idOf(stage, "jiangan.judge") }],
        timeoutS: 600,
      });
      await stage.did("jiangan.duty", "notice.publish", v7(), {
        kind: "ALERT",
        body: "台风橙色预警，户外行动一律报批",
        officerIds: [await idOf(stage, "jiangan.police")],
        needsAck: true,
      });
    },
    route: "/field",
    readyWhen: ".f-called button",
    sizes: PHONE,
  },
  {
    name: "field-notice",
    shows: "a notice that waits for this officer's word",
    seat: police,
    place: HERE,
    route: "/field",
    readyWhen: ".f-called button",
    sizes: PHONE,
  },
  {
    name: "field-paused",
    shows: "paused from above: which court, when, why, and what is still to confirm",
    seat: judge,
    place: HERE,
    state: async (stage) => {
      await stage.did("wuhan.director", "order.pause", v7(), {
        toCourtId: (await stage.who("jiangan.judge")).courtId,
        operationId: operation(stage),
        urgency: "P1",
        body: "案外人提出异议，暂停清点",
      });
    },
    route: "/field",
    readyWhen: ".f-pause",
  },
  {
    name: "field-offline",
    shows: "no network is a normal state: what still works, and what waits",
    seat: judge,
    place: HERE,
    route: "/field",
    readyWhen: ".f-code",
    press: async (page) => {
      await page.context().setOffline(true);
      await page.locator(".f-send button.f-button:enabled").first().click();
      await page.locator('.f-outbox[data-waiting="true"]').waitFor();
    },
  },
  {
    name: "field-outbox",
    shows: "everything done on this phone, each with its true stage",
    seat: judge,
    place: HERE,
    route: "/field",
    readyWhen: ".f-code",
    press: async (page) => {
      await page.context().setOffline(true);
      await page.locator(".f-send button.f-button:enabled").first().click();
      await page.locator('.f-outbox[data-waiting="true"]').click();
      await page.locator("main .f-row").first().waitFor();
    },
    sizes: PHONE,
  },
];

async function callForHelp(page: Page): Promise<void> {
  await page.locator(".f-sos-bar").focus();
  await page.keyboard.down("Enter");
  await page.waitForURL(/#\/sos$/);
  await page.keyboard.up("Enter");
}

const SOS: readonly ScreenPage[] = [
  {
    name: "field-sos-hold",
    shows: "the call for help while it is held: the ring fills for one second",
    seat: police,
    place: HERE,
    route: "/field",
    readyWhen: '.f-sos-bar[data-hold="idle"]',
    press: async (page) => {
      // The page's time stands still while the picture is taken: a second is soon over.
      await page.clock.install();
      await page.reload();
      await page.locator("main .f-code, main .f-empty").first().waitFor();
      await page.locator('.f-sos-bar[data-hold="idle"]').focus();
      await page.clock.pauseAt(Date.now() + 2_000);
      await page.keyboard.down("Enter");
      await page.clock.runFor(600);
    },
    sizes: PHONE,
  },
  {
    name: "field-sos-sent",
    shows: "a call for help that the server has and nobody has acknowledged: what happened to it",
    seat: police,
    place: HERE,
    route: "/field",
    readyWhen: '.f-sos-bar[data-hold="idle"]',
    press: async (page) => {
      await callForHelp(page);
      await page.locator('.f-story li[data-what="stored"][data-done="true"]').waitFor();
    },
  },
  {
    name: "field-sos-acknowledged",
    shows: "acknowledged by name, with the time",
    seat: police,
    place: HERE,
    route: "/field",
    readyWhen: '.f-sos-bar[data-hold="idle"]',
    press: async (page, stage) => {
      await callForHelp(page);
      await page.locator('.f-story li[data-what="stored"][data-done="true"]').waitFor();
      const open = await (await stage.who("jiangan.duty")).records("incident");
      for (const { id, dto } of open.filter(({ dto: { sos } }) => sos === true))
        if (!dto.acknowledgedAt) await stage.did("jiangan.duty", "incident.acknowledge", id);
      await page.locator(".f-sos-head[data-word=acked]").waitFor();
    },
  },
  {
    name: "field-sos-open",
    shows: "the home screen while a call for help is open",
    seat: police,
    place: HERE,
    route: "/field",
    readyWhen: '.f-sos-bar[data-hold="idle"]',
    press: async (page) => {
      await callForHelp(page);
      await page.evaluate(() => {
        location.hash = "#/";
      });
      await page.locator(".f-open-sos").waitFor();
    },
    sizes: PHONE,
  },
];

export const FIELD_PAGES: FacePages = {
  face: "field",
  pages: [...OPERATION, ...CHECK_IN, ...ASIDE, ...CALLED, ...SOS],
};
