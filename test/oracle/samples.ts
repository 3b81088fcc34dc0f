import type { EntityMap } from "../../shared/domain/entities.ts";
import type { Clocks } from "../../shared/domain/kernel/clock.ts";
import type { TextRef } from "../../shared/domain/kernel/record.ts";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import type { OperationFacts } from "../../shared/domain/operation/facts.ts";
import type { OperationPlan } from "../../shared/domain/operation/plan.ts";
import { belongsTo, court, officer, operation, unit } from "../support/domain/province.ts";

/** One record of each kind with every optional field filled, so that no mask is missed. */
const BASE = { rev: 1, stateRev: 1, createdAt: 0, updatedAt: 0, ...belongsTo("jiangan") };
const text = (id: string): TextRef => ({ id, hash: "h" });
const SUBJECT = {
  id: "s1",
  label: "张**",
  sex: "M",
  ageBand: "18_69",
  flags: ["HEALTH"],
} as const;
const CONFLICT = { commandId: "c", event: "e", at: 1, occurredAt: 1, note: "AFTER_END" };
const clocks = (name: string, ruleId: string): Clocks => ({
  [name]: { name, ruleId, ruleVersion: 1, startAt: 0, dueAt: 1, startSeq: 1, level: 1 },
});
const CASE = "(2026)鄂0102执1号";
const PLACE = { lat: 30.6, lng: 114.3 };

const incident: EntityMap["incident"] = {
  ...BASE,
  type: "incident",
  id: "inc1",
  kind: "SOS",
  sos: true,
  level: "MAJOR",
  climbedTo: "MAJOR",
  state: "RESPONDING",
  reporterId: "jiangan.judge",
  operationId: "op1",
  detentionId: "det1",
  hostCourtId: "hanyang",
  caseNo: CASE,
  place: PLACE,
  battery: 40,
  unverified: true,
  reportedAt: 1,
  commandIds: ["c1"],
  repeats: 1,
  seenBy: [{ officerId: "jiangan.duty", courtId: "jiangan", at: 1 }],
  acknowledged: { officerId: "jiangan.duty", courtId: "jiangan", at: 1 },
  cancelRequested: { at: 1, reason: text("cancel") },
  casualties: { dead: 0, injured: 1 },
  detail: text("detail"),
  levelReason: text("level"),
  endReason: text("end"),
  policeRequestId: "pol1",
  told: [{ courtId: "jiangan", roles: ["DUTY_OFFICER"], at: 1 }],
  conflicts: [CONFLICT],
  clocks: clocks("ack", "SOS-ACK"),
};

const order: EntityMap["order"] = {
  ...BASE,
  ...belongsTo("high"),
  type: "order",
  id: "ord1",
  kind: "COMMAND",
  effect: "PAUSE",
  urgency: "P1",
  body: text("body"),
  issuedBy: "high.director",
  issuedAt: 1,
  dueAt: 2,
  operationId: "op1",
  caseNo: CASE,
  receipts: [
    {
      courtId: "jiangan",
      state: "SIGNED",
      steps: [{ state: "SIGNED", at: 1, by: "jiangan.duty", text: text("step") }],
      dueAt: 2,
      copiedCourtIds: ["wuhan"],
      reconsiderUntil: 3,
      reconsideration: {
        at: 1,
        by: "jiangan.director",
        reason: text("ask"),
        suspends: true,
        leftMs: 1,
        answer: { outcome: "CHANGED", at: 1, by: "high.director", text: text("answer") },
      },
      revoked: { at: 1, by: "high.director", reason: text("revoked here") },
    },
  ],
  deferUntil: 2,
  assignedCourtId: "jiangan",
  forCourtId: "hanyang",
  copiedCourtIds: ["wuhan"],
  supersedes: "ord0",
  supersededBy: { orderId: "ord2", at: 1 },
  revoked: { at: 1, by: "high.director", reason: text("revoked") },
  clocks: clocks("due:jiangan", "ORDER-DUE"),
};

const [receipt] = order.receipts;
if (!receipt) throw new Error("no receipt");

/** To courts of two districts: none of them sees what another one did. */
const circular: EntityMap["order"] = {
  ...order,
  id: "ord3",
  operationId: "op2",
  receipts: [
    receipt,
    { ...receipt, courtId: "hanyang" },
    { ...receipt, courtId: "fancheng", copiedCourtIds: ["xiangyang"] },
  ],
  copiedCourtIds: ["wuhan", "xiangyang"],
};

