import { describe, expect, test } from "vitest";
import { FORMS } from "../../client/faces/console/forms/forms.ts";
import { draftKey, taskOn } from "../../client/faces/console/forms/task.ts";
import { payloadOf, problemsOf, wireOf } from "../../client/faces/console/forms/to-payload.ts";
import { queueItems } from "../../client/faces/console/queue/queue-items.ts";
import { attendeeReport, NEW_ATTENDEE } from "../../client/faces/field/operation/attendee-entry.ts";
import { lifeView, mayBegin } from "../../client/faces/field/operation/life.ts";
import { type OnItsWay, ownTask } from "../../client/faces/field/operation/own-task.ts";
import { isMyStep, stopsAt } from "../../client/operation/my-step.ts";
import { checkRows, type OperationDto, stagesOf } from "../../client/operation/progress.ts";
import type { DtoOf, StoredRecord } from "../../client/store/dto.ts";
import { chinaInput, chinaTime } from "../../client/ui/china-time.ts";
import { startClock } from "../../shared/domain/kernel/clock.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { operationStory, READY, SEARCH, TEAM } from "../support/domain/operation-story.ts";
import { mapsOf, NOW, put } from "./console-fixtures.ts";
import { OPERATION_VALUES, PLAN_VALUES } from "./operation-form-values.ts";

const ids = { subject: "s-1", act: "a-1", record: "r-1" };
function send(kind: string, values: object, fixed: object = {}) {
  const spec = FORMS[kind];
  if (!spec) throw new Error(`no form for ${kind}`);
  const flat = payloadOf(spec, values as Record<string, unknown>, {
    fixed: fixed as Record<string, unknown>,
    now: NOW,
    ids,
  });
  const payload = wireOf(spec, flat, "jiangan");
  return {
    payload,
    problems: problemsOf(kind, spec, flat),
    read: PAYLOADS[kind]?.safeParse(payload),
  };
}

