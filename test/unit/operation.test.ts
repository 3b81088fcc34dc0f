import { describe, expect, it } from "vitest";
import { moduleOf } from "../../shared/domain/modules.ts";
import type { Operation } from "../../shared/domain/operation/state.ts";
import { SAMPLES } from "../oracle/samples.ts";
import { officer, operation, province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const text = (id: string) => ({ id, hash: "h" });
const act = (by: string, verb: string, payload = {}): When => ({
  by,
  kind: `operation.${verb}`,
  ref: { type: "operation", id: "op1" },
  payload,
});
const reason = { reason: text("why") };
const OPEN = {
  code: "JA-1",
  name: "江岸查扣一号",
  kind: "SEIZURE",
  caseNo: "(2026)鄂0102执1号",
  approvalNo: "批1号",
  place: { lat: 30.6, lng: 114.3, address: "解放大道" },
  chiefCommanderId: "jiangan.director",
  sceneCommanderId: "jiangan.judge",
  memberIds: ["jiangan.judge", "jiangan.police"],
};
const PROPOSED = {
  caseNo: OPEN.caseNo,
  subject: { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] },
  actId: "act1",
  days: 10,
  basisArticles: ["民诉法114"],
};
const detention = (by: string, verb: string, payload: object): When => ({
  by,
  kind: `detention.${verb}`,
  ref: { type: "detention", id: "d1" },
  payload: { ...payload },
});
const given = (more: Partial<Operation> = {}) => new Story([...province(), operation(more)]);
const pauseFromAbove = (s: Story, by = "wuhan.duty", id = "ord1") =>
  s.accepted({
    by,
    kind: "order.pause",
    ref: { type: "order", id },
    payload: { toCourtId: "jiangan", operationId: "op1", urgency: "P1", body: text("body") },
  });

describe("opening", () => {
  it("OPS-1 a director opens it, approved by a numbered document", () => {
    const s = new Story(province());
    expect(s.refused(act("jiangan.chief", "open", OPEN)).code).toBe("ROLE_REQUIRED");
    s.accepted(act("jiangan.director", "open", OPEN));
    expect(s.the("operation", "op1")).toMatchObject({
      ...OPEN,
      courtId: "jiangan",
      tierPath: ["high", "wuhan", "jiangan"],
      state: "APPROVED",
      approvedBy: "jiangan.director",
      milestones: { APPROVED: s.now },
      assetIds: [],
    });
  });

  it.each(["EVICTION", "SEARCH", "DETAIN"])(
    "OPS-50 given %s, when a director opens it with a number alone, then it is refused; the president opens it",
    (kind) => {
      const s = new Story(province());
      const open = { ...OPEN, kind };
      expect(s.refused(act("jiangan.director", "open", open))).toEqual({
        code: "PRESIDENT_APPROVES",
        ruleId: "OPS-23",
      });
      s.accepted(act("jiangan.president", "open", open));
      expect(s.the("operation", "op1").approvedBy).toBe("jiangan.president");
    },
  );

  it("OPS-50 given a detention in the case, when its president has approved it, then a director opens with it", () => {
    const s = new Story(province());
    const open = act("jiangan.director", "open", { ...OPEN, kind: "DETAIN" });
    s.accepted(detention("jiangan.judge", "propose", PROPOSED));
    expect(s.refused(open).code).toBe("PRESIDENT_APPROVES");
    s.accepted(detention("jiangan.president", "approve", { decisionNo: "拘1号" }));
    const other = { ...OPEN, kind: "DETAIN", caseNo: "(2026)鄂0102执2号" };
    expect(s.refused(act("jiangan.director", "open", other)).code).toBe("PRESIDENT_APPROVES");
    s.accepted(open);
  });

  it("OPS-2 at least two members, all of the own court", () => {
    const s = new Story(province());
    const alone = { ...OPEN, memberIds: ["jiangan.judge", "jiangan.judge"] };
    expect(s.refused(act("jiangan.director", "open", alone))).toMatchObject({
      code: "TOO_FEW_MEMBERS",
      ruleId: "C3",
    });
    const foreign = { ...OPEN, sceneCommanderId: "hanyang.judge" };
    expect(s.refused(act("jiangan.director", "open", foreign)).code).toBe("NOT_AN_OWN_OFFICER");
  });

  it("OPS-21 given a review judge, when he is named commander the short way, then it is refused", () => {
    const review = officer("jiangan.review", "jiangan", "REVIEW_JUDGE");
    const s = new Story([...province(), review]);
    for (const post of ["chiefCommanderId", "sceneCommanderId"]) {
      const named = act("jiangan.director", "open", { ...OPEN, [post]: review.id });
      expect(s.refused(named)).toEqual({ code: "REVIEWER_COMMANDS", ruleId: "OPS-21" });
    }
    s.accepted(act("jiangan.director", "open", OPEN));
  });

  it("OPS-40 given a court above, when it is named as host the short way, then it is refused", () => {
    const s = new Story(province());
    for (const hostCourtId of ["wuhan", "high"]) {
      const above = act("jiangan.director", "open", { ...OPEN, hostCourtId });
      expect(s.refused(above)).toEqual({ code: "PLACE_COURT_ABOVE", ruleId: "OPS-40" });
    }
  });

  it("OPS-3 the host is another court", () => {
    const s = new Story(province());
    const at = (hostCourtId: string) => act("jiangan.director", "open", { ...OPEN, hostCourtId });
    expect(s.refused(at("jiangan")).code).toBe("HOST_IS_OWN_COURT");
    expect(s.refused(at("nowhere")).code).toBe("NO_SUCH_COURT");
    s.accepted(at("hanyang"));
    expect(s.views("operation", "op1")["console:hanyang"]).toBe("host.console");
  });
});

