/** What the console's and the wall's pages show, made as people make it. */
import { setTimeout as wait } from "node:timers/promises";
import { v7 } from "uuid";
import { PAST_ENDS_MS } from "../../shared/wire/past-window.ts";
import { signIn } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import type { Stage } from "./stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CASE = "(2026)鄂0102执138号";
const READY = { certificate: true, uniform: true, bodyCam: true, deviceTest: true };
const SUBJECT = { label: "张**", sex: "M", ageBand: "18_69", flags: [] } as const;

/** A new id, noted under a name. */
function noted(stage: Stage, name: string): string {
  const id = v7();
  stage.ids.set(name, id);
  return id;
}

const officerOf = async (stage: Stage, login: string): Promise<string> =>
  (await stage.who(login)).officerId;
const courtOf = async (stage: Stage, login: string): Promise<string> =>
  (await stage.who(login)).courtId;

export async function onDuty(stage: Stage): Promise<void> {
  for (const login of ["jiangan.police", "jiangan.judge", "jiangan.executor", "jiangan.director"])
    await stage.did(login, "officer.setDuty", await officerOf(stage, login), { duty: "ON_DUTY" });
}

async function planOf(stage: Stage, name: string, more: Record<string, unknown>) {
  const team = await Promise.all(
    ["jiangan.judge", "jiangan.police"].map((login) => officerOf(stage, login)),
  );
  return {
    name,
    kind: "SERVE",
    caseNo: CASE,
    place: { lat: 30.6123, lng: 114.3051, address: "沿江大道56号" },
    placeCourtId: await courtOf(stage, "jiangan.duty"),
    chiefCommanderId: await officerOf(stage, "jiangan.director"),
    sceneCommanderId: team[0],
    memberIds: team,
    planDoc: "八时四十分集结，分三组进场清点；救护车一辆待命。",
    risk: "MEDIUM",
    isMajor: false,
    musterAt: Date.now() + HOUR,
    ...more,
  };
}

/** Submitted, and waiting for the president. */
export async function planToApprove(stage: Stage): Promise<void> {
  const id = noted(stage, "plan");
  const plan = await planOf(stage, "沿江大道腾退", {
    code: "2026-腾1",
    kind: "EVICTION",
    risk: "HIGH",
    docs: { evictionNoticeId: "(2026)鄂0102执138号公告", evictionDeadlineAt: Date.now() - DAY },
  });
  await stage.did("jiangan.judge", "operation.draft", id, plan);
  await stage.did("jiangan.judge", "operation.submit", id);
}

async function approved(stage: Stage, id: string, plan: Record<string, unknown>): Promise<void> {
  await stage.did("jiangan.judge", "operation.draft", id, plan);
  await stage.did("jiangan.judge", "operation.submit", id);
  await stage.did("jiangan.president", "operation.approve", id, {
    approvalNo: "江岸执批〔2026〕139号",
  });
}

/** One of two is there with everything. */
export async function muster(stage: Stage): Promise<void> {
  const id = noted(stage, "muster");
  await approved(
    stage,
    id,
    await planOf(stage, "解放大道送达", {
      code: "2026-送2",
      place: { lat: 30.62, lng: 114.29, address: "解放大道1051号" },
    }),
  );
  await stage.did("jiangan.judge", "operation.muster", id);
  await stage.did("jiangan.judge", "operation.checkMember", id, {
    officerId: await officerOf(stage, "jiangan.judge"),
    presence: "PRESENT",
    ...READY,
  });
  await stage.did("jiangan.judge", "operation.checkMember", id, {
    officerId: await officerOf(stage, "jiangan.police"),
    presence: "PRESENT",
    ...READY,
    bodyCam: false,
  });
}

