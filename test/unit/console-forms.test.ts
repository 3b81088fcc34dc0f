import { describe, expect, test } from "vitest";
import { FORMS } from "../../client/faces/console/forms/forms.ts";
import { identityOf } from "../../client/faces/console/forms/subject-draft.ts";
import { draftKey, taskOn } from "../../client/faces/console/forms/task.ts";
import { payloadOf, problemsOf, wireOf } from "../../client/faces/console/forms/to-payload.ts";
import { commandEntry } from "../../shared/domain/modules.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { NOW, record } from "./console-fixtures.ts";
import { OPERATION_VALUES } from "./operation-form-values.ts";
import { VALID_OVERSIGHT } from "./oversight-fixtures.ts";

const ids = { subject: "s-1", act: "a-1", record: "r-1" };

function send(kind: string, values: object, fixed: object = {}) {
  const spec = FORMS[kind];
  if (!spec) throw new Error(`no form for ${kind}`);
  const payload = payloadOf(spec, values as Record<string, unknown>, {
    fixed: fixed as Record<string, unknown>,
    now: NOW,
    ids,
  });
  return {
    payload: wireOf(spec, payload, "jiangan"),
    problems: problemsOf(kind, spec, payload),
  };
}

const VALID: Readonly<Record<string, object>> = {
  ...VALID_OVERSIGHT,
  "operation.open": {
    code: "2026-138",
    name: "腾退",
    kind: "EVICTION",
    caseNo: "(2026)鄂0102执1234号",
    approvalNo: "31号",
    place: { lat: 30.6, lng: 114.3, address: "沿江大道56号" },
    chiefCommanderId: "o-1",
    sceneCommanderId: "o-2",
    memberIds: ["o-2", "o-3"],
  },
  ...OPERATION_VALUES,
  "operation.approve": { approvalNo: "31号" },
  "operation.reject": { reason: "风险评估不足" },
  "detention.approveCompel": {
    caseNo: "(2026)鄂0102执1234号",
    subject: { name: "张三丰", sex: "M", ageBand: "18_69" },
    warrantNo: "7号",
    basisArticles: ["民诉法解释第482条"],
  },
  "detention.propose": {
    caseNo: "(2026)鄂0102执1234号",
    subject: { name: "张三丰" },
    actId: "NEW",
    days: 15,
    basisArticles: ["民事诉讼法第114条"],
  },
  "detention.approve": { decisionNo: "9号", days: 10 },
  "detention.approveRetro": { recordKind: "DETAIN", decisionNo: "9号", days: 10 },
  "detention.extend": { complex: true, detentionPossible: true, reason: "案情复杂" },
  "detention.convert": { actId: "NEW", days: 15, basisArticles: ["民事诉讼法第114条"] },
  "detention.intake": { receiptNo: "1号" },
  "detention.refuseIntake": { reason: "健康原因" },
  "detention.notifyFamily": {},
  "detention.releaseEarly": { decisionNo: "9号" },
  "detention.stop": { decisionNo: "9号" },
  "detention.revoke": { decisionNo: "9号" },
  "police.send": { kind: "SCENE_SUPPORT", urgency: "P2", detail: "围观" },
  "police.ackOnBehalf": { saidBy: "王警官" },
  "police.recordRelease": { saidBy: "王警官" },
  "police.answer": { state: "ACKED", saidBy: "王警官" },
  "police.reroute": { unitId: "u-1" },
  "police.close": {},
  "police.cancel": { reason: "无需" },
  "liaison.send": {
    unitId: "u-bank",
    service: "FREEZE",
    caseNo: "(2026)鄂0102执1234号",
    noticeNo: "通138号",
    rulingNo: "裁138号",
    subject: { name: "张三丰" },
  },
  "liaison.answer": { state: "REPLIED", saidBy: "王主任", note: "已冻结", replyNo: "复1号" },
  "liaison.remind": {},
  "liaison.findRefusal": { reason: "催办期满未答复" },
  "liaison.close": {},
  "liaison.withdraw": { reason: "已履行" },
  "suggestion.issue": { superior: "某监管局", letterNo: "建1号", body: "建议督促" },
  "suggestion.proposeFine": { superior: "某监管局", amount: 50_000, body: "拒不协助" },
  "suggestion.decideFine": { approved: "APPROVED", decisionNo: "罚1号" },
  "suggestion.registerReply": { text: "已整改" },
  "operation.pause": { reason: "围观" },
  "operation.abort": { reason: "围观" },
  "incident.report": { kind: "SIEGE", level: "LARGER" },
  "incident.setLevel": { level: "MAJOR", casualties: { dead: 0, injured: 2 } },
  "incident.resolve": {},
  "incident.review": { findings: "处置得当" },
  "incident.falseAlarm": { reason: "误触" },
  "incident.requestCancel": { reason: "误触" },
  "order.task": { toCourtIds: ["jiangan", "hanyang"], urgency: "P2", body: "请报送" },
  "order.command": { toCourtIds: ["jiangan"], urgency: "P2", body: "请报送" },
  "order.correct": { toCourtIds: ["jiangan"], urgency: "P2", body: "请纠正" },
  "order.defer": { toCourtIds: ["jiangan"], urgency: "P2", body: "暂缓", deferUntil: 43_200 },
  "order.reassign": {
    toCourtIds: ["jiangan", "hanyang"],
    urgency: "P2",
    body: "指定执行",
    caseNo: "(2026)鄂0102执1234号",
    assignedCourtId: "hanyang",
  },
  "order.resource": {
    toCourtIds: ["hanyang"],
    urgency: "P2",
    body: "请派员",
    forCourtId: "jiangan",
  },
  "order.pause": { urgency: "P1", body: "暂停" },
  "order.liftPause": { urgency: "P1", body: "恢复" },
  "order.abort": { urgency: "P1", body: "终止" },
  "order.feedback": { text: "已办" },
  "order.return": { text: "重办", dueAt: 60 },
  "order.revoke": { reason: "有误" },
  "order.askReconsideration": { reason: "依据有误" },
  "order.answerReconsideration": { outcome: "UPHELD", text: "维持" },
  "report.submit": { kind: "SITUATION", text: "现场平稳" },
  "report.handle": { text: "已派员" },
  "incident.designate": { courtId: "hanyang", reason: "就近" },
  "incident.handBack": { reason: "已稳定" },
  "incident.setDeadline": { dueAt: 30 },
  "incident.declineAssist": { reason: "无人" },
  "police.designate": { courtId: "hanyang", reason: "就近" },
  "police.handBack": { reason: "已稳定" },
  "police.setDeadline": { dueAt: 30 },
  "message.send": { to: "officer:o-1", text: "请支援" },
  "officer.setDuty": { duty: "ON_DUTY" },
  "shift.schedule": { officerId: "o-1", from: NOW, to: NOW + 60_000, mode: "ON_SITE" },
  "shift.returnList": { reason: "漏列一项" },
  "notice.publish": { kind: "ALERT", body: "台风", courtIds: ["jiangan"], needsAck: true },
  "court.setDutyContact": { contactId: "desk", roles: ["DUTY_OFFICER"], phone: "027-82000000" },
};

