import { beforeEach, describe, expect, test } from "vitest";
import { endOfWorkingDays } from "../../shared/domain/calendar.ts";
import { holderOf } from "../../shared/domain/hold/holder.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { policePayloads } from "../../shared/wire/payloads/police.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { operation, province } from "../support/domain/province.ts";
import { MONDAY_9_00, Story } from "../support/domain/story.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const REF = { type: "police", id: "p1" } as const;
const NOTE = { id: "t1", hash: "h1" };
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: ["HEALTH"] };

let story: Story;
beforeEach(() => {
  story = new Story([...province(), operation({ hostCourtId: "hanyang" })]);
});

const send = (more: Record<string, unknown> = {}, by = "jiangan.judge") =>
  story.accepted({
    by,
    kind: "police.send",
    ref: REF,
    payload: { kind: "SCENE_SUPPORT", urgency: "P1", unitId: "station1", ...more },
  });

const answer = (state: string, more: Record<string, unknown> = {}, by = "jiangan.duty") =>
  story.when({
    by,
    kind: "police.answer",
    ref: REF,
    payload: { state, saidBy: "王警官", ...more },
  });

const request = () => story.the("police", "p1");
const holder = () => holderOf(request(), story.state);
const limits = () =>
  Object.fromEntries(Object.values(request().clocks).map((c) => [c.name, c.dueAt - c.startAt]));

describe("sending and answering", () => {
  test.each([
    ["P1", { ack: 60 * SECOND, dispatch: 3 * MINUTE, arrive: 15 * MINUTE }],
    ["P2", { ack: 3 * MINUTE, dispatch: 10 * MINUTE, arrive: 30 * MINUTE }],
    ["P3", { ack: 15 * MINUTE }],
    // Monday 09:00: to the end of Tuesday, and of Thursday.
    ["P4", { ack: 39 * HOUR, answer: 87 * HOUR }],
  ])("POL-1 a %s request begins as SENT with its response clocks", (urgency, expected) => {
    send({ urgency });
    expect(request().state).toBe("SENT");
    expect(limits()).toEqual(expected);
  });

  test("POL-2 each answer moves the state on and ends the clocks that waited for it", () => {
    send();
    story.pass(30 * SECOND);
    answer("ACKED");
    expect(request()).toMatchObject({ state: "ACKED" });
    expect(request().clocks.ack?.endedAt).toBe(story.now);
    expect(request().clocks.dispatch?.endedAt).toBeUndefined();
    story.pass(MINUTE);
    answer("ARRIVED");
    expect(request().state).toBe("ARRIVED");
    expect(story.deadlines()).toEqual([]);
  });

  test("POL-2 given arrival, when the dispatch is typed in later, then the state stays", () => {
    send();
    answer("ARRIVED");
    story.pass(MINUTE);
    answer("DISPATCHED");
    expect(request()).toMatchObject({ state: "ARRIVED", conflicts: [] });
    expect(request().times.DISPATCHED).toBe(story.now);
  });

  test("POL-6 declining without the written reason is refused", () => {
    send();
    expect(answer("DECLINED")).toEqual({
      ok: false,
      refusal: { code: "DECLINE_NEEDS_REASON", ruleId: "POL-6" },
    });
    answer("DECLINED", { note: NOTE });
    expect(request()).toMatchObject({ state: "DECLINED", declineReason: NOTE });
  });

  test("POL-6 declined after having dispatched ends it and is a conflict", () => {
    send();
    answer("DISPATCHED");
    answer("DECLINED", { note: NOTE });
    expect(request().state).toBe("DECLINED");
    expect(request().conflicts.map((c) => c.note)).toEqual(["DECLINED_AFTER_DISPATCH"]);
  });

  test("POL-6 declined on scene is only a note", () => {
    send();
    answer("ARRIVED");
    answer("DECLINED", { note: NOTE });
    expect(request().state).toBe("ARRIVED");
    expect(request().declineReason).toBeUndefined();
    expect(request().conflicts.map((c) => c.note)).toEqual(["DECLINED_ON_SCENE"]);
  });

  test("POL-26 a desk above records that they answered and nothing else: it ticks no box of a lower court", () => {
    send({ kind: "TEMP_CONTROL" });
    for (const state of ["ACKED", "DISPATCHED", "ARRIVED", "HELD_BY_POLICE", "CLOSED"]) {
      expect(answer(state, {}, "wuhan.duty")).toMatchObject({ refusal: { code: "WRONG_COURT" } });
    }
    const above = (kind: string) => ({
      by: "wuhan.duty",
      kind: `police.${kind}`,
      ref: REF,
      payload: { saidBy: "王警官" },
    });
    expect(story.refused(above("recordRelease")).code).toBe("WRONG_COURT");
    story.accepted(above("ackOnBehalf"));
    expect(request()).toMatchObject({ state: "ACKED", answers: [{ typedBy: "wuhan.duty" }] });
    expect(story.refused({ ...above("ackOnBehalf"), by: "jiangan.duty" }).code).toBe("WRONG_COURT");
    expect(story.refused({ ...above("ackOnBehalf"), by: "xiangyang.duty" }).code).toBe(
      "WRONG_COURT",
    );
  });

  test("POL-7 an answer keeps who said it, who typed it and when it happened", () => {
    send();
    story.pass(MINUTE);
    answer("ACKED", { note: NOTE });
    expect(request().answers).toEqual([
      {
        state: "ACKED",
        byPhone: true,
        saidBy: "王警官",
        typedBy: "jiangan.duty",
        unitId: "station1",
        at: story.now,
        occurredAt: story.now,
        note: NOTE,
      },
    ]);
  });
});

