/** Several processes append to one log: what each may rest on, and that nobody starves. */
import { describe, expect, test } from "vitest";
import { Contention } from "../../../server/app/contention.ts";
import { scanOnce } from "../../../server/app/scan-deadlines.ts";
import { openMemoryLog } from "../../../server/log/log-memory.ts";
import { newMedia, TestClock, testKernel } from "../../support/kernel/test-kernel.ts";

type Node = Awaited<ReturnType<typeof testKernel>>;

/** One look after deadlines, as each node takes it every second. */
const scan = ({ kernel, clock }: Node) =>
  scanOnce(
    kernel.deadlines,
    () => clock.now(),
    (command) => kernel.app.systemCommand(command),
  );

describe("several writers", () => {
  test("NODE-1 given a foreign commit in the last 10 s, when this process wins, then it rests for 20 ms; otherwise it does not", () => {
    const clock = new TestClock();
    const contention = new Contention(() => clock.monotonic(), false);
    contention.won();
    const alone = contention.restMs();
    contention.sawForeign();
    const sawOnly = contention.restMs();
    clock.pass(9_999);
    contention.won();
    const among = contention.restMs();
    clock.pass(15);
    const later = contention.restMs();
    clock.pass(5);
    contention.won();
    expect([alone, sawOnly, among, later, contention.restMs()]).toEqual([0, 0, 20, 5, 0]);
  });

  test("NODE-1 given a log whose end takes long to look at, when this process wins, then it rests for three looks, half a second at most", () => {
    const clock = new TestClock();
    const contention = new Contention(() => clock.monotonic(), false);
    const restAfter = (lookMs: number) => {
      for (let n = 0; n < 40; n += 1) contention.looked(lookMs);
      contention.sawForeign();
      contention.won();
      return Math.round(contention.restMs());
    };
    expect([1, 40, 5_000, 1].map(restAfter)).toEqual([20, 120, 500, 20]);
  });

  test("NODE-1 given one of several nodes that appends without a pause, and no foreign commit yet, then there is room for one every 250 ms, and none is made where it rests anyway", () => {
    const clock = new TestClock();
    const contention = new Contention(() => clock.monotonic(), true);
    const rests: number[] = [];
    /** A commit that takes 5 ms, and what comes before the next. */
    const append = (pauseMs: number) => {
      clock.pass(5);
      contention.won();
      clock.pass(pauseMs);
      const restMs = contention.restMs();
      rests.push(restMs);
      clock.pass(restMs);
    };
    for (let n = 0; n < 150; n += 1) append(0); // 750 ms, and one at the beginning
    expect(rests.filter((ms) => ms > 0)).toEqual([20, 20, 20, 20]);
    rests.length = 0;
    for (let n = 0; n < 150; n += 1) append(20);
    expect(rests.filter((ms) => ms > 0)).toEqual([]);
  });

  test("NODE-1 given two processes that append, when one has seen the other's commits, then it asks for its pause before the next append", async () => {
    const a = await testKernel({ severalWriters: true });
    const b = await a.reopened();
    const message = (k: Node, id: string) =>
      k.accepted("jiangan.police", "message.send", "message", id, {
        toCourtId: "jiangan",
        text: id,
      });
    await message(a, "m1");
    await message(b, "m2");
    await message(a, "m3");
    await message(b, "m4");
    await Promise.all([a.kernel.executor.follow(), b.kernel.executor.follow()]);
    const ids = (k: Node) => [...k.kernel.replica.world.all("message")].map(({ id }) => id);
    expect([ids(a), ids(b)]).toEqual([
      ["m1", "m2", "m3", "m4"],
      ["m1", "m2", "m3", "m4"],
    ]);
  });

  test("NODE-3 given a process that appends without end, when another decides something that appends nothing, then it is answered all the same, on a state that was the log's end meanwhile", async () => {
    const media = newMedia();
    const clock = new TestClock();
    const busy = await testKernel({ severalWriters: true, media, clock });
    let written = 0;
    const writeMore = () =>
      busy.accepted("jiangan.police", "message.send", "message", `busy-${written++}`, {
        toCourtId: "jiangan",
        text: "more",
      });
    const plain = openMemoryLog(media.log);
    let isBusy = false;
    const other = await testKernel({
      severalWriters: true,
      media,
      clock,
      log: {
        ...plain,
        read: async (after, limit) => {
          if (isBusy) await writeMore();
          return plain.read(after, limit);
        },
      },
    });
    isBusy = true;
    const refused = await other.send("jiangan.duty", "incident.confirm", "incident", "none");
    isBusy = false;
    expect(refused).toMatchObject({ outcome: "REFUSED" });
    expect(refused.seq).toBeGreaterThan(0);
    expect(written).toBeLessThan(4);
  });

  test("NODE-4 given a command that one node stored and whose answer was lost, when it comes again to another node that has not read that commit, then it is answered with the first one's commit, once", async () => {
    const a = await testKernel({ severalWriters: true });
    const b = await a.reopened();
    const send = (k: Node) =>
      k.send(
        "jiangan.police",
        "incident.sos",
        "incident",
        "i1",
        {},
        { id: "cmd-retried-elsewhere" },
      );
    const first = await send(a);
    const second = await send(b);
    const third = await send(a);
    expect([first.outcome, second, third]).toEqual(["ACCEPTED", first, first]);
    expect(b.kernel.replica.tail).toEqual(a.kernel.replica.tail);
  });

  test("NODE-4 given the same command under way on two nodes at once, then one commit holds it and both answer with that", async () => {
    const a = await testKernel({ severalWriters: true });
    const b = await a.reopened();
    const { seq } = a.kernel.replica.tail;
    const answers = await Promise.all(
      [a, b, a, b].map((k) =>
        k.send("jiangan.police", "incident.sos", "incident", "i1", {}, { id: "cmd-both-roads" }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ outcome: "ACCEPTED", seq: seq + 1 });
    await a.kernel.executor.follow();
    expect(a.kernel.replica.tail.seq).toBe(seq + 1);
  });

  test("NODE-5 given two nodes that scan the same deadlines, when they come due, then each level is raised once", async () => {
    const a = await testKernel({ severalWriters: true });
    const b = await a.reopened();
    await a.accepted("jiangan.police", "incident.sos", "incident", "i1", {});
    await b.kernel.executor.follow();
    for (let round = 0; round < 90; round += 1) {
      a.clock.pass(1_000);
      await Promise.all([scan(a), scan(b)]);
    }
    await Promise.all([a.kernel.executor.follow(), b.kernel.executor.follow()]);
    const commits = await a.log.read(-1, 1_000);
    const raised = commits
      .flatMap(({ body }) => JSON.parse(body).commands as { id: string; kind: string }[])
      .filter(({ kind }) => kind === "clock.raise")
      .map(({ id }) => id);
    expect(raised.length).toBeGreaterThan(2);
    expect(new Set(raised).size).toBe(raised.length);
    expect(b.kernel.replica.tail).toEqual(a.kernel.replica.tail);
  });
});
