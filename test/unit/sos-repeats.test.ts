import { describe, expect, it } from "vitest";
import { mergingSos } from "../../server/edge/sos/merging-sos.ts";
import { SosRepeats } from "../../server/edge/sos/sos-repeats.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import { province } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";

const OFFICER = "jiangan.police";

/** One sender, the incident module behind it, and a clock of the test's own. */
function edge({ verified = false } = {}) {
  const story = new Story(province());
  const clock = { at: 0 };
  const repeats = new SosRepeats(story.state, () => clock.at);
  const passed: string[] = [];
  let seq = 0;
  const mark = verified ? {} : { unverified: true as const };
  const pass = async (commandId: string): Promise<CommandAnswer> => {
    passed.push(commandId);
    seq += 1;
    const ref = { type: "incident", id: commandId } as const;
    story.accepted({ by: OFFICER, kind: "incident.sos", ref, ...mark, id: commandId });
    return { id: commandId, outcome: "ACCEPTED", seq, hash8: "00000000", at: seq };
  };
  const send = (commandId: string, session = "s1", road = pass) =>
    repeats.take({ commandId, from: { officerId: OFFICER, session, ...mark } }, () =>
      road(commandId),
    );
  const open = () => story.state.linked("incident", `officer:${OFFICER}`)[0];
  const desk = (kind: string, payload = {}) => {
    const ref = { type: "incident", id: open()?.id ?? "" } as const;
    story.accepted({ by: "jiangan.duty", kind, ref, payload });
  };
  return { story, clock, passed, send, desk };
}
const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `c${from + n}`);
const joins = (answers: readonly CommandAnswer[]) => answers.map(({ joined }) => joined);
const REASON = { reason: { id: "t", hash: "h" } };
const refusal = async (id: string): Promise<CommandAnswer> => ({
  id,
  outcome: "REFUSED",
  seq: 1,
  hash8: "00000000",
});

describe.each([
  { who: "somebody who is not known", verified: false },
  { who: "an officer who is signed in", verified: true },
])("a flood of calls from $who", ({ verified }) => {
  it("SOSR-7 of 1,000 at once five pass; the others are answered with the last one's commit", async () => {
    const { send, passed } = edge({ verified });
    const answers = await Promise.all(ids(1, 1_000).map((id) => send(id)));
    expect(passed).toEqual(ids(1, 5));
    expect(answers.map(({ id }) => id)).toEqual(ids(1, 1_000));
    expect(joins(answers.slice(0, 5))).toEqual(Array(5).fill(undefined));
    expect(new Set(answers.slice(5).map(({ joined, seq }) => `${joined} ${seq}`))).toEqual(
      new Set(["c5 5"]),
    );
  });

  it("SOSR-7 afterwards one in two seconds passes, so 100 a second for a minute are 34", async () => {
    const { send, passed, clock } = edge({ verified });
    for (let n = 0; n < 6_000; n += 1) {
      clock.at = n * 10;
      await send(`c${n}`);
    }
    expect(passed.length).toBe(5 + 29);
  });

  it("SOSR-27 what was merged while only the journal held the alarm is answered from the log once that holds it", async () => {
    const { send, passed, story } = edge({ verified });
    const journal = async (id: string): Promise<CommandAnswer> => {
      passed.push(id);
      return { id, outcome: "JOURNALLED", seq: 1, hash8: "00000000", at: 1 };
    };
    for (const id of ids(1, 8)) await send(id, "s1", journal);
    expect(passed).toEqual(ids(1, 5));
    expect(await send("c8", "s1", journal)).toMatchObject({ outcome: "JOURNALLED", joined: "c5" });
    for (const id of ids(1, 5)) {
      const mark = verified ? {} : { unverified: true as const };
      const ref = { type: "incident", id } as const;
      story.accepted({ by: OFFICER, kind: "incident.sos", ref, ...mark, id });
    }
    const again = [await send("c6"), await send("c7"), await send("c8")];
    expect(again.map(({ outcome, joined }) => `${outcome} ${joined}`)).toEqual([
      "ACCEPTED undefined",
      "ACCEPTED c6",
      "ACCEPTED c6",
    ]);
  });

  it("SOSR-7 once the alarm has ended the next call raises a new one, and only that", async () => {
    const { send, passed, desk } = edge({ verified });
    for (const id of ids(1, 6)) await send(id);
    desk("incident.falseAlarm", REASON);
    await Promise.all(ids(7, 30).map((id) => send(id)));
    expect(passed).toEqual([...ids(1, 5), "c7"]);
  });

  it("SOSR-7 a retry is answered by the log itself, and merged into no other", async () => {
    const { send, passed } = edge({ verified });
    for (const id of ids(1, 6)) await send(id);
    const again = { outcome: "ACCEPTED", hash8: "00000000", at: 9 } as const;
    for (const [seq, id] of [
      [2, "c2"],
      [5, "c5"],
    ] as const)
      expect(await send(id, "s1", async () => ({ ...again, id, seq }))).toEqual({
        ...again,
        id,
        seq,
      });
    expect(passed).toEqual(ids(1, 5));
  });

  it("SOSR-7 while nothing of a sender is stored, neither a refusal nor a failure stops the next", async () => {
    const { send, passed } = edge({ verified });
    const down = () => Promise.reject(new Error("store away"));
    for (const id of ids(1, 5)) await send(id, "s1", refusal);
    await expect(send("c6", "s1", down)).rejects.toThrow("store away");
    expect((await send("c7")).joined).toBeUndefined();
    expect((await send("c8")).joined).toBe("c7");
    expect(passed).toEqual(["c7"]);
  });

  it("SOSR-7 refused calls in between do not open the way for a flood", async () => {
    const { send, passed } = edge({ verified });
    for (const id of ids(1, 4)) await send(id);
    for (let n = 5; n < 500; n += 2) {
      await send(`c${n}`, "s1", refusal);
      await send(`c${n + 1}`);
    }
    expect(passed).toEqual(ids(1, 4));
  });
});