describe("escalation", () => {
  test("POL-3 P1: 60 s own director and parent desk, 3 min the High Court's", () => {
    send();
    expect(holder()).toEqual({ courtId: "jiangan", told: [] });
    story.passRaising(60 * SECOND);
    expect(holder()).toEqual({
      courtId: "wuhan",
      told: [
        { courtId: "jiangan", roles: ["DIRECTOR"] },
        { courtId: "wuhan", roles: ["DUTY_OFFICER"] },
      ],
    });
    story.passRaising(2 * MINUTE);
    expect(holder().courtId).toBe("high");
    expect(holder().told).toContainEqual({ courtId: "high", roles: ["DUTY_OFFICER"] });
    expect(request().state).toBe("SENT");
  });

  test("POL-4 P2: 3 min parent, 10 min High Court", () => {
    send({ urgency: "P2" });
    story.passRaising(3 * MINUTE);
    expect(holder().courtId).toBe("wuhan");
    story.passRaising(7 * MINUTE);
    expect(holder().courtId).toBe("high");
  });

  test("POL-4 P3: 15 min own centre chief, 60 min parent", () => {
    send({ urgency: "P3" });
    story.passRaising(15 * MINUTE);
    expect(holder()).toEqual({
      courtId: "jiangan",
      told: [{ courtId: "jiangan", roles: ["CENTER_CHIEF"] }],
    });
    story.passRaising(45 * MINUTE);
    expect(holder().courtId).toBe("wuhan");
  });

  test("POL-4 P4: parent after three working days, though it was acknowledged", () => {
    send({ urgency: "P4", kind: "LOCATE_PERSON" });
    answer("ACKED");
    story.passRaising(86 * HOUR);
    expect(holder().courtId).toBe("jiangan");
    story.passRaising(HOUR);
    expect(holder().courtId).toBe("wuhan");
  });

  test("POL-5 the holder is the own desk again as soon as the police answer", () => {
    send();
    story.passRaising(3 * MINUTE);
    answer("DISPATCHED");
    expect(holder()).toEqual({ courtId: "jiangan", told: [] });
  });

  test("POL-5 an intermediate court's own request escalates to the High Court only", () => {
    send({}, "wuhan.duty");
    story.passRaising(3 * MINUTE);
    expect(holder().courtId).toBe("high");
  });

  test("POL-9 a higher desk takes it by name, and only a desk above may take it from there", () => {
    send();
    const take = (by: string) => story.when({ by, kind: "police.take", ref: REF });
    expect(take("wuhan.duty").ok).toBe(true);
    expect(holder()).toMatchObject({ courtId: "wuhan", officerId: "wuhan.duty" });
    expect(take("wuhan.director")).toMatchObject({ refusal: { code: "TAKEN_BY_HIGHER" } });
    expect(take("high.duty").ok).toBe(true);
    expect(take("wuhan.duty")).toMatchObject({ refusal: { code: "TAKEN_BY_HIGHER" } });
    expect(take("xiangyang.duty")).toMatchObject({ refusal: { code: "WRONG_COURT" } });
  });
});