describe("facts", () => {
  const at = (time: number) => ({ occurred: { earliest: time, latest: time } });

  it("OPS-4 the state is the furthest milestone, whatever comes first", () => {
    const s = given();
    const left = s.now - 60_000;
    s.accepted(act("jiangan.judge", "arrive"));
    s.accepted({ ...act("jiangan.judge", "depart"), ...at(left) });
    expect(s.the("operation", "op1")).toMatchObject({
      state: "ON_SCENE",
      milestones: { EN_ROUTE: left, ON_SCENE: s.now },
      conflicts: [],
    });
    s.accepted({ ...act("jiangan.judge", "arrive"), ...at(s.now + 5_000) });
    expect(s.the("operation", "op1").milestones.ON_SCENE).toBe(s.now);
  });

  it("OPS-5 an ended operation stays ended, and a later arrival is kept as a conflict", () => {
    const s = given();
    s.accepted(act("jiangan.director", "abort", reason));
    const aborted = s.now;
    s.pass(60_000);
    s.accepted({ ...act("jiangan.judge", "depart"), ...at(aborted - 1) });
    s.accepted(act("jiangan.judge", "arrive"));
    const ended = s.the("operation", "op1");
    expect(ended.state).toBe("ABORTED");
    expect(ended.milestones.ON_SCENE).toBe(s.now);
    expect(ended.conflicts.map((c) => [c.event, c.note])).toEqual([
      ["OperationArrived", "AFTER_END"],
    ]);
    expect(s.refused(act("jiangan.director", "abort", reason)).code).toBe("OPERATION_ENDED");
  });

  it("OPS-5 reports against the order of the steps or against a pause order are conflicts", () => {
    const s = given();
    s.accepted(act("jiangan.judge", "arrive"));
    s.pass(1_000);
    s.accepted(act("jiangan.judge", "depart"));
    const paused = given();
    pauseFromAbove(paused);
    paused.pass(1_000);
    paused.accepted(act("jiangan.judge", "depart"));
    const notes = (story: Story) => story.the("operation", "op1").conflicts.map((c) => c.note);
    expect(notes(s)).toEqual(["OUT_OF_ORDER"]);
    expect(notes(paused)).toEqual(["PAUSE_ORDERED"]);
    expect(paused.the("operation", "op1").state).toBe("EN_ROUTE");
  });
});

