import { expect, test } from "vitest";
import { StateKeeper } from "../../../server/app/kept-state/state-keeper.ts";
import type { KeptStateSaid } from "../../../server/app/open-replica.ts";
import { createMemoryStateCache } from "../../support/kernel/kept-states.ts";
import { testKernel } from "../../support/kernel/test-kernel.ts";

async function rig(everyCommits: number) {
  const { kernel, log } = await testKernel();
  const { world, timelines, tail } = kernel.replica;
  const past = {
    world,
    seq: 5,
    capture: () => ({ tail: { ...tail, seq: past.seq }, types: world.capture(), figures: [] }),
  };
  const cache = createMemoryStateCache();
  const said: KeptStateSaid[] = [];
  let isBroken = false;
  let gate = Promise.resolve();
  const [genesis] = await log.read(-1, 1);
  const keeper = new StateKeeper(
    {
      cache: {
        read: cache.read,
        write: (lines) => (isBroken ? Promise.reject(new Error("full")) : cache.write(lines)),
      },
      genesis: genesis?.hash ?? "",
      past,
      timelines,
      pause: () => gate,
      say: (what) => said.push(what),
      everyCommits,
    },
    2,
  );
  const turns = async () => {
    for (let i = 0; i < 200; i += 1) await Promise.resolve();
  };
  return {
    cache,
    said,
    past,
    keeper,
    turns,
    break: (now: boolean) => {
      isBroken = now;
    },
    hold: () => {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      return held.resolve;
    },
  };
}

test("LOG-28 given as many new commits as are worth it, when it looks, then the state is kept once, and again after as many", async () => {
  const r = await rig(3);
  r.keeper.look();
  r.keeper.look();
  await r.turns();
  expect(r.said).toEqual([{ kind: "KEPT", seq: 5 }]);
  r.past.seq = 7;
  r.keeper.look();
  await r.turns();
  expect(r.said).toHaveLength(1);
  r.past.seq = 8;
  r.keeper.look();
  await r.turns();
  expect(r.said.at(-1)).toEqual({ kind: "KEPT", seq: 8 });
});

test("LOG-28 given a disk that takes nothing, when the state cannot be kept, then it is said once and tried again later", async () => {
  const r = await rig(3);
  r.break(true);
  r.keeper.look();
  await r.turns();
  expect(r.said).toEqual([{ kind: "NOT_KEPT", why: new Error("full") }]);
  r.break(false);
  r.keeper.look();
  await r.turns();
  expect(r.said).toHaveLength(1);
  for (let looks = 0; looks < 30; looks += 1) r.keeper.look();
  await r.turns();
  expect(r.said.at(-1)).toEqual({ kind: "KEPT", seq: 5 });
});

test("LOG-28 given a state half written, when the server stops, then it is given up and nothing is kept of it", async () => {
  const r = await rig(3);
  const release = r.hold();
  r.keeper.look();
  await r.turns();
  const stopped = r.keeper.stop();
  release();
  await stopped;
  expect(r.said).toEqual([]);
  expect(r.cache.lines).toEqual([]);
});
