import type { PutRecord } from "../../../../shared/wire/live.ts";

/** A small court, its superior and one day of work, as a console of the basic court sees it. */
const put = (type: string, id: string, dto: Record<string, unknown>, rev = 1): PutRecord => ({
  type,
  id,
  rev,
  dto,
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const courts = [
  put("court", "gao", {
    courtId: "gao",
    name: "湖北省高级人民法院",
    tier: "HIGH",
    kind: "LOCAL",
    seat: { lat: 30.55, lng: 114.35 },
    seatSource: "EST",
  }),
  put("court", "wuhan", {
    courtId: "wuhan",
    name: "武汉市中级人民法院",
    tier: "INTERMEDIATE",
    parentId: "gao",
    kind: "LOCAL",
    seat: { lat: 30.63, lng: 114.26 },
    seatSource: "EST",
  }),
  ...["江岸", "黄陂", "武昌"].map((name, n) =>
    put("court", `basic-${n}`, {
      courtId: `basic-${n}`,
      name: `武汉市${name}区人民法院`,
      tier: "BASIC",
      parentId: "wuhan",
      kind: "LOCAL",
      seat: { lat: 30.6 + n * 0.08, lng: 114.3 + n * 0.05 },
      seatSource: "EST",
    }),
  ),
];

const officer = (n: number, title: string, duty: string, roles: string[]) =>
  put("officer", `o-${n}`, {
    courtId: "basic-0",
    name: `示例${n}`,
    title,
    short: `示${title}`,
    badgeNo: `模000${n}`,
    trackIndex: n,
    duty,
    roles,
    parts: { self: [`o-${n}`] },
    acts: { "officer.setDuty": null },
    stateRev: 1,
  });

export const officers = [
  officer(0, "值班员", "ON_DUTY", ["DUTY_OFFICER"]),
  officer(1, "法官", "DEPLOYED", ["JUDGE"]),
  officer(2, "法警", "DEPLOYED", ["JUDICIAL_POLICE"]),
  officer(3, "执行员", "STANDBY", ["EXECUTOR"]),
];

export const operation = (state = "EXECUTING") =>
  put("operation", "op-1", {
    courtId: "basic-0",
    code: "2026-138",
    name: "沿江大道56号腾退",
    kind: "EVICTION",
    state,
    caseNo: "(2026)鄂0102执1234号",
    place: { lat: 30.611, lng: 114.307, address: "沿江大道56号" },
    chiefCommanderId: "o-1",
    sceneCommanderId: "o-1",
    memberIds: ["o-1", "o-2"],
    milestones: {},
    pauseOrdered: false,
    stateRev: 1,
    parts: { chiefCommander: ["o-1"], sceneCommander: ["o-1"], member: ["o-1", "o-2"] },
    acts: {
      "operation.pause": null,
      "operation.abort": null,
      "operation.close": { code: "DETAINEE_IN_HANDS", ruleId: "OPS-13", params: { count: 1 } },
    },
  });

export const sos = (now: number) =>
  put("incident", "sos-1", {
    courtId: "basic-0",
    kind: "SOS",
    sos: true,
    level: "LARGER",
    state: "REPORTED",
    reporterId: "o-2",
    reporter: "示法警",
    place: { lat: 30.6115, lng: 114.3075, accuracyM: 8, fixAt: now - 40_000 },
    reportedAt: now - 42_000,
    repeats: 1,
    seenBy: [],
    holder: {
      courtId: "wuhan",
      told: [
        { courtId: "basic-0", roles: ["DUTY_OFFICER"] },
        { courtId: "wuhan", roles: ["DUTY_OFFICER"] },
      ],
    },
    clocks: [clock("ack", "SOS-ACK", now - 42_000, 15_000, false)],
    stateRev: 1,
    parts: { reporter: ["o-2"] },
    acts: { "incident.acknowledge": null, "incident.seen": null, "incident.confirm": null },
  });

const clock = (
  name: string,
  ruleId: string,
  startAt: number,
  limitMs: number,
  liberty: boolean,
) => ({ name, ruleId, ruleVersion: 1, startAt, dueAt: startAt + limitMs, level: 0, liberty });

export const compel = (now: number, heldForMs = 2 * HOUR + 20 * MINUTE) =>
  put("detention", `det-${heldForMs}`, {
    courtId: "basic-0",
    kind: "COMPEL",
    state: "INQUIRY",
    overtime: heldForMs > 8 * HOUR,
    caseNo: "(2026)鄂0102执1234号",
    operationId: "op-1",
    escortIds: ["o-2"],
    subject: { id: "s-1", label: "张**", sex: "M", ageBand: "70_PLUS", flags: ["HEALTH"] },
    basisArticles: ["民诉法解释第482条"],
    times: { controlledAt: now - heldForMs - 20 * MINUTE, arrivedAt: now - heldForMs },
    clocks: [clock("inquiry", "S4", now - heldForMs, 8 * HOUR, true)],
    stateRev: 1,
    parts: { escort: ["o-2"] },
    acts: {
      "detention.release": null,
      "detention.extend": { code: "EIGHT_HOURS_OVER", ruleId: "S5", from: now + 5 * HOUR },
    },
  });

export const police = (now: number) =>
  put("police", "pol-1", {
    courtId: "basic-0",
    kind: "SCENE_SUPPORT",
    urgency: "P2",
    state: "SENT",
    unitId: "unit-1",
    operationId: "op-1",
    place: { lat: 30.611, lng: 114.307 },
    sentAt: now - 130_000,
    sentBy: "o-0",
    answers: [],
    times: { SENT: now - 130_000 },
    holder: { courtId: "basic-0", told: [] },
    clocks: [clock("ack", "P2-ACK", now - 130_000, 180_000, false)],
    stateRev: 1,
    parts: { sender: ["o-0"] },
    acts: { "police.answer": null, "police.reroute": null, "police.cancel": null },
  });

export const unit = put("unit", "unit-1", {
  courtId: "basic-0",
  kind: "POLICE",
  name: "江岸区公安指挥中心（模拟）",
  dutyPhone: "110",
  seat: { lat: 30.6, lng: 114.3 },
});

export const order = (now: number, state = "DELIVERED") =>
  put("order", "ord-1", {
    courtId: "wuhan",
    kind: "TASK",
    urgency: "P2",
    state,
    toCourtIds: ["basic-0"],
    copiedCourtIds: [],
    issuedAt: now - 10 * MINUTE,
    issuedBy: "w-1",
    issuer: "示局长",
    dueAt: now + 50 * MINUTE,
    body: "请于今日18时前报送执行情况。",
    receipts: [
      { courtId: "basic-0", state, steps: [{ state: "ISSUED", at: now - 10 * MINUTE, by: "w-1" }] },
    ],
    clocks: [clock("due", "ORDER-DUE", now - 10 * MINUTE, HOUR, false)],
    stateRev: 1,
    parts: { issuer: ["w-1"], issuerCourt: ["wuhan"], recipientCourt: ["basic-0"] },
    acts: {
      "order.deliver": null,
      "order.sign": null,
      "order.feedback": {
        code: "ORDER_NOT_READY",
        ruleId: "ORD-8",
        params: { state, needed: "SIGNED,IN_PROGRESS,RETURNED" },
      },
    },
  });

/** Many rows: what does not fit is counted. */
export const crowd = (now: number, n: number) =>
  Array.from({ length: n }, (_, i) => {
    const base = police(now - i * 1_000);
    return { ...base, id: `many-${i}` };
  });
