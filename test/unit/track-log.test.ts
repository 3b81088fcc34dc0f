import { describe, expect, it } from "vitest";
import type { Fix } from "../../server/app/positions/fix.ts";
import { TrackLog } from "../../server/app/positions/track-log.ts";
import type { TrackGroup } from "../../server/tracks/track-store.ts";
import { eventually } from "../support/server/eventually.ts";

const NOW = 1_795_000_000_000;

const fix = (n: number): Fix => ({
  officerId: "o1",
  deviceId: "d1",
  trackIndex: n,
  deviceAt: NOW + n,
  receivedAt: NOW,
  lat: 30,
  lng: 114,
  source: "SOCKET",
  mock: false,
});

/** A store whose writes end when the test says so, and timers that run when it says so. */
function given() {
  const writes: { readonly group: TrackGroup; readonly end: (error?: Error) => void }[] = [];
  let timers: { readonly dueAt: number; readonly run: () => void }[] = [];
  let passed = 0;
  let tick = async (): Promise<void> => undefined;
  const turns: boolean[] = [];
  const log = new TrackLog({
    store: {
      append: (group) =>
        new Promise((resolve, reject) => {
          writes.push({ group, end: (error) => (error ? reject(error) : resolve()) });
        }),
      tick: () => tick(),
      close: async () => undefined,
    },
    clock: { now: () => NOW + passed },
    scheduler: {
      after: (delayMs, run) => {
        const timer = { dueAt: passed + delayMs, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
    },
    onTurn: (failing) => turns.push(failing),
  });
  const pass = (ms: number): void => {
    passed += ms;
    const due = timers.filter(({ dueAt }) => dueAt <= passed);
    timers = timers.filter((timer) => !due.includes(timer));
    for (const { run } of due) run();
  };
  const tickWith = (next: typeof tick) => {
    tick = next;
    return log.tick();
  };
  return { log, writes, turns, pass, tickWith };
}

/** What a promise has come to by now. */
async function stateOf(promise: Promise<boolean>): Promise<boolean | "OPEN"> {
  const open = new Promise<"OPEN">((resolve) => setImmediate(() => resolve("OPEN")));
  return Promise.race([promise, open]);
}

describe("the log of tracks", () => {
  it("TRK-1 given fixes within a few ms, then they share one write and nothing is settled before it has ended", async () => {
    const { log, writes, pass } = given();
    expect([log.append(fix(1)), log.append(fix(2))]).toEqual([true, true]);
    const settled = log.settled();
    expect(writes).toHaveLength(0);
    pass(100);
    expect(writes.map(({ group }) => [...group.at])).toEqual([[NOW + 1, NOW + 2]]);
    expect(await stateOf(settled)).toBe("OPEN");
    writes[0]?.end();
    expect(await settled).toBe(true);
  });

  it("TRK-1 given a write under way, then the next group waits for it and its fixes for their own", async () => {
    const { log, writes, pass } = given();
    log.append(fix(1));
    pass(100);
    log.append(fix(2));
    const settled = log.settled();
    pass(100);
    expect(writes).toHaveLength(1);
    writes[0]?.end();
    await eventually(() => {
      pass(100);
      expect(writes).toHaveLength(2);
    }, 2_000);
    expect(await stateOf(settled)).toBe("OPEN");
    writes[1]?.end();
    expect(await settled).toBe(true);
  });

  it("TRK-2 given a write that fails, then its fixes are not kept and that is said until one succeeds", async () => {
    const { log, writes, turns, pass } = given();
    log.append(fix(1));
    const settled = log.settled();
    pass(100);
    writes[0]?.end(new Error("ENOSPC"));
    expect(await settled).toBe(false);
    expect(log.isFailing).toBe(true);
    log.append(fix(1));
    const again = log.settled();
    pass(100);
    writes[1]?.end();
    expect([await again, log.isFailing, turns]).toEqual([true, false, [true, false]]);
  });

  it("TRK-17 given a store that does not answer, then nobody waits longer than 3 s, nothing more is taken, and it goes on when it answers", async () => {
    const { log, writes, pass } = given();
    log.append(fix(1));
    pass(100);
    log.append(fix(2));
    const settled = log.settled();
    pass(3_000);
    expect(await settled).toBe(false);
    expect([log.append(fix(3)), log.isFailing]).toEqual([false, true]);
    writes[0]?.end();
    await eventually(() => expect(log.append(fix(4))).toBe(true), 2_000);
    expect(writes).toHaveLength(1);
    pass(100);
    expect(writes.map(({ group }) => [...group.at])).toEqual([[NOW + 1], [NOW + 4]]);
  });

  it("TRK-17 given more than can wait, then the rest is refused and nothing is forgotten of what was taken", async () => {
    const { log, writes, pass } = given();
    log.append(fix(0));
    pass(100);
    let taken = 0;
    while (log.append(fix(taken + 1))) taken += 1;
    expect(taken).toBe(65_536);
    writes[0]?.end();
    await eventually(() => {
      pass(100);
      expect(writes[1]?.group.at).toHaveLength(taken);
    }, 2_000);
  });

  it("TRK-2 given a look that fails, then it is said until a look or a write shows that it works", async () => {
    const { log, turns, tickWith } = given();
    await tickWith(() => Promise.reject(new Error("the thread is gone")));
    expect(log.isFailing).toBe(true);
    await tickWith(async () => undefined);
    expect([log.isFailing, turns]).toEqual([false, [true, false]]);
  });
});
