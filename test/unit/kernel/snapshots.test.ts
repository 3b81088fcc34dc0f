import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projectAll } from "../../../server/app/project-records.ts";
import { Projector } from "../../../server/app/projector.ts";
import { Replica } from "../../../server/app/replica.ts";
import { Snapshots } from "../../../server/app/snapshots.ts";
import { Texts } from "../../../server/app/texts.ts";
import { EVENT_TYPES } from "../../../shared/domain/modules.ts";
import { snapshot } from "../../../shared/wire/live.ts";
import { ACTS, PLACE, play } from "../../support/kernel/play.ts";
import {
  newMedia,
  TestClock,
  type TestKernel,
  testKernel,
} from "../../support/kernel/test-kernel.ts";
import { TestScreen } from "../../support/kernel/test-screen.ts";

const VIEWS = [
  "console:high",
  "console:wuhan",
  "console:jiangan",
  "console:huangpi",
  "wall:jiangan",
  "field:jiangan.police",
] as const;

/** What the view might see at that commit, from the log alone. */
async function projectedAt(k: TestKernel, seq: number, view: (typeof VIEWS)[number]) {
  const upTo = {
    ...k.log,
    read: async (after: number, limit: number) =>
      (await k.log.read(after, limit)).filter((commit) => commit.seq <= seq),
  };
  const replica = new Replica(upTo, { mode: "DEMO", knownEventTypes: EVENT_TYPES });
  await replica.catchUp();
  const projector = new Projector(replica.world, new Texts(k.vault));
  const projections = projectAll({ replica, projector }, view);
  await projector.load(projections);
  return inOrder(projections.map((p) => projector.put(p.record, p.audience, p.dto)));
}

const inOrder = (puts: readonly { readonly type: string; readonly id: string }[]): unknown[] =>
  (JSON.parse(JSON.stringify(puts)) as { type: string; id: string }[]).sort((a, b) =>
    `${a.type}:${a.id}` < `${b.type}:${b.id}` ? -1 : 1,
  );

/** Asks for a snapshot of the view; resolves with the first that was sent. */
async function asked(k: TestKernel, view: (typeof VIEWS)[number]) {
  const sent: string[] = [];
  const { views } = k.kernel;
  const subscriber = {
    id: `asks ${view}`,
    view,
    sessionId: "s1",
    roles: [],
    send: (event: string, json: string) => void (event === "snapshot" && sent.push(json)),
    close: () => undefined,
    pendingBytes: () => 0,
  };
  views.subscribe(subscriber);
  await views.resume(subscriber, null);
  views.unsubscribe(subscriber);
  return snapshot.parse(JSON.parse(sent[0] ?? "null"));
}