describe("requests", () => {
  it("OPS-6 start, pause, resume and close follow the order of the states", () => {
    const s = given();
    expect(s.refused(act("jiangan.judge", "start"))).toMatchObject({
      code: "OPERATION_NOT_READY",
      params: { state: "APPROVED", needed: "ON_SCENE" },
    });
    expect(s.refused(act("jiangan.duty", "pause", reason)).code).toBe("OPERATION_NOT_READY");
    s.accepted(act("jiangan.judge", "arrive"));
    s.accepted(act("jiangan.judge", "start"));
    s.accepted(act("jiangan.duty", "pause", reason));
    expect(s.refused(act("jiangan.director", "close")).code).toBe("OPERATION_NOT_READY");
    s.accepted(act("jiangan.judge", "resume"));
    s.accepted(act("jiangan.director", "close"));
    expect(s.the("operation", "op1").state).toBe("CLOSED");
  });

  it("OPS-6 a request made before the state changed is stale", () => {
    const s = given({ state: "ON_SCENE" });
    s.accepted(act("jiangan.duty", "pause", reason));
    expect(s.refused({ ...act("jiangan.director", "abort", reason), rev: 1 }).code).toBe("STALE");
  });

  it("OPS-7 resuming returns to the furthest state reached meanwhile", () => {
    const s = given({ state: "EN_ROUTE" });
    s.accepted(act("jiangan.duty", "pause", reason));
    s.accepted(act("jiangan.judge", "arrive"));
    expect(s.the("operation", "op1")).toMatchObject({ state: "PAUSED", pausedFrom: "ON_SCENE" });
    s.accepted(act("jiangan.judge", "resume"));
    expect(s.the("operation", "op1").state).toBe("ON_SCENE");
    expect(s.the("operation", "op1").pausedFrom).toBeUndefined();
  });

  it("OPS-12 not closed over an open incident of level LARGER", () => {
    const incident = SAMPLES.incident;
    if (!incident) throw new Error("no sample");
    const s = new Story([...province(), operation({ state: "EXECUTING" }), incident]);
    expect(s.refused(act("jiangan.director", "close"))).toEqual({
      code: "INCIDENT_OPEN",
      ruleId: "OPS-12",
      params: { count: 1 },
    });
    s.accepted({
      by: "jiangan.duty",
      kind: "incident.resolve",
      ref: { type: "incident", id: "inc1" },
    });
    s.accepted(act("jiangan.director", "close"));
  });

  it("OPS-13 not closed while somebody is in its hands", () => {
    const detention = SAMPLES.detention;
    if (detention?.type !== "detention") throw new Error("no sample");
    const closing = (state: "HANDOVER_PENDING" | "IN_CUSTODY") =>
      new Story([...province(), operation({ state: "EXECUTING" }), { ...detention, state }]).when(
        act("jiangan.director", "close"),
      ).ok;
    expect(closing("HANDOVER_PENDING")).toBe(false);
    expect(closing("IN_CUSTODY")).toBe(true);
  });

  it("OPS-14 its officers keep their duty when it ends", () => {
    const s = given({ state: "EXECUTING" });
    const events = s.accepted(act("jiangan.director", "close"));
    expect(events.map((event) => event.ref.type)).toEqual(["operation"]);
    expect(s.the("officer", "jiangan.police").duty).toBe("ON_DUTY");
  });

  it("OPS-15 the system never moves an operation", () => {
    const s = given({ state: "ON_SCENE" });
    for (const verb of ["depart", "arrive", "start", "resume", "close", "abort"]) {
      expect(s.refused(act("system", verb, reason)).code).toBe("NOT_FOR_SYSTEM");
    }
  });
});