describe("sending on", () => {
  const reroute = (unitId: string) =>
    story.when({ by: "wuhan.duty", kind: "police.reroute", ref: REF, payload: { unitId } });

  test("POL-8 an unanswered clock goes on", () => {
    send();
    story.passRaising(70 * SECOND);
    reroute("station2");
    expect(request()).toMatchObject({ state: "SENT", unitId: "station2" });
    expect(request().clocks.ack).toMatchObject({ startAt: MONDAY_9_00, level: 1 });
  });

  test("POL-8 an acknowledged request is SENT again, its clock starts again", () => {
    send();
    answer("ACKED");
    story.pass(MINUTE);
    reroute("station2");
    expect(request().state).toBe("SENT");
    expect(request().clocks.ack).toMatchObject({ startAt: story.now, level: 0 });
    expect(request().clocks.arrive?.startAt).toBe(MONDAY_9_00);
  });

  test("POL-8 not once the police are on the way, nor to the same or an unknown unit", () => {
    send();
    expect(reroute("station1")).toMatchObject({ refusal: { code: "SAME_POLICE_UNIT" } });
    expect(reroute("nowhere")).toMatchObject({ refusal: { code: "NO_SUCH_UNIT" } });
    answer("DISPATCHED");
    expect(reroute("station2")).toMatchObject({ refusal: { code: "POLICE_ON_THE_WAY" } });
    expect(story.dto("police", "p1", "own.console").acts?.["police.reroute"]).toMatchObject({
      code: "POLICE_ON_THE_WAY",
    });
  });
});

describe("held by the police", () => {
  const held = () => {
    send({ kind: "TEMP_CONTROL", urgency: "P2" });
    answer("HELD_BY_POLICE");
  };
  const takeOver = () =>
    story.accepted({ by: "jiangan.police", kind: "police.takeOver", ref: REF });

  test("POL-10 warns after 2 h, alarms after 24 h, ends with the take-over", () => {
    held();
    expect(story.passRaising(2 * HOUR)).toMatchObject([
      { type: "ClockRaised", data: { clock: "hold", level: 1, severity: "WARN" } },
    ]);
    expect(story.passRaising(22 * HOUR)).toMatchObject([
      { data: { clock: "hold", level: 2, severity: "ALARM" } },
    ]);
    takeOver();
    expect(request().state).toBe("TAKEN_OVER");
    expect(request().clocks.hold).toMatchObject({ endedAt: story.now });
  });

  test("CLK-1 the hold starts at the earlier candidate and ends at the later one", () => {
    send({ kind: "TEMP_CONTROL" });
    story.pass(HOUR);
    story.accepted({
      by: "jiangan.duty",
      kind: "police.answer",
      ref: REF,
      payload: { state: "HELD_BY_POLICE", saidBy: "王警官" },
      occurred: { earliest: story.now - 30 * MINUTE, latest: story.now - 20 * MINUTE },
    });
    expect(request().clocks.hold?.startAt).toBe(story.now - 30 * MINUTE);
    expect(request().lateReports).toEqual(["HELD_BY_POLICE"]);
    story.accepted({
      by: "jiangan.police",
      kind: "police.takeOver",
      ref: REF,
      occurred: { earliest: story.now - 10 * MINUTE, latest: story.now - 5 * MINUTE },
    });
    expect(request().clocks.hold?.endedAt).toBe(story.now - 5 * MINUTE);
  });

  test("CLK-3 given take-over, when the holding is typed in later, then its clock is over", () => {
    send({ kind: "TEMP_CONTROL" });
    takeOver();
    const takenOverAt = story.now;
    story.pass(HOUR);
    answer("HELD_BY_POLICE");
    expect(request().state).toBe("TAKEN_OVER");
    expect(request().clocks.hold?.endedAt).toBe(takenOverAt);
    expect(story.deadlines()).toEqual([]);
  });

  test("POL-11 neither closed nor withdrawn while the police hold the person", () => {
    held();
    for (const kind of ["police.close", "police.cancel"]) {
      const payload = { reason: NOTE };
      expect(story.refused({ by: "jiangan.duty", kind, ref: REF, payload })).toEqual({
        code: "TAKE_OVER_FIRST",
        ruleId: "POL-11",
      });
    }
    takeOver();
    story.accepted({ by: "jiangan.judge", kind: "police.close", ref: REF, payload: {} });
    expect(request().state).toBe("CLOSED");
  });
});

