import { beforeEach, describe, expect, test } from "vitest";
import type { Delivery } from "../../client/link/roads.ts";
import { leftoverStory } from "../../client/simulator/leftovers.ts";
import { createReactor, type Reaction } from "../../client/simulator/reactions.ts";
import { createSlots } from "../../client/simulator/slots.ts";
import type { Step } from "../../client/simulator/story.ts";
import { createTally } from "../../client/simulator/tally.ts";
import { createTeller } from "../../client/simulator/teller.ts";
import type { CommandEnvelope } from "../../shared/wire/command.ts";
import type { PutRecord } from "../../shared/wire/live.ts";
import { type FakePlatform, fakePlatform } from "./link-fakes.ts";

const OK: Delivery = {
  kind: "answer",
  answer: { id: "x", outcome: "ACCEPTED", seq: 1, hash8: "00000000" },
};
const NONE: Delivery = { kind: "none", failure: { status: 0, code: "OFFLINE" } };
const refused = (code: string): Delivery => ({
  kind: "answer",
  answer: { id: "x", outcome: "REFUSED", seq: 1, hash8: "00000000", refusal: { code } },
});

const step = (kind: string, more: Partial<Step> = {}): Step => ({
  atS: 0,
  by: "o1",
  kind,
  ref: { type: "operation", id: "sim-r-0-op-1" },
  payload: {},
  ...more,
});

let platform: FakePlatform;
let answers: Delivery[];
let sent: CommandEnvelope[];
let uncovered: (() => void)[] | undefined;

beforeEach(() => {
  platform = fakePlatform();
  answers = [];
  sent = [];
  uncovered = undefined;
});

const settle = async () => {
  for (let i = 0; i < 60; i++) await Promise.resolve();
};
const pass = async (ms: number) => {
  platform.pass(ms);
  await settle();
};

function open() {
  const tally = createTally();
  const voice = {
    known: () => ({ seq: 5, at: 1_000 }),
    whenCovered: () =>
      uncovered ? new Promise<void>((resolve) => uncovered?.push(resolve)) : Promise.resolve(),
    api: { putSubject: async () => ({ ok: true, value: undefined }) as const },
    deliver: async (envelope: CommandEnvelope) => {
      sent.push(envelope);
      return answers.shift() ?? OK;
    },
  };
  const teller = createTeller({
    platform,
    tally,
    voiceOf: (id) => (id === "o1" ? voice : undefined),
    slots: createSlots(4),
    accepted: () => undefined,
  });
  return { teller, tally };
}

describe("handing in", () => {
  test("SIM-13 without an answer the same id is tried again", async () => {
    answers = [NONE, NONE, OK];
    const { teller, tally } = open();
    teller.add("s", 0, step("operation.depart"));
    await pass(0);
    await pass(20_000);
    await pass(20_000);
    expect(sent.map(({ id }) => id)).toEqual(["s:0", "s:0", "s:0"]);
    expect(tally.report(1).commands).toEqual({ sent: 1, accepted: 1, refused: 0, repeated: 2 });
    expect(teller.waiting()).toBe(0);
  });

  test("SIM-15 the next step waits for the answer to the one before", async () => {
    answers = [NONE, OK, OK];
    const { teller } = open();
    teller.add("s", 0, step("operation.depart"));
    teller.add("s", 1, step("operation.arrive"));
    await pass(0);
    expect(sent.map(({ kind }) => kind)).toEqual(["operation.depart"]);
    await pass(20_000);
    expect(sent.map(({ id }) => id)).toEqual(["s:0", "s:0", "s:1"]);
  });

  test("SIM-15 without its record the rest of a story is left out", async () => {
    answers = [refused("ROLE_REQUIRED")];
    const { teller, tally } = open();
    teller.add("s", 0, step("operation.open", { opens: true }));
    teller.add("s", 1, step("operation.depart"));
    await pass(0);
    expect(sent).toHaveLength(1);
    const { leftOut, refusals } = tally.report(1);
    expect([leftOut, refusals]).toEqual([1, { "operation.open ROLE_REQUIRED": 1 }]);
  });

  test("SIM-16 a pause from above is waited for, and counted once", async () => {
    answers = [refused("PAUSE_ORDERED"), refused("PAUSE_ORDERED"), OK];
    const { teller, tally } = open();
    teller.add("s", 0, step("operation.start"));
    await pass(0);
    await pass(20_000);
    await pass(20_000);
    expect(tally.report(1).commands).toMatchObject({ accepted: 1, refused: 0 });
    expect(tally.report(1).refusals).toEqual({ "operation.start PAUSE_ORDERED": 1 });
  });

  test("SIM-7 what happens without coverage keeps its time and says how old it is", async () => {
    uncovered = [];
    const { teller } = open();
    const madeAt = platform.wallMs();
    teller.add("s", 0, step("operation.arrive"));
    await pass(240_000);
    expect(sent).toEqual([]);
    const waiting = uncovered;
    uncovered = undefined;
    for (const go of waiting) go();
    await pass(0);
    expect(sent[0]).toMatchObject({
      deviceAt: madeAt,
      ageMs: 240_000,
      knownSeq: 5,
      knownAt: 1_000,
    });
  });

  test("SIM-18 a stop ends every wait", async () => {
    answers = [NONE];
    const { teller } = open();
    teller.add("s", 0, step("operation.depart"));
    await pass(0);
    teller.stop();
    await pass(60_000);
    expect(sent).toHaveLength(1);
  });
});

