import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfWorkingDays } from "../../shared/domain/calendar.ts";
import { shanghaiMonth, type UnitSummary, unitSummary } from "../../shared/domain/unit/monthly.ts";
import { liaisonUser, province, unit } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOTE = { id: "t1", hash: "h1" };
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };
const MARCH = shanghaiMonth(2026, 3);
/** The month is looked at when it is over. */
const NOW = MARCH.to;

type Outcome = Exclude<keyof UnitSummary, "requests">;

const world = () =>
  new Story([
    ...province(),
    unit("bank1", "jiangan", "BANK"),
    liaisonUser("station1", "jiangan"),
    liaisonUser("station2", "jiangan"),
    liaisonUser("bank1", "jiangan"),
  ]);

/** What happens to a request and what the month must then say of it, reckoned beside the code. */
interface Plan {
  readonly at: number;
  readonly what: string;
}
type Steps = readonly (readonly [
  afterMs: number,
  by: string,
  verb: string,
  payload?: Record<string, unknown>,
])[];

const RESPOND = (state: string, unitId = "station1") =>
  [`${unitId}.user`, "respond", { state }] as const;

/** P2: acknowledged in 3, sent in 10, there in 30 min. */
const POLICE: Readonly<Record<string, { readonly steps: Steps; readonly outcome: Outcome }>> = {
  inTime: {
    steps: [
      [3 * MINUTE, ...RESPOND("ACKED")],
      [10 * MINUTE, ...RESPOND("DISPATCHED")],
      [30 * MINUTE, ...RESPOND("ARRIVED")],
    ],
    outcome: "onTime",
  },
  ackLate: {
    steps: [
      [3 * MINUTE + 1, ...RESPOND("ACKED")],
      [8 * MINUTE, ...RESPOND("ARRIVED")],
    ],
    outcome: "overdue",
  },
  arriveLate: {
    steps: [
      [MINUTE, ...RESPOND("DISPATCHED")],
      [30 * MINUTE + 1, ...RESPOND("ARRIVED")],
    ],
    outcome: "overdue",
  },
  declined: {
    steps: [[MINUTE, "station1.user", "decline", { reason: NOTE }]],
    outcome: "refused",
  },
  silent: { steps: [], outcome: "overdue" },
  withdrawn: {
    steps: [[MINUTE, "jiangan.duty", "cancel", { reason: NOTE }]],
    outcome: "takenBack",
  },
  closedUnanswered: { steps: [[MINUTE, "jiangan.duty", "close", {}]], outcome: "takenBack" },
  sentOnEarly: {
    steps: [[2 * MINUTE, "jiangan.duty", "reroute", { unitId: "station2" }]],
    outcome: "takenBack",
  },
  sentOnLate: {
    steps: [[4 * MINUTE, "jiangan.duty", "reroute", { unitId: "station2" }]],
    outcome: "overdue",
  },
  heldLong: {
    steps: [
      [MINUTE, ...RESPOND("HELD_BY_POLICE")],
      [30 * HOUR, "jiangan.police", "takeOver", {}],
    ],
    outcome: "onTime",
  },
};

function police(story: Story, id: string, { at, what }: Plan): Outcome {
  const plan = POLICE[what];
  if (!plan) throw new Error(`no plan ${what}`);
  const ref = { type: "police", id } as const;
  story.now = at;
  const payload = { kind: "TEMP_CONTROL", urgency: "P2", unitId: "station1" };
  story.accepted({ by: "jiangan.judge", kind: "police.send", ref, payload });
  for (const [after, by, verb, more] of plan.steps) {
    story.now = at + after;
    story.accepted({ by, kind: `police.${verb}`, ref, payload: more ?? {} });
  }
  return plan.outcome;
}

const LIAISON = ["replied", "repliedLate", "refused", "silent", "withdrawn"] as const;

