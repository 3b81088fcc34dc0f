import { beforeEach, describe, expect, test } from "vitest";
import { actorOf } from "../../shared/domain/authority/actor.ts";
import { decide } from "../../shared/domain/decide.ts";
import { foldEvent } from "../../shared/domain/fold.ts";
import { refusalText } from "../../shared/domain/refusal-text.ts";
import { policePayloads } from "../../shared/wire/payloads/police.ts";
import { liaisonUser, operation, province, unit } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const REF = { type: "police", id: "p1" } as const;
const NOTE = { id: "t1", hash: "h1" };
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };

let story: Story;
beforeEach(() => {
  story = new Story([
    ...province(),
    unit("bank1", "jiangan", "BANK"),
    liaisonUser("station1", "jiangan"),
    liaisonUser("station2", "jiangan"),
    operation(),
  ]);
});

const sending = (more: object = {}) => ({
  by: "jiangan.judge",
  kind: "police.send",
  ref: REF,
  payload: { kind: "TEMP_CONTROL", urgency: "P2", unitId: "station1", ...more },
});
const send = (more?: object) => story.accepted(sending(more));
const desk = (verb: string, payload: object = {}, by = "station1.user") => ({
  by,
  kind: `police.${verb}`,
  ref: REF,
  payload: payload as Record<string, unknown>,
});
const respond = (state: string) => story.accepted(desk("respond", { state }));
const request = () => story.the("police", "p1");