describe("the form of a plan", () => {
  test("OPS-46 papers, discussion and district become parts of the command", () => {
    const { payload, problems, read } = send("operation.draft", {
      ...PLAN_VALUES,
      isMajor: true,
      recordNo: "研1号",
      discussedBy: ["o-1", "o-2", "o-4"],
      evictionNoticeId: "迁1号",
      evictionDeadlineAt: "2026-11-20T00:00",
    });
    expect(problems).toEqual([]);
    expect(read?.success).toBe(true);
    expect(payload).toMatchObject({
      placeCourtId: "jiangan",
      musterAt: Date.parse("2026-11-23T00:40:00Z"),
      docs: { evictionNoticeId: "迁1号", evictionDeadlineAt: Date.parse("2026-11-19T16:00:00Z") },
      discussion: { recordNo: "研1号", officerIds: ["o-1", "o-2", "o-4"] },
    });
    for (const name of ["where", "recordNo", "evictionNoticeId", "subject"]) {
      expect(payload).not.toHaveProperty(name);
    }
  });

  test("OPS-46 another court's district, or a place outside the province", () => {
    const other = send("operation.draft", {
      ...PLAN_VALUES,
      where: "OTHER",
      placeCourtId: "hanyang",
    });
    expect(other.payload.placeCourtId).toBe("hanyang");
    const unsaid = send("operation.draft", { ...PLAN_VALUES, where: "OTHER" });
    expect(unsaid.problems).toEqual([{ field: "placeCourtId", why: "missing" }]);
    const outside = send("operation.draft", {
      ...PLAN_VALUES,
      where: "OUTSIDE",
      outsidePlace: "长沙市",
      highCourtApprovalNo: "鄂高1号",
    });
    expect(outside.read?.success).toBe(true);
    expect(outside.payload.outsideProvince).toEqual({
      place: "长沙市",
      highCourtApprovalNo: "鄂高1号",
    });
  });

  test("OPS-46 what is wrong inside a part is shown at its field", () => {
    const { problems } = send("operation.draft", {
      ...PLAN_VALUES,
      evictionNoticeId: "迁".repeat(61),
    });
    expect(problems).toEqual([{ field: "evictionNoticeId", why: "wrong" }]);
  });

  test("OPS-46 a revision begins with the plan as it stands and keeps the person recorded in it", () => {
    const subject = { id: "s9", label: "张**", sex: "M", ageBand: "18_69", flags: [] } as const;
    const record = {
      type: "operation",
      id: "op1",
      rev: 3,
      dto: {
        courtId: "jiangan",
        code: "2026-138",
        kind: "EVICTION",
        plan: {
          planDoc: { id: "t", hash: "h", text: "旧方案" },
          otherCaseNos: [],
          placeCourtId: "hanyang",
          docs: { detentionDecisionIds: [], evictionNoticeId: "迁1号" },
          risk: "HIGH",
          isMajor: false,
          subject,
          musterAt: Date.parse("2026-11-23T00:40:00Z"),
          authors: ["o-2"],
          revision: 1,
        },
      },
    } as unknown as StoredRecord;
    const task = taskOn("operation.revise", record, () => "new");
    expect(task.initial).toMatchObject({
      where: "OTHER",
      placeCourtId: "hanyang",
      musterAt: "2026-11-23T08:40",
      evictionNoticeId: "迁1号",
      planDoc: "旧方案",
    });
    const { payload, read } = send(
      "operation.revise",
      { ...PLAN_VALUES, ...task.initial },
      task.fixed,
    );
    expect(read?.success).toBe(true);
    expect(payload.subject).toEqual(subject);
  });

  test("OPS-46 a form about one officer keeps its input apart from the others'", () => {
    const base = { type: "operation", id: "op1", rev: 1, dto: {} } as StoredRecord;
    const key = (about?: string) =>
      draftKey({ kind: "operation.checkMember", base, fixed: {}, ...(about ? { about } : {}) });
    expect(new Set([key(), key("o-1"), key("o-2")]).size).toBe(3);
  });

  test("OPS-46 a time of day is the one on a clock in China", () => {
    const at = chinaTime("2026-11-23T08:40");
    expect(at).toBe(Date.parse("2026-11-23T00:40:00Z"));
    expect(chinaInput(at ?? 0)).toBe("2026-11-23T08:40");
    expect(chinaTime("tomorrow")).toBeUndefined();
  });

  test("OPS-46 the reports of a desk are the wire's own", () => {
    const witness = { role: "WITNESS", subject: { name: "李四" } };
    const valid = [
      ...Object.entries(OPERATION_VALUES),
      ["operation.recordAttendee", witness] as const,
    ];
    for (const [kind, values] of valid) {
      const { problems, read } = send(kind, values);
      expect([kind, problems, read?.success]).toEqual([kind, [], true]);
    }
  });
});

/** As the own court's console and phones see the story's operation. */
const seen = (o: ReturnType<typeof operationStory>): OperationDto =>
  o.story.dto("operation", "op1", "own.field") as OperationDto;

