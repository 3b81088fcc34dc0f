import type { Hello, PutRecord } from "../../../../shared/wire/live.ts";

/** Situations to look at; nothing here reaches the product. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const COURT = "c-jiangan";

export const hello = (at: number, roles: readonly string[]): Hello => ({
  wire: 1,
  view: "field:o-wang",
  seat: "field",
  courtId: COURT,
  courtName: "江岸法院",
  officerId: "o-wang",
  roles: [...roles],
  sessionId: "s",
  deployment: "demo",
  mode: "DEMO",
  at,
  heartbeatMs: 10_000,
});

const officer = (id: string, name: string, title: string, duty = "DEPLOYED"): PutRecord => ({
  type: "officer",
  id,
  rev: 1,
  dto: {
    name,
    title,
    short: `${name[0]}${title}`,
    courtId: COURT,
    trackIndex: 1,
    duty,
    stateRev: 1,
    parts: { self: [id] },
    acts: { "officer.setDuty": null },
  },
});

export const officers = (duty: string): PutRecord[] => [
  officer("o-wang", "王建国", "警官", duty),
  officer("o-chen", "陈立", "局长"),
  officer("o-li", "李梅", "法官"),
];

export function operation(
  now: number,
  state: string,
  more: Record<string, unknown> = {},
): PutRecord {
  return {
    type: "operation",
    id: "op-1",
    rev: 4,
    dto: {
      courtId: COURT,
      code: "行动 2026-138",
      name: "沿江大道腾退",
      kind: "EVICTION",
      state,
      place: { lat: 30.5951, lng: 114.3052, address: "沿江大道56号" },
      chiefCommanderId: "o-chen",
      sceneCommanderId: "o-wang",
      memberIds: ["o-wang", "o-li"],
      caseNo: "(2026)鄂0102执1234号",
      milestones: { APPROVED: now - 3 * HOUR, [state]: now - 20 * MINUTE },
      stateRev: 4,
      parts: {
        chiefCommander: ["o-chen"],
        sceneCommander: ["o-wang"],
        member: ["o-wang", "o-li"],
      },
      acts: {
        "operation.depart": null,
        "operation.arrive": null,
        "operation.start": null,
        "operation.confirmPause": { code: "NO_PAUSE_TO_CONFIRM", ruleId: "OPS-10" },
        "operation.resume": null,
        "operation.close": null,
      },
      ...more,
    },
  };
}

const ordered = {
  code: "PAUSE_ORDERED",
  ruleId: "OPS-9",
  params: { courtId: "c-wuhan", court: "武汉市中级人民法院" },
};

export const paused = (now: number): PutRecord =>
  operation(now, "ON_SCENE", {
    pauseOrder: {
      byCourtId: "c-wuhan",
      byOfficerId: "o-far",
      at: now - 2 * MINUTE,
      reason: { id: "t", hash: "h", text: "申请执行人提出和解" },
    },
    acts: {
      "operation.start": ordered,
      "operation.confirmPause": null,
      "operation.arrive": null,
      "operation.depart": null,
    },
  });

export const pauseConfirmed = (now: number): PutRecord =>
  operation(now, "ON_SCENE", {
    ...(paused(now).dto as object),
    pauseOrder: {
      ...(paused(now).dto["pauseOrder"] as object),
      confirmedAt: now - MINUTE,
    },
    acts: {
      "operation.start": ordered,
      "operation.confirmPause": { code: "NO_PAUSE_TO_CONFIRM", ruleId: "OPS-10" },
    },
  });

const clock = (name: string, ruleId: string, startAt: number, limitMs: number) => ({
  name,
  ruleId,
  ruleVersion: 1,
  startAt,
  dueAt: startAt + limitMs,
  level: 0,
  liberty: true,
});

const subject = (label: string) => ({
  id: `s-${label}`,
  label,
  sex: "M",
  ageBand: "18_69",
  flags: [],
});

export const compel = (now: number): PutRecord => ({
  type: "detention",
  id: "d-1",
  rev: 4,
  dto: {
    courtId: COURT,
    kind: "COMPEL",
    state: "ARRIVED",
    caseNo: "(2026)鄂0102执1234号",
    operationId: "op-1",
    warrantNo: "拘传票2026-9",
    subject: subject("张**"),
    escortIds: ["o-wang"],
    emergency: false,
    overtime: false,
    times: {
      approvedAt: now - 9 * HOUR,
      controlledAt: now - 7 * HOUR,
      arrivedAt: now - 6.2 * HOUR,
    },
    clocks: [
      clock("inquiry", "S4", now - 6.2 * HOUR, 8 * HOUR),
      clock("sinceControl", "S4-CONTROL", now - 7 * HOUR, 24 * HOUR),
    ],
    stateRev: 3,
    parts: { escort: ["o-wang"] },
    acts: {},
  },
});

export const detain = (now: number): PutRecord => ({
  type: "detention",
  id: "d-2",
  rev: 5,
  dto: {
    courtId: COURT,
    kind: "DETAIN",
    state: "HANDOVER_PENDING",
    caseNo: "(2026)鄂0102执88号",
    operationId: "op-1",
    subject: subject("李*"),
    escortIds: ["o-wang"],
    emergency: true,
    approvedRetro: false,
    overtime: false,
    times: {
      controlledAt: now - 2.4 * HOUR,
      inTransitAt: now - 1.8 * HOUR,
      arrivedAt: now - 0.2 * HOUR,
    },
    clocks: [
      clock("report", "D2", now - 2.4 * HOUR, 2 * HOUR),
      clock("handover", "D4", now - 2.4 * HOUR, 24 * HOUR),
      clock("family", "D5", now - 2.4 * HOUR, 24 * HOUR),
    ],
    stateRev: 5,
    parts: { escort: ["o-wang"] },
    acts: {},
  },
});

export const approvedDetain: PutRecord = {
  type: "detention",
  id: "d-3",
  rev: 2,
  dto: {
    courtId: COURT,
    kind: "DETAIN",
    state: "APPROVED",
    caseNo: "(2026)鄂0102执1234号",
    operationId: "op-1",
    subject: subject("赵**"),
    escortIds: [],
    emergency: false,
    times: {},
    clocks: [],
    stateRev: 2,
    parts: {},
    acts: {},
  },
};

export const policeRequest = (now: number): PutRecord => ({
  type: "police",
  id: "p-1",
  rev: 3,
  dto: {
    courtId: COURT,
    kind: "SCENE_SUPPORT",
    urgency: "P2",
    state: "ACKED",
    sentAt: now - 6 * MINUTE,
    sentBy: "o-wang",
    detail: { id: "t2", hash: "h", text: "门口约二十人聚集" },
    answers: [
      {
        state: "ACKED",
        saidBy: "刘警官",
        typedBy: "o-x",
        at: now - 4 * MINUTE,
        occurredAt: now - 4 * MINUTE,
      },
    ],
    times: { SENT: now - 6 * MINUTE, ACKED: now - 4 * MINUTE },
    clocks: [
      { ...clock("dispatch", "P2-DISPATCH", now - 6 * MINUTE, 10 * MINUTE), liberty: false },
    ],
    stateRev: 2,
    parts: { sender: ["o-wang"] },
    acts: { "police.cancel": null, "police.close": null },
  },
});

const message = (id: string, more: Record<string, unknown>): PutRecord => ({
  type: "message",
  id,
  rev: 1,
  dto: { courtId: COURT, stateRev: 1, parts: {}, acts: {}, ...more },
});

export const messages = (now: number): PutRecord[] => [
  message("m-1", {
    fromOfficerId: "o-desk",
    toOfficerId: "o-wang",
    text: { id: "t3", hash: "h", text: "公安已派两车，约十分钟到。到场后先不要进楼。" },
    state: "DELIVERED",
    sentAt: now - 8 * MINUTE,
  }),
  message("m-2", {
    fromOfficerId: "o-wang",
    toCourtId: COURT,
    text: { id: "t4", hash: "h", text: "收到，在一楼等" },
    state: "READ",
    readBy: "o-desk",
    sentAt: now - 7 * MINUTE,
  }),
  message("m-3", {
    fromOfficerId: "o-desk",
    toOfficerId: "o-wang",
    text: { id: "t5", hash: "h", text: "申请执行人已到现场东门" },
    state: "SENT",
    sentAt: now - MINUTE,
  }),
];

export const incident = (
  now: number,
  commandIds: readonly string[],
  step: "stored" | "seen" | "acked",
): PutRecord => ({
  type: "incident",
  id: "i-1",
  rev: 2,
  dto: {
    courtId: COURT,
    kind: "SOS",
    sos: true,
    level: "LARGER",
    state: "REPORTED",
    reporterId: "o-wang",
    reportedAt: now - 14_000,
    commandIds,
    repeats: 0,
    seenBy: step === "stored" ? [] : [{ officerId: "o-desk", courtId: COURT, at: now - 11_000 }],
    ...(step === "acked"
      ? { acknowledged: { officerId: "o-desk", courtId: COURT, at: now - 5_000, name: "张警官" } }
      : {}),
    policeRequestId: "p-sos",
    told: [],
    clocks: [],
    stateRev: 1,
    parts: { reporter: ["o-wang"] },
    acts: { "incident.requestCancel": null },
  },
});
