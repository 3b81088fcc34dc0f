import { describe, expect, it } from "vitest";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { openMatters } from "../../shared/domain/shift/matters.ts";
import { SAMPLES } from "../oracle/samples.ts";
import {
  DAY_MS,
  HOUR_MS,
  incident,
  keys,
  markAll,
  offered,
  on,
  plan,
  planned,
  shift,
  TUESDAY_CHECK,
  text,
} from "../support/domain/desk-story.ts";
import { officer, operation, province } from "../support/domain/province.ts";
import { MONDAY_9_00, Story, type When } from "../support/domain/story.ts";

describe("the roster", () => {
  it("SHF-1 planned, on, handed over; the next is on in the same moment", () => {
    const s = offered();
    const events = s.accepted(shift("jiangan.duty2", "sign", "b"));
    expect(events.map((event) => event.type)).toEqual(["ShiftHandedOver", "ShiftSigned"]);
    expect(s.the("shift", "a")).toMatchObject({ state: "HANDED_OVER", nextId: "b" });
    expect(s.the("shift", "b")).toMatchObject({ state: "ON", previousId: "a" });
  });

  it("SHF-2 is planned for people of the court's own centre and for times to come", () => {
    const s = planned();
    const code = (who: string, from = MONDAY_9_00, to = TUESDAY_CHECK) =>
      s.refused(plan("c", who, from, to)).code;
    expect(code("hanyang.duty")).toBe("NOT_A_DESK_OFFICER");
    expect(code("jiangan.police")).toBe("NOT_A_DESK_OFFICER");
    expect(code("nobody")).toBe("NOT_A_DESK_OFFICER");
    expect(code("jiangan.duty", TUESDAY_CHECK, MONDAY_9_00)).toBe("SHIFT_TIMES_WRONG");
    expect(code("jiangan.duty", 0, MONDAY_9_00)).toBe("SHIFT_TIMES_WRONG");
    const by = (who: string) => s.refused(plan("c", "jiangan.duty", 0, TUESDAY_CHECK, who)).code;
    expect(by("jiangan.duty")).toBe("ROLE_REQUIRED");
    expect(by("wuhan.director")).toBe("NOT_A_DESK_OFFICER");
  });

  it("SHF-2 given a shift of years, when it is planned, then it is refused", () => {
    const s = planned();
    const years = plan("c", "jiangan.duty", MONDAY_9_00, MONDAY_9_00 + 3 * 365 * DAY_MS);
    expect(s.refused(years)).toMatchObject({ code: "SHIFT_TOO_LONG", ruleId: "SHF-2" });
    s.accepted(plan("c", "jiangan.duty", MONDAY_9_00, MONDAY_9_00 + 3 * DAY_MS));
  });

  it("SHF-11 given a shift of next year, when it is signed today, then the desk is asked for within days", () => {
    const s = new Story(province());
    const from = MONDAY_9_00 + 365 * DAY_MS;
    s.accepted(plan("c", "jiangan.duty", from, from + 12 * HOUR_MS));
    s.accepted(shift("jiangan.duty", "sign", "c"));
    const raised = s.passRaising(4 * DAY_MS);
    expect(raised.map(({ type }) => type)).toContain("DeskUnsigned");
  });

  it("SHF-2 whoever lost his place in the centre signs no more", () => {
    const s = planned();
    s.state.put({ ...officer("jiangan.duty", "jiangan", "DUTY_OFFICER"), disabled: true });
    expect(s.refused(shift("jiangan.duty", "sign", "a")).code).toBe("NOT_A_DESK_OFFICER");
  });

  it("SHF-3 lists are for the shift that is on", () => {
    const s = planned();
    for (const verb of ["prepare", "mark", "offer", "returnList"]) {
      const by = verb === "returnList" ? "jiangan.duty" : "jiangan.chief";
      const { code } = s.refused(shift(by, verb, "a", { keys: ["incident:i1"], done: true }));
      // Nothing was offered, so nobody is its recipient yet.
      expect(code).toBe(verb === "returnList" ? "ROLE_REQUIRED" : "SHIFT_NOT_READY");
    }
    s.accepted(shift("jiangan.duty", "sign", "a"));
    expect(s.refused(shift("jiangan.duty", "sign", "a")).code).toBe("SHIFT_NOT_READY");
    expect(s.refused(shift("jiangan.chief", "cancel", "a")).code).toBe("SHIFT_NOT_READY");
  });

  it("SHF-10 neither the taker nor the last shift is cancelled", () => {
    const s = offered();
    expect(s.refused(shift("jiangan.chief", "cancel", "b")).code).toBe("SHIFT_IS_TAKER");
    const one = new Story([...province()]);
    one.accepted(plan("a", "jiangan.duty", MONDAY_9_00, TUESDAY_CHECK));
    expect(one.refused(shift("jiangan.chief", "cancel", "a")).code).toBe("LAST_SHIFT");
    one.accepted(plan("b", "jiangan.director", MONDAY_9_00, TUESDAY_CHECK));
    one.accepted(shift("jiangan.chief", "cancel", "a"));
    expect(one.the("shift", "a").state).toBe("CANCELLED");
    expect(one.refused(shift("jiangan.duty", "sign", "a")).code).toBe("SHIFT_NOT_READY");
  });
});