describe("how far it has come", () => {
  test("OPS-46 the band says done, now and to come, and 备案 only where it is asked for", () => {
    const o = operationStory();
    const looks = () => stagesOf(seen(o)).map(({ look }) => look);
    o.to("SUBMITTED");
    const todo = Array.from({ length: 5 }, () => "todo");
    expect(looks()).toEqual(["done", "now", "todo", "none", ...todo]);
    const risky = operationStory();
    risky.to("APPROVED", { ...SEARCH, risk: "HIGH" });
    expect(stagesOf(seen(risky))[3]).toEqual({ name: "FILED", look: "waiting" });
    risky.did("wuhan.duty", "acknowledgeFiling");
    expect(stagesOf(seen(risky))[3]?.look).toBe("done");
  });

  test("OPS-46 sent back and broken off are no stage passed", () => {
    const o = operationStory();
    o.to("SUBMITTED");
    o.did("jiangan.director", "reject", { reason: { id: "t1", hash: "h1" } });
    expect(stagesOf(seen(o))[1]?.look).toBe("stopped");
    const broken = operationStory();
    broken.to("MUSTERING");
    broken.did("jiangan.director", "abort", { reason: { id: "t1", hash: "h1" } });
    const looks = stagesOf(seen(broken)).map(({ name, look }) => `${name} ${look}`);
    expect(looks).toContain("MUSTERING stopped");
    expect(looks).toContain("CLOSED todo");
  });

  test("OPS-46 a check counts once everything is there, or the officer is excused", () => {
    const o = operationStory();
    o.to("MUSTERING");
    const [first, second] = TEAM;
    const ready = { officerId: first, presence: "PRESENT", ...READY };
    o.did("jiangan.judge", "checkMember", { ...ready, bodyCam: false });
    expect(checkRows(seen(o)).map(({ settled }) => settled)).toEqual([false, false]);
    o.did("jiangan.judge", "checkMember", ready);
    o.did("jiangan.judge", "checkMember", {
      ...ready,
      officerId: second,
      presence: "EXCUSED",
      reason: { id: "t1", hash: "h1" },
    });
    expect(checkRows(seen(o)).map(({ settled }) => settled)).toEqual([true, true]);
  });

  test("OPS-42 a step is his who holds its part, or its post in the own court, and never its author's to approve", () => {
    const step = {
      command: "operation.approve",
      who: { roles: ["PRESIDENT"], parts: [] },
      stops: [],
    } as const;
    const dto: OperationDto = { courtId: "jiangan", parts: { proposer: ["p-1"] } };
    const president = (officerId: string, courtId: string) =>
      ({ officerId, courtId, roles: ["PRESIDENT"] }) as const;
    expect(isMyStep(step, dto, president("p-2", "jiangan"))).toBe(true);
    expect(isMyStep(step, dto, president("p-1", "jiangan"))).toBe(false);
    expect(isMyStep(step, dto, president("p-2", "wuhan"))).toBe(false);
  });

  test("OPS-42 a stop with a time is none when that has passed", () => {
    const step = {
      command: "operation.orderDeparture",
      who: { roles: [], parts: [] },
      stops: [{ code: "EVICTION_DEADLINE_RUNS", until: 100 }, { code: "NOT_CHECKED_IN" }],
    } as const;
    expect(stopsAt(step, 99).length).toBe(2);
    expect(stopsAt(step, 100).map(({ code }) => code)).toEqual(["NOT_CHECKED_IN"]);
  });
});

describe("what is mine to do", () => {
  const scene = "jiangan.judge";
  const told = (kind: string, payload: object): OnItsWay => ({
    kind: `operation.${kind}`,
    payload: payload as Record<string, unknown>,
  });

  test("OPS-47 at muster first his own check, then the scene commander's team, reports on their way counted", () => {
    const o = operationStory();
    o.to("MUSTERING", SEARCH);
    expect(ownTask(seen(o), scene)).toBe("check");
    const own = told("checkMember", { officerId: scene });
    expect(ownTask(seen(o), scene, [own])).toBe("team");
    expect(ownTask(seen(o), "jiangan.police", [own])).toBe("check");
    const other = told("checkMember", { officerId: "jiangan.police" });
    expect(ownTask(seen(o), scene, [own, other])).toBeUndefined();
    expect(ownTask(seen(o), "jiangan.chief")).toBeUndefined();
  });

  test("OPS-47 on the scene the certificate, then whoever must attend a search", () => {
    const o = operationStory();
    o.to("ON_SCENE", SEARCH);
    expect(ownTask(seen(o), scene)).toBe("credentials");
    const shown = told("showCredentials", { officerId: scene });
    expect(ownTask(seen(o), scene, [shown])).toBe("attendees");
    expect(ownTask(seen(o), "jiangan.police", [shown])).toBe("credentials");
    const attendee = told("recordAttendee", { attendeeId: "a1" });
    expect(ownTask(seen(o), scene, [shown, attendee])).toBeUndefined();
  });

  test("OPS-47 at the closing everybody says that he is safe; the scene commander brings what is owed", () => {
    const o = operationStory();
    o.to("CLOSING", SEARCH);
    expect(ownTask(seen(o), "jiangan.police")).toBe("safe");
    o.did(scene, "reportSafe", { officerId: scene });
    expect(ownTask(seen(o), scene)).toBe("scene");
    o.did(scene, "recordScene", { fact: "RECORD_SIGNED" });
    expect(ownTask(seen(o), scene)).toBe("evidence");
    o.did(scene, "attestEvidence", { complete: true });
    expect(ownTask(seen(o), scene)).toBeUndefined();
  });

  test("OPS-47 what was opened on paper has none of these", () => {
    expect(ownTask({ state: "ON_SCENE" }, scene)).toBeUndefined();
  });

  test("OPS-31 a private person is recorded by reference, an office by its name", () => {
    const own = { attendee: "a-1", subject: "s-1" };
    const witness = attendeeReport({ ...NEW_ATTENDEE, name: "李四" }, own);
    expect(JSON.stringify("payload" in witness && witness.payload)).not.toContain("李四");
    expect(witness).toMatchObject({ halves: { identity: { name: "李四" } } });
    expect(attendeeReport(NEW_ATTENDEE, own)).toEqual({ missing: "name" });
    const notary = { ...NEW_ATTENDEE, role: "NOTARY", name: "王五" };
    expect(attendeeReport(notary, own)).toEqual({ missing: "office" });
    const refused = { ...notary, office: "长江公证处", refused: true, reason: " 路远 " };
    const made = attendeeReport(refused, own);
    expect(
      "payload" in made && PAYLOADS["operation.recordAttendee"]?.safeParse(made.payload).success,
    ).toBe(true);
    expect(made).toMatchObject({
      payload: { office: "长江公证处", refused: true, reason: "路远" },
    });
  });
});

