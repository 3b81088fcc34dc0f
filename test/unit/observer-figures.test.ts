import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PastWorld } from "../../server/app/past-world.ts";
import { Overlay, World } from "../../server/app/world.ts";
import type { AnyRecord, StateReader } from "../../shared/domain/kernel/state.ts";
import { OBSERVER_DELAY_MS, observerFrame } from "../../shared/domain/observer/frame.ts";
import type { Observer } from "../../shared/domain/observer/state.ts";
import { SAMPLES } from "../oracle/samples.ts";
import { belongsTo, court, officer, operation } from "../support/domain/province.ts";

const DAY = 86_400_000;
const START = 1_800_000_000_000;
const COURTS = ["high", "wuhan", "xiangyang", "jiangan", "hanyang", "fancheng"];
const seatOfCourt = (): Observer => {
  const sample = SAMPLES.observer;
  if (sample?.type !== "observer") throw new Error("there is no sample of a seat");
  return { ...sample, ...belongsTo("wuhan"), state: "OPEN", scope: "COURT" };
};

/** Counted anew, by the words of what an observer may see. */
function counted(state: StateReader, courtId: string, at: number) {
  const courts = [...state.all("court")].filter((each) => each.tierPath.includes(courtId));
  const ids = courts.map(({ id }) => id);
  const those = <R extends { readonly courtId: string }>(all: Iterable<R>) =>
    [...all].filter((each) => ids.includes(each.courtId));
  const officers = those(state.all("officer")).filter(({ unitId }) => unitId === undefined);
  const requests = those(state.all("police")).filter(({ state: is }) =>
    ["SENT", "ACKED", "DISPATCHED", "ARRIVED"].includes(is),
  );
  const operations: Record<string, number> = {};
  for (const { state: is } of those(state.all("operation")))
    operations[is] = (operations[is] ?? 0) + 1;
  return {
    courts: courts.length,
    onDuty: officers.filter(({ duty }) => duty !== "OFF_DUTY").length,
    deployed: officers.filter(({ duty }) => duty === "DEPLOYED").length,
    operations,
    held: those(state.all("detention")).filter(
      ({ times, state: is }) =>
        times.controlledAt !== undefined && !["RELEASED", "HANDED_OVER"].includes(is),
    ).length,
    policeOpen: requests.length,
    policeUnanswered: requests.filter(({ state: is }) => is === "SENT").length,
    incidentsEnded: those(state.all("incident")).filter(
      (each) => ["RESOLVED", "REVIEWED"].includes(each.state) && at - each.updatedAt < DAY,
    ).length,
  };
}

const place = fc.constantFrom(...COURTS);
const name = fc.constantFrom("a", "b", "c");
const changed = (record: AnyRecord): AnyRecord => record;
const records: fc.Arbitrary<(at: number) => AnyRecord> = fc.oneof(
  fc
    .tuple(name, place, fc.constantFrom("OFF_DUTY", "ON_DUTY", "STANDBY", "DEPLOYED"), fc.boolean())
    .map(
      ([id, of, duty, isOfUnit]) =>
        () =>
          changed({ ...officer(id, of), duty, ...(isOfUnit ? { unitId: "u" } : {}) } as AnyRecord),
    ),
  fc.tuple(name, place, fc.constantFrom("DRAFT", "APPROVED", "RUNNING", "CLOSED")).map(
    ([id, of, state]) =>
      () =>
        changed({ ...operation({ id, ...belongsTo(of) }), state } as AnyRecord),
  ),
  fc.tuple(name, place, fc.constantFrom("SENT", "ACKED", "ARRIVED", "FINISHED")).map(
    ([id, of, state]) =>
      () =>
        changed({ ...SAMPLES.police, id, ...belongsTo(of), state } as AnyRecord),
  ),
  fc.tuple(name, place, fc.constantFrom("REPORTED", "RESOLVED", "REVIEWED")).map(
    ([id, of, state]) =>
      (at: number) =>
        changed({ ...SAMPLES.incident, id, ...belongsTo(of), state, updatedAt: at } as AnyRecord),
  ),
  fc.tuple(name, place, fc.boolean()).map(
    ([id, of, isHeld]) =>
      () =>
        changed({
          ...SAMPLES.detention,
          id,
          ...belongsTo(of),
          state: "CONTROLLED",
          times: isHeld ? { controlledAt: 1 } : {},
        } as AnyRecord),
  ),
);

function watched() {
  let now = START;
  const past = new PastWorld(() => now);
  past.live();
  let seq = 0;
  const put = (...all: readonly AnyRecord[]): void => {
    const overlay = new Overlay(new World());
    for (const record of all) overlay.put(record);
    seq += 1;
    past.take({ tail: { seq, hash: "0".repeat(64), at: now }, overlay, events: [] });
  };
  const pass = (ms: number): void => {
    now += ms;
    past.advance(now);
  };
  put(...COURTS.map(court));
  return { past, put, pass, at: () => now - OBSERVER_DELAY_MS };
}

describe("the figures of an observer", () => {
  it("OBS-11 are what counting the world of 30 s ago gives, after any changes", () => {
    const step = fc.tuple(records, fc.integer({ min: 0, max: DAY / 2 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { past, put, pass, at } = watched();
        for (const [make, ms] of steps) {
          put(make(at()));
          pass(ms);
          for (const id of ["high", "wuhan", "jiangan"])
            expect(past.figures(id, at())).toEqual(counted(past.world, id, at()));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("OBS-11 a frame walks over courts and over nothing else", () => {
    const { past, put, pass, at } = watched();
    put({ ...officer("a", "jiangan"), duty: "DEPLOYED" });
    pass(OBSERVER_DELAY_MS);
    const walked: string[] = [];
    const then: StateReader = {
      get: (type, id) => past.world.get(type, id),
      count: (type) => past.world.count(type),
      linked: (type, link) => past.world.linked(type, link),
      all: (type) => {
        walked.push(type);
        return past.world.all(type);
      },
    };
    const frame = observerFrame(seatOfCourt(), then, then, (id) => past.figures(id, at()));
    expect(frame.figures).toMatchObject({ courts: 3, deployed: 1 });
    expect(walked.filter((type) => type !== "court")).toEqual([]);
  });
});
