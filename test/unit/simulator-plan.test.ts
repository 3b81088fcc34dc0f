import { describe, expect, test } from "vitest";
import { createChance } from "../../client/simulator/chance.ts";
import { isCovered, planDropouts } from "../../client/simulator/dropouts.ts";
import { SOS_A_DAY } from "../../client/simulator/figures.ts";
import { readPlaces } from "../../client/simulator/places.ts";
import { type DayPlan, planDay } from "../../client/simulator/plan.ts";
import { whereAt } from "../../client/simulator/route.ts";
import { checkDigit } from "../../client/simulator/subjects.ts";
import { createTimetable } from "../../client/simulator/timetable.ts";
import { demoCourts } from "../../server/demo/bootstrap.ts";
import { demoOfficers } from "../../server/demo/province.ts";
import { can } from "../../shared/domain/authority/can.ts";
import { commandEntry } from "../../shared/domain/modules.ts";
import { distanceM } from "../../shared/geo/distance.ts";
import { recordId } from "../../shared/wire/common.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";

const officers = demoOfficers(await demoCourts());
const byId = new Map(officers.map((officer) => [officer.id, officer]));
const tokens = officers.flatMap(({ id, deviceId }) =>
  deviceId ? [{ officerId: id, token: `${deviceId}.secret` }] : [],
);
const places = readPlaces();
const NINE_S = 9 * 3_600;

const planned = (over: Partial<Parameters<typeof planDay>[0]> = {}): DayPlan =>
  planDay({
    places,
    tokens,
    officers: 350,
    seed: 7,
    speed: 1,
    runId: "test",
    day: 0,
    year: 2026,
    ...over,
  });
const plan = planned();
const steps = plan.stories.flatMap((story) => story.steps);
const courtOf = (officerId: string) => byId.get(officerId)?.courtName;