describe("the check-in on scene", () => {
  const start = startClock("life", "CHK-LIFE", NOW);
  const checkin = (level: number, state = "RUNNING"): DtoOf<"checkin"> =>
    ({
      courtId: "jiangan",
      officerId: "o-1",
      officer: "张警官",
      operationId: "op1",
      state,
      lastAt: NOW,
      clocks: [{ ...start, name: "life", level }],
    }) as unknown as DtoOf<"checkin">;

  test("OPS-48 the phone counts 45 seconds down from the last sign, and says who has been told", () => {
    expect(lifeView(checkin(0), NOW + 5_000, undefined)).toEqual({
      leftMs: 40_000,
      look: "running",
      told: "nobody",
    });
    expect(lifeView(checkin(0), NOW + 31_000, undefined)?.look).toBe("soon");
    expect(lifeView(checkin(1), NOW + 45_000, undefined)).toMatchObject({
      look: "over",
      leftMs: 0,
    });
    expect(lifeView(checkin(2), NOW + 130_000, undefined)?.told).toBe("centre");
    expect(lifeView(checkin(3), NOW + 190_000, undefined)?.told).toBe("parent");
    expect(lifeView(checkin(0, "STOPPED"), NOW, undefined)).toBeUndefined();
  });

  test("OPS-48 a sign that is on its way quiets the phone, and not what others were told", () => {
    expect(lifeView(checkin(2), NOW + 130_000, NOW + 128_000)).toEqual({
      leftMs: 43_000,
      look: "running",
      told: "centre",
    });
  });

  test("OPS-48 it begins on scene, by one who went out", () => {
    const dto: OperationDto = { state: "ON_SCENE", sceneCommanderId: "o-1", memberIds: ["o-2"] };
    expect(mayBegin(dto, "o-2")).toBe(true);
    expect(mayBegin(dto, "o-9")).toBe(false);
    expect(mayBegin({ ...dto, state: "EN_ROUTE" }, "o-2")).toBe(false);
    expect(mayBegin({ ...dto, state: "PAUSED", pausedFrom: "EXECUTING" }, "o-2")).toBe(true);
  });

  test("OPS-48 a desk's queue holds who is silent over two minutes, in red, and nobody else", () => {
    const viewer = { officerId: "duty", courtId: "jiangan" };
    const rows = (dto: DtoOf<"checkin">, now: number) => {
      const maps = mapsOf(put("checkin", "c1", { ...dto }));
      return queueItems(maps, viewer, now).map(({ key, tone, overdue }) => [key, tone, overdue]);
    };
    expect(rows(checkin(1), NOW + 60_000)).toEqual([]);
    expect(rows(checkin(2), NOW + 121_000)).toEqual([["checkin:c1", "act", true]]);
    expect(rows(checkin(2, "ENDED"), NOW + 121_000)).toEqual([]);
  });
});