describe("snapshots", () => {
  test("VIEW-12 given random acts between the slices, when a snapshot is built, then it is exactly the projection at its commit", async () => {
    const act = fc.record({ act: fc.constantFrom(...ACTS), n: fc.nat(1) });
    const asking = fc.record({
      view: fc.constantFrom(...VIEWS),
      meanwhile: fc.array(act, { minLength: 1, maxLength: 6 }),
    });
    let between = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 8 }),
        fc.array(asking, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(4, 10_000, 10_000),
        async (before, askings, sliceRecords, ringCommits) => {
          let script: (typeof before)[number][] = [];
          const yieldTurn = async () => {
            await turn();
            const now = script.shift();
            if (!now) return;
            const { seq } = k.kernel.replica.tail;
            await play(k, now.act, now.n);
            between += k.kernel.replica.tail.seq - seq;
          };
          const k = await testKernel({ sliceRecords, ringCommits, yieldTurn });
          for (const { act, n } of before) await play(k, act, n);
          for (const { view, meanwhile } of askings) {
            // Nothing that was kept: each is built among its own acts.
            k.clock.pass(5_000);
            script = [...meanwhile];
            const { to, put } = await asked(k, view);
            expect(inOrder(put)).toEqual(await projectedAt(k, to, view));
          }
        },
      ),
      {
        numRuns: Number(process.env.RUNS ?? 20),
        // A record that changed between two slices of catching up was kept as it had been.
        examples: [
          [
            [],
            [
              { view: "console:high", meanwhile: [{ act: "resolve", n: 0 }] },
              {
                view: "field:jiangan.police",
                meanwhile: [
                  { act: "sos", n: 0 },
                  { act: "sos", n: 0 },
                  { act: "escalate", n: 0 },
                  { act: "sos", n: 0 },
                ],
              },
            ],
            2,
            4,
          ],
        ],
      },
    );
    expect(between).toBeGreaterThan(0);
  });

  test("VIEW-13 given a snapshot whose building takes long, when somebody calls for help, then other screens have the patch before it is built", async () => {
    let gate: Promise<void> | undefined;
    const open = Promise.withResolvers<void>();
    const yieldTurn = async () => {
      await turn();
      await gate;
    };
    const k = await testKernel({ sliceRecords: 2, yieldTurn });
    const told: string[] = [];
    const desk = {
      id: "desk",
      view: "console:jiangan" as const,
      sessionId: "s1",
      roles: [],
      send: (event: string, json: string) => void (event === "patch" && told.push(json)),
      close: () => undefined,
      pendingBytes: () => 0,
    };
    k.kernel.views.subscribe(desk);
    await k.kernel.views.resume(desk, null);
    gate = open.promise;
    const late = new TestScreen(k, "console:high");
    const connecting = late.connect();
    await k.accepted("jiangan.police", "incident.sos", "incident", "i1", { place: PLACE });
    for (let turns = 0; turns < 50 && told.length === 0; turns += 1) await turn();
    expect(told.join()).toContain("i1");
    open.resolve();
    await connecting;
    await late.take();
    expect(late.records()).toEqual(await late.truth());
  });

  test("VIEW-12 given many who ask for one view at once, when its snapshot is built, then it is built once, and the texts that it needs are read in one go", async () => {
    const media = newMedia();
    const before = await testKernel({ media });
    for (const id of ["i1", "i2", "i3", "i4"])
      await before.accepted("jiangan.police", "incident.report", "incident", id, {
        kind: "MEDICAL",
        level: "GENERAL",
        detail: `文字 ${id}`,
      });
    let reads = 0;
    const vaultRows = {
      ...media.vaultRows,
      findTexts: (ids: readonly string[]) => {
        reads += 1;
        return media.vaultRows.findTexts(ids);
      },
    };
    const k = await testKernel({ media: { ...media, vaultRows }, sliceRecords: 1 });
    const screens = await Promise.all(
      Array.from({ length: 5 }, () => new TestScreen(k, "console:jiangan").connect()),
    );
    for (const screen of screens) {
      await screen.take();
      expect(screen.records()).toEqual(await screen.truth());
    }
    expect(reads).toBe(1);
  });
});

describe("snapshots that are kept", () => {
  const MILLION = 1024 * 1024;
  /** A builder of snapshots of so many characters, which counts what it built. */
  const keeping = (characters: number) => {
    const clock = new TestClock();
    const built: string[] = [];
    const build = async (view: string) => {
      built.push(view);
      return { json: "x".repeat(characters), to: { seq: 1, hash8: "00000000" }, lacking: [] };
    };
    const deps = { clock, ring: { holds: () => true }, puts: { forgetOld: () => undefined } };
    return { clock, built, snapshots: new Snapshots({ build }, deps) };
  };

  test("VIEW-24 given a kept snapshot, then it answers for five seconds, and after them it is built again", async () => {
    const { clock, built, snapshots } = keeping(10);
    await snapshots.of("console:high");
    await turn();
    clock.pass(4_999);
    await snapshots.of("console:high");
    expect(built).toHaveLength(1);
    clock.pass(1);
    snapshots.forgetOld();
    await snapshots.of("console:high");
    expect(built).toHaveLength(2);
  });

  test("VIEW-24 given four snapshots of ten million characters, then the oldest has given way and the others are at hand", async () => {
    const { built, snapshots } = keeping(10 * MILLION);
    const views = ["console:high", "console:wuhan", "console:jiangan", "console:huangpi"] as const;
    for (const view of views) {
      await snapshots.of(view);
      await turn();
    }
    for (const view of views.toReversed()) await snapshots.of(view);
    expect(built).toEqual([...views, "console:high"]);
  });
});
