import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createInbox } from "../../../client/link/inbox.ts";
import type { Platform } from "../../../client/store/platform.ts";
import { createStores } from "../../../client/store/stores.ts";
import { beatDue } from "../../../server/app/heartbeat.ts";
import type { SendQueue } from "../../../server/app/send-queue.ts";
import type { Subscriber } from "../../../server/app/view-registry.ts";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import { heartbeat, patch, snapshot } from "../../../shared/wire/live.ts";
import { ACTS, PLACE, play, proposal } from "../../support/kernel/play.ts";
import { type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";
import { TestScreen } from "../../support/kernel/test-screen.ts";
import { memoryStorage } from "../link-fakes.ts";

const inStep = async (screen: TestScreen): Promise<void> => {
  await screen.take();
  expect(screen.records()).toEqual(await screen.truth());
};

const sos = (k: TestKernel, id: string, by = "jiangan.police") =>
  k.accepted(by, "incident.sos", "incident", id, { place: PLACE });
const ack = (k: TestKernel, id: string, by = "jiangan.duty") =>
  k.accepted(by, "incident.acknowledge", "incident", id);
describe("views and patches", () => {
  test("VIEW-1 given one incident, when it is reported, then own court, parent and wall see it at once and each holds exactly its projection", async () => {
    const k = await testKernel();
    const views: ViewKey[] = [
      "console:jiangan",
      "wall:jiangan",
      "console:wuhan",
      "wall:wuhan",
      "console:high",
      "wall:high",
      "field:jiangan.police",
      "console:huangpi",
    ];
    const screens = await Promise.all(views.map((view) => new TestScreen(k, view).connect()));
    for (const screen of screens) await screen.take();
    await sos(k, "i1");
    for (const screen of screens) await inStep(screen);
    const seeing = views.filter((_, i) => "incident:i1" in (screens[i]?.records() ?? {}));
    expect(seeing).toEqual([
      "console:jiangan",
      "wall:jiangan",
      "console:wuhan",
      "wall:wuhan",
      "field:jiangan.police",
    ]);
    await k.passScanning(61_000); // nobody acknowledged: it climbs to the High Court
    for (const screen of screens) await inStep(screen);
    expect("incident:i1" in (screens[4]?.records() ?? {})).toBe(true);
  });

  test("VIEW-2 given a 拘留 in another court's district, when it begins and ends, then officers, incidents and masked clocks enter and leave the host's console by dependents", async () => {
    const k = await testKernel();
    const host = await new TestScreen(k, "console:huangpi").connect();
    await inStep(host);
    await k.accepted("jiangan.judge", "detention.propose", "detention", "d1", proposal);
    await k.accepted("jiangan.president", "detention.approve", "detention", "d1", {
      decisionNo: "(2026)鄂0102司惩1号",
    });
    await k.accepted("jiangan.police", "detention.control", "detention", "d1", {});
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", {
      detentionId: "d1",
      place: PLACE,
    });
    await inStep(host);
    const during = host.records();
    expect(Object.keys(during)).toEqual(
      expect.arrayContaining(["detention:d1", "officer:jiangan.police", "incident:i1"]),
    );
    expect(JSON.stringify(during["detention:d1"])).not.toMatch(/张|subject|caseNo|2026\)/);
    expect(during["detention:d1"]).toMatchObject({ dto: { clocks: expect.any(Array) } });
    await ack(k, "i1");
    await k.accepted("jiangan.duty", "incident.falseAlarm", "incident", "i1", { reason: "误触" });
    await k.accepted("jiangan.police", "detention.intake", "detention", "d1", { receiptNo: "1" });
    await k.accepted("jiangan.president", "detention.stop", "detention", "d1", {
      decisionNo: "2",
      reason: "停止",
    });
    await inStep(host);
    expect(Object.keys(host.records()).filter((key) => /d1|i1|jiangan\.police/.test(key))).toEqual(
      [],
    );
  });

  test("VIEW-3 given a cut that drops exactly the last patch, when a heartbeat comes, then the gap shows and the screen resumes", async () => {
    const k = await testKernel();
    const screen = await new TestScreen(k, "console:jiangan").connect();
    await inStep(screen);
    await sos(k, "i1");
    await k.kernel.views.idle();
    expect(screen.lose()).toBe(1);
    screen.beat();
    await inStep(screen);
    expect(screen.seen).toEqual({ resumes: 1, snapshots: 1, gaps: 1 });
    expect("incident:i1" in screen.records()).toBe(true);
  });

  test("VIEW-25 given a screen to which nothing can be sent, when a commit comes, then it is told, and another screen sees the gap and has it", async () => {
    const told: unknown[] = [];
    const k = await testKernel({ onFlushFailed: (error) => void told.push(error) });
    k.kernel.views.subscribe({
      id: "broken",
      view: "console:jiangan",
      sessionId: "s1",
      roles: [],
      send: (event) => {
        if (event === "patch") throw new Error("no such socket");
      },
      close: () => undefined,
      pendingBytes: () => 0,
    });
    const screen = await new TestScreen(k, "console:jiangan").connect();
    await inStep(screen);
    await sos(k, "i1");
    await k.kernel.views.idle();
    expect(told).toEqual([new Error("no such socket")]);
    screen.beat();
    await inStep(screen);
    expect(Object.keys(screen.records())).toContain("incident:i1");
  });

  test("VIEW-4 given commits that a view cannot see, when a heartbeat comes, then its cursor moves and nothing is asked", async () => {
    const k = await testKernel();
    const screen = await new TestScreen(k, "console:fancheng").connect();
    await inStep(screen);
    await sos(k, "i1");
    screen.beat();
    await inStep(screen);
    expect([screen.state.cursor?.seq, screen.seen.gaps]).toEqual([k.kernel.replica.tail.seq, 0]);
  });

  test("VIEW-5 given a restored history (another hash at the same seq), when a screen resumes, then it gets a snapshot", async () => {
    const k = await testKernel();
    const screen = await new TestScreen(k, "console:jiangan").connect();
    await inStep(screen);
    screen.cut();
    screen.state = {
      ...screen.state,
      cursor: { seq: k.kernel.replica.tail.seq, hash8: "deadbeef" },
    };
    await screen.connect();
    await inStep(screen);
    expect(screen.seen.snapshots).toBe(2);
  });

  test("VIEW-6 given a record that a view could never see, when it is touched while the view was away, then no id of it leaks", async () => {
    const k = await testKernel();
    const screen = await new TestScreen(k, "console:fancheng").connect();
    await inStep(screen);
    screen.cut();
    await k.accepted("jiangan.police", "incident.report", "incident", "hidden", {
      kind: "MEDICAL",
      level: "GENERAL",
      place: PLACE,
    });
    const sent: string[] = [];
    const spy = {
      id: "x",
      view: "console:fancheng" as const,
      sessionId: "s",
      roles: [],
      send: (_: string, json: string) => void sent.push(json),
      close: () => undefined,
      pendingBytes: () => 0,
    };
    k.kernel.views.subscribe(spy);
    await k.kernel.views.resume(spy, screen.state.cursor);
    expect(sent.join()).not.toContain("hidden");
  });

  test("VIEW-7 given a grant that ends, when its commit is durable, then the socket is told why within that turn", async () => {
    const k = await testKernel();
    const { reasonToClose } = await import("../../../server/app/rights.ts");
    const duty = {
      id: "x",
      view: "console:jiangan" as const,
      officerId: "jiangan.duty",
      sessionId: "s1",
      roles: ["DUTY_OFFICER"],
      send: () => undefined,
      close: () => undefined,
      pendingBytes: () => 0,
    };
    const reasons: unknown[] = [];
    k.kernel.onTouched(() => reasons.push(reasonToClose(k.kernel.replica.world, duty)));
    await k.accepted("high.secadmin", "officer.grant", "officer", "jiangan.duty", {
      role: "JUDGE",
    });
    await k.accepted("high.secadmin", "officer.revokeGrant", "officer", "jiangan.duty", {
      role: "JUDGE",
    });
    await k.accepted("high.secadmin", "officer.revokeSession", "officer", "jiangan.duty", {
      sessionId: "s1",
    });
    expect(reasons).toEqual(["RIGHTS_CHANGED", undefined, "REVOKED"]);
  });

  test("VIEW-8 given random acts, losses, cuts and returns, when all is calm, then every screen deep-equals its projection", async () => {
    const act = fc.constantFrom(...ACTS);
    const wire = fc.constantFrom("take", "lose", "cut", "connect", "beat");
    const step = fc.oneof(fc.record({ act, n: fc.nat(3) }), fc.record({ wire, screen: fc.nat(4) }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const k = await testKernel();
        const views: ViewKey[] = [
          "console:jiangan",
          "wall:wuhan",
          "console:high",
          "console:huangpi",
          "field:jiangan.police",
        ];
        const screens = await Promise.all(views.map((view) => new TestScreen(k, view).connect()));
        const live = new Set(screens);
        for (const s of steps) {
          if ("act" in s) await play(k, s.act, s.n);
          else await disturb(screens[s.screen], s.wire, live);
        }
        await calm(screens, live);
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  });
});

