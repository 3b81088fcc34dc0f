import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refKey } from "../../shared/domain/kernel/ref.ts";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { projectDto } from "../../shared/domain/project.ts";
import { callOf, rollTotals } from "../../shared/domain/rollcall/totals.ts";
import { officer, operation, province } from "../support/domain/province.ts";
import { MONDAY_9_00, Story, type When } from "../support/domain/story.ts";

const DAY_MS = 86_400_000;
const CHECK = MONDAY_9_00 + DAY_MS - 1_800_000;
const text = { id: "t", hash: "h" };
const DESKS = ["jiangan.duty", "jiangan.chief", "jiangan.director"] as const;
const SHIFTS = ["s1", "s2", "s3", "s4"] as const;
const KEYS = ["operation:op1", "incident:i1", "incident:i2"] as const;
const LOWER = ["jiangan", "hanyang"] as const;

const act = (
  type: AnyRecord["type"],
  id: string,
  by: string,
  verb: string,
  payload = {},
): When => ({
  by,
  kind: `${type}.${verb}`,
  ref: { type, id },
  payload,
});

/** Anything anybody may try, most of it at the wrong moment. */
const MOVES: readonly When[] = [
  ...SHIFTS.flatMap((id, i) => [
    act("shift", id, "jiangan.chief", "schedule", {
      officerId: DESKS[i % DESKS.length],
      from: MONDAY_9_00 + i * DAY_MS,
      to: CHECK + i * DAY_MS,
      mode: "ON_SITE",
    }),
    act("shift", id, "jiangan.director", "cancel"),
    act("shift", id, "jiangan.chief", "prepare"),
    act("shift", id, "jiangan.chief", "mark", { keys: KEYS.slice(0, 1), done: true }),
    act("shift", id, "jiangan.chief", "mark", { keys: KEYS.slice(0, 2), done: false }),
    act("shift", id, "jiangan.chief", "mark", { keys: KEYS, done: true, note: text }),
    ...SHIFTS.map((toShiftId) => act("shift", id, "jiangan.director", "offer", { toShiftId })),
    ...DESKS.flatMap((by) => [
      act("shift", id, by, "sign"),
      act("shift", id, by, "returnList", { reason: text }),
    ]),
  ]),
  ...["i1", "i2"].flatMap((id) => [
    act("incident", id, "jiangan.police", "report", { kind: "SIEGE", level: "GENERAL" }),
    act("incident", id, "jiangan.duty", "falseAlarm", { reason: text }),
  ]),
  ...["r1", "r2"].map((id) =>
    act("rollcall", id, "wuhan.duty", "call", {
      targets: [
        ...LOWER.map((court) => ({ type: "court", id: court })),
        { type: "officer", id: "jiangan.police" },
      ],
    }),
  ),
  ...["r1", "r2"].flatMap((id) => [
    act("rollcall", id, "jiangan.duty", "answer", { target: "court:jiangan" }),
    act("rollcall", id, "jiangan.police", "answer", { target: "officer:jiangan.police" }),
    act("rollcall", `${id}.2`, "hanyang.duty", "answer", { target: "court:hanyang" }),
    act("rollcall", `${id}.2`, "wuhan.duty", "fault", { target: "court:hanyang" }),
    act("rollcall", id, "wuhan.duty", "quality", {
      target: "court:jiangan",
      picture: "GOOD",
      voice: "POOR",
    }),
    act("notice", `n-${id}`, "wuhan.duty", "publish", {
      kind: "BULLETIN",
      body: text,
      courtIds: LOWER,
      needsAck: true,
      callId: id,
    }),
    ...["jiangan.duty", "jiangan.chief", "hanyang.duty", "xiangyang.duty"].map((by) =>
      act("notice", `n-${id}`, by, "acknowledge"),
    ),
  ]),
  act("checkin", "k", "jiangan.duty", "begin", { operationId: "op1" }),
  act("checkin", "k", "jiangan.judge", "sign"),
  act("checkin", "k.2", "jiangan.police", "sign"),
  act("checkin", "k.2", "jiangan.duty", "vouch"),
  act("checkin", "k", "jiangan.duty", "stop", { reason: text }),
  act("operation", "op1", "jiangan.director", "abort", { reason: text }),
];

interface Step {
  readonly move: number;
  readonly passMs: number;
}
const steps = fc.array(
  fc.record({
    move: fc.nat({ max: MOVES.length - 1 }),
    passMs: fc.constantFrom(0, 1_000, 25_000, 61_000, 3_600_000),
  }),
  { minLength: 60, maxLength: 140 },
);

