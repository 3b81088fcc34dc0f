import { describe, expect, it } from "vitest";
import { PastWorld } from "../../server/app/past-world.ts";
import { Overlay, World } from "../../server/app/world.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES } from "../../shared/domain/modules.ts";
import { FiguresKept } from "../../shared/domain/observer/figures.ts";
import { observerFrame } from "../../shared/domain/observer/frame.ts";
import { isOpen } from "../../shared/domain/observer/state.ts";
import { SAMPLES } from "../oracle/samples.ts";
import { deepScan, leaks } from "../support/domain/deep-scan.ts";
import { officer, operation, province } from "../support/domain/province.ts";
import { MONDAY_9_00, Story } from "../support/domain/story.ts";

const DAY = 86_400_000;
const SEAT = { type: "observer", id: "obs1" } as const;
const PAPER = { type: "opinion", id: "opn1" } as const;
const visitor = { id: "v", hash: "h" };

/** The figures of a state that was never watched while it grew. */
const counted = (state: StateReader, at: number) => {
  const kept = new FiguresKept();
  for (const type of ENTITY_TYPES)
    for (const record of state.all(type)) kept.changed(undefined, record);
  return (courtId: string) => kept.figures(courtId, state, at);
};

const story = () =>
  new Story([
    ...province(),
    officer("wuhan.president", "wuhan", "PRESIDENT"),
    operation({ place: { lat: 30.61234, lng: 114.30678, address: "沿江大道56号" } }),
    operation({
      id: "op2",
      code: "FC-1",
      courtId: "fancheng",
      tierPath: ["high", "xiangyang", "fancheng"],
    }),
  ]);

const opened = (more: object = {}, by = "wuhan.director") => {
  const told = story();
  told.accepted({
    by,
    kind: "observer.open",
    ref: SEAT,
    payload: {
      body: "CONGRESS",
      organisation: "市人大",
      visitor,
      endsAt: MONDAY_9_00 + DAY,
      ...more,
    },
  });
  return told;
};
const open = (more: object, by = "wuhan.director") => ({
  by,
  kind: "observer.open",
  ref: SEAT,
  payload: {
    body: "CONGRESS",
    organisation: "市人大",
    visitor,
    endsAt: MONDAY_9_00 + DAY,
    ...more,
  },
});
const onOperation = (verb: string, operationId: string, by = "wuhan.director") => ({
  by,
  kind: `observer.${verb}`,
  ref: SEAT,
  payload: { operationId },
});

describe("an observer's seat", () => {
  it("OBS-2 is opened by who commands in the court, for at most 30 days, and ends by time", () => {
    expect(story().refused(open({}, "wuhan.duty")).code).toBe("ROLE_REQUIRED");
    expect(story().refused(open({ endsAt: MONDAY_9_00 })).code).toBe("DUE_IN_THE_PAST");
    expect(story().refused(open({ endsAt: MONDAY_9_00 + 31 * DAY })).code).toBe("SEAT_TOO_LONG");
    const told = opened();
    expect(isOpen(told.the("observer", "obs1"), told.now)).toBe(true);
    told.passRaising(DAY);
    expect(told.the("observer", "obs1")).toMatchObject({ state: "ENDED", ended: { by: "system" } });
    expect(told.refused(onOperation("release", "op1")).code).toBe("SEAT_ENDED");
  });

  it("OBS-2 may be taken back before its time", () => {
    const told = opened();
    told.accepted({ by: "wuhan.director", kind: "observer.end", ref: SEAT });
    expect(isOpen(told.the("observer", "obs1"), told.now)).toBe(false);
  });

  it("OBS-3 who is invited as a guest sees one operation and no court", () => {
    expect(story().refused(open({ body: "INVITED" })).code).toBe("ONE_OPERATION_ONLY");
    const told = opened({ body: "INVITED", operationId: "op1" });
    expect(told.refused(onOperation("release", "op2")).code).toBe("ONE_OPERATION_ONLY");
    expect(told.the("observer", "obs1")).toMatchObject({ scope: "OPERATION", released: ["op1"] });
  });

  it("OBS-4 only operations of the own line that are not over are released", () => {
    expect(opened().refused(onOperation("release", "op2")).code).toBe("NOT_OF_THIS_COURT");
    const told = opened();
    told.accepted(onOperation("release", "op1"));
    expect(told.refused(onOperation("release", "op1")).code).toBe("ALREADY_EXISTS");
    told.accepted(onOperation("withhold", "op1"));
    expect(told.refused(onOperation("withhold", "op1")).code).toBe("NOT_RELEASED");
  });

  it("OBS-5 no record of any kind is ever addressed to an observer", () => {
    const told = new Story([...province(), ...Object.values(SAMPLES)]);
    for (const sample of Object.values(SAMPLES)) {
      const views = Object.keys(told.views(sample.type, sample.id));
      expect(views.filter((view) => view.startsWith("observer"))).toEqual([]);
    }
  });
});

