import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Replica } from "../../../server/app/replica.ts";
import { EVENT_TYPES } from "../../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import { keepNow } from "../../support/kernel/kept-states.ts";
import { ACTS, play } from "../../support/kernel/play.ts";
import { newMedia, type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";

const SOS = { place: { lat: 30.6, lng: 114.3 } };

/** All that a start has to bring back, in every order that anything could ask for. */
function stateOf({ kernel: { replica, deadlines } }: Pick<TestKernel, "kernel">) {
  const types = capturedOf({ kernel: { replica } });
  return JSON.stringify({
    tail: replica.tail,
    types,
    seqs: types.flatMap(({ type, records }) =>
      records.map(({ id }) => replica.timelines.seqs({ type, id })),
    ),
    next: deadlines.nextAt(),
    due: deadlines
      .due(Number.MAX_SAFE_INTEGER)
      .map(({ id }) => id)
      .sort(),
  });
}

/** All awake. */
const capturedOf = ({ kernel: { replica } }: { kernel: { replica: Replica } }) =>
  replica.world.capture().map(({ type, lastPut }) => ({
    type,
    records: [...replica.world.all(type)],
    lastPut,
  }));

/** Opened once from the kept state and once from the log alone. */
async function bothWays(k: TestKernel, media = newMedia()) {
  const kept = await k.reopened();
  expect(kept.keptSaid.map(({ kind }) => kind)).toEqual(["USED"]);
  const { state: _none, ...without } = media;
  return { kept, replayed: await testKernel({ media: without, clock: k.clock }) };
}

describe("a start from a kept state", () => {
  test("LOG-23 given random acts, when a state was kept among them, then a start from it is in everything the start that reads the whole log", async () => {
    const act = fc.record({ act: fc.constantFrom(...ACTS), n: fc.nat(1) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 12 }),
        fc.array(act, { maxLength: 12 }),
        async (before, after) => {
          const media = newMedia();
          const k = await testKernel({ media });
          for (const { act, n } of before) await play(k, act, n);
          await keepNow(k.kernel, k.log, media.state);
          for (const { act, n } of after) await play(k, act, n);
          const { kept, replayed } = await bothWays(k, media);
          expect(stateOf(kept)).toBe(stateOf(replayed));
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 20) },
    );
  });

  test("LOG-23 given clocks that run, when the server starts from what was kept before them, then they are raised when they are due", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", SOS);
    await keepNow(k.kernel, k.log, media.state);
    const { kept } = await bothWays(k, media);
    await kept.passScanning(61_000);
    expect(kept.kernel.replica.world.get("incident", "i1")?.clocks.ack?.level).toBeGreaterThan(1);
  });

  test("LOG-27 given a command that was accepted before the kept state, when it comes again after the start, then it is answered by its commit and nothing is appended", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    const id = "twin-of-a-call";
    const first = await k.accepted("jiangan.police", "incident.sos", "incident", "i1", SOS, { id });
    await k.accepted("jiangan.duty", "incident.acknowledge", "incident", "i1");
    await keepNow(k.kernel, k.log, media.state);
    const { kept } = await bothWays(k, media);
    const { seq } = kept.kernel.replica.tail;
    const again = await kept.accepted("jiangan.police", "incident.sos", "incident", "i1", SOS, {
      id,
      knownSeq: first.seq - 1,
    });
    expect(again).toMatchObject({ seq: first.seq, hash8: first.hash8 });
    const [raise] = kept.kernel.deadlines.due(0);
    expect(raise).toBeUndefined();
    const level = { clock: "ack", startSeq: first.seq, level: 1 };
    await kept.kernel.app.systemCommand({
      id: `sys:incident:i1:ack:${first.seq}:1`,
      kind: RAISE_CLOCK,
      ref: { type: "incident", id: "i1" },
      payload: level,
    });
    expect(kept.kernel.replica.tail.seq).toBe(seq);
  });

  test("LOG-27 given a call for help that the journal still holds though the log has it, when the server starts from what was kept after, then it does not alarm as new", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    const recovered = k.log.refuseWrites();
    const call = k.send("jiangan.police", "incident.sos", "incident", "i1", SOS);
    await call;
    const entries = [...media.journal.entries];
    expect(entries).not.toEqual([]);
    recovered();
    await k.kernel.follow();
    media.journal.entries = entries;
    await keepNow(k.kernel, k.log, media.state);
    const { kept } = await bothWays(k, media);
    expect(kept.kernel.emergency.changed()).toEqual([]);
    await kept.kernel.follow();
    expect(kept.kernel.replica.world.get("incident", "i1")?.repeats).toBe(0);
  });

  test("LOG-25 given a process that keeps a state by itself, when another starts from it, then an observer's world is that of half a minute ago and no younger", async () => {
    const media = newMedia();
    const k = await testKernel({ media });
    await k.accepted("jiangan.duty", "officer.setDuty", "officer", "jiangan.police", {
      duty: "ON_DUTY",
    });
    const { seq: old } = k.kernel.replica.tail;
    k.clock.pass(31_000);
    k.kernel.observers.beat();
    await k.accepted("jiangan.police", "incident.sos", "incident", "young", SOS);
    await k.kernel.keeper?.keep();
    expect(k.keptSaid).toEqual([{ kind: "KEPT", seq: old }]);

    const next = await testKernel({ media, clock: k.clock });
    expect(next.keptSaid).toEqual([{ kind: "USED", seq: old, tail: old + 1 }]);
    expect(next.kernel.replica.world.get("incident", "young")).toBeDefined();
    await keepNow(next.kernel, next.log, media.state);
    next.kernel.observers.beat();
    await next.kernel.keeper?.keep();
    expect(next.keptSaid.at(-1)).toEqual({ kind: "KEPT", seq: old });
    next.clock.pass(30_000);
    next.kernel.observers.beat();
    await next.kernel.keeper?.keep();
    expect(next.keptSaid.at(-1)).toEqual({ kind: "KEPT", seq: old + 1 });
  });

  test.each([
    ["of another fold", (head: string) => head.replace(/"fold":"\d+/, '"fold":"999')],
    ["of another format", (head: string) => head.replace(/"format":\d+/, '"format":999')],
    ["of another log", (head: string) => head.replace(/"genesis":"...../, '"genesis":"00000')],
    [
      "of a commit that is another one here",
      (head: string) => head.replace(/"hash":"...../, '"hash":"00000'),
    ],
    [
      "of a commit that this log does not hold",
      (head: string) => head.replace(/"seq":\d+/, '"seq":99999'),
    ],
    ["without a head that can be read", () => "{"],
    ["with a head of another shape", () => '{"format":1}'],
  ])(
    "LOG-24 given a kept state %s, when the server starts, then it says so and reads the whole log",
    async (_, spoil) => {
      const { media, k } = await keptOnce();
      const [head = "", ...rest] = media.state.lines;
      expect(spoil(head)).not.toBe(head);
      media.state.lines = [spoil(head), ...rest];
      await expectReplay(k, media);
    },
  );

  test.each([
    ["cut in its middle", (lines: string[]) => lines.slice(0, 3)],
    ["with a line that is torn", (lines: string[]) => lines.with(2, lines[2]?.slice(0, 40) ?? "")],
    ["with a record twice", (lines: string[]) => [...lines.slice(0, 3), ...lines.slice(2)]],
  ])(
    "LOG-24 given a kept state %s, when the server starts, then it says so and reads the whole log",
    async (_, spoil) => {
      const { media, k } = await keptOnce();
      media.state.lines = spoil(media.state.lines);
      await expectReplay(k, media);
    },
  );

  test("LOG-24 given a kept state that its seal does not vouch for, when the server starts, then nothing of it is used", async () => {
    const { media, k } = await keptOnce();
    const { state } = media;
    media.state = {
      ...state,
      read: async () => ({
        lines: state.lines.map((line) => Buffer.from(line)),
        isOwn: Promise.resolve(false),
      }),
    };
    await expectReplay(k, media);
  });
});

async function keptOnce() {
  const media = newMedia();
  const k = await testKernel({ media });
  await k.accepted("jiangan.police", "incident.sos", "incident", "i1", SOS);
  await keepNow(k.kernel, k.log, media.state);
  await k.accepted("jiangan.duty", "incident.acknowledge", "incident", "i1");
  return { media, k };
}

async function expectReplay(k: TestKernel, media: ReturnType<typeof newMedia>): Promise<void> {
  const next = await testKernel({ media, clock: k.clock });
  expect(next.keptSaid.map(({ kind }) => kind)).toEqual(["IGNORED"]);
  const cold = new Replica(k.log, { mode: "DEMO", knownEventTypes: EVENT_TYPES });
  await cold.catchUp();
  expect(JSON.stringify(capturedOf(next))).toBe(
    JSON.stringify(capturedOf({ kernel: { replica: cold } })),
  );
  expect(next.kernel.replica.known.covers(0, next.kernel.replica.tail.seq)).toBe(true);
}
