import fc from "fast-check";
import { expect, test } from "vitest";
import { isTerminal } from "../../shared/domain/detention/milestones.ts";
import type { Detention } from "../../shared/domain/detention/state.ts";
import type { RunningClock } from "../../shared/domain/kernel/clock.ts";
import { clockRule } from "../../shared/domain/rules/clock-rules.ts";
import { DAY, detentionStory, HOUR, MINUTE, NOTE } from "../support/domain/detention-story.ts";

/** What the law allows at most, written down here once more and not taken from the code. */
const MAXIMUM_MS: Readonly<Record<string, number>> = {
  S4: 8 * HOUR,
  S5: 24 * HOUR,
  "S4-CONTROL": 24 * HOUR,
  D2: 2 * HOUR,
  D4: 24 * HOUR,
  D5: 24 * HOUR,
  D6: 15 * DAY,
};

const REPORTS = [
  "control",
  "arrive",
  "startInquiry",
  "endInquiry",
  "transit",
  "intake",
  "refuseIntake",
  "notifyFamily",
  "release",
] as const;
const INQUIRY = ["arrive", "startInquiry", "endInquiry"];

const step = fc.record({
  verb: fc.constantFrom(
    ...REPORTS,
    ...["approveCompel", "propose", "approve", "approveRetro", "extend", "convert", "convert"],
    ...["releaseEarly", "stop", "revoke", "extend", "approve"],
  ),
  id: fc.constantFrom("d1", "d1", "d2"),
  newId: fc.constantFrom("d2", "d3"),
  actId: fc.constantFrom("a1", "a2"),
  kind: fc.constantFrom("COMPEL", "DETAIN"),
  days: fc.integer({ min: -1, max: 40 }),
  passMs: fc.oneof(
    fc.integer({ min: 0, max: 30 * MINUTE }),
    fc.integer({ min: 0, max: 9 * HOUR }),
    fc.integer({ min: 0, max: 3 * DAY }),
  ),
  agoMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 * HOUR })),
  spreadMs: fc.integer({ min: 0, max: HOUR }),
  raises: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const BY: Readonly<Record<string, string>> = {
  approveCompel: "jiangan.president",
  approve: "jiangan.president",
  approveRetro: "jiangan.president",
  extend: "jiangan.president",
  releaseEarly: "jiangan.president",
  stop: "jiangan.president",
  propose: "jiangan.judge",
  convert: "jiangan.judge",
  revoke: "wuhan.review",
};

const isReport = (verb: string): boolean => (REPORTS as readonly string[]).includes(verb);

const payloadOf = (s: Step, about: object): Record<string, unknown> => {
  if (isReport(s.verb)) return { about: { kind: s.kind }, receiptNo: "R1", reason: NOTE };
  return {
    ...(s.verb === "approveCompel" || s.verb === "propose" ? about : {}),
    warrantNo: "W1",
    decisionNo: "J1",
    basisArticles: ["x"],
    actId: s.actId,
    complex: true,
    detentionPossible: true,
    reason: NOTE,
    newId: s.newId,
    ...(s.verb === "approve" && s.days < 0 ? {} : { days: s.days }),
  };
};

/** Tells the steps; after each one looks at every record, before and after. */
function tell(
  steps: readonly Step[],
  look: (s: ReturnType<typeof detentionStory>, told: Step, before: readonly Detention[]) => void,
) {
  const s = detentionStory();
  for (const told of steps) {
    s.story.pass(told.passMs);
    if (told.raises) s.story.raiseDue();
    const before = s.story.state.all("detention");
    const earliest = s.story.now - told.agoMs;
    const decision = s.story.when({
      by: BY[told.verb] ?? "jiangan.police",
      kind: `detention.${told.verb}`,
      ref: { type: "detention", id: told.id },
      payload: payloadOf(told, s.about),
      ...(isReport(told.verb)
        ? { occurred: { earliest, latest: Math.min(s.story.now, earliest + told.spreadMs) } }
        : {}),
    });
    if (isReport(told.verb)) expect(decision.ok).toBe(true);
    look(s, told, before);
  }
  return s;
}

const clocksOf = (detention: Detention): RunningClock[] => Object.values(detention.clocks);
const sequences = fc.array(step, { minLength: 1, maxLength: 25 });