describe("what an observer is shown", () => {
  const whole = () => {
    const told = new Story([...province(), ...Object.values(SAMPLES)]);
    const seat = { ...told.the("observer", "obs1"), state: "OPEN" as const };
    return {
      told,
      seat,
      frame: observerFrame(seat, told.state, told.state, counted(told.state, told.now)),
    };
  };

  it("OBS-5 has these fields and no other", () => {
    const { frame } = whole();
    expect(Object.keys(frame).sort()).toEqual(
      "body courtId courtName delayMs endsAt figures operations organisation scope".split(" "),
    );
    expect(Object.keys(frame.operations[0] ?? {}).sort()).toEqual(
      "code courtName id kind lat lng state steps".split(" "),
    );
    expect(Object.keys(frame.figures ?? {}).sort()).toEqual(
      "courts deployed held incidentsEnded onDuty operations policeOpen policeUnanswered".split(
        " ",
      ),
    );
  });

  it("OBS-5 names no person, no case, no address and no text", () => {
    const { frame } = whole();
    const texts = ["王", "张", "jiangan.judge", "jiangan.director", "执1号", "road", "s1"];
    expect(leaks(frame, { texts, keys: ["visitor", "caseNo", "name", "address", "text"] })).toEqual(
      [],
    );
    const refs = deepScan(
      frame,
      (_key, value) => typeof value === "object" && value !== null && "hash" in value,
    );
    expect(refs).toEqual([]);
  });

  it("OBS-5 tells places to about a kilometre", () => {
    const told = opened({ operationId: "op1" });
    const frame = observerFrame(
      told.the("observer", "obs1"),
      told.state,
      told.state,
      counted(told.state, told.now),
    );
    expect(frame.operations[0]).toMatchObject({ lat: 30.61, lng: 114.31 });
    expect(frame.figures).toBeUndefined();
  });

  it("OBS-4 what is taken back is gone at once, what is released comes when the past knows it", () => {
    const then = opened();
    const now = opened();
    now.accepted(onOperation("release", "op1"));
    const seat = now.the("observer", "obs1");
    const shown = (past: Story, present: Story) =>
      observerFrame(
        present.the("observer", "obs1"),
        past.state,
        present.state,
        counted(past.state, now.now),
      ).operations;
    expect(shown(then, now)).toEqual([]);
    expect(shown(now, now)).toHaveLength(1);
    const takenBack = { ...seat, released: [] };
    const frame = observerFrame(takenBack, now.state, then.state, counted(now.state, 0));
    expect(frame.operations).toEqual([]);
  });
});

describe("the world of 30 s ago", () => {
  const commit = (seq: number, at: number, id: string) => {
    const overlay = new Overlay(new World());
    overlay.put(operation({ id }));
    return { tail: { seq, hash: String(seq).padStart(64, "0"), at }, overlay, events: [] };
  };

  it("OBS-1 lets a commit in 30 s after its time and never earlier", () => {
    let now = 1_000_000;
    const past = new PastWorld(() => now);
    past.live();
    past.take(commit(1, now, "a"));
    now += 29_999;
    past.advance(now);
    expect(past.world.get("operation", "a")).toBeUndefined();
    expect(past.at.seq).toBe(-1);
    now += 1;
    past.advance(now);
    expect(past.world.get("operation", "a")).toBeDefined();
    expect(past.at.seq).toBe(1);
  });

  it("OBS-1 counts from when it came in, where another server's clock is behind", () => {
    const past = new PastWorld(() => 1_000_000);
    past.live();
    past.take(commit(1, 970_000, "a"));
    past.advance(1_029_999);
    expect(past.world.get("operation", "a")).toBeUndefined();
  });

  it("OBS-1 holds back the last half minute of a history that is read again", () => {
    const past = new PastWorld(() => 0);
    past.take(commit(1, 100_000, "a"));
    past.take(commit(2, 160_000, "b"));
    past.live();
    expect(past.world.get("operation", "a")).toBeDefined();
    expect(past.world.get("operation", "b")).toBeUndefined();
  });
});

describe("a written opinion", () => {
  const register = (more: object = {}, by = "jiangan.duty") => ({
    by,
    kind: "opinion.register",
    ref: PAPER,
    payload: {
      body: "PROCURATORATE",
      organisation: "检察院",
      docNo: "检建1号",
      text: visitor,
      ...more,
    },
  });

  it("OPN-1 is registered by a centre, for a visit to its own court if for any", () => {
    expect(story().refused(register({}, "jiangan.judge")).code).toBe("ROLE_REQUIRED");
    expect(story().refused(register({ observerId: "nobody" })).code).toBe("NOT_A_VISIT_HERE");
    expect(opened().refused(register({ observerId: "obs1" })).code).toBe("NOT_A_VISIT_HERE");
    expect(opened().accepted(register({ observerId: "obs1" }, "wuhan.duty"))).toHaveLength(1);
  });

  it("OPN-2 is to be replied to within 30 days of its receipt, warned of 5 days before", () => {
    expect(story().refused(register({ receivedAt: MONDAY_9_00 + 1 })).code).toBe(
      "RECEIVED_IN_THE_FUTURE",
    );
    const told = story();
    told.accepted(register({ receivedAt: MONDAY_9_00 - DAY }));
    expect(told.deadlines()[0]?.at).toBe(MONDAY_9_00 + 24 * DAY);
    told.passRaising(24 * DAY);
    expect(told.the("opinion", "opn1").clocks.reply?.level).toBe(1);
    told.passRaising(5 * DAY);
    expect(told.the("opinion", "opn1").clocks.reply?.level).toBe(2);
  });

  it("OPN-3 is replied to once, by director or president, and that ends its clock", () => {
    const told = story();
    told.accepted(register());
    const reply = { kind: "opinion.reply", ref: PAPER, payload: { replyNo: "复1", text: visitor } };
    expect(told.refused({ ...reply, by: "jiangan.duty" }).code).toBe("ROLE_REQUIRED");
    told.accepted({ ...reply, by: "jiangan.director" });
    expect(told.refused({ ...reply, by: "jiangan.president" }).code).toBe("OPINION_REPLIED");
    expect(told.deadlines()).toEqual([]);
    expect(told.views("opinion", "opn1")).toEqual({
      "console:jiangan": "own.console",
      "console:wuhan": "parent.console",
      "console:high": "high.console",
    });
  });
});