/** Done on the scene; one is back, one is not. */
export async function closing(stage: Stage): Promise<void> {
  const id = noted(stage, "closing");
  await approved(
    stage,
    id,
    await planOf(stage, "黄浦路送达", {
      code: "2026-送1",
      place: { lat: 30.605, lng: 114.32, address: "黄浦路88号" },
    }),
  );
  const team = await Promise.all(
    ["jiangan.judge", "jiangan.police"].map((login) => officerOf(stage, login)),
  );
  const judge = (verb: string, payload: Record<string, unknown> = {}) =>
    stage.did("jiangan.judge", `operation.${verb}`, id, payload);
  await judge("muster");
  for (const officerId of team)
    await judge("checkMember", { officerId, presence: "PRESENT", ...READY });
  await stage.did("jiangan.director", "operation.orderDeparture", id);
  await judge("arrive");
  for (const login of ["jiangan.judge", "jiangan.police"])
    await stage.did(login, "operation.showCredentials", id, {
      officerId: await officerOf(stage, login),
      certificate: true,
      uniform: true,
    });
  await judge("recordAttendee", {
    attendeeId: v7(),
    role: "WITNESS",
    subject: { id: v7(), ...SUBJECT, label: "李*" },
  });
  await stage.did("jiangan.director", "operation.start", id);
  await judge("recordScene", { fact: "RECORD_SIGNED" });
  await judge("recordScene", { fact: "NO_GOODS" });
  await judge("beginClosing");
  await judge("reportSafe", { officerId: team[0] });
}

/** Somebody is held, and the clock of the questioning runs. */
export async function held(stage: Stage): Promise<void> {
  const id = noted(stage, "detention");
  const about = { kind: "COMPEL", caseNo: CASE, subject: { id: v7(), ...SUBJECT } };
  await stage.did("jiangan.police", "detention.control", id, { about });
  await stage.did("jiangan.police", "detention.arrive", id);
  await stage.did("jiangan.police", "detention.startInquiry", id);
}

export async function policeAsked(stage: Stage): Promise<void> {
  const id = noted(stage, "police");
  await stage.did("jiangan.police", "police.send", id, {
    kind: "VIOLENCE_RESPONSE",
    urgency: "P1",
    place: { lat: 30.6123, lng: 114.3051 },
    detail: "有人持械，请派员到场",
  });
}

/** From the High Court to one, from the intermediate one to another with an answer. */
export async function ordered(stage: Stage): Promise<void> {
  const id = noted(stage, "order");
  const jiangan = await courtOf(stage, "jiangan.duty");
  await stage.did("wuhan.director", "order.task", id, {
    toCourtIds: [jiangan, await courtOf(stage, "huangpi.duty")],
    urgency: "P2",
    body: "请于今日报送在途行动清单",
    dueAt: Date.now() + 4 * HOUR,
  });
  await stage.did("jiangan.duty", "order.sign", id);
  const command = noted(stage, "command");
  await stage.did("wuhan.director", "order.command", command, {
    toCourtIds: [jiangan],
    urgency: "P1",
    body: "暴雨橙色预警，户外行动一律先报批",
  });
}

export async function reported(stage: Stage): Promise<void> {
  await stage.did("jiangan.duty", "report.submit", noted(stage, "report"), {
    kind: "REQUEST_SUPPORT",
    text: "现场聚集三十余人，请求增派法警",
  });
  const other = v7();
  await stage.did("jiangan.duty", "report.submit", other, {
    kind: "SITUATION",
    text: "沿江大道现场平稳",
  });
  await stage.did("wuhan.director", "report.read", other);
}

export async function betweenCourts(stage: Stage): Promise<void> {
  const delegation = noted(stage, "delegation");
  await stage.did("jiangan.judge", "delegation.draft", delegation, {
    toCourtId: await courtOf(stage, "huangpi.duty"),
    itemType: "SEAL_REAL_ESTATE",
    caseNo: CASE,
    docs: [{ name: "执行裁定书", no: "鄂0102执138号之一" }],
    request: "查封被执行人名下不动产",
    urgent: false,
  });
  await stage.did("jiangan.judge", "delegation.submit", delegation);
  await stage.did("jiangan.duty", "delegation.send", delegation);
  const supervision = noted(stage, "supervision");
  const judgeId = await officerOf(stage, "jiangan.judge");
  const itemId = v7();
  await stage.did("wuhan.director", "supervision.open", supervision, {
    targetCourtId: await courtOf(stage, "jiangan.duty"),
    kind: "CASE",
    trigger: "INACTION",
    caseNo: CASE,
    matter: "申请人反映长期未腾退",
  });
  await stage.did("wuhan.director", "supervision.sendLetter", supervision, {
    letterNo: "武中督〔2026〕12号",
    demand: "查明原因，十五日内报结果",
    dueAt: Date.now() + 7 * DAY,
  });
  await stage.did("jiangan.director", "supervision.assign", supervision, { assigneeId: judgeId });
  await stage.did("wuhan.director", "supervision.addItem", supervision, {
    itemId,
    ownerId: judgeId,
    what: "补全查封财产清单",
    dueAt: Date.now() + 5 * DAY,
  });
  await stage.did("jiangan.judge", "supervision.showEvidence", supervision, {
    itemId,
    evidence: "清单已补全并入卷",
  });
}