function liaison(story: Story, id: string, { at, what }: Plan): Outcome {
  const ref = { type: "liaison", id } as const;
  const due = endOfWorkingDays(at, 3);
  const does = (when: number, by: string, verb: string, payload: Record<string, unknown>) => {
    story.now = when;
    story.accepted({ by, kind: `liaison.${verb}`, ref, payload });
  };
  const asked = { unitId: "bank1", service: "QUERY", noticeNo: "N1", subject: SUBJECT };
  does(at, "jiangan.judge", "send", { ...asked, caseNo: "(2026)鄂0102执1号" });
  switch (what) {
    case "replied":
      does(due, "bank1.user", "reply", { reply: NOTE });
      return "onTime";
    case "repliedLate":
      does(due + 1, "bank1.user", "reply", { reply: NOTE });
      return "overdue";
    case "refused":
      does(at + HOUR, "bank1.user", "refuse", { reason: NOTE });
      return "refused";
    case "withdrawn":
      does(at + HOUR, "jiangan.duty", "withdraw", { reason: NOTE });
      return "takenBack";
    default:
      return due < NOW ? "overdue" : "running";
  }
}

/** Some lie just outside the month. */
const moment = fc.integer({ min: MARCH.from - 2 * DAY, max: MARCH.to + 2 * DAY });
const plans = (...what: readonly string[]) =>
  fc.array(fc.record({ at: moment, what: fc.constantFrom(...what) }), { maxLength: 30 });

const empty = (): Record<keyof UnitSummary, number> => ({
  ...{ requests: 0, onTime: 0, overdue: 0, refused: 0, running: 0, takenBack: 0 },
});

function expected(outcomes: readonly (readonly [Plan, Outcome])[]): UnitSummary {
  const sum = empty();
  for (const [{ at }, outcome] of outcomes) {
    if (at < MARCH.from || at >= MARCH.to) continue;
    sum.requests += 1;
    sum[outcome] += 1;
  }
  return sum;
}

const records = (story: Story) => [...story.state.all("police"), ...story.state.all("liaison")];

describe("the month of a unit", () => {
  it("UNIT-9 a generated month of a police station says what was played", () => {
    fc.assert(
      fc.property(plans(...Object.keys(POLICE)), (month) => {
        const story = world();
        const played = month.map((plan, i) => [plan, police(story, `p${i}`, plan)] as const);
        expect(unitSummary("station1", MARCH, records(story), NOW + 3 * DAY)).toEqual(
          expected(played),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("UNIT-9 a generated month of a bank says what was played", () => {
    fc.assert(
      fc.property(plans(...LIAISON), (month) => {
        const story = world();
        const played = month.map((plan, i) => [plan, liaison(story, `l${i}`, plan)] as const);
        const summary = unitSummary("bank1", MARCH, records(story), NOW);
        expect(summary).toEqual(expected(played));
        const { requests, ...columns } = summary;
        expect(Object.values(columns).reduce((sum, n) => sum + n, 0)).toBe(requests);
        expect(unitSummary("station1", MARCH, records(story), NOW)).toEqual(empty());
      }),
      { numRuns: 60 },
    );
  });

  it("UNIT-9 the unit that a request is sent on to has the whole term from then on", () => {
    const story = world();
    const at = MARCH.from + DAY;
    police(story, "p1", { at, what: "sentOnLate" });
    const ref = { type: "police", id: "p1" } as const;
    const arrive = (afterMs: number) => {
      story.now = at + afterMs;
      const [by, verb, payload] = RESPOND("ARRIVED", "station2");
      story.accepted({ by, kind: `police.${verb}`, ref, payload });
    };
    arrive(7 * MINUTE);
    expect(unitSummary("station2", MARCH, records(story), NOW)).toMatchObject({ onTime: 1 });
    expect(unitSummary("station1", MARCH, records(story), NOW)).toMatchObject({ overdue: 1 });
  });

  it.each([
    [2026, 1, "2026-01-01", "2026-02-01"],
    [2026, 3, "2026-03-01", "2026-04-01"],
    [2026, 12, "2026-12-01", "2027-01-01"],
    [2028, 2, "2028-02-01", "2028-03-01"],
    [2100, 2, "2100-02-01", "2100-03-01"],
  ])("UNIT-9 month %i-%i runs from %s to %s, midnight in Shanghai", (year, month, from, to) => {
    const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
    expect(shanghaiMonth(year, month)).toEqual({ from: at(from), to: at(to) });
  });
});