describe("a person and the request", () => {
  const holding = () => {
    send({ kind: "TEMP_CONTROL", urgency: "P2" });
    answer("HELD_BY_POLICE");
  };
  const hold = () => request().clocks.hold;
  const RELEASE = {
    by: "jiangan.duty",
    kind: "police.recordRelease",
    ref: REF,
    payload: { saidBy: "王警官" },
  };

  test("POL-23 given somebody held, when the police say closed on the telephone, then his clock runs and the request stays", () => {
    holding();
    story.pass(HOUR);
    answer("CLOSED");
    expect(request()).toMatchObject({
      state: "HELD_BY_POLICE",
      conflicts: [{ note: "PERSON_HELD" }],
    });
    expect(hold()?.endedAt).toBeUndefined();
    expect(story.passRaising(23 * HOUR)).toMatchObject([
      { data: { level: 1 } },
      { data: { level: 2 } },
    ]);
  });

  test.each(["CLOSED", "DECLINED"])(
    "POL-23 given a request that was %s, when the holding comes to light, then the clock runs, it is live, and only the court's hand ends it",
    (end) => {
      send({ kind: "TEMP_CONTROL", urgency: "P2" });
      answer(end, { note: NOTE });
      story.pass(MINUTE);
      answer("HELD_BY_POLICE");
      expect(request().state).toBe(end);
      expect(hold()?.endedAt).toBeUndefined();
      expect(moduleOf("police").live(request())).toBe(true);
      story.pass(MINUTE);
      story.accepted({ by: "jiangan.police", kind: "police.takeOver", ref: REF });
      expect(hold()?.endedAt).toBe(story.now);
      expect(moduleOf("police").live(request())).toBe(false);
      expect(story.deadlines()).toEqual([]);
    },
  );

  test("POL-24 given somebody held, when the police let him go, then the clock and the request are over", () => {
    holding();
    story.pass(HOUR);
    story.accepted(RELEASE);
    expect(request()).toMatchObject({
      state: "CLOSED",
      conflicts: [],
      released: { at: story.now, saidBy: "王警官", typedBy: "jiangan.duty", byPhone: true },
    });
    expect(hold()?.endedAt).toBe(story.now);
  });

  test("POL-24 given a release, when the holding before it is told later, then it was over; a new one runs", () => {
    send({ kind: "TEMP_CONTROL" });
    const before = { earliest: story.now, latest: story.now };
    story.pass(HOUR);
    story.accepted(RELEASE);
    expect(request().state).toBe("SENT");
    const releasedAt = story.now;
    story.pass(HOUR);
    const told = { by: "jiangan.duty", kind: "police.answer", ref: REF };
    const payload = { state: "HELD_BY_POLICE", saidBy: "王警官" };
    story.accepted({ ...told, payload, occurred: before });
    expect(hold()?.endedAt).toBe(releasedAt);
  });

  test("POL-12 the same report again is a conflict once, and those alike are bounded", () => {
    send();
    story.accepted({
      by: "jiangan.judge",
      kind: "police.cancel",
      ref: REF,
      payload: { reason: NOTE },
    });
    story.pass(MINUTE);
    const occurred = { earliest: story.now, latest: story.now };
    const late = (at = occurred) =>
      story.accepted({
        by: "jiangan.duty",
        kind: "police.answer",
        ref: REF,
        payload: { state: "ARRIVED", saidBy: "王警官" },
        occurred: at,
      });
    for (let i = 0; i < 5; i++) late();
    expect(request().conflicts).toHaveLength(1);
    for (let i = 0; i < 50; i++) late({ earliest: story.now + i, latest: story.now + i });
    expect(request().conflicts).toHaveLength(8);
  });
});

describe("the end", () => {
  test("POL-12 an ended request refuses requests and keeps later reports as conflicts", () => {
    send();
    const payload = { reason: NOTE };
    story.accepted({ by: "jiangan.judge", kind: "police.cancel", ref: REF, payload });
    expect(request()).toMatchObject({ state: "CANCELLED", endReason: NOTE });
    expect(story.deadlines()).toEqual([]);
    expect(story.refused({ by: "jiangan.duty", kind: "police.close", ref: REF })).toMatchObject({
      code: "POLICE_REQUEST_ENDED",
    });
    story.pass(MINUTE);
    answer("ARRIVED");
    expect(request().state).toBe("CANCELLED");
    expect(request().times.ARRIVED).toBeUndefined();
    answer("CLOSED");
    expect(request().conflicts.map((c) => c.note)).toEqual(["AFTER_END", "OTHER_END"]);
  });

  test("POL-16 every answer is taken in every state", () => {
    send();
    for (const state of ["CLOSED", "ACKED", "DISPATCHED", "ARRIVED", "HELD_BY_POLICE"]) {
      expect(answer(state).ok).toBe(true);
    }
    expect(request().answers).toHaveLength(5);
  });

  test("POL-12 a stale close is refused after the state has changed", () => {
    send();
    const rev = request().rev;
    answer("ACKED");
    expect(
      story.refused({ by: "jiangan.duty", kind: "police.close", ref: REF, payload: {}, rev }),
    ).toMatchObject({ code: "STALE" });
  });
});