export async function fromOutside(stage: Stage): Promise<void> {
  await stage.did("jiangan.judge", "interference.record", noted(stage, "interference"), {
    caseNo: CASE,
    approacher: "OFFICIAL",
    who: "某局负责人",
    approachedBy: "PHONE",
    approachedAt: Date.now() - HOUR,
    asked: "询问能否暂缓腾退",
    answered: "已告知依法办理，并如实记录",
  });
  await stage.did("wuhan.director", "observer.release", "observer-demo", {
    operationId: stage.id("closing"),
  });
  await stage.did("wuhan.duty", "opinion.register", noted(stage, "opinion"), {
    body: "PROCURATORATE",
    organisation: "武汉市人民检察院",
    docNo: "武检执监〔2026〕7号",
    text: "建议规范腾退现场物品清点",
    receivedAt: Date.now() - 26 * DAY,
  });
}

/** The desk is on duty and its successor planned. */
/** The demonstration begins with this desk manned; what its shift hands over is listed. */
export async function handOver(stage: Stage): Promise<void> {
  const shifts = await (await stage.who("jiangan.duty")).records("shift");
  const own = shifts.find(({ dto }) => dto.state === "ON");
  if (!own) throw new Error("no shift is on at jiangan");
  await stage.did("jiangan.duty", "shift.prepare", own.id);
}

/** One call that nobody answered in time, and an alert to sign for. */
export async function missed(stage: Stage): Promise<void> {
  const jiangan = await courtOf(stage, "jiangan.duty");
  const call = noted(stage, "missed-call");
  await stage.did("wuhan.duty", "rollcall.call", call, {
    targets: [{ type: "court", id: jiangan }],
    timeoutS: 10,
  });
  await stage.did("wuhan.duty", "notice.publish", noted(stage, "notice"), {
    kind: "ALERT",
    body: "台风橙色预警，户外行动一律报批",
    courtIds: [jiangan],
    needsAck: true,
  });
}

export async function rollCalled(stage: Stage): Promise<void> {
  const targets = await Promise.all(
    ["jiangan.duty", "huangpi.duty"].map(async (login) => ({
      type: "court",
      id: await courtOf(stage, login),
    })),
  );
  const call = noted(stage, "call");
  await stage.did("wuhan.duty", "rollcall.call", call, { targets, timeoutS: 600 });
}

export async function sos(stage: Stage): Promise<void> {
  await stage.did("jiangan.police", "incident.sos", noted(stage, "sos"), {
    place: { lat: 30.6123, lng: 114.3051 },
    battery: 34,
  });
}

export async function sosAnswered(stage: Stage): Promise<void> {
  const id = stage.id("sos");
  await stage.did("jiangan.duty", "incident.acknowledge", id);
  await stage.did("jiangan.duty", "incident.confirm", id);
}

/** Another call at each call, by somebody who has none open. */
export async function calledAgain(stage: Stage): Promise<void> {
  const login = CALLERS.find((one) => !stage.ids.has(`sos ${one}`));
  if (!login) throw new Error("everybody has called for help");
  await stage.did(login, "incident.sos", noted(stage, `sos ${login}`), {
    place: { lat: 30.6, lng: 114.31 },
    battery: 61,
  });
}
const CALLERS = ["jiangan.judge", "jiangan.executor"];

/** An officer is on the map, and all that stands is long enough ago to be looked back at. */
export async function passed({ room }: Stage): Promise<void> {
  const cookie = await signIn(room.url, "jiangan.police");
  const phone = await RawClient.open(room.url, { seat: "field", cookie });
  const fix = { seq: 1, deviceAt: Date.now(), lat: 30.61, lng: 114.301, mock: false };
  await phone.ask("positions", { fixes: [fix] });
  phone.terminate();
  await wait(PAST_ENDS_MS + 2_000);
}