describe("whose calls are merged", () => {
  it("SOSR-7 of somebody who is not known, another key or session has a budget of its own", async () => {
    const { send, passed } = edge();
    for (const id of ids(1, 6)) await send(id);
    await send("d1", "other");
    expect(passed).toEqual([...ids(1, 5), "d1"]);
  });

  it("SOSR-25 an officer who is signed in is one sender on all his phones", async () => {
    const { send, passed } = edge({ verified: true });
    for (const id of ids(1, 5)) await send(id);
    expect((await send("d1", "other")).joined).toBe("c5");
    expect(passed).toEqual(ids(1, 5));
  });

  it("SOSR-25 what he repeats after the acknowledgement always passes", async () => {
    const { send, passed, desk } = edge({ verified: true });
    for (const id of ids(1, 6)) await send(id);
    desk("incident.acknowledge");
    expect((await send("c7")).joined).toBeUndefined();
    expect(passed).toEqual([...ids(1, 5), "c7"]);
  });
});

describe("every road of the edge", () => {
  it.each([
    { what: "a revoked session", from: { session: "s-revoked", unverified: true as const } },
    { what: "an officer who is signed in", from: { session: "s1" } },
  ])(
    "SOSR-26 given 1,000 calls of $what while the store works, then five commits are written",
    async ({ from }) => {
      const k = await testKernel();
      const app = mergingSos(k.kernel.app, () => k.clock.monotonic());
      const before = app.tail().seq;
      const answers: CommandAnswer[] = [];
      for (let n = 0; n < 1_000; n += 1) {
        const id = `flood-${1_000 + n}`;
        const ref = { type: "incident", id };
        const call = { id, kind: "incident.sos", ref, payload: {}, knownSeq: 0, knownAt: 0 };
        answers.push(await app.command(call, { officerId: OFFICER, ...from }));
      }
      expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["ACCEPTED"]));
      expect(joins(answers).filter(Boolean)).toHaveLength(995);
      expect(app.tail().seq - before).toBe(5);
    },
  );

  it("SOSR-26 given 1,000 calls while the store refuses, then the journal holds five, and of those that follow the import one passes and the others are merged into it", async () => {
    const k = await testKernel();
    const app = mergingSos(k.kernel.app, () => k.clock.monotonic());
    const restore = k.log.refuseWrites();
    const flood = async (from: number, to: number) => {
      const answers: CommandAnswer[] = [];
      for (const id of ids(from, to))
        answers.push(
          await app.command(
            {
              id: `flood-1-${id}`,
              kind: "incident.sos",
              ref: { type: "incident", id },
              payload: {},
            },
            { officerId: OFFICER, session: "s1" },
          ),
        );
      return answers;
    };
    const held = await flood(1, 1_000);
    expect(new Set(held.map(({ outcome }) => outcome))).toEqual(new Set(["JOURNALLED"]));
    expect(joins(held).filter(Boolean)).toHaveLength(995);
    restore();
    await k.kernel.follow();
    const before = app.tail().seq;
    const after = await flood(1_001, 1_010);
    expect(joins(after)).toEqual([undefined, ...Array(9).fill("flood-1-c1001")]);
    expect(new Set(after.map(({ outcome }) => outcome))).toEqual(new Set(["ACCEPTED"]));
    expect(app.tail().seq).toBe(before + 1);
    await k.accepted("jiangan.duty", "incident.acknowledge", "incident", "c1");
    expect((await flood(1_011, 1_011)).at(0)?.joined).toBeUndefined();
  });
});