describe("the list", () => {
  it("SHF-4 holds what is open at this desk and nothing of another", () => {
    const s = on();
    s.accepted(incident("i1"));
    s.accepted({
      by: "hanyang.judge",
      kind: "incident.report",
      ref: { type: "incident", id: "other" },
      payload: { kind: "SIEGE", level: "GENERAL" },
    });
    s.accepted({
      by: "jiangan.judge",
      kind: "police.send",
      ref: { type: "police", id: "p1" },
      payload: { kind: "SCENE_SUPPORT", urgency: "P1" },
    });
    s.accepted({
      by: "wuhan.director",
      kind: "order.task",
      ref: { type: "order", id: "o1" },
      payload: { toCourtId: "jiangan", urgency: "P2", body: text("b"), dueAt: s.now + HOUR_MS },
    });
    s.accepted({
      by: "jiangan.police",
      kind: "detention.control",
      ref: { type: "detention", id: "d1" },
      payload: { about: { kind: "DETAIN", escortIds: ["jiangan.police"] } },
    });
    s.accepted({
      by: "wuhan.duty",
      kind: "notice.publish",
      ref: { type: "notice", id: "n1" },
      payload: { kind: "ALERT", body: text("n"), courtIds: ["jiangan"], needsAck: true },
    });
    const found = () => openMatters(s.state, "jiangan").map((m) => [m.kind, m.ref.id, m.overdue]);
    expect(found()).toEqual([
      ["INCIDENT", "i1", false],
      ["POLICE", "p1", false],
      ["ORDER", "o1", false],
      ["DETENTION", "d1", false],
      ["OPERATION", "op1", false],
      ["NOTICE", "n1", false],
    ]);
    s.passRaising(61_000);
    expect(found()).toContainEqual(["POLICE", "p1", true]);
    s.accepted({ by: "jiangan.duty", kind: "order.sign", ref: { type: "order", id: "o1" } });
    expect(found().map(([kind]) => kind)).not.toContain("ORDER");
    s.passRaising(HOUR_MS);
    expect(found()).toContainEqual(["ORDER", "o1", true]);
    expect(openMatters(s.state, "xiangyang")).toEqual([]);
  });

  it("SHF-4 what other courts and units wait for here, and what is waited for from a unit", () => {
    const s = on();
    const here = (courtId: string) =>
      openMatters(s.state, courtId)
        .filter(({ kind }) => /DELEGATION|SUPERVISION|REPORT|LIAISON/.test(kind))
        .map(({ ref }) => ref.type);
    const turn = (name: string, more: object) => {
      const sample = { ...SAMPLES[name], ...more } as AnyRecord;
      s.state.put(sample);
      const courts = ["jiangan", "hanyang", "wuhan", "high"];
      return courts.filter((court) => here(court).includes(sample.type));
    };
    const peers = { courtId: "jiangan", toCourtId: "hanyang", papers: undefined };
    expect(turn("delegation", { ...peers, state: "DRAFT" })).toEqual(["jiangan"]);
    expect(turn("delegation", { ...peers, state: "SENT" })).toEqual(["hanyang"]);
    expect(turn("delegation", { ...peers, state: "FEEDBACK" })).toEqual(["jiangan"]);
    expect(turn("delegation", { ...peers, state: "CONFIRMED" })).toEqual([]);
    const above = { courtId: "wuhan", targetCourtId: "jiangan" };
    expect(turn("supervision", { ...above, state: "URGED" })).toEqual(["jiangan"]);
    expect(turn("supervision", { ...above, state: "REPORTED" })).toEqual(["wuhan"]);
    expect(turn("supervision", { ...above, state: "CLOSED" })).toEqual([]);
    expect(turn("report", { state: "READ", holderCourtId: "wuhan" })).toEqual(["wuhan"]);
    expect(turn("report", { state: "HANDLED", holderCourtId: "wuhan" })).toEqual([]);
    expect(turn("liaison", { courtId: "jiangan", state: "REPLIED" })).toEqual(["jiangan"]);
    expect(turn("liaison", { courtId: "jiangan", state: "CLOSED" })).toEqual([]);
  });

  it("SHF-4 a warning before the time is over is not overdue yet", () => {
    const s = on();
    const { supervision } = SAMPLES;
    if (supervision?.type !== "supervision") throw new Error("no sample");
    const due = supervision.clocks.due ?? Object.values(supervision.clocks)[0];
    if (!due) throw new Error("no clock");
    const overdueAt = (level: number) => {
      s.state.put({
        ...supervision,
        clocks: { due: { ...due, name: "due", ruleId: "SUP-DUE", level } },
      });
      return openMatters(s.state, "jiangan").find(({ kind }) => kind === "SUPERVISION")?.overdue;
    };
    expect([0, 1, 2].map(overdueAt)).toEqual([false, false, true]);
  });

  it("SHF-4 an alarm of another court is here while this desk holds it or helps", () => {
    const s = on();
    const about = (by: string, verb: string, payload = {}): When => ({
      by,
      kind: `incident.${verb}`,
      ref: { type: "incident", id: "i1" },
      payload,
    });
    const here = (courtId: string) =>
      openMatters(s.state, courtId).filter(({ ref }) => ref.id === "i1").length;
    const courts = () => ["jiangan", "hanyang", "wuhan", "high"].map(here);
    s.accepted(about("jiangan.police", "sos"));
    expect(courts()).toEqual([1, 0, 0, 0]);
    s.passRaising(30_000);
    expect(courts()).toEqual([1, 0, 1, 0]);
    s.accepted(about("high.duty", "take"));
    expect(courts()).toEqual([1, 0, 0, 1]);
    s.accepted(about("high.duty", "assist", { courtId: "hanyang" }));
    expect(courts()).toEqual([1, 1, 0, 1]);
    s.accepted(about("hanyang.duty", "acknowledge"));
    s.accepted(about("jiangan.police", "takeOver"));
    expect(courts()).toEqual([1, 0, 0, 1]);
    s.accepted(about("high.director", "designate", { courtId: "hanyang", reason: text("r") }));
    expect(courts()).toEqual([1, 1, 0, 0]);
  });

  it("SHF-4 what another recipient of the same order owes or is late with is not this desk's", () => {
    const s = on();
    const about = (by: string, verb: string): When => ({
      by,
      kind: `order.${verb}`,
      ref: { type: "order", id: "o1" },
      payload: verb === "feedback" ? { text: text("f") } : {},
    });
    const dueAt = s.now + HOUR_MS;
    const payload = { toCourtIds: ["jiangan", "hanyang"], urgency: "P2", body: text("b"), dueAt };
    s.accepted({ ...about("wuhan.director", "task"), payload });
    for (const verb of ["sign", "feedback"]) s.accepted(about("jiangan.director", verb));
    s.passRaising(2 * HOUR_MS);
    const orders = (courtId: string) =>
      openMatters(s.state, courtId).flatMap(({ kind, overdue }) =>
        kind === "ORDER" ? [overdue] : [],
      );
    expect(orders("jiangan")).toEqual([]);
    expect(orders("hanyang")).toEqual([true]);
  });

  it.each(["DRAFT", "SUBMITTED", "REJECTED", "APPROVED"] as const)(
    "SHF-4 an operation nobody has left for is not under way: %s",
    (state) => {
      const s = new Story([...province(), operation({ state })]);
      expect(openMatters(s.state, "jiangan")).toEqual([]);
    },
  );

  it("SHF-5 made anew it keeps the marks and drops the offer", () => {
    const s = on();
    s.accepted(incident("i1"));
    s.accepted(shift("jiangan.duty", "prepare", "a"));
    const mark = { keys: ["operation:op1"], done: true, note: text("n") };
    s.accepted(shift("jiangan.duty", "mark", "a", mark));
    s.accepted(shift("jiangan.duty", "mark", "a", { keys: ["incident:i1"], done: false }));
    s.accepted(shift("jiangan.duty", "offer", "a", { toShiftId: "b" }));
    s.accepted(incident("i2"));
    s.accepted(shift("jiangan.duty", "prepare", "a"));
    const list = s.the("shift", "a").list;
    expect(list?.offered).toBeUndefined();
    expect(list?.items.map((i) => [i.ref.id, i.mark?.done, i.mark?.note])).toEqual([
      ["i1", false, undefined],
      ["i2", undefined, undefined],
      ["op1", true, text("n")],
    ]);
    expect(s.refused(shift("jiangan.duty2", "sign", "b")).code).toBe("NOTHING_OFFERED");
  });

  it("SHF-6 is marked whole before it is offered, and not after", () => {
    const s = on();
    const code = (verb: string, payload = {}) =>
      s.refused(shift("jiangan.duty", verb, "a", payload)).code;
    expect(code("offer", { toShiftId: "b" })).toBe("NO_HANDOVER_LIST");
    expect(code("mark", { keys: ["operation:op1"], done: true })).toBe("NO_HANDOVER_LIST");
    s.accepted(shift("jiangan.duty", "prepare", "a"));
    expect(s.refused(shift("jiangan.duty", "offer", "a", { toShiftId: "b" }))).toMatchObject({
      code: "NOT_ALL_MARKED",
      params: { count: 1 },
    });
    expect(code("mark", { keys: ["operation:other"], done: true })).toBe("NOT_ON_THE_LIST");
    markAll(s, false);
    s.accepted(shift("jiangan.duty", "offer", "a", { toShiftId: "b" }));
    expect(code("mark", { keys: keys(s), done: true })).toBe("HANDOVER_OFFERED");
  });

  it("SHF-6 SHF-13 the rest is undone by the same act, and a remark goes with it", () => {
    const s = on();
    s.accepted(incident("i1"));
    s.accepted(shift("jiangan.duty", "prepare", "a"));
    s.accepted(shift("jiangan.duty", "mark", "a", { keys: ["operation:op1"], done: true }));
    const remark = text("remark");
    const payload = { toShiftId: "b", restUndone: true, remark };
    const events = s.accepted(shift("jiangan.duty", "offer", "a", payload));
    expect(events.map(({ type }) => type)).toEqual(["HandoverMarked", "HandoverOffered"]);
    const { list } = s.the("shift", "a");
    expect(list?.items.map((i) => [i.ref.id, i.mark?.done])).toEqual([
      ["i1", false],
      ["op1", true],
    ]);
    expect(s.dto("shift", "a", "own.console").list).toMatchObject({ offered: { remark } });
    const above = s.dto("shift", "a", "parent.console").list as { offered: object };
    expect(Object.keys(above.offered).sort()).toEqual(["at", "toShiftId"]);
  });

  it("SHF-7 without a taker the post is not left", () => {
    const s = on();
    s.accepted(shift("jiangan.duty", "prepare", "a"));
    markAll(s);
    s.accepted(plan("same", "jiangan.duty", TUESDAY_CHECK, TUESDAY_CHECK + DAY_MS));
    for (const payload of [{}, { toShiftId: "none" }, { toShiftId: "a" }, { toShiftId: "same" }]) {
      expect(s.refused(shift("jiangan.duty", "offer", "a", payload))).toEqual({
        code: "NO_TAKER",
        ruleId: "SHF-7",
      });
    }
    s.state.put({ ...officer("jiangan.duty2", "jiangan", "DUTY_OFFICER"), disabled: true });
    const gone = shift("jiangan.duty", "offer", "a", { toShiftId: "b" });
    expect(s.refused(gone).code).toBe("NO_TAKER");
    expect(s.the("shift", "a").state).toBe("ON");
  });

  it("SHF-8 signed by the one it was offered to, or returned with a reason", () => {
    const s = offered();
    s.accepted(plan("c", "jiangan.director", TUESDAY_CHECK, TUESDAY_CHECK + DAY_MS));
    expect(s.refused(shift("jiangan.director", "sign", "c")).code).toBe("NOTHING_OFFERED");
    expect(s.refused(shift("jiangan.chief", "sign", "b")).code).toBe("ROLE_REQUIRED");
    const back = { reason: text("r") };
    expect(s.refused(shift("jiangan.duty", "returnList", "a", back)).code).toBe("ROLE_REQUIRED");
    s.accepted(shift("jiangan.duty2", "returnList", "a", back));
    expect(s.the("shift", "a")).toMatchObject({ state: "ON", list: { returned: back } });
    expect(s.refused(shift("jiangan.duty2", "sign", "b")).code).toBe("NOTHING_OFFERED");
    s.accepted(shift("jiangan.chief", "offer", "a", { toShiftId: "b" }));
    expect(s.the("shift", "a").list?.returned).toBeUndefined();
    s.accepted(shift("jiangan.duty2", "sign", "b"));
  });

  it("SHF-9 what arose meanwhile joins it undone", () => {
    const s = offered();
    s.accepted(incident("i9"));
    s.accepted(shift("jiangan.duty2", "sign", "b"));
    const last = s.the("shift", "a").list?.items.at(-1);
    expect(last).toEqual({
      kind: "INCIDENT",
      ref: { type: "incident", id: "i9" },
      overdue: false,
      late: true,
    });
    expect(s.dto("shift", "a", "parent.console").list).toMatchObject({
      counts: [
        { kind: "OPERATION", total: 1, undone: 0 },
        { kind: "INCIDENT", total: 1, undone: 1 },
      ],
    });
  });
});