/** Long overdue, so that the court above its issuer sees it. */
const overdue: EntityMap["order"] = {
  ...order,
  ...belongsTo("wuhan"),
  id: "ord4",
  operationId: "op2",
  receipts: [{ ...receipt, copiedCourtIds: [] }],
  copiedCourtIds: [],
  clocks: {
    "due:jiangan": {
      name: "due:jiangan",
      ruleId: "ORDER-DUE",
      ruleVersion: 2,
      startAt: 0,
      dueAt: 1,
      startSeq: 1,
      level: 2,
    },
  },
};

const report: EntityMap["report"] = {
  ...BASE,
  type: "report",
  id: "rep1",
  kind: "REQUEST_SUPPORT",
  state: "HANDLED",
  text: text("report"),
  submittedBy: "jiangan.duty",
  submittedAt: 1,
  operationId: "op1",
  incidentId: "inc1",
  orderId: "ord1",
  caseNo: CASE,
  hops: [
    { courtId: "wuhan", how: "TO", at: 1 },
    {
      courtId: "high",
      how: "CLIMBED",
      at: 1,
      read: { at: 1, by: "high.duty" },
      handled: { at: 1, by: "high.duty", text: text("handled") },
    },
  ],
  holderCourtId: "high",
  clocks: clocks("read", "REPORT-READ"),
};

const detention: EntityMap["detention"] = {
  ...BASE,
  type: "detention",
  id: "det1",
  kind: "DETAIN",
  state: "HANDOVER_PENDING",
  overtime: true,
  caseNo: CASE,
  operationId: "op1",
  hostCourtId: "hanyang",
  subject: SUBJECT,
  escortIds: ["jiangan.police"],
  actId: "act1",
  basisArticles: ["118"],
  warrantNo: "W1",
  decisionNo: "D1",
  days: 15,
  proposedBy: "jiangan.judge",
  approvedBy: "jiangan.president",
  emergency: true,
  approvedRetro: true,
  extended24h: false,
  times: { controlledAt: 1 },
  facility: "house1",
  policeReceiver: "赵",
  intakeReceiptNo: "R1",
  intakeRefusals: [{ at: 1, reason: text("refusal") }],
  familyNotice: { at: 1, impossibleReason: text("family") },
  endDecisionNo: "E1",
  endReason: text("end"),
  convertedTo: "det2",
  convertedFrom: "det0",
  stub: false,
  lateReports: ["DetentionArrived"],
  breaches: [{ clock: "inquiry", ruleId: "S4", dueAt: 1, raisedAt: 2 }],
  conflicts: [CONFLICT],
  clocks: clocks("inquiry", "S4"),
};

const police: EntityMap["police"] = {
  ...BASE,
  type: "police",
  id: "pol1",
  kind: "VIOLENCE_RESPONSE",
  urgency: "P1",
  state: "ACKED",
  caseNo: CASE,
  operationId: "op1",
  detentionId: "det1",
  incidentId: "inc1",
  unitId: "station1",
  place: PLACE,
  subject: SUBJECT,
  detail: text("detail"),
  sentBy: "jiangan.judge",
  sentAt: 1,
  answers: [
    { state: "ACKED", saidBy: "李", typedBy: "d", at: 1, occurredAt: 1, note: text("note") },
  ],
  declineReason: text("declined"),
  takenBy: { officerId: "wuhan.duty", courtId: "wuhan", at: 1 },
  endReason: text("end"),
  times: { SENT: 1 },
  lateReports: ["ACKED"],
  conflicts: [CONFLICT],
  clocks: clocks("ack", "P1-ACK"),
};

const device: EntityMap["device"] = {
  ...BASE,
  type: "device",
  id: "dev1",
  kind: "PHONE",
  label: "phone",
  officerId: "jiangan.judge",
  status: "ENROLLED",
  enrolledAt: 1,
};

const { officerId: _nobody, ...kiosk } = device;

const STAMP = { at: 1, by: "jiangan.judge" };