describe("papers", () => {
  test.each([
    ["SEIZE_VEHICLE", {}, "subject,plate,orderNo"],
    ["SEIZE_VEHICLE", { subject: SUBJECT, plate: "鄂A·**123" }, "orderNo"],
    ["SEIZE_VEHICLE", { subject: SUBJECT, orderNo: "O1" }, "plate"],
    ["EXIT_BAN", { subject: SUBJECT }, "decisionNo"],
    ["ONLINE_PURSUIT", { subject: SUBJECT, decisionNo: "D1" }, "filingNo"],
  ])("POL-17 %s with %o is refused for want of %s", (kind, given, needed) => {
    const refusal = story.refused(sending({ kind, ...given }));
    expect(refusal).toEqual({ code: "PAPERS_MISSING", ruleId: "POL-17", params: { needed } });
    expect(refusalText(refusal).zh).not.toMatch(/plate|orderNo|decisionNo|filingNo|subject/);
  });

  const WHOLE: readonly (readonly [kind: string, given: object])[] = [
    ["SEIZE_VEHICLE", { subject: SUBJECT, plate: "鄂A·**123", orderNo: "O1" }],
    ["EXIT_BAN", { decisionNo: "D1" }],
    ["ONLINE_PURSUIT", { filingNo: "F1" }],
    ...[
      "LOCATE_PERSON",
      "TEMP_CONTROL",
      "CUSTODY_INTAKE",
      "SCENE_SUPPORT",
      "VIOLENCE_RESPONSE",
    ].map((kind) => [kind, {}] as const),
  ];
  test.each(WHOLE)("POL-17 %s goes out with its papers", (kind, given) => {
    send({ kind, ...given });
    expect(request()).toMatchObject({ state: "SENT", kind, ...given });
  });

  test("POL-17 no plate in clear passes the wire", () => {
    const schema = policePayloads["police.send"];
    const base = { kind: "SEIZE_VEHICLE", urgency: "P3" };
    const reads = (plate: string) => schema.safeParse({ ...base, plate }).success;
    expect([reads("鄂A·**123"), reads("鄂A·***345")]).toEqual([true, true]);
    expect([reads("鄂A12123"), reads("鄂A·12123"), reads("鄂A·*2123")]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("POL-18 a bank is not asked by a police request, nor sent one on", () => {
    expect(story.refused(sending({ unitId: "bank1" })).code).toBe("NOT_A_POLICE_UNIT");
    send();
    const on = { ...desk("reroute", { unitId: "bank1" }), by: "jiangan.duty" };
    expect(story.refused(on).code).toBe("NOT_A_POLICE_UNIT");
    expect(story.accepted({ ...on, payload: { unitId: "house1" } })).toHaveLength(1);
  });
});

describe("at their own desk", () => {
  test.each([
    ["ACKED", ["ack"]],
    ["DISPATCHED", ["ack", "dispatch"]],
    ["ARRIVED", ["ack", "dispatch", "arrive"]],
    ["HELD_BY_POLICE", ["ack", "dispatch", "arrive"]],
  ])("POL-19 %s is reached as by telephone, and the record shows which road", (state, ended) => {
    send();
    story.pass(MINUTE);
    respond(state);
    expect(request().state).toBe(state);
    const stopped = Object.values(request().clocks).filter((clock) => clock.endedAt !== undefined);
    expect(stopped.map(({ name }) => name).sort()).toEqual([...ended].sort());
    expect(request().answers).toEqual([
      {
        state,
        byPhone: false,
        unitId: "station1",
        saidBy: "station1.user",
        typedBy: "station1.user",
        at: story.now,
        occurredAt: story.now,
      },
    ]);
    const phone = { state: "ARRIVED", saidBy: "王警官" };
    story.accepted({ ...desk("answer", phone), by: "jiangan.duty" });
    expect(request().answers.map(({ byPhone }) => byPhone)).toEqual([false, true]);
    expect(story.refused({ ...desk("answer", phone), by: "station1.user" }).code).toBe(
      "NOT_FOR_UNIT",
    );
  });

  test("POL-19 another unit's person answers nothing of it", () => {
    send();
    for (const verb of ["respond", "handOver", "decline", "finish"]) {
      expect(story.refused(desk(verb, { state: "ACKED" }, "station2.user")).code).toBe(
        "NOT_FOR_UNIT",
      );
    }
  });

  test("POL-20 it declines in writing, until police are on the way", () => {
    expect(policePayloads["police.decline"].safeParse({}).success).toBe(false);
    send();
    respond("ACKED");
    expect(story.dto("police", "p1", "unit.partner").acts?.["police.decline"]).toBeNull();
    respond("DISPATCHED");
    const tooLate = { code: "DECLINE_TOO_LATE", ruleId: "POL-20" };
    expect(story.refused(desk("decline", { reason: NOTE }))).toEqual(tooLate);
    expect(story.dto("police", "p1", "unit.partner").acts?.["police.decline"]).toEqual(tooLate);
  });

  test("POL-20 declined, the reason stands in the record and nothing waits any more", () => {
    send();
    story.accepted(desk("decline", { reason: NOTE }));
    expect(request()).toMatchObject({ state: "DECLINED", declineReason: NOTE });
    expect(story.deadlines()).toEqual([]);
    expect(story.refused(desk("decline", { reason: NOTE })).code).toBe("POLICE_REQUEST_ENDED");
    expect(story.refused(desk("finish")).code).toBe("POLICE_REQUEST_ENDED");
  });

  test("POL-11 it does not finish while it holds the person", () => {
    send();
    respond("HELD_BY_POLICE");
    expect(story.refused(desk("finish"))).toEqual({ code: "TAKE_OVER_FIRST", ruleId: "POL-11" });
  });

  test("POL-21 handing over is its word; the clock runs until the court takes over", () => {
    send();
    respond("HELD_BY_POLICE");
    story.pass(HOUR);
    story.accepted(desk("handOver", { receivedBy: "王法警" }));
    expect(request()).toMatchObject({
      state: "HELD_BY_POLICE",
      handedOver: { at: story.now, receivedBy: "王法警" },
    });
    expect(request().clocks.hold?.endedAt).toBeUndefined();
    expect(story.passRaising(HOUR)).toMatchObject([{ data: { clock: "hold", level: 1 } }]);
    story.accepted({ ...desk("takeOver"), by: "jiangan.police" });
    expect(request().clocks.hold?.endedAt).toBe(story.now);
  });

  test("POL-24 at its own desk it says that it let the person go, and the clock ends", () => {
    send();
    respond("HELD_BY_POLICE");
    story.pass(HOUR);
    story.accepted(desk("release"));
    expect(request()).toMatchObject({
      state: "CLOSED",
      released: { at: story.now, saidBy: "station1.user", byPhone: false },
    });
    expect(request().clocks.hold?.endedAt).toBe(story.now);
  });

  test("POL-22 that somebody is held is told again without effect while his clock runs, and anew after a release", () => {
    send();
    respond("HELD_BY_POLICE");
    story.pass(MINUTE);
    expect(respond("HELD_BY_POLICE")).toEqual([]);
    story.accepted(desk("release"));
    story.pass(MINUTE);
    expect(respond("HELD_BY_POLICE")).toHaveLength(1);
  });

  test("CLK-1 the hold reported at the desk starts at the earlier candidate", () => {
    send();
    story.pass(HOUR);
    const occurred = { earliest: story.now - 30 * MINUTE, latest: story.now };
    story.accepted({ ...desk("respond", { state: "HELD_BY_POLICE" }), occurred });
    expect(request().clocks.hold?.startAt).toBe(story.now - 30 * MINUTE);
  });
});

describe("a clerk who presses the same button all day", () => {
  const respond = (more: object, occurred?: { earliest: number; latest: number }) =>
    story.accepted({
      ...desk("respond", { state: "ACKED", ...more }),
      ...(occurred ? { occurred } : {}),
    });

  test("POL-22 given a state already reported, when the unit reports it again, then nothing is added", () => {
    send();
    story.pass(MINUTE);
    respond({});
    const before = request();
    story.pass(MINUTE);
    expect(respond({})).toEqual([]);
    expect(request()).toEqual(before);
  });

  test("POL-22 given a report that says more, or an earlier time, when it comes, then it is kept", () => {
    send();
    story.pass(MINUTE);
    respond({});
    expect(respond({ note: { id: "n", hash: "h" } })).toHaveLength(1);
    const earlier = story.now - 30_000;
    expect(respond({}, { earliest: earlier, latest: earlier })).toHaveLength(1);
    expect(request().times.ACKED).toBe(earlier);
  });
});

describe("sent on while an answer was under way", () => {
  /** What station1 reports, knowing the log up to `knownSeq`, after it was sent on in commit 2. */
  const late = (state: string, knownSeq: number) => {
    const actor = actorOf(story.state, "station1.user");
    if (!actor) throw new Error("no actor");
    const at = { earliest: story.now, latest: story.now };
    const OTHERS: Readonly<Record<string, { kind: string; payload: object }>> = {
      HANDED_OVER: { kind: "police.handOver", payload: { receivedBy: "王法警" } },
      RELEASED: { kind: "police.release", payload: {} },
    };
    const says = OTHERS[state] ?? { kind: "police.respond", payload: { state } };
    const command = { id: "c9", ...says, payload: { ...says.payload }, ref: REF, knownSeq };
    const decision = decide(story.state, command, { actor, now: story.now, occurred: at });
    if (!decision.ok) return decision.refusal.code;
    const meta = {
      ...{ seq: 9, at: story.now, commandId: "c9", by: "station1.user" },
      ...{ receivedAt: story.now, occurred: at },
    };
    for (const event of decision.events) story.state.put(foldEvent(request(), event, meta));
    return "accepted";
  };
  beforeEach(() => {
    send();
    story.accepted({ ...desk("reroute", { unitId: "station2" }), by: "jiangan.duty" });
  });

  test("UNIT-7 made before it could know, it is a conflict and moves nothing", () => {
    expect(request().formerUnits).toMatchObject([{ unitId: "station1", untilSeq: 2 }]);
    expect(late("ARRIVED", 1)).toBe("accepted");
    expect(request()).toMatchObject({ state: "SENT", unitId: "station2" });
    expect(request().clocks.ack?.endedAt).toBeUndefined();
    expect(request().conflicts.map(({ note }) => note)).toEqual(["FORMER_UNIT"]);
    expect(request().answers).toMatchObject([{ state: "ARRIVED", unitId: "station1" }]);
  });

  test("UNIT-7 given the request was sent on, when the unit before says handed over, then the new desk reads nothing of it", () => {
    expect(late("HANDED_OVER", 1)).toBe("accepted");
    expect(request().handedOver).toBeUndefined();
    expect(request().conflicts.map(({ note }) => note)).toEqual(["FORMER_UNIT"]);
  });

  test("UNIT-7 but whoever is held is held: his clock runs, and nothing else is quieted by it", () => {
    expect(late("HELD_BY_POLICE", 1)).toBe("accepted");
    expect(request().state).toBe("SENT");
    expect(request().clocks.hold?.startAt).toBe(story.now);
    expect(request().clocks.ack?.endedAt).toBeUndefined();
    expect(request().conflicts.map(({ note }) => note)).toEqual(["FORMER_UNIT"]);
    const close = { by: "jiangan.judge", kind: "police.close", ref: REF, payload: {} };
    expect(story.refused(close).code).toBe("TAKE_OVER_FIRST");
    expect(late("RELEASED", 1)).toBe("accepted");
    expect(request().clocks.hold?.endedAt).toBeUndefined();
    story.accepted({ by: "jiangan.police", kind: "police.takeOver", ref: REF });
    expect(request().clocks.hold?.endedAt).toBe(story.now);
  });

  test.each([2, 3, 0])("UNIT-7 knowing the log up to %i it answers no more", (knownSeq) => {
    expect(late("ACKED", knownSeq)).toBe("NOT_FOR_UNIT");
  });
});