const ON_OPERATION = { toCourtId: "jiangan", operationId: "op-1" };
/** What the record brings along from which such a form is opened. */
const FIXED: readonly (readonly [RegExp, object])[] = [
  [/^order\.(pause|liftPause|abort)$/, ON_OPERATION],
  [/^suggestion\.(issue|proposeFine)$/, { liaisonId: "l-1" }],
];

describe("form to payload", () => {
  test("CON-9 every form is of a command, and every form has an example here", () => {
    expect(Object.keys(FORMS).filter((kind) => !commandEntry(kind))).toEqual([]);
    expect(Object.keys(VALID).sort()).toEqual(Object.keys(FORMS).sort());
  });

  test.each(Object.entries(VALID))("CON-9 %s passes the server's schema", (kind, values) => {
    const fixed = FIXED.find(([of]) => of.test(kind))?.[1] ?? {};
    const { payload, problems } = send(kind, values, fixed);
    expect(problems).toEqual([]);
    expect(PAYLOADS[kind]?.safeParse(payload).success).toBe(true);
  });

  test("CON-9 a vehicle needs plate and order; the plate is masked in the command, in clear in the vault", () => {
    const values = { kind: "SEIZE_VEHICLE", urgency: "P3", subject: { name: "张三丰" } };
    const missing = send("police.send", values).problems.map(({ field }) => field);
    expect(missing).toEqual(["plate", "orderNo"]);
    const whole = { ...values, plate: "鄂A12123", orderNo: "扣1号" };
    const { payload, problems } = send("police.send", whole);
    expect(problems).toEqual([]);
    expect(payload.plate).toBe("鄂A·**123");
    expect(identityOf({ name: "张三丰" }, "鄂A12123")).toEqual({
      name: "张三丰",
      plate: "鄂A12123",
    });
  });

  test("CON-9 empty fields are left out, texts are trimmed, minutes become a time", () => {
    const values = {
      toCourtIds: ["jiangan"],
      urgency: "P2",
      body: "  请报送 ",
      dueAt: 30,
      caseNo: "",
    };
    expect(send("order.task", values, { operationId: "op-1" }).payload).toEqual({
      operationId: "op-1",
      toCourtIds: ["jiangan"],
      urgency: "P2",
      body: "请报送",
      dueAt: NOW + 30 * 60_000,
    });
  });

  test("CON-9 given the server's time as a page knows it, between two milliseconds, then a term is one that the wire reads", () => {
    for (const [kind, values] of [
      ["order.task", { toCourtIds: ["jiangan"], urgency: "P2", body: "x", dueAt: 30 }],
      ["supervision.sendLetter", { letterNo: "1号", demand: "x", dueAt: 7 }],
    ] as const) {
      const spec = FORMS[kind];
      if (!spec) throw new Error(kind);
      const payload = payloadOf(spec, values, { fixed: {}, now: NOW + 0.375, ids });
      expect(problemsOf(kind, spec, payload)).toEqual([]);
      expect(Number.isInteger(payload.dueAt)).toBe(true);
    }
  });

  test("CON-9 a person's identity stays out of the command", () => {
    const subject = { name: "张三丰", idNumber: "420102198001011234", sex: "M", ageBand: "18_69" };
    const { payload } = send("detention.approveCompel", {
      ...VALID["detention.approveCompel"],
      subject,
    });
    expect(payload.subject).toEqual({
      id: "s-1",
      label: "张**",
      sex: "M",
      ageBand: "18_69",
      flags: [],
    });
    expect(JSON.stringify(payload)).not.toContain("三丰");
    expect(identityOf({ name: " 张三丰 ", idNumber: "1", phone: " " })).toEqual({
      name: "张三丰",
      idNumber: "1",
    });
  });

  test("CON-9 what is missing or wrong is named field by field", () => {
    expect(send("police.answer", { state: "ACKED" }).problems).toEqual([
      { field: "saidBy", why: "missing" },
    ]);
    expect(
      send("operation.open", {
        ...VALID["operation.open"],
        caseNo: "1234",
        place: { lat: 1, lng: 1 },
      }).problems,
    ).toEqual([
      { field: "caseNo", why: "wrong" },
      { field: "place", why: "wrong" },
    ]);
  });

  test("CON-9 the law's limits are left to the law, which names its article", () => {
    expect(send("detention.approve", { decisionNo: "9号", days: 20 }).problems).toEqual([]);
  });

  test("CON-9 a field that does not apply is not sent", () => {
    const { payload } = send("detention.approveRetro", {
      recordKind: "COMPEL",
      warrantNo: "7号",
      decisionNo: "9号",
    });
    expect(payload).toEqual({ warrantNo: "7号" });
  });

  test("CON-9 an officer or a court is written to, never both", () => {
    expect(send("message.send", { to: "court:wuhan", text: "x" }).payload).toEqual({
      toCourtId: "wuhan",
      text: "x",
    });
  });
});