const plan: OperationPlan = {
  planDoc: text("plan"),
  otherCaseNos: [CASE],
  placeCourtId: "hanyang",
  outsideProvince: { place: "外省", highCourtApprovalNo: "H1" },
  docs: {
    searchOrderId: "S1",
    evictionNoticeId: "N1",
    evictionDeadlineAt: 1,
    detentionDecisionIds: ["D1"],
  },
  risk: "HIGH",
  isMajor: true,
  discussion: { recordNo: "R1", officerIds: ["jiangan.judge"] },
  subject: SUBJECT,
  deputy: { congress: "COUNTY_UP", permissionNo: "P1" },
  musterAt: 1,
  authors: ["jiangan.judge"],
  revision: 1,
};

const facts: OperationFacts = {
  muster: [
    {
      ...STAMP,
      officerId: "jiangan.police",
      presence: "EXCUSED",
      reason: text("excuse"),
      certificate: true,
      uniform: true,
      bodyCam: true,
      deviceTest: true,
    },
  ],
  shown: [
    { ...STAMP, officerId: "jiangan.judge", certificate: true, uniform: true, orderShown: true },
  ],
  attendees: [
    {
      id: "w1",
      role: "WITNESS",
      subject: SUBJECT,
      office: "公证处",
      refused: true,
      reason: text("refused"),
      from: 1,
      to: 2,
      by: "jiangan.judge",
    },
  ],
  scene: [{ ...STAMP, kind: "CORDON", text: text("scene") }],
  safe: [{ ...STAMP, officerId: "jiangan.judge" }],
  evidence: { ...STAMP, complete: false, reason: text("gap") },
};

/** By the oracle's name for it; `kiosk` is a device too. */
export const SAMPLES: Readonly<Record<string, AnyRecord>> = {
  court: { ...court("jiangan"), caseCode: "鄂0102" },
  team: {
    ...BASE,
    type: "team",
    id: "team1",
    name: "一队",
    leadOfficerId: "jiangan.judge",
    memberIds: ["jiangan.judge"],
  },
  asset: { ...BASE, type: "asset", id: "a1", kind: "VEHICLE", plateOrSn: "鄂A1", status: "READY" },
  unit: { ...unit("station1", "jiangan"), dutyPhone: "110", seat: PLACE },
  device,
  kiosk: { ...kiosk, id: "kiosk1", kind: "KIOSK" },
  officer: {
    ...officer("jiangan.judge", "jiangan", "JUDGE"),
    name: "王小明",
    title: "法官",
    badgeNo: "B777",
    execCertNo: "C888",
    teamId: "team1",
    grants: [{ role: "JUDGE", fromSeq: 1, bootstrap: true }],
    revokedSessions: ["session-1"],
  },
  operation: operation({
    state: "PAUSED",
    pausedFrom: "EXECUTING",
    hostCourtId: "hanyang",
    endReason: text("end"),
    withdrawal: text("withdrawal"),
    plan,
    submitted: STAMP,
    rejected: { ...STAMP, reason: text("rejected") },
    hostNotice: { at: 1, acknowledged: { at: 1, by: "hanyang.duty" } },
    filing: { courtId: "wuhan", at: 1, acknowledged: { at: 1, by: "wuhan.duty" } },
    departureOrdered: { at: 1, by: "jiangan.director" },
    started: { at: 1, by: "jiangan.director" },
    facts,
    clocks: { ...clocks("hostAck", "HOST-ACK"), ...clocks("onScene", "ON-SCENE-LONG") },
    conflicts: [CONFLICT],
    pauseOrder: {
      byCourtId: "high",
      byOfficerId: "high.director",
      orderId: "ord1",
      at: 1,
      reason: text("pause"),
      confirmed: { at: 1, by: "jiangan.director" },
    },
  }),
  incident,
  order,
  circular,
  overdue,
  report,
  detention,
  police,
  message: {
    ...BASE,
    type: "message",
    id: "m1",
    fromOfficerId: "jiangan.duty",
    toOfficerId: "jiangan.judge",
    toCourtId: "wuhan",
    operationId: "op1",
    text: text("message"),
    state: "READ",
    sentAt: 1,
    deliveredAt: 1,
    readAt: 1,
    readBy: "wuhan.duty",
  },
  timebase: {
    ...BASE,
    ...belongsTo("high"),
    type: "timebase",
    id: "time",
    nodes: [{ node: "node-1", state: "HELD", offMs: 4_000, wallAt: 4_001, heldAt: 1 }],
    decisions: [{ node: "node-1", offMs: 9_000, accepted: false, by: "high.director", at: 1 }],
  },
};
