import { describe, expect, it } from "vitest";
import { SosRepeats } from "../../server/edge/sos/sos-repeats.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import { province } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";

const OFFICER = "jiangan.police";

/** One key, the incident module behind it, and a clock of the test's own. */
function edge() {
  const story = new Story(province());
  const clock = { at: 0 };
  const repeats = new SosRepeats(story.state, () => clock.at);
  const passed: string[] = [];
  let seq = 0;
  const pass = async (commandId: string): Promise<CommandAnswer> => {
    passed.push(commandId);
    seq += 1;
    const ref = { type: "incident", id: commandId } as const;
    story.accepted({ by: OFFICER, kind: "incident.sos", ref, unverified: true, id: commandId });
    return { id: commandId, outcome: "ACCEPTED", seq, hash8: "00000000", at: seq };
  };
  const send = (commandId: string, keyId = "key", road = pass) =>
    repeats.take({ keyId, officerId: OFFICER, commandId }, () => road(commandId));
  const open = () => story.state.linked("incident", `officer:${OFFICER}`)[0];
  return { story, clock, passed, send, open };
}
const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `c${from + n}`);

describe("a flood of calls from one key", () => {
  it("SOSR-7 of 1,000 at once five pass; the others are answered with the last one's commit", async () => {
    const { send, passed } = edge();
    const answers = await Promise.all(ids(1, 1_000).map((id) => send(id)));
    expect(passed).toEqual(ids(1, 5));
    expect(answers.map(({ id }) => id)).toEqual(ids(1, 1_000));
    expect(answers.slice(0, 5).map(({ joined }) => joined)).toEqual(Array(5).fill(undefined));
    expect(new Set(answers.slice(5).map(({ joined, seq }) => `${joined} ${seq}`))).toEqual(
      new Set(["c5 5"]),
    );
  });

  it("SOSR-7 afterwards one in two seconds passes, so 100 a second for a minute are 35", async () => {
    const { send, passed, clock } = edge();
    for (let n = 0; n < 6_000; n += 1) {
      clock.at = n * 10;
      await send(`c${n}`);
    }
    expect(passed.length).toBe(5 + 29);
  });

  it("SOSR-7 another key of the same officer has a budget of its own, and a retry is never merged", async () => {
    const { send, passed } = edge();
    for (const id of ids(1, 6)) await send(id);
    await send("d1", "other");
    expect(
      (
        await send("c5", "key", async (id) => ({
          id,
          outcome: "ACCEPTED",
          seq: 5,
          hash8: "00000000",
        }))
      ).joined,
    ).toBeUndefined();
    expect(passed).toEqual([...ids(1, 5), "d1"]);
  });

  it("SOSR-7 once the alarm has ended the next call raises a new one, and only that", async () => {
    const { send, passed, open, story } = edge();
    for (const id of ids(1, 6)) await send(id);
    const ref = { type: "incident", id: open()?.id ?? "" } as const;
    const reason = { id: "t", hash: "h" };
    story.accepted({ by: "jiangan.duty", kind: "incident.falseAlarm", ref, payload: { reason } });
    await Promise.all(ids(7, 30).map((id) => send(id)));
    expect(passed).toEqual([...ids(1, 5), "c7"]);
  });

  it("SOSR-7 a refusal and a failure of the one before do not stop the next", async () => {
    const { send, passed } = edge();
    for (const id of ids(1, 4)) await send(id);
    const refuse = async (id: string): Promise<CommandAnswer> => ({
      id,
      outcome: "REFUSED",
      seq: 1,
      hash8: "00000000",
    });
    await send("c5", "key", refuse);
    expect((await send("c6")).joined).toBeUndefined();
    const down = () => Promise.reject(new Error("store away"));
    await expect(send("c6", "key", down)).rejects.toThrow("store away");
    expect((await send("c7")).joined).toBeUndefined();
    expect((await send("c8")).joined).toBe("c7");
    expect(passed).toEqual([...ids(1, 4), "c6", "c7"]);
  });
});