describe("who sees it", () => {
  const sendAll = () =>
    send({
      operationId: "op1",
      detentionId: "d1",
      incidentId: "i1",
      caseNo: "(2026)鄂0102执1号",
      subject: SUBJECT,
      detail: NOTE,
      place: { lat: 30.6, lng: 114.3 },
    });

  test("POL-13 own line, the place's court while it runs, phones of sender and members", () => {
    sendAll();
    expect(story.views("police", "p1")).toEqual({
      "console:jiangan": "own.console",
      "wall:jiangan": "own.wall",
      "console:wuhan": "parent.console",
      "wall:wuhan": "parent.wall",
      "console:high": "high.console",
      "wall:high": "high.wall",
      "console:hanyang": "host.console",
      "wall:hanyang": "host.wall",
      "field:jiangan.judge": "own.field",
      "field:jiangan.police": "own.field",
      "partner:station1": "unit.partner",
    });
    answer("CLOSED");
    expect(story.views("police", "p1")["console:hanyang"]).toBeUndefined();
  });

  test.each(["own.wall", "parent.wall", "high.wall", "host.console", "host.wall"] as const)(
    "POL-14 no text, person or case reaches %s",
    (audience) => {
      sendAll();
      answer("DECLINED", { note: NOTE });
      const dto = story.dto("police", "p1", audience);
      expect(
        leaks(dto, {
          keys: ["subject", "detail", "note", "caseNo", "answers", "declineReason", "conflicts"],
          texts: ["张", "t1", "王警官", "s1", "执1号", "HEALTH"],
        }),
      ).toEqual([]);
    },
  );

  test("POL-14 the court of the place sees neither incident, detention nor holder", () => {
    sendAll();
    expect(Object.keys(story.dto("police", "p1", "host.console")).sort()).toEqual([
      "calendarLoaded",
      "clocks",
      "courtId",
      "kind",
      "operationId",
      "place",
      "sentAt",
      "state",
      "times",
      "unitId",
      "urgency",
    ]);
  });

  test("POL-13 the own line sees the masked person, the text and every answer", () => {
    sendAll();
    answer("ACKED");
    for (const audience of [
      "own.console",
      "parent.console",
      "high.console",
      "own.field",
    ] as const) {
      expect(story.dto("police", "p1", audience)).toMatchObject({
        subject: SUBJECT,
        detail: NOTE,
        answers: [{ state: "ACKED", saidBy: "王警官" }],
        holder: { courtId: "jiangan", told: [] },
      });
    }
  });
});

describe("working days", () => {
  const shanghai = (day: number, hour = 0) => Date.UTC(2026, 2, day, hour - 8);

  test.each([
    ["Monday", shanghai(2, 9), 1, shanghai(4)],
    ["Friday", shanghai(6, 17), 1, shanghai(10)],
    ["Friday night", shanghai(6, 23), 3, shanghai(12)],
    ["Saturday", shanghai(7, 12), 1, shanghai(10)],
    ["Sunday", shanghai(8, 12), 2, shanghai(11)],
  ])("CLK-4 from %s the first day is not counted, the end is at 24:00", (_, at, count, end) => {
    expect(endOfWorkingDays(at, count)).toBe(end);
  });

  test("POL-15 the record says that holidays are not loaded", () => {
    send({ urgency: "P4" });
    expect(story.dto("police", "p1", "own.wall").calendarLoaded).toBe(false);
  });
});

test("POL-1 the wire reads what the phone sends and nothing more", () => {
  const schema = policePayloads["police.send"];
  expect(schema.safeParse({ kind: "SCENE_SUPPORT", urgency: "P1" }).success).toBe(true);
  expect(schema.safeParse({ kind: "SCENE_SUPPORT", urgency: "P1", name: "x" }).success).toBe(false);
  expect(policePayloads["police.cancel"].safeParse({}).success).toBe(false);
});