describe("a task on a record", () => {
  let n = 0;
  const newId = () => `id-${++n}`;
  const operation = record("operation", "op-1", {
    courtId: "jiangan",
    caseNo: "(2026)鄂0102执1234号",
    place: { lat: 30.6, lng: 114.3, address: "x" },
    stateRev: 4,
  });

  test("CON-9 a new record refers to the one that it starts from", () => {
    const task = taskOn("police.send", operation, newId);
    expect(task.ref.type).toBe("police");
    expect(task.fixed).toEqual({ operationId: "op-1" });
    expect(task.initial).toMatchObject({ place: { lat: 30.6, lng: 114.3 }, urgency: "P3" });
    expect(taskOn("order.pause", operation, newId).fixed).toEqual(ON_OPERATION);
  });

  test("CON-7 a request about a record keeps it as it was", () => {
    const task = taskOn("operation.pause", operation, newId);
    expect(task.ref).toEqual({ type: "operation", id: "op-1" });
    expect(task.base).toBe(operation);
  });

  test("CON-9 input is kept per form and record", () => {
    expect(draftKey(taskOn("operation.pause", operation, newId))).toBe(
      "operation.pause operation:op-1",
    );
    expect(draftKey(taskOn("operation.open", undefined, newId))).toBe("operation.open");
  });
});