test("CLK-6 no sequence of accepted requests yields a clock beyond its maximum, nor days > 15", () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      tell(steps, (s) => {
        for (const detention of s.story.state.all("detention")) {
          expect(detention.days ?? 1).toBeLessThanOrEqual(15);
          for (const { ruleId, startAt, dueAt } of clocksOf(detention)) {
            expect(dueAt - startAt).toBeLessThanOrEqual(MAXIMUM_MS[ruleId] ?? -1);
          }
        }
      });
    }),
    { numRuns: 300 },
  );
});

/** When a report first said so, as far as it lay before the end of the record. */
function firstReported(
  first: Map<string, number>,
  { id, agoMs }: Step,
  now: number,
  met: Detention | undefined,
) {
  const earliest = now - agoMs;
  if (met && isTerminal(met) && earliest > (met.times.endedAt ?? 0)) return;
  first.set(id, Math.min(first.get(id) ?? earliest, earliest));
}

/** The law's end counted from the report itself; an unknown beginning fails. */
function expectWithin(
  detention: Detention,
  firstArrival: ReadonlyMap<string, number>,
  firstIntake: ReadonlyMap<string, number>,
) {
  const { id, convertedFrom, clocks, days = 15 } = detention;
  const arrivedAt = firstArrival.get(convertedFrom ?? id) ?? Number.NaN;
  if (clocks.inquiry) expect(clocks.inquiry.dueAt).toBeLessThanOrEqual(arrivedAt + DAY);
  const takenAt = firstIntake.get(id) ?? Number.NaN;
  if (clocks.term) expect(clocks.term.dueAt).toBeLessThanOrEqual(takenAt + days * DAY);
}

test("CLK-6 from the first arrival and the first intake reported, whatever follows", () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      const firstArrival = new Map<string, number>();
      const firstIntake = new Map<string, number>();
      tell(steps, (s, told, before) => {
        const met = before.find(({ id }) => id === told.id);
        if (INQUIRY.includes(told.verb)) firstReported(firstArrival, told, s.story.now, met);
        if (told.verb === "intake") firstReported(firstIntake, told, s.story.now, met);
        for (const detention of s.story.state.all("detention")) {
          expectWithin(detention, firstArrival, firstIntake);
        }
      });
    }),
    { numRuns: 300 },
  );
});

test("CLK-2 no step moves the end of a clock later, but one extension to 24 h", () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      tell(steps, (s, told, before) => {
        const known = before.flatMap((old) => clocksOf(old).map((was) => ({ id: old.id, was })));
        for (const { id, was } of known) {
          const is = s.record(id).clocks[was.name];
          if (was.ruleId === is?.ruleId) expect(is.dueAt).toBeLessThanOrEqual(was.dueAt);
          else expect([told.verb, was.ruleId, is?.ruleId]).toEqual(["extend", "S4", "S5"]);
        }
      });
    }),
    { numRuns: 300 },
  );
});

const isOver = ({ endedAt, dueAt, overran }: RunningClock, now: number): boolean =>
  endedAt === undefined ? now >= dueAt : overran === true;

function expectBreach(detention: Detention, clock: RunningClock) {
  expect(detention.breaches.map((b) => b.clock)).toContain(clock.name);
  const held = clock.endedAt === undefined && clock.name !== "family";
  if (held) expect(detention.overtime).toBe(true);
}

test("CLK-5 whatever overruns a legal maximum is a breach, and overtime while it lasts", () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      tell(steps, (s) => {
        s.story.raiseDue();
        for (const detention of s.story.state.all("detention")) {
          const over = clocksOf(detention).filter(
            (clock) => !clockRule(clock.ruleId).cfg && isOver(clock, s.story.now),
          );
          for (const clock of over) expectBreach(detention, clock);
        }
      });
    }),
    { numRuns: 300 },
  );
});

test("DET-4 a terminal state never changes again", () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      tell(steps, (s, _told, before) => {
        for (const old of before) {
          if (isTerminal(old)) expect(s.record(old.id).state).toBe(old.state);
        }
      });
    }),
    { numRuns: 300 },
  );
});

test("D8 at most one detention of a case that came to something rests on one act", () => {
  fc.assert(
    fc.property(sequences, (steps) => {
      tell(steps, (s) => {
        for (const actId of ["a1", "a2"]) {
          const resting = s.story.state
            .linked("detention", `act:${actId}`)
            .filter((d) => d.caseNo === s.about.caseNo)
            .filter((d) => !isTerminal(d));
          expect(resting.length).toBeLessThanOrEqual(1);
        }
      });
    }),
    { numRuns: 300 },
  );
});
