import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import { parseCommitBody } from "../../../server/log/commit-body.ts";
import { verifyChain } from "../../../server/log/verify-chain.ts";
import { testKernel } from "../../support/kernel/test-kernel.ts";

const sos = (place = { lat: 30.6, lng: 114.3 }) => ({ place });

describe("command to commit", () => {
  test("EXE-1 given commands that arrive together, when they are decided, then one commit holds them in order", async () => {
    const k = await testKernel();
    const before = k.kernel.replica.tail.seq;
    const answers = await Promise.all(
      [1, 2, 3].map((n) =>
        k.send("jiangan.police", "message.send", "message", `m${n}`, {
          toCourtId: "jiangan",
          text: `第${n}条`,
        }),
      ),
    );
    expect(answers.map((a) => [a.outcome, a.seq])).toEqual(
      [1, 2, 3].map(() => ["ACCEPTED", before + 1]),
    );
    const [commit] = await k.log.read(before, 1);
    const body = parseCommitBody(commit?.body ?? "");
    expect(body.ok && body.body.commands.map((c) => c.events[0]?.ref.id)).toEqual([
      "m1",
      "m2",
      "m3",
    ]);
  });

  test("EXE-2 given an accepted command, when it comes again by another road, then it answers the same commit and nothing is appended", async () => {
    const k = await testKernel();
    const id = v7();
    const first = await k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos(), {
      id,
      deviceAt: 5,
    });
    const tail = k.kernel.replica.tail.seq;
    const again = await k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos(), {
      id,
      deviceAt: 5,
      ageMs: 900,
      session: "other",
      knownSeq: first.seq - 1,
    });
    expect([again.seq, k.kernel.replica.tail.seq]).toEqual([first.seq, tail]);
  });

  test("EXE-2 given the same command by two roads at once, when both are in hand together, then it is in one commit once", async () => {
    const k = await testKernel();
    const id = v7();
    const seq = k.kernel.replica.tail.seq;
    const twins = await Promise.all(
      ["socket", "post"].map((session) =>
        k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos(), {
          id,
          session,
          knownSeq: seq,
        }),
      ),
    );
    const commits = await k.log.read(seq, 10);
    const stored = commits.map(({ body }) => parseCommitBody(body));
    expect(stored.flatMap((b) => (b.ok ? b.body.commands.map((c) => c.id) : []))).toEqual([id]);
    expect(twins.map((answer) => answer.seq)).toEqual([seq + 1, seq + 1]);
    expect(k.kernel.replica.world.get("incident", "i1")?.repeats).toBe(0);
  });

  test("EXE-3 given an accepted command, when its id comes with another payload or actor, then it is refused and recorded in the access stream", async () => {
    const k = await testKernel();
    const id = v7();
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos(), { id });
    const otherPayload = await k.send(
      "jiangan.police",
      "incident.sos",
      "incident",
      "i1",
      sos({ lat: 1, lng: 1 }),
      { id },
    );
    const otherActor = await k.send("jiangan.police2", "incident.sos", "incident", "i1", sos(), {
      id,
    });
    expect([otherPayload.refusal?.code, otherActor.refusal?.code]).toEqual([
      "ID_REUSED",
      "ID_REUSED",
    ]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const bodies = (await k.access.read(-1, 10)).map((c) => c.body).join();
    expect(bodies.match(/"access\.ID_REUSED"/g)).toHaveLength(2);
  });

  test("EXE-4 given a refused command, when it is sent again after the reason is gone, then it is decided anew", async () => {
    const k = await testKernel();
    const id = v7();
    const refused = await k.send(
      "jiangan.duty",
      "incident.acknowledge",
      "incident",
      "i1",
      {},
      { id },
    );
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos());
    const accepted = await k.send(
      "jiangan.duty",
      "incident.acknowledge",
      "incident",
      "i1",
      {},
      { id },
    );
    expect([refused.refusal?.code, accepted.outcome]).toEqual(["NO_SUCH_RECORD", "ACCEPTED"]);
  });

  test("EXE-5 given a store that refuses, when a command comes, then it is answered as not stored and leaves no trace", async () => {
    const k = await testKernel();
    const { seq } = k.kernel.replica.tail;
    k.log.failNextAppend({ code: "UNAVAILABLE" });
    const report = () => ({ kind: "MEDICAL", level: "GENERAL" });
    await expect(
      k.send("jiangan.police", "incident.report", "incident", "i1", report()),
    ).rejects.toThrow();
    expect([
      k.kernel.replica.tail.seq,
      k.kernel.replica.world.get("incident", "i1"),
      k.kernel.storeMode(),
    ]).toEqual([seq, undefined, "READ_ONLY"]);
    await k.accepted("jiangan.police", "incident.report", "incident", "i1", report());
    expect(k.kernel.storeMode()).toBe("OK");
  });

  test.each([true, false])(
    "EXE-6 given an unclear answer of the store (stored: %s), when the same bytes go again, then the command is in exactly once",
    async (stored) => {
      const k = await testKernel();
      const { seq } = k.kernel.replica.tail;
      k.log.failNextAppend({ code: "UNCLEAR", stored });
      const answer = await k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos());
      expect([answer.seq, (await k.log.read(seq, 10)).length]).toEqual([seq + 1, 1]);
    },
  );

  test("EXE-7 given two writers on one log, when both append at once, then each command is in once and both worlds agree", async () => {
    const a = await testKernel({ severalWriters: true });
    const b = await a.reopened();
    const send = (k: typeof a, n: number, who: string) =>
      k.send(
        who,
        "message.send",
        "message",
        `m-${who}-${n}`,
        { toCourtId: "jiangan", text: `${n}` },
        { id: `cmd-${who}-${n}-x` },
      );
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].flatMap((n) => [send(a, n, "jiangan.police"), send(b, n, "jiangan.judge")]),
    );
    expect(answers.every((x) => x.outcome === "ACCEPTED")).toBe(true);
    await Promise.all([a.kernel.executor.follow(), b.kernel.executor.follow()]);
    expect(b.kernel.replica.tail).toEqual(a.kernel.replica.tail);
    expect([...b.kernel.replica.world.all("message")]).toEqual([
      ...a.kernel.replica.world.all("message"),
    ]);
    expect(a.kernel.replica.world.count("message")).toBe(10);
  });

  test("EXE-8 given a request made on an older revision, when state or parts changed since, then it is STALE; when only a flag changed, it is not", async () => {
    const k = await testKernel();
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos());
    await k.passScanning(20_000); // level 1 raised: another revision, the same standing
    const flagOnly = await k.send(
      "jiangan.duty",
      "incident.confirm",
      "incident",
      "i1",
      {},
      { rev: 1 },
    );
    const stale = await k.send(
      "jiangan.duty",
      "incident.respond",
      "incident",
      "i1",
      {},
      { rev: 1 },
    );
    expect([flagOnly.outcome, stale.refusal?.code]).toEqual(["ACCEPTED", "STALE"]);
  });

  test("EXE-9 given malformed input of every kind, when it comes, then it is refused with the field, and nothing is appended", async () => {
    const k = await testKernel();
    const { seq } = k.kernel.replica.tail;
    const good = {
      id: v7(),
      kind: "incident.confirm",
      ref: { type: "incident", id: "i1" },
      payload: {},
      knownSeq: seq,
      knownAt: 0,
    };
    const bad: unknown[] = [
      null,
      "text",
      [],
      {},
      { ...good, extra: 1 },
      { ...good, ref: { type: "nothing", id: "x" } },
      { ...good, kind: "no.such" },
      { ...good, payload: { surprise: true } },
      { ...good, knownSeq: -1 },
      JSON.parse(
        '{"id":"12345678","kind":"incident.confirm","ref":{"type":"incident","id":"i1"},"payload":{"__proto__":{"a":1}},"knownSeq":1,"knownAt":0}',
      ),
    ];
    for (const raw of bad) {
      const answer = await k.kernel.app.command(raw, { officerId: "jiangan.duty", session: "s1" });
      expect([answer.outcome, answer.refusal?.message?.zh.length !== 0]).toEqual(["REFUSED", true]);
    }
    expect(k.kernel.replica.tail.seq).toBe(seq);
  });

  test("EXE-10 given an SOS with an unreadable field, when it comes, then it is raised without it", async () => {
    const k = await testKernel();
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", {
      place: { lat: "north" },
      battery: "?",
    });
    expect(k.kernel.replica.world.get("incident", "i1")?.state).toBe("REPORTED");
  });

  test("EXE-11 given free text, when a command carries it, then the log holds only a reference and a second road gives the same hash", async () => {
    const k = await testKernel();
    const id = v7();
    const payload = { toCourtId: "jiangan", text: "张三丰在楼上" };
    await k.accepted("jiangan.police", "message.send", "message", "m1", payload, { id });
    await k.accepted("jiangan.police", "message.send", "message", "m1", payload, {
      id,
      session: "http",
    });
    const bodies = (await k.log.read(-1, 1_000)).map((c) => c.body).join();
    expect(bodies).not.toContain("张三丰");
    const dto = await k.kernel.app.record("console:jiangan", { type: "message", id: "m1" });
    expect(dto?.text).toMatchObject({ text: "张三丰在楼上" });
  });

  test("LOG-21 given a lived-through day, when it is replayed cold, then the world is byte-identical and the chain holds", async () => {
    const k = await testKernel();
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", sos());
    await k.passScanning(70_000);
    await k.accepted("jiangan.police", "detention.control", "detention", "d1", {
      about: { kind: "COMPEL", caseNo: "(2026)鄂0102执1号" },
    });
    await k.passScanning(9 * 3_600_000);
    const replayed = await k.reopened();
    const dump = (x: typeof k) =>
      JSON.stringify([
        ...x.kernel.replica.world.all("incident"),
        ...x.kernel.replica.world.all("detention"),
        ...x.kernel.replica.world.all("police"),
        ...x.kernel.replica.world.all("officer"),
      ]);
    expect(dump(replayed)).toBe(dump(k));
    expect(await verifyChain((after, limit) => k.log.read(after, limit))).toMatchObject({
      ok: true,
    });
  });
});