/** Moves as they come, and one hand-over told to its end, so that chains of shifts are reached. */
const handOver = (from: string, to: string, taker: string): When[] => [
  act("shift", from, "jiangan.chief", "prepare"),
  act("shift", from, "jiangan.chief", "mark", { keys: ["operation:op1"], done: true }),
  act("shift", from, "jiangan.chief", "mark", { keys: ["incident:i1"], done: true }),
  act("shift", from, "jiangan.chief", "mark", { keys: ["incident:i2"], done: false }),
  act("shift", from, "jiangan.chief", "offer", { toShiftId: to }),
  act("shift", to, taker, "sign"),
];
const CHAIN: readonly When[] = [
  ...MOVES.filter(({ kind }) => kind === "shift.schedule"),
  act("shift", "s1", "jiangan.duty", "sign"),
  ...handOver("s1", "s2", "jiangan.chief"),
  ...handOver("s2", "s3", "jiangan.director"),
  ...handOver("s3", "s4", "jiangan.duty"),
];
/** The chain in its order with random moves between. */
function* woven(path: readonly Step[]): Generator<readonly [When, number]> {
  for (const [i, { move, passMs }] of path.entries()) {
    const told = CHAIN[i];
    if (told) yield [told, 0];
    const random = MOVES[move];
    if (random) yield [random, passMs];
  }
}

const world = () =>
  new Story([...province(), officer("x", "jiangan"), operation({ state: "EXECUTING" })]);

function desksHold({ state }: Story): void {
  const shifts = [...state.all("shift")];
  expect(shifts.filter((shift) => shift.state === "ON").length).toBeLessThanOrEqual(1);
  for (const shift of shifts.filter((each) => each.state === "HANDED_OVER")) {
    const heirs = shifts.filter((each) => each.previousId === shift.id);
    expect(heirs.map(({ id }) => id)).toEqual([shift.nextId]);
    expect(["ON", "HANDED_OVER"]).toContain(heirs[0]?.state);
    expect(shift.list?.offered?.toShiftId).toBe(shift.nextId);
    expect(shift.list?.items.every((item) => item.mark ?? item.late)).toBe(true);
  }
  const planned = shifts.some((shift) => shift.state !== "CANCELLED");
  const clocked = shifts.some((shift) => moduleOf("shift").deadlines(shift as never, state).length);
  expect(clocked).toBe(planned);
}

function countsHold({ state }: Story): void {
  for (const notice of state.all("notice")) {
    const courts = notice.acks.map(({ courtId }) => courtId);
    expect(courts.length).toBeLessThanOrEqual(notice.toCourtIds.length);
    expect(new Set(courts).size).toBe(courts.length);
    expect(courts.every((courtId) => notice.toCourtIds.includes(courtId))).toBe(true);
  }
  for (const callId of ["r1", "r2"]) {
    const targets = callOf(state, callId).flatMap((call) => call.targets);
    const t = rollTotals(targets);
    expect(t.waiting + t.present + t.late + t.absent + t.fault).toBe(targets.length);
    expect(targets.length === 0 || targets.length === 3).toBe(true);
    expect(t.onlineRate).toBeGreaterThanOrEqual(t.onTimeRate);
    expect(t.onlineRate).toBeLessThanOrEqual(1);
  }
  const watched = [...state.all("checkin")].map(({ officerId }) => officerId);
  expect(new Set(watched).size).toBe(watched.length);
}

describe("random sequences of everybody, with time jumping", () => {
  it("SHF-1 one shift on per desk, one successor that signed the list, and never without a clock", () => {
    let longest = 0;
    fc.assert(
      fc.property(steps, (path) => {
        const story = world();
        for (const [move, passMs] of woven(path)) {
          story.when(move);
          desksHold(story);
          countsHold(story);
          story.passRaising(passMs);
        }
        const chain = [...story.state.all("shift")].filter((s) => s.state === "HANDED_OVER");
        longest = Math.max(longest, chain.length);
      }),
      { numRuns: 60, seed: 20261123 },
    );
    expect(longest).toBeGreaterThanOrEqual(2);
  });

  it("AUD-7 nothing of duty that any view sees changes without being touched or dependent", () => {
    fc.assert(
      fc.property(steps, (path) => {
        const story = world();
        for (const [move, passMs] of woven(path)) {
          const before = new Map(story.state.everything().map((r) => [refKey(r), r]));
          const views = seen(story);
          if (story.when(move).ok) {
            const named = touched(before, story);
            const missed = [...seen(story)]
              .filter(([key, view]) => views.get(key) !== view && !named.has(key))
              .map(([key]) => key);
            expect(missed, move.kind).toEqual([]);
          }
          story.passRaising(passMs);
        }
      }),
      { numRuns: 15, seed: 20261123 },
    );
  });
});

/** What every view sees of every record of duty. */
function seen({ state }: Story): Map<string, string> {
  const types = ["shift", "rollcall", "notice", "checkin"] as const;
  const records: AnyRecord[] = types.flatMap((type) => [...state.all(type)]);
  return new Map(
    records.map((record) => {
      const entries = moduleOf(record.type).audiences(record as never, state);
      const dtos = entries.map((e) => [e.view, projectDto(record, state, e.audience)]);
      return [refKey(record), JSON.stringify(dtos)];
    }),
  );
}

function touched(before: ReadonlyMap<string, AnyRecord>, story: Story): Set<string> {
  const changed = story.state.everything().filter((after) => before.get(refKey(after)) !== after);
  return new Set(
    changed.flatMap((after) => [
      refKey(after),
      ...moduleOf(after.type)
        .dependents(before.get(refKey(after)) as never, after as never, story.state)
        .map(refKey),
    ]),
  );
}