/** The network is whole again: every screen heals and holds exactly its projection. */
async function calm(screens: readonly TestScreen[], live: Set<TestScreen>): Promise<void> {
  for (const screen of screens) {
    if (!live.has(screen)) await screen.connect();
    screen.beat();
    await screen.take();
    screen.beat();
    await inStep(screen);
  }
}

async function disturb(
  screen: TestScreen | undefined,
  what: string,
  live: Set<TestScreen>,
): Promise<void> {
  if (!screen) return;
  if (what === "take") await screen.take();
  if (what === "lose") screen.lose();
  if (what === "beat" && live.has(screen)) screen.beat();
  if (what === "cut" && live.delete(screen)) screen.cut();
  if (what === "connect" && !live.has(screen)) {
    live.add(screen);
    await screen.connect();
  }
}

describe("what a heartbeat vouches for", () => {
  /** The queue of patches stands still, as behind work that takes long. */
  const heldUp = (k: TestKernel) => {
    const open = Promise.withResolvers<void>();
    const { views } = k.kernel as unknown as {
      views: { queue: SendQueue };
    };
    void views.queue.patch(() => open.promise);
    return open.resolve;
  };
  /** A console's own inbox: freshness as its people see it. */
  async function glass(k: TestKernel) {
    const platform: Platform = {
      wallMs: () => k.clock.now(),
      monoMs: () => k.clock.monotonic(),
      every: () => () => undefined,
      after: () => () => undefined,
      random: () => 0.5,
      newId: () => "n",
    };
    const stores = createStores(platform, memoryStorage());
    const inbox = createInbox(stores, "console");
    const desk: Subscriber = {
      id: "desk",
      view: "console:jiangan",
      sessionId: "s1",
      roles: [],
      close: () => undefined,
      pendingBytes: () => 0,
      send: (event, json) => {
        if (event === "patch") inbox.patch(patch.parse(JSON.parse(json)));
        if (event === "hb") inbox.heartbeat(heartbeat.parse(JSON.parse(json)));
        if (event === "snapshot") inbox.snapshot(snapshot.parse(JSON.parse(json)));
      },
    };
    k.kernel.views.subscribe(desk);
    await k.kernel.views.resume(desk, null);
    const kinds = new Set<string>();
    stores.connection.subscribe(({ connection }) => kinds.add(connection.kind));
    return {
      state: () => stores.connection.getState(),
      kinds,
      pass: (seconds: number) => {
        for (let s = 0; s < seconds; s += 1) {
          k.clock.pass(1_000);
          beatDue(k.kernel.views.registry, {
            now: k.clock.now(),
            covered: k.kernel.views.coveredTo(),
            store: "OK",
            trouble: [],
            positions: () => ({ tick: 0, set: 0 }),
          });
          inbox.look();
        }
      },
    };
  }

  test("VIEW-14 given a commit whose patches are held up, when heartbeats go on, then the glass says late and stale, without a word of being live, until they are out", async () => {
    const k = await testKernel();
    const { state, kinds, pass } = await glass(k);
    pass(20);
    expect(state().freshness).toBe("fresh");
    const release = heldUp(k);
    await k.accepted("jiangan.duty", "officer.setDuty", "officer", "jiangan.police", {
      duty: "ON_DUTY",
    });
    pass(4);
    expect(state().freshness).toBe("fresh");
    pass(3);
    expect([state().freshness, state().connection.kind]).toEqual(["late", "behind"]);
    kinds.clear();
    pass(60);
    expect([state().freshness, ...kinds]).toEqual(["stale", "behind"]);
    release();
    await k.kernel.views.idle();
    pass(2);
    expect([state().freshness, state().connection.kind]).toEqual(["fresh", "live"]);
  });

  test("VIEW-14 given patches that are always a minute behind, when one arrives, then it is no older than what it shows", async () => {
    const k = await testKernel();
    const { state, pass } = await glass(k);
    const duty = (value: string) =>
      k.accepted("jiangan.duty", "officer.setDuty", "officer", "jiangan.police", { duty: value });
    const first = heldUp(k);
    await duty("ON_DUTY");
    const second = heldUp(k);
    await duty("DEPLOYED");
    pass(60);
    first();
    for (let turns = 0; turns < 50; turns += 1) await new Promise((done) => setImmediate(done));
    pass(1);
    expect(state().freshness).toBe("stale");
    second();
    await k.kernel.views.idle();
    pass(2);
    expect(state().freshness).toBe("fresh");
  });
});