const put = (type: string, id: string, dto: Record<string, unknown>): PutRecord => ({
  type,
  id,
  rev: 1,
  dto,
});

describe("what others did", () => {
  const operation = (more: Record<string, unknown>) =>
    put("operation", "op1", {
      state: "EXECUTING",
      pauseOrdered: false,
      sceneCommanderId: "o1",
      ...more,
    });
  const heard = (puts: readonly PutRecord[], me = "o1") => {
    const done: Reaction[] = [];
    const reactor = createReactor((reaction) => done.push(reaction));
    for (const one of puts) reactor.hear([one], me);
    return done.map((reaction) => reaction.step.kind);
  };

  test("SIM-17 an ordered pause is confirmed once, and after it is lifted he goes on once", () => {
    const ordered = operation({ pauseOrdered: true, pauseOrder: { at: 7 } });
    const lifted = operation({ state: "PAUSED" });
    expect(heard([ordered, ordered, lifted, lifted])).toEqual([
      "operation.confirmPause",
      "operation.resume",
    ]);
    expect(heard([ordered], "o2")).toEqual([]);
  });

  test("SIM-17 a pause of his own court he leaves alone", () => {
    expect(heard([operation({ state: "PAUSED" })])).toEqual([]);
  });

  test("SIM-17 a message to him is delivered, then read", () => {
    const message = (state: string) => put("message", "m1", { state, toOfficerId: "o1" });
    expect(heard([message("SENT"), message("SENT"), message("DELIVERED")])).toEqual([
      "message.deliver",
      "message.read",
    ]);
  });

  test("SIM-14 only simulated records of other runs are brought to an end, custody never", () => {
    const dto = (state: string, kind = "DETAIN") => ({
      courtId: "c1",
      kind,
      state,
      parts: { escort: ["c1-judge", "c1-police"] },
    });
    const ends = (id: string, body: Record<string, unknown>) =>
      leftoverStory(put("detention", id, body), "r2", () => true)?.steps.map(
        ({ by, kind }) => `${by} ${kind}`,
      );
    expect(ends("sim-r1-0-detain-1", dto("CONTROLLED"))).toEqual(["c1-police detention.intake"]);
    expect(ends("sim-r1-0-detain-2", dto("PROPOSED"))).toEqual(["c1-president detention.stop"]);
    expect(ends("sim-r1-0-compel-1", dto("INQUIRY", "COMPEL"))).toEqual([
      "c1-police detention.release",
    ]);
    expect(ends("sim-r1-0-detain-3", dto("IN_CUSTODY"))).toBeUndefined();
    expect(ends("sim-r2-0-detain-4", dto("CONTROLLED"))).toBeUndefined();
    expect(ends("0193a000-real", dto("CONTROLLED"))).toBeUndefined();
  });
});
