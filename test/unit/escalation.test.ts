import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holderOf } from "../../shared/domain/hold/holder.ts";
import { nearestReady } from "../../shared/domain/incident/nearest-ready.ts";
import type { Refusal } from "../../shared/domain/kernel/refusal.ts";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { distanceM } from "../../shared/geo/distance.ts";
import { court, officer, operation, province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";
import { type TestKernel, testKernel } from "../support/kernel/test-kernel.ts";

const SECOND = 1_000;
const MINUTE = 60_000;
const reason = { id: "why", hash: "h" };

const people = () => [
  officer("hanyang.director", "hanyang", "DIRECTOR"),
  officer("hanyang.police", "hanyang", "JUDICIAL_POLICE"),
  officer("xiangyang.director", "xiangyang", "DIRECTOR"),
  officer("fancheng.duty", "fancheng", "DUTY_OFFICER"),
  officer("fancheng.police", "fancheng", "JUDICIAL_POLICE"),
];

/** An open SOS `i1` of 江岸 with its police request, or a planned request `p3`. */
function story(): Story {
  const s = new Story([...province(), ...people()]);
  s.accepted({ by: "jiangan.police", kind: "incident.sos", ref: INCIDENT, id: "tap" });
  return s;
}

const INCIDENT = { type: "incident", id: "i1" } as const;
const POLICE = { type: "police", id: "tap:police" } as const;
type Matter = typeof INCIDENT | typeof POLICE;
const MATTERS: readonly Matter[] = [INCIDENT, POLICE];

const act = (ref: Matter, by: string, verb: string, payload = {}): When => ({
  by,
  kind: `${ref.type}.${verb}`,
  ref,
  payload,
});

const holder = (s: Story, ref: Matter) => holderOf(s.the(ref.type, ref.id), s.state);
const desk = (s: Story, ref: Matter) => {
  const { courtId, officerId } = holder(s, ref);
  return officerId ? `${courtId}/${officerId}` : courtId;
};
const designate = (ref: Matter, by: string, courtId: string) =>
  act(ref, by, "designate", { courtId, reason });
const handBack = (ref: Matter, by: string, toCourtId?: string) =>
  act(ref, by, "handBack", { reason, ...(toCourtId ? { toCourtId } : {}) });
const code = (refusal: Refusal) => refusal.code;

describe.each(MATTERS)("who holds a $type", (ref) => {
  it("HOLD-1 the own desk before any clock has run", () => {
    expect(desk(story(), ref)).toBe("jiangan");
  });

  it("HOLD-2 clocks carry it up the line, through to the High Court", () => {
    const s = story();
    const seen = new Set<string>();
    for (let t = 0; t < 200; t += 1) {
      s.passRaising(SECOND);
      seen.add(desk(s, ref));
    }
    expect([...seen]).toEqual(["jiangan", "wuhan", "high"]);
  });

  it("HOLD-18 every move by hand stays on record", () => {
    const s = story();
    s.accepted(act(ref, "wuhan.duty", "take"));
    s.pass(SECOND).accepted(designate(ref, "wuhan.director", "hanyang"));
    s.pass(SECOND).accepted(act(ref, "hanyang.duty", "sign"));
    s.pass(SECOND).accepted(handBack(ref, "hanyang.duty"));
    const { holdLog } = s.dto(ref.type, ref.id, "own.console") as {
      holdLog?: readonly { how: string; courtId: string; name?: string; at: number }[];
    };
    expect(holdLog?.map(({ how, courtId, name }) => [how, courtId, name])).toEqual([
      ["TAKEN_UP", "wuhan", "wuhan.duty"],
      ["DESIGNATED", "hanyang", "wuhan.director"],
      ["SIGNED", "hanyang", "hanyang.duty"],
      ["HANDED_BACK", "wuhan", "hanyang.duty"],
    ]);
    expect(new Set(holdLog?.map(({ at }) => at)).size).toBe(4);
  });

  it("HOLD-4 a court above takes it up, and only one above that takes it from there", () => {
    const s = story();
    s.accepted(act(ref, "wuhan.duty", "take"));
    expect(desk(s, ref)).toBe("wuhan/wuhan.duty");
    expect(code(s.refused(act(ref, "wuhan.director", "take")))).toBe("TAKEN_BY_HIGHER");
    s.accepted(act(ref, "high.duty", "take"));
    expect(desk(s, ref)).toBe("high/high.duty");
    expect(code(s.refused(act(ref, "wuhan.duty", "take")))).toBe("TAKEN_BY_HIGHER");
    s.passRaising(10 * MINUTE);
    expect(desk(s, ref)).toBe("high/high.duty");
  });

  it("HOLD-4 a court of the line below takes what only a clock has carried past it", () => {
    const s = story();
    s.passRaising(4 * MINUTE);
    expect(desk(s, ref)).toBe("high");
    s.accepted(act(ref, "wuhan.duty", "take"));
    expect(desk(s, ref)).toBe("wuhan/wuhan.duty");
  });

  it("HOLD-4 a designation from above stands against a court between", () => {
    const s = story();
    s.accepted(designate(ref, "high.director", "hanyang"));
    s.accepted(act(ref, "hanyang.duty", "sign"));
    expect(code(s.refused(act(ref, "wuhan.duty", "take")))).toBe("TAKEN_BY_HIGHER");
    expect(code(s.refused(designate(ref, "wuhan.director", "jiangan")))).toBe("TAKEN_BY_HIGHER");
    s.accepted(act(ref, "high.duty", "take"));
  });

  it("HOLD-5 only a court below the one that designates, and not the holder", () => {
    const s = story();
    const wuhan = (courtId: string) => code(s.refused(designate(ref, "wuhan.director", courtId)));
    expect(wuhan("fancheng")).toBe("DESIGNATE_BELOW");
    expect(wuhan("high")).toBe("DESIGNATE_BELOW");
    expect(wuhan("wuhan")).toBe("DESIGNATE_BELOW");
    expect(wuhan("jiangan")).toBe("ALREADY_HOLDS");
    expect(wuhan("nowhere")).toBe("NO_SUCH_COURT");
    expect(code(s.refused(designate(ref, "jiangan.director", "hanyang")))).toBe("DESIGNATE_BELOW");
    s.accepted(designate(ref, "wuhan.director", "hanyang"));
    expect(holder(s, ref)).toMatchObject({ courtId: "hanyang" });
    expect(s.the(ref.type, ref.id)).toMatchObject({
      held: { how: "DESIGNATED", byCourtId: "wuhan", byOfficerId: "wuhan.director" },
      holdReason: reason,
    });
  });

  it("HOLD-6 unsigned it goes to the desk of the court above, then to the High Court", () => {
    const s = story();
    s.accepted(designate(ref, "wuhan.director", "hanyang"));
    s.passRaising(59 * SECOND);
    expect(desk(s, ref)).toBe("hanyang");
    s.passRaising(SECOND);
    expect(desk(s, ref)).toBe("wuhan");
    s.passRaising(2 * MINUTE);
    expect(desk(s, ref)).toBe("high");
    expect(code(s.refused(act(ref, "jiangan.duty", "sign")))).toBe("WRONG_COURT");
    s.accepted(act(ref, "hanyang.duty", "sign"));
    expect(desk(s, ref)).toBe("hanyang/hanyang.duty");
    expect(code(s.refused(act(ref, "hanyang.duty", "sign")))).toBe("NOTHING_TO_SIGN");
    s.passRaising(10 * MINUTE);
    expect(desk(s, ref)).toBe("hanyang/hanyang.duty");
  });

  it("HOLD-7 down again by a hand-back with its reason, and only by the holder", () => {
    const s = story();
    s.accepted(act(ref, "high.duty", "take"));
    expect(code(s.refused(handBack(ref, "wuhan.duty")))).toBe("WRONG_COURT");
    expect(code(s.refused(handBack(ref, "high.duty", "fancheng")))).toBe("NO_WAY_BACK");
    expect(code(s.refused(handBack(ref, "high.duty", "high")))).toBe("NO_WAY_BACK");
    s.accepted(handBack(ref, "high.duty", "wuhan"));
    expect(desk(s, ref)).toBe("wuhan");
    s.accepted(act(ref, "wuhan.duty", "sign"));
    s.accepted(handBack(ref, "wuhan.duty"));
    s.accepted(act(ref, "jiangan.duty", "sign"));
    expect(desk(s, ref)).toBe("jiangan/jiangan.duty");
    expect(s.the(ref.type, ref.id).held).toMatchObject({ how: "HANDED_BACK", byCourtId: "wuhan" });
  });

  it("HOLD-7 a designated court gives it back to the court that designated it", () => {
    const s = story();
    s.accepted(designate(ref, "wuhan.director", "hanyang"));
    s.accepted(act(ref, "hanyang.duty", "sign"));
    expect(code(s.refused(handBack(ref, "hanyang.duty", "jiangan")))).toBe("NO_WAY_BACK");
    s.accepted(handBack(ref, "hanyang.duty"));
    expect(desk(s, ref)).toBe("wuhan");
    expect(code(s.refused(handBack(ref, "hanyang.duty")))).toBe("WRONG_COURT");
    s.passRaising(MINUTE);
    expect(desk(s, ref)).toBe("high");
  });

  it("HOLD-8 nobody decides aside or upward", () => {
    const s = story();
    for (const by of ["hanyang.director", "xiangyang.director", "fancheng.duty"]) {
      for (const verb of ["take", "designate", "setDeadline", "handBack", "sign"]) {
        const payload = { courtId: "hanyang", reason, dueAt: s.now + MINUTE };
        expect(code(s.refused(act(ref, by, verb, payload)))).toBe("WRONG_COURT");
      }
    }
    expect(code(s.refused(act(ref, "jiangan.duty", "take")))).toBe("WRONG_COURT");
  });

  it("HOLD-9 a deadline from above, and its desk when it is over", () => {
    const s = story();
    const set = (by: string, dueAt: number) => act(ref, by, "setDeadline", { dueAt });
    s.accepted(act(ref, "wuhan.duty", "take"));
    s.accepted(handBack(ref, "wuhan.duty"));
    s.accepted(act(ref, "jiangan.duty", "sign"));
    expect(code(s.refused(set("wuhan.director", s.now)))).toBe("DEADLINE_PAST");
    expect(code(s.refused(set("jiangan.director", s.now + MINUTE)))).toBe("DEADLINE_FROM_ABOVE");
    expect(code(s.refused(set("wuhan.duty", s.now + MINUTE)))).toBe("ROLE_REQUIRED");
    s.accepted(set("high.director", s.now + 5 * MINUTE));
    expect(code(s.refused(set("wuhan.director", s.now + MINUTE)))).toBe("TAKEN_BY_HIGHER");
    s.passRaising(5 * MINUTE - 1);
    expect(desk(s, ref)).toBe("jiangan/jiangan.duty");
    s.passRaising(1);
    expect(desk(s, ref)).toBe("high");
    s.accepted(designate(ref, "high.director", "wuhan"));
    expect(desk(s, ref)).toBe("wuhan");
    expect(s.the(ref.type, ref.id).clocks.deadline?.endedAt).toBe(s.now);
  });

  it("HOLD-9 an overdue deadline is answered by a hand, not by another deadline", () => {
    const s = story();
    s.accepted(act(ref, "wuhan.duty", "take"));
    s.accepted(handBack(ref, "wuhan.duty"));
    s.accepted(act(ref, "jiangan.duty", "sign"));
    s.accepted(act(ref, "wuhan.director", "setDeadline", { dueAt: s.now + MINUTE }));
    s.passRaising(MINUTE);
    const again = act(ref, "high.director", "setDeadline", { dueAt: s.now + MINUTE });
    expect(code(s.refused(again))).toBe("DEADLINE_OVER");
    expect(desk(s, ref)).toBe("wuhan");
    s.accepted(handBack(ref, "wuhan.duty"));
    s.accepted(again);
  });

  it("HOLD-10 what has ended takes no such command, and its clocks stop", () => {
    const s = story();
    s.accepted(act(ref, "high.director", "setDeadline", { dueAt: s.now + MINUTE }));
    s.accepted(designate(ref, "high.director", "hanyang"));
    s.accepted(act(ref, "high.director", "setDeadline", { dueAt: s.now + MINUTE }));
    const end = ref.type === "incident" ? "falseAlarm" : "cancel";
    s.accepted(act(ref, "jiangan.duty", end, { reason }));
    const ended = ref.type === "incident" ? "INCIDENT_ENDED" : "POLICE_REQUEST_ENDED";
    expect(code(s.refused(act(ref, "high.duty", "take")))).toBe(ended);
    expect(code(s.refused(designate(ref, "high.director", "wuhan")))).toBe(ended);
    expect(code(s.refused(act(ref, "hanyang.duty", "sign")))).toBe(ended);
    expect(s.deadlines().filter((d) => d.ref.id === ref.id)).toEqual([]);
  });

  it("HOLD-11 the designated court sees it as a host, and may act on it", () => {
    const s = story();
    expect(s.views(ref.type, ref.id)["console:hanyang"]).toBeUndefined();
    s.accepted(designate(ref, "wuhan.director", "hanyang"));
    expect(s.views(ref.type, ref.id)["console:hanyang"]).toBe("host.console");
    expect(Object.keys(s.dto(ref.type, ref.id, "host.console").acts ?? {})).toContain(
      `${ref.type}.sign`,
    );
    expect(JSON.stringify(s.dto(ref.type, ref.id, "host.console"))).not.toContain('"hash"');
    expect(JSON.stringify(s.dto(ref.type, ref.id, "own.wall"))).not.toContain('"hash"');
  });

  it("HOLD-6 a request made before it moved is stale", () => {
    const s = story();
    const { rev } = s.the(ref.type, ref.id);
    s.accepted(act(ref, "wuhan.duty", "take"));
    expect(code(s.refused({ ...act(ref, "high.duty", "take"), rev }))).toBe("STALE");
  });
});

describe("answers", () => {
  it("HOLD-3 an acknowledgement brings down what only a clock carried up", () => {
    const s = story();
    s.passRaising(MINUTE);
    expect(desk(s, INCIDENT)).toBe("high");
    s.accepted(act(INCIDENT, "jiangan.duty", "acknowledge"));
    expect(desk(s, INCIDENT)).toBe("jiangan/jiangan.duty");
  });

  it("HOLD-3 nothing of the own court brings down what a hand took up", () => {
    const s = story();
    s.accepted(act(INCIDENT, "wuhan.duty", "take"));
    for (const verb of ["acknowledge", "confirm", "respond", "control"]) {
      s.accepted(act(INCIDENT, "jiangan.duty", verb));
      expect(desk(s, INCIDENT)).toBe("wuhan/wuhan.duty");
    }
    s.accepted(act(POLICE, "wuhan.duty", "take"));
    s.accepted(act(POLICE, "jiangan.duty", "answer", { state: "ACKED", saidBy: "李" }));
    expect(desk(s, POLICE)).toBe("wuhan/wuhan.duty");
  });

  it("HOLD-6 acknowledging an incident signs its hand-over", () => {
    const s = story();
    s.accepted(designate(INCIDENT, "wuhan.director", "hanyang"));
    s.accepted(act(INCIDENT, "jiangan.duty", "acknowledge"));
    expect(desk(s, INCIDENT)).toBe("hanyang");
    s.accepted(act(INCIDENT, "hanyang.duty", "acknowledge"));
    expect(desk(s, INCIDENT)).toBe("hanyang/hanyang.duty");
  });

  it("HOLD-6 a planned request to the police waits a quarter of an hour", () => {
    const s = story();
    const P3 = { type: "police", id: "p3" } as const;
    const content = { kind: "SCENE_SUPPORT", urgency: "P3" };
    s.accepted({ by: "jiangan.judge", kind: "police.send", ref: P3, payload: content });
    const the = () => holderOf(s.the("police", "p3"), s.state).courtId;
    const payload = { courtId: "hanyang", reason };
    s.accepted({ by: "wuhan.director", kind: "police.designate", ref: P3, payload });
    s.passRaising(15 * MINUTE - 1);
    expect(the()).toBe("hanyang");
    s.passRaising(1);
    expect(the()).toBe("wuhan");
  });

  it("HOLD-11 a court that took it up sees a small incident from then on", () => {
    const s = new Story([...province(), ...people()]);
    const report = { kind: "TRAFFIC", level: "GENERAL" };
    s.accepted({ by: "jiangan.judge", kind: "incident.report", ref: INCIDENT, payload: report });
    expect(s.views("incident", "i1")["console:wuhan"]).toBeUndefined();
    s.accepted(act(INCIDENT, "high.duty", "take"));
    expect(s.views("incident", "i1")).toMatchObject({ "console:high": "high.console" });
    s.accepted(handBack(INCIDENT, "high.duty"));
    expect(s.views("incident", "i1")["console:high"]).toBe("high.console");
  });

  it("HOLD-7 a host court that acknowledged gives it back to the record's court", () => {
    const s = new Story([...province(), ...people(), operation({ hostCourtId: "hanyang" })]);
    s.accepted({ by: "jiangan.police", kind: "incident.sos", ref: INCIDENT });
    s.accepted(act(INCIDENT, "hanyang.duty", "acknowledge"));
    s.accepted(handBack(INCIDENT, "hanyang.duty"));
    expect(desk(s, INCIDENT)).toBe("jiangan");
    s.passRaising(MINUTE);
    expect(desk(s, INCIDENT)).toBe("wuhan");
  });
});

describe("roads by which a holder would get rid of it", () => {
  it("HOLD-7 given a host court that acknowledged, when it hands back upward, then there is no such way", () => {
    const s = new Story([...province(), ...people(), operation({ hostCourtId: "hanyang" })]);
    s.accepted({ by: "jiangan.police", kind: "incident.sos", ref: INCIDENT });
    s.accepted(act(INCIDENT, "hanyang.duty", "acknowledge"));
    for (const court of ["high", "wuhan"]) {
      expect(code(s.refused(handBack(INCIDENT, "hanyang.duty", court)))).toBe("NO_WAY_BACK");
    }
    s.accepted(handBack(INCIDENT, "hanyang.duty", "jiangan"));
    expect(desk(s, INCIDENT)).toBe("jiangan");
  });

  it("HOLD-9 given a deadline of the High Court, when the holder passes it down, then the deadline runs on", () => {
    const s = story();
    s.accepted(act(POLICE, "wuhan.duty", "take"));
    s.accepted(act(POLICE, "high.director", "setDeadline", { dueAt: s.now + 5 * MINUTE }));
    s.accepted(designate(POLICE, "wuhan.director", "hanyang"));
    s.accepted(act(POLICE, "hanyang.duty", "sign"));
    expect(s.the("police", POLICE.id).clocks.deadline?.endedAt).toBeUndefined();
    s.passRaising(2 * MINUTE);
    s.accepted(handBack(POLICE, "hanyang.duty"));
    s.accepted(act(POLICE, "wuhan.duty", "sign"));
    s.passRaising(3 * MINUTE);
    expect(desk(s, POLICE)).toBe("high");
  });

  it("HOLD-9 given a deadline, when it is handed back to the court that set it, then it is over", () => {
    const s = story();
    s.accepted(designate(POLICE, "wuhan.director", "hanyang"));
    s.accepted(act(POLICE, "hanyang.duty", "sign"));
    s.accepted(act(POLICE, "wuhan.director", "setDeadline", { dueAt: s.now + 5 * MINUTE }));
    s.accepted(handBack(POLICE, "hanyang.duty"));
    expect(s.the("police", POLICE.id).clocks.deadline?.endedAt).toBe(s.now);
  });
});

describe("help by the nearest court", () => {
  const assist = (by: string, courtId: string, officerIds?: string[]) =>
    act(INCIDENT, by, "assist", { courtId, ...(officerIds ? { officerIds } : {}) });
  const help = (s: Story) => s.the("incident", "i1").assist;

  it("HOLD-12 named by the holder or a court above, who has taken it thereby", () => {
    const s = story();
    s.accepted(assist("wuhan.duty", "hanyang", ["hanyang.police"]));
    expect(help(s)).toMatchObject({
      courtId: "hanyang",
      officerIds: ["hanyang.police"],
      asked: "ORDERED",
      state: "NAMED",
      byCourtId: "wuhan",
    });
    expect(desk(s, INCIDENT)).toBe("wuhan/wuhan.duty");
    expect(s.views("incident", "i1")).toMatchObject({
      "console:hanyang": "host.console",
      "field:hanyang.police": "host.field",
    });
  });

  it("HOLD-12 the own desk asks an equal, even when only a clock has carried it away", () => {
    const s = story();
    s.passRaising(2 * MINUTE);
    s.accepted(assist("jiangan.duty", "hanyang"));
    expect(help(s)?.asked).toBe("REQUESTED");
    expect(desk(s, INCIDENT)).toBe("jiangan/jiangan.duty");
  });

  it("HOLD-12 not the enforcing court, not one above, no strangers, nobody without the matter", () => {
    const s = story();
    expect(code(s.refused(assist("wuhan.duty", "jiangan")))).toBe("ASSIST_BY_OTHERS");
    expect(code(s.refused(assist("jiangan.duty", "wuhan")))).toBe("ASSIST_BY_OTHERS");
    expect(code(s.refused(assist("wuhan.duty", "nowhere")))).toBe("NO_SUCH_COURT");
    expect(code(s.refused(assist("wuhan.duty", "hanyang", ["fancheng.police"])))).toBe(
      "NOT_OF_THAT_COURT",
    );
    s.accepted(act(INCIDENT, "high.duty", "take"));
    expect(code(s.refused(assist("jiangan.duty", "hanyang")))).toBe("NOT_THE_HOLDER");
    expect(code(s.refused(assist("hanyang.duty", "fancheng")))).toBe("WRONG_COURT");
  });

  it("HOLD-12 another one may be named until the first has answered", () => {
    const s = story();
    s.accepted(assist("wuhan.duty", "hanyang"));
    s.accepted(assist("high.duty", "fancheng"));
    expect(s.views("incident", "i1")["console:hanyang"]).toBeUndefined();
    s.accepted(act(INCIDENT, "fancheng.duty", "acknowledge"));
    expect(code(s.refused(assist("high.duty", "hanyang")))).toBe("ASSIST_RUNNING");
  });

  it("HOLD-13 an equal may decline with a reason, a court under orders may not", () => {
    const s = story();
    s.accepted(assist("jiangan.duty", "hanyang"));
    s.accepted(act(INCIDENT, "hanyang.duty", "declineAssist", { reason }));
    expect(help(s)).toMatchObject({ state: "DECLINED", reason });
    expect(s.views("incident", "i1")["console:hanyang"]).toBeUndefined();
    expect(code(s.refused(act(INCIDENT, "hanyang.duty", "declineAssist", { reason })))).toBe(
      "WRONG_COURT",
    );
    s.accepted(assist("wuhan.duty", "hanyang"));
    expect(code(s.refused(act(INCIDENT, "hanyang.duty", "declineAssist", { reason })))).toBe(
      "ASSIST_ORDERED",
    );
  });

  it("HOLD-14 it acts as a host, hands over, and is relieved by the enforcing court", () => {
    const s = story();
    s.accepted(assist("wuhan.duty", "hanyang"));
    expect(code(s.refused(act(INCIDENT, "fancheng.duty", "respond")))).toBe("WRONG_COURT");
    s.accepted(act(INCIDENT, "hanyang.duty", "respond"));
    expect(help(s)).toMatchObject({
      state: "ACKNOWLEDGED",
      acknowledged: { officerId: "hanyang.duty" },
    });
    expect(desk(s, INCIDENT)).toBe("wuhan/wuhan.duty");
    s.accepted(act(INCIDENT, "hanyang.duty", "handOver"));
    expect(help(s)).toMatchObject({ state: "HANDED_OVER", handedOverAt: s.now });
    expect(code(s.refused(act(INCIDENT, "hanyang.duty", "handOver")))).toBe("NO_ASSIST_ASKED");
    s.accepted(act(INCIDENT, "jiangan.police", "takeOver"));
    expect(help(s)).toMatchObject({ state: "TAKEN_OVER", takenOverAt: s.now });
    expect(s.views("incident", "i1")["console:hanyang"]).toBeUndefined();
    expect(code(s.refused(act(INCIDENT, "hanyang.duty", "control")))).toBe("WRONG_COURT");
  });

  it("HOLD-14 a take-over where nobody helped is kept as a conflict", () => {
    const s = story();
    s.accepted(act(INCIDENT, "jiangan.police", "takeOver"));
    expect(s.the("incident", "i1").conflicts).toMatchObject([{ note: "NO_ASSIST" }]);
    expect(help(s)).toBeUndefined();
  });

  it("HOLD-15 unanswered for 60 s it is told to the desk that asked, and the holder stays", () => {
    const s = story();
    s.accepted(assist("high.duty", "hanyang"));
    const before = desk(s, INCIDENT);
    const raised = s.passRaising(MINUTE).filter(({ ref }) => ref.id === "i1");
    expect(raised).toMatchObject([{ data: { clock: "assist", level: 1 } }]);
    expect(desk(s, INCIDENT)).toBe(before);
    expect(
      moduleOf("incident").line(raised[0] as never, s.the("incident", "i1"), "own.console")?.en,
    ).toBe("the helping court has not acknowledged in 60 s: desk that named it");
    s.accepted(act(INCIDENT, "hanyang.duty", "acknowledge"));
    expect(s.the("incident", "i1").clocks.assist?.endedAt).toBe(s.now);
  });
});

describe("the nearest ready court", () => {
  const at = (lat: number) => ({ lat, lng: 114 });
  const PLACE = at(30);
  const seated = (id: string, lat: number) => ({ ...court(id), seat: at(lat) });
  const ready = (id: string, courtId: string, more = {}) => ({
    ...officer(id, courtId, "JUDICIAL_POLICE"),
    ...more,
  });
  const ask = (records: readonly AnyRecord[], more = {}) =>
    nearestReady(new Story(records).state, PLACE, { distanceM, ...more });
  const two = (courtId: string) => [ready(`${courtId}.1`, courtId), ready(`${courtId}.2`, courtId)];

  it("HOLD-16 the nearer court first, with its reasons", () => {
    const ranked = ask([
      seated("jiangan", 30.2),
      seated("hanyang", 30.1),
      ...two("jiangan"),
      ...two("hanyang"),
    ]);
    expect(ranked.map(({ courtId }) => courtId)).toEqual(["hanyang", "jiangan"]);
    expect(ranked[0]).toMatchObject({ from: "SEAT", enough: true });
    expect(ranked[0]?.distanceM).toBeCloseTo(11_119, -2);
    expect(ranked[0]?.reasons.map(({ en }) => en)).toEqual([
      "court 11.1 km away, positions unknown",
      "2 officers ready",
    ]);
  });

  it("HOLD-16 a known position counts before the court's, the nearest officer first", () => {
    const positions = new Map([["jiangan.2", at(30.01)]]);
    const records = [
      seated("jiangan", 30.2),
      seated("hanyang", 30.1),
      ...two("jiangan"),
      ...two("hanyang"),
    ];
    expect(ask(records, { positions })[0]).toMatchObject({
      courtId: "jiangan",
      from: "POSITION",
      officerIds: ["jiangan.2", "jiangan.1"],
    });
    expect(ask(records, { positions, except: ["jiangan"] })[0]?.courtId).toBe("hanyang");
  });

  it("HOLD-16 two officers far away come before one nearby", () => {
    const records = [
      seated("jiangan", 30.5),
      seated("hanyang", 30.1),
      ...two("jiangan"),
      ready("hanyang.1", "hanyang"),
    ];
    expect(ask(records).map(({ courtId, enough }) => [courtId, enough])).toEqual([
      ["jiangan", true],
      ["hanyang", false],
    ]);
  });

  it("HOLD-16 off duty, deployed, disabled, at a desk or under way is not ready; standby is", () => {
    const under = { sceneCommanderId: "jiangan.busy", memberIds: [], chiefCommanderId: "x" };
    const records = [
      seated("jiangan", 30.1),
      ready("jiangan.off", "jiangan", { duty: "OFF_DUTY" }),
      ready("jiangan.out", "jiangan", { duty: "DEPLOYED" }),
      ready("jiangan.gone", "jiangan", { disabled: true }),
      officer("jiangan.desk", "jiangan", "DUTY_OFFICER"),
      ready("jiangan.busy", "jiangan"),
      ready("jiangan.by", "jiangan", { duty: "STANDBY" }),
      operation({ ...under, state: "EXECUTING" }),
    ];
    expect(ask(records)[0]?.officerIds).toEqual(["jiangan.by"]);
    expect(ask(records.filter(({ id }) => id !== "jiangan.by"))).toEqual([]);
  });

  it("HOLD-16 who was sent to help already is not asked a second time", () => {
    const s = story();
    const hanyang = () =>
      nearestReady(s.state, PLACE, { distanceM }).find(({ courtId }) => courtId === "hanyang");
    expect(hanyang()?.officerIds).toContain("hanyang.police");
    const payload = { courtId: "hanyang", officerIds: ["hanyang.police"] };
    s.accepted(act(INCIDENT, "wuhan.duty", "assist", payload));
    expect(hanyang()?.officerIds ?? []).not.toContain("hanyang.police");
  });
});

describe("through a restart", () => {
  const courtOf = (t: TestKernel) => {
    const { world } = t.kernel.replica;
    const incident = world.get("incident", "i1");
    return incident && holderOf(incident, world).courtId;
  };

  it("HOLD-6 HOLD-9 hand-over and deadline carry it up on time, whatever restarts", async () => {
    const before = await testKernel();
    await before.accepted("jiangan.police", "incident.sos", "incident", "i1");
    const to = { courtId: "huangpi", reason: "就近" };
    await before.accepted("wuhan.director", "incident.designate", "incident", "i1", to);
    await before.passScanning(59 * SECOND);
    expect(courtOf(before)).toBe("huangpi");
    const after = await before.reopened();
    await after.passScanning(SECOND);
    expect(courtOf(after)).toBe("wuhan");
    await after.accepted("huangpi.duty", "incident.acknowledge", "incident", "i1");
    expect(courtOf(after)).toBe("huangpi");
    const dueAt = after.clock.now() + 2 * MINUTE;
    await after.accepted("high.director", "incident.setDeadline", "incident", "i1", { dueAt });
    after.clock.pass(3 * MINUTE);
    const late = await after.reopened();
    expect(courtOf(late)).toBe("huangpi");
    await late.passScanning(SECOND);
    expect(courtOf(late)).toBe("high");
    const raised = late.kernel.replica.world.get("incident", "i1")?.told.at(-1);
    expect(raised).toMatchObject({ courtId: "high" });
  });
});

const COURTS = ["high", "wuhan", "xiangyang", "jiangan", "hanyang", "fancheng"];
const ACTORS = COURTS.flatMap((id) => [`${id}.duty`, `${id}.director`]);
const actors = () => [
  ...ACTORS.map((id) =>
    officer(id, id.split(".")[0] ?? "", id.endsWith("duty") ? "DUTY_OFFICER" : "DIRECTOR"),
  ),
];
const VERBS = [
  ...["take", "designate", "handBack", "sign", "setDeadline", "assist", "declineAssist"],
  ...["handOver", "takeOver", "acknowledge", "confirm", "respond", "control", "answer"],
];

interface Move {
  readonly ref: Matter;
  readonly by: string;
  readonly verb: string;
  readonly courtId: string;
  readonly pass: number;
  /** Tried by the court that it was given to, or whose desk has it. */
  readonly given: boolean;
}

const moves = fc.record({
  ref: fc.constantFrom(...MATTERS),
  by: fc.constantFrom(...ACTORS),
  verb: fc.constantFrom(...VERBS),
  courtId: fc.constantFrom(...COURTS),
  pass: fc.constantFrom(0, 0, 0, 5 * SECOND, 70 * SECOND),
  given: fc.boolean(),
});

const payloadOf = ({ verb, courtId }: Move, now: number): Record<string, unknown> => {
  if (verb === "setDeadline") return { dueAt: now + 2 * MINUTE };
  if (verb === "assist") return { courtId };
  if (verb === "answer") return { state: "ACKED", saidBy: "李" };
  return verb === "handBack" ? { reason, toCourtId: courtId } : { courtId, reason };
};

const LINE = ["high", "wuhan", "jiangan"];
const height = (courtId: string): number => LINE.indexOf(courtId);
const HAND_DOWN = new Set(["handBack", "designate"]);
const ANSWERS = new Set([
  "acknowledge",
  "confirm",
  "respond",
  "control",
  "assist",
  "answer",
  "takeOver",
]);

/** Whether this accepted command may have brought the holder to where it is now. */
function broughtBy({ verb, by }: Move, before: ReturnType<typeof holder>, after: string): boolean {
  const own = by.split(".")[0] ?? "";
  if (HAND_DOWN.has(verb)) return true;
  if (verb === "take") return after === own;
  // A late signature, or an acknowledgement that is one, answers the clock of its hand-over.
  if (verb === "sign" || ANSWERS.has(verb)) return before.officerId === undefined;
  return false;
}

describe("random sequences", () => {
  it("HOLD-17 one holder, never aside, up by clocks, down by hands and answers", () => {
    const accepted = new Map<string, number>();
    const check = (list: readonly Move[]): void => {
      const s = new Story([...province(), ...actors()]);
      s.accepted({ by: "jiangan.police", kind: "incident.sos", ref: INCIDENT, id: "tap" });
      for (const move of list) {
        step(s, move, accepted);
      }
    };
    fc.assert(fc.property(fc.array(moves, { minLength: 20, maxLength: 60 }), check), {
      numRuns: 300,
      seed: 5,
    });
    const both = ["take", "designate", "handBack", "sign", "setDeadline"];
    const names = both.flatMap((verb) => [`incident.${verb}`, `police.${verb}`]);
    for (const name of [...names, "incident.assist", "incident.declineAssist", "incident.handOver"])
      expect(accepted.get(name) ?? 0, name).toBeGreaterThan(5);
  }, 60_000);
});

function actorOf(s: Story, { ref, by, verb, given }: Move): string {
  const asHelper = verb === "declineAssist" || verb === "handOver";
  const helper = asHelper ? s.the("incident", "i1").assist?.courtId : undefined;
  const courtId = helper ?? s.the(ref.type, ref.id).held?.courtId ?? holder(s, ref).courtId;
  return given ? `${courtId}.${by.split(".")[1]}` : by;
}

function step(s: Story, drawn: Move, accepted: Map<string, number>): void {
  passing(s, drawn.pass);
  const move = { ...drawn, by: actorOf(s, drawn) };
  const before = new Map(MATTERS.map((ref) => [ref.type, holder(s, ref)]));
  const held = new Map(MATTERS.map((ref) => [ref.type, s.the(ref.type, ref.id).held]));
  const decision = s.when({
    ...act(move.ref, move.by, move.verb),
    payload: payloadOf(move, s.now),
  });
  const own = move.by.split(".")[0] ?? "";
  const name = `${move.ref.type}.${move.verb}`;
  if (decision.ok) accepted.set(name, (accepted.get(name) ?? 0) + 1);
  for (const ref of MATTERS) {
    const was = before.get(ref.type) as ReturnType<typeof holder>;
    const is = holder(s, ref);
    checkHolder(s, ref);
    if (is.courtId === was.courtId) continue;
    expect(decision.ok && ref === move.ref, "only an accepted command about it moves it").toBe(
      true,
    );
    expect(broughtBy(move, was, is.courtId), JSON.stringify({ move, was, is })).toBe(true);
    // From a named holder of the line, or one that a hand put there, only a court at or above his.
    const named = was.officerId !== undefined && (height(was.courtId) >= 0 || held.get(ref.type));
    if (named) expect(s.the("court", was.courtId).tierPath, JSON.stringify(move)).toContain(own);
  }
}

/** Each second is looked at: what a clock moves, it moves up the line, to a court above. */
function passing(s: Story, ms: number): void {
  const until = s.now + ms;
  while (s.now < until) {
    const before = MATTERS.map((ref) => holder(s, ref).courtId);
    s.passRaising(Math.min(SECOND, until - s.now));
    MATTERS.forEach((ref, i) => {
      const [was = "", is] = [before[i], holder(s, ref).courtId];
      if (was !== is) expect(s.the("court", was).tierPath).toContain(is);
    });
  }
}

/** Exactly one court that exists; aside of the line only where a court above has put it. */
function checkHolder(s: Story, ref: Matter): void {
  const record = s.the(ref.type, ref.id);
  const { courtId } = holderOf(record, s.state);
  expect(s.state.get("court", courtId)).toBeDefined();
  if (height(courtId) >= 0) return;
  const { held } = record;
  // A designated court, or an intermediate one between it and the court that designated it.
  expect(s.the("court", held?.courtId ?? "").tierPath).toContain(courtId);
}
