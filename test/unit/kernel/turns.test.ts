import { expect, test } from "vitest";
import { judgePatch } from "../../../client/link/apply-patch.ts";
import { closeExpired } from "../../../server/app/ended-rights.ts";
import { givingWay } from "../../../server/app/give-way.ts";
import { beatInTurns } from "../../../server/app/heartbeat.ts";
import type { Subscriber } from "../../../server/app/view-registry.ts";
import { testKernel } from "../../support/kernel/test-kernel.ts";

const CONSOLES = 1_000;

/** A kernel with a thousand consoles of one view; what each was sent, and how much in each turn. */
async function withAThousand() {
  const perTurn = [0];
  const yieldTurn = async () => {
    perTurn.push(0);
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  const k = await testKernel({ yieldTurn });
  const sent: { event: string; json: string }[][] = [];
  for (let n = 0; n < CONSOLES; n += 1) {
    const heard: { event: string; json: string }[] = [];
    sent.push(heard);
    const subscriber: Subscriber = {
      id: `s${n}`,
      view: "console:jiangan",
      sessionId: "s",
      roles: [],
      send: (event, json) => {
        heard.push({ event, json });
        perTurn[perTurn.length - 1] = (perTurn.at(-1) ?? 0) + 1;
      },
      close: () => undefined,
      pendingBytes: () => 0,
    };
    k.kernel.views.subscribe(subscriber);
  }
  return { k, sent, perTurn, yieldTurn };
}

test("VIEW-19 given a thousand consoles of one view, when two commits come, then each is sent both patches in order, the same string to all, and no turn writes to more than a hundred", async () => {
  const { k, sent, perTurn } = await withAThousand();
  for (const n of [1, 2])
    await k.accepted("jiangan.police2", "incident.report", "incident", `i${n}`, {
      kind: "TRAFFIC",
      level: "GENERAL",
    });
  await k.kernel.views.idle();
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(100);
  const [first] = sent;
  expect(first?.map(({ event }) => event)).toEqual(["patch", "patch"]);
  expect(first?.map(({ json }) => JSON.parse(json).put[0].id)).toEqual(["i1", "i2"]);
  for (const heard of sent) expect(heard).toEqual(first);
});

test("VIEW-19 given a thousand consoles of one view, when its heartbeat is due, then all are sent the same and no turn writes to more than a hundred", async () => {
  const { k, sent, perTurn, yieldTurn } = await withAThousand();
  const { views } = k.kernel;
  const inputs = {
    now: k.clock.now(),
    covered: views.coveredTo(),
    store: "OK",
    trouble: [],
    positions: () => ({ tick: 1, set: 1 }),
  } as const;
  await beatInTurns(views.registry, inputs, yieldTurn);
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(100);
  const [first] = sent;
  expect(first?.map(({ event }) => event)).toEqual(["hb"]);
  for (const heard of sent) expect(heard).toEqual(first);
});

test("VIEW-19 given a heartbeat that takes several turns, when a patch is sent between two of them, then nobody of the view is led to think that something is missing", async () => {
  const { k, sent, yieldTurn } = await withAThousand();
  const { views, replica } = k.kernel;
  // Seen by nobody here: only a heartbeat leads over it.
  await k.accepted("fancheng.police", "incident.report", "incident", "elsewhere", {
    kind: "TRAFFIC",
    level: "GENERAL",
  });
  await views.idle();
  const start = { seq: replica.tail.seq - 1, hash8: "" };
  const inputs = {
    now: k.clock.now(),
    covered: views.coveredTo(),
    store: "OK",
    trouble: [],
    positions: () => ({ tick: 1, set: 1 }),
  } as const;
  let turns = 0;
  await beatInTurns(views.registry, inputs, async () => {
    turns += 1;
    if (turns === 3) {
      await k.accepted("jiangan.police2", "incident.report", "incident", "here", {
        kind: "TRAFFIC",
        level: "GENERAL",
      });
      await views.idle();
    }
    await yieldTurn();
  });
  for (const heard of sent) {
    let cursor = start;
    expect(heard.map(({ event }) => event).toSorted()).toEqual(["hb", "patch"]);
    for (const { json } of heard) {
      const span: { from: number; to: number; hash8: string } = JSON.parse(json);
      const verdict = judgePatch(cursor, span);
      expect(verdict).not.toBe("resume");
      if (verdict === "apply") cursor = { seq: span.to, hash8: span.hash8 };
    }
    expect(cursor.seq).toBe(replica.tail.seq);
  }
});

test("VIEW-23 given patches that wait, when what is periodic has had its turn, then it goes on when they are out, or after ten turns", async () => {
  let waiting = 0;
  let turns = 0;
  const yieldTurn = async () => {
    turns += 1;
    waiting -= 1;
  };
  const giveWay = givingWay(yieldTurn, () => waiting);
  const taken = async (patches: number) => {
    [waiting, turns] = [patches, 0];
    await giveWay();
    return turns;
  };
  expect([await taken(0), await taken(3), await taken(1_000)]).toEqual([1, 3, 10]);
});

test("VIEW-19 given a thousand consoles whose sessions are over, when they are looked at, then all are told and no turn looks at more than five hundred", async () => {
  const { k, yieldTurn } = await withAThousand();
  const closed = [0];
  const sessions = Array.from(k.kernel.views.registry.subscribers(), (subscriber) => ({
    ...subscriber,
    expiresAt: 1_000,
    close: () => {
      closed[closed.length - 1] = (closed.at(-1) ?? 0) + 1;
    },
  }));
  await closeExpired(
    [...sessions, { ...sessions[0], expiresAt: 1_001 } as Subscriber],
    1_000,
    () => {
      closed.push(0);
      return yieldTurn();
    },
  );
  expect(closed.reduce((sum, count) => sum + count, 0)).toBe(CONSOLES);
  expect(Math.max(...closed)).toBeLessThanOrEqual(500);
});