describe("a pause ordered from above", () => {
  it("OPS-8 stands at once and pauses when the own commander confirms", () => {
    const s = given({ state: "EXECUTING" });
    pauseFromAbove(s);
    expect(s.the("operation", "op1")).toMatchObject({
      state: "EXECUTING",
      pauseOrder: { byCourtId: "wuhan", byOfficerId: "wuhan.duty", orderId: "ord1", at: s.now },
    });
    s.accepted(act("jiangan.judge", "confirmPause"));
    expect(s.the("operation", "op1")).toMatchObject({
      state: "PAUSED",
      pausedFrom: "EXECUTING",
      pauseOrder: { confirmed: { at: s.now, by: "jiangan.judge" } },
    });
  });

  it("OPS-9 refuses every request that moves forward and names who ordered it", () => {
    const stopped = {
      code: "PAUSE_ORDERED",
      ruleId: "OPS-9",
      params: { courtId: "wuhan", court: "wuhan" },
    };
    const executing = given({ state: "EXECUTING" });
    pauseFromAbove(executing);
    expect(executing.refused(act("jiangan.director", "close"))).toEqual(stopped);
    executing.accepted(act("jiangan.judge", "confirmPause"));
    expect(executing.refused(act("jiangan.director", "resume"))).toEqual(stopped);
    const onScene = given({ state: "ON_SCENE" });
    pauseFromAbove(onScene);
    expect(onScene.refused(act("jiangan.judge", "start"))).toEqual(stopped);
    expect(onScene.dto("operation", "op1", "own.field").acts?.["operation.start"]).toEqual(stopped);
  });

  it("OPS-51 departure and arrival told again are nothing: the first time stays and the record does not grow", () => {
    const s = given({ state: "APPROVED" });
    s.accepted(act("jiangan.judge", "depart"));
    s.accepted(act("jiangan.judge", "arrive"));
    const before = s.the("operation", "op1");
    for (let i = 0; i < 20; i++) {
      s.pass(1_000);
      for (const verb of ["depart", "arrive"]) {
        expect(s.accepted(act("jiangan.judge", verb))).toEqual([]);
      }
    }
    expect(s.the("operation", "op1")).toEqual(before);
    const earlier = before.milestones.EN_ROUTE ?? 0;
    s.accepted({
      ...act("jiangan.judge", "depart"),
      occurred: { earliest: earlier - 60_000, latest: earlier - 60_000 },
    });
    expect(s.the("operation", "op1").milestones.EN_ROUTE).toBe(earlier - 60_000);
  });

  it("OPS-51 given an ended operation, when it is reported late many times, then conflicts are bounded", () => {
    const s = given({ state: "EXECUTING" });
    s.accepted(act("jiangan.director", "abort", reason));
    s.pass(3_600_000);
    const at = s.now;
    for (let i = 0; i < 30; i++) {
      s.accepted({
        ...act("jiangan.judge", "depart"),
        occurred: { earliest: at - i, latest: at - i },
      });
    }
    expect(s.the("operation", "op1").conflicts.length).toBeLessThanOrEqual(8);
  });

  it("OPS-10 is confirmed once", () => {
    const s = given({ state: "EXECUTING" });
    expect(s.refused(act("jiangan.judge", "confirmPause")).code).toBe("NO_PAUSE_TO_CONFIRM");
    pauseFromAbove(s);
    s.accepted(act("jiangan.judge", "confirmPause"));
    expect(s.refused(act("jiangan.judge", "confirmPause")).code).toBe("NO_PAUSE_TO_CONFIRM");
  });

  it("OPS-16 touches officers and everything linked to the operation", () => {
    const s = new Story([...province(), ...Object.values(SAMPLES)]);
    const before = s.the("operation", "op1");
    const { pauseOrder: _lifted, ...after } = before;
    const touched = moduleOf("operation").dependents(before as never, after as never, s.state);
    expect(touched.map(({ type, id }) => `${type}:${id}`)).toEqual([
      "officer:jiangan.director",
      "officer:jiangan.chief",
      "officer:jiangan.judge",
      "officer:jiangan.police",
      "detention:det1",
      "incident:inc1",
      "police:pol1",
      "order:ord1",
    ]);
    const same = { ...before, conflicts: [] };
    expect(moduleOf("operation").dependents(before as never, same as never, s.state)).toEqual([]);
  });
});

describe("on a wall", () => {
  it("OPS-17 an operation's address is never on a wall, own or host: the point alone", () => {
    const s = given({ hostCourtId: "hanyang" });
    for (const audience of ["own.wall", "parent.wall", "high.wall", "host.wall"] as const) {
      const { place } = s.dto("operation", "op1", audience);
      expect(Object.keys(place as object)).toEqual(["lat", "lng"]);
    }
    expect(s.dto("operation", "op1", "own.console").place).toHaveProperty("address");
  });
});