describe("the plan of a day", () => {
  test("SIM-1 is the same for the same seed, and another one for another seed or day", () => {
    expect(planned()).toEqual(plan);
    expect(planned({ seed: 8 })).not.toEqual(plan);
    expect(planned({ day: 1 })).not.toEqual(plan);
  });

  test("SIM-2 has as many terminals as asked for, each officer once, never one alone", () => {
    expect(plan.terminals).toHaveLength(350);
    expect(new Set(plan.terminals.map((t) => t.officerId)).size).toBe(350);
    for (const { crew } of plan.days) expect(courtOf(crew.lead)).toBe(courtOf(crew.police));
  });

  test("SIM-3 asks of everybody only what his role may do and the wire can read", () => {
    for (const { by, kind, payload, ref } of steps) {
      const officer = byId.get(by);
      const actor = {
        kind: "person",
        officerId: by,
        courtId: officer?.courtId ?? "",
        roles: officer?.roles ?? [],
      } as const;
      // Being who he is in the record, where the plan made him so.
      const parts = {
        self: [ref.id],
        chiefCommander: [by],
        sceneCommander: [by],
        sender: [by],
        reporter: [by],
      };
      expect([kind, by, can(actor, kind, "own", parts)]).toEqual([kind, by, undefined]);
      expect([kind, PAYLOADS[kind]?.safeParse(payload).error?.issues]).toEqual([kind, undefined]);
      expect(commandEntry(kind)?.type).toBe(ref.type);
      expect(recordId.safeParse(ref.id).success).toBe(true);
    }
  });

  test("SIM-4 sits at no desk of a court with real people, and stages no alarm in 江岸", () => {
    const real = /江岸|黄陂|武汉市中级|高级/;
    const desks = steps.filter(({ by }) => /-(president|director|duty)$/.test(by));
    expect(desks.length).toBeGreaterThan(500);
    expect(desks.filter(({ by }) => real.test(courtOf(by) ?? ""))).toEqual([]);
    const alarms = steps.filter(({ kind }) => kind === "incident.sos");
    expect(alarms).toHaveLength(SOS_A_DAY);
    const jiangan = plan.terminals.filter((t) => courtOf(t.officerId)?.includes("江岸"));
    expect(jiangan.map((t) => t.officerId.split("-").at(-1))).toEqual(["judge", "police2"]);
    for (let seed = 0; seed < 30; seed++) {
      const calls = planned({ seed }).stories.filter((story) => story.alarming);
      const from = calls.flatMap((story) => story.steps.map(({ by }) => courtOf(by)));
      expect(from.filter((name) => name?.includes("江岸"))).toEqual([]);
    }
  });

  test("SIM-5 has, at nine, operations in every state, people held and police requests", () => {
    const open = (kind: string) =>
      plan.stories.filter(({ steps: [first] }) => first?.kind === kind && first.atS <= NINE_S);
    const reached = (kind: string) =>
      steps.filter((s) => s.kind === kind && s.atS <= NINE_S).length;
    expect(open("operation.open")).toHaveLength(25);
    expect(reached("operation.depart")).toBeGreaterThan(8);
    expect(reached("operation.start")).toBeGreaterThan(4);
    expect(reached("operation.start")).toBeLessThan(25);
    expect(reached("detention.control")).toBeGreaterThan(5);
    expect(open("police.send").length).toBeGreaterThan(20);
  });

  test.each([
    [1, 16.5],
    [20, 66],
  ])("SIM-6 at speed %d nobody is faster than %d m/s", (speed, most) => {
    const ways = planned({ speed, officers: 60 }).terminals.flatMap((t) => t.stretches);
    const speeds = ways.map(({ fromS, toS, from, to }) => distanceM(from, to) / (toS - fromS));
    expect(Math.max(...speeds) * speed).toBeLessThan(most);
    expect(Math.max(...speeds) * speed).toBeGreaterThan(most / 2);
  });

  test("SIM-6 leads each officer without a gap from muster to home", () => {
    for (const { stretches, crew, musterS } of plan.days) {
      stretches.slice(1).forEach((next, i) => {
        const before = stretches[i];
        expect(next.fromS).toBeCloseTo(before?.toS ?? 0, 3);
        expect(distanceM(before?.to ?? next.to, next.from)).toBeLessThan(1);
      });
      const here = whereAt(stretches, musterS);
      expect(distanceM(here ?? { lat: 0, lng: 0 }, crew.court.seat)).toBeLessThan(1);
    }
  });

  test("SIM-7 is without coverage for 3 % of the minutes, in the hills for 12 %", () => {
    for (const [hills, part] of [
      [false, 0.03],
      [true, 0.12],
    ] as const) {
      const dropouts = planDropouts(hills, 0, 4_000_000, createChance("dropouts"));
      const out = dropouts.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
      expect(out / 4_000_000).toBeGreaterThan(part * 0.85);
      expect(out / 4_000_000).toBeLessThan(part * 1.15);
      const [first] = dropouts;
      expect(first && isCovered(dropouts, first.fromS + 1)).toBe(false);
      expect(first && isCovered(dropouts, first.toS + 1)).toBe(true);
    }
    const hilly = places.filter(({ hills }) => hills).map(({ name }) => name);
    expect(hilly).toContain("神农架林区人民法院");
    expect(hilly).toContain("房县人民法院");
    expect(hilly).toContain("恩施市人民法院");
    expect(hilly.length).toBeLessThan(25);
  });

  test("SIM-8 invents persons that cannot exist", () => {
    const subjects = steps.flatMap(({ subject }) => subject ?? []);
    expect(subjects.length).toBeGreaterThan(300);
    for (const { identity, ref } of subjects) {
      const { idNumber = "", name, phone } = identity;
      expect(idNumber).toMatch(/^\d{17}[\dX]$/);
      expect(idNumber.at(-1)).not.toBe(checkDigit(idNumber.slice(0, 17)));
      expect([...name][1]).toBe("模");
      expect(phone).toMatch(/^100\d{8}$/);
      expect(ref.label).toBe(`${[...name][0]}**`);
    }
    // The example of GB 11643.
    expect(checkDigit("11010519491231002")).toBe("X");
  });

  test("SIM-9 names its records after the run, and after nothing else that is drawn", () => {
    const other = planned({ runId: "other" });
    const renamed = JSON.stringify(other).replaceAll("sim-other-", "sim-test-");
    expect(JSON.parse(renamed)).toEqual(JSON.parse(JSON.stringify(plan)));
    const made = steps.filter(({ opens }) => opens).map(({ ref }) => ref.id);
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => id.startsWith("sim-test-0-"))).toBe(true);
  });
});

describe("the timetable", () => {
  test("SIM-10 brings what was before the start at once and in order, of the duties only the last", () => {
    const timetable = createTimetable(plan.stories, NINE_S, NINE_S + 240);
    const due = timetable.due(NINE_S);
    const times = due.map(({ step }) => step.atS);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const duties = due.filter(({ step }) => step.kind === "officer.setDuty");
    expect(new Set(duties.map(({ step }) => step.by)).size).toBe(duties.length);
    expect(timetable.due(NINE_S)).toEqual([]);
    const all = [...due, ...timetable.due(Number.MAX_SAFE_INTEGER)];
    const ids = all.map(({ storyId, n }) => `${storyId}:${n}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("SIM-11 stages no alarm before its first minutes are over", () => {
    const due = createTimetable(plan.stories, NINE_S, 24 * 3_600).due(Number.MAX_SAFE_INTEGER);
    expect(due.filter(({ step }) => step.ref.type === "incident")).toEqual([]);
  });
});
