/** Calls for help that only one node's journal holds, and the other node. */
import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createJournalMedium } from "../../server/journal/journal-memory.ts";
import { openMemoryLog } from "../../server/log/log-memory.ts";
import { createMemoryExchange } from "../../server/nodes/bus-memory.ts";
import { EmergencyExchange } from "../../server/nodes/emergency-exchange.ts";
import { newMedia, TestClock, testKernel } from "../support/kernel/test-kernel.ts";
import { until } from "../support/nodes/until.ts";

const OFFICER = "jiangan.police";
const DUTY = "jiangan.duty";

type Node = Awaited<ReturnType<typeof startNode>>;
type World = {
  readonly media: ReturnType<typeof newMedia>;
  readonly clock: TestClock;
  readonly bus: ReturnType<typeof createMemoryExchange>;
};

async function startNode(name: string, { media, clock, bus }: World) {
  const own = { ...media, journal: createJournalMedium() };
  const k = await testKernel({ media: own, clock, severalWriters: true });
  const joined = bus.join({
    node: name,
    boot: randomBytes(16).toString("hex"),
    key: Buffer.alloc(32, 1),
  });
  const exchange = new EmergencyExchange({
    bus: joined,
    emergency: k.kernel.emergency,
    monotonic: () => clock.monotonic(),
    follow: () => k.kernel.follow(),
  });
  return { ...k, exchange, journal: own.journal };
}

const incident = ({ kernel }: Node) => kernel.emergency.state.get("incident", "sos-1");
const inLog = ({ kernel }: Node) => kernel.replica.world.get("incident", "sos-1");
const recordedIn = async ({ media }: World) =>
  (await openMemoryLog(media.log).read(-1, 10_000)).flatMap(({ body }) =>
    (JSON.parse(body).commands as { id: string; kind: string }[])
      .filter(({ kind }) => kind.startsWith("incident."))
      .map(({ kind }) => kind),
  );

describe("calls for help between nodes", () => {
  let world: World;
  let a: Node;
  let b: Node;
  beforeEach(async () => {
    world = { media: newMedia(), clock: new TestClock(), bus: createMemoryExchange() };
    a = await startNode("a", world);
    b = await startNode("b", world);
    await b.kernel.follow();
  });

  test("NODE-13 given two nodes and no store, when one takes a call for help, then it rings at the other, is in both journals, and is acknowledged at both from there", async () => {
    const recovered = [a.log.refuseWrites(), b.log.refuseWrites()];
    const raised = await a.send(OFFICER, "incident.sos", "incident", "sos-1");
    expect(raised.outcome).toBe("JOURNALLED");
    a.exchange.look();
    await until(() => incident(b)?.sos === true && b.journal.entries.length === 1);
    expect(b.kernel.emergency.changed()).toContainEqual({ type: "incident", id: "sos-1" });

    const seen = await b.send(DUTY, "incident.acknowledge", "incident", "sos-1");
    expect(seen.outcome).toBe("JOURNALLED");
    b.exchange.look();
    await until(() => incident(a)?.state === incident(b)?.state && a.journal.entries.length === 2);
    expect([inLog(a), inLog(b)]).toEqual([undefined, undefined]);

    for (const recover of recovered) recover();
    await Promise.all([a.kernel.follow(), b.kernel.follow()]);
    await Promise.all([a.kernel.follow(), b.kernel.follow()]);
    expect(await recordedIn(world)).toEqual(["incident.sos", "incident.acknowledge"]);
    expect(inLog(b)).toEqual(inLog(a));
    expect([a.kernel.emergency.isOpen, b.kernel.emergency.isOpen]).toEqual([false, false]);
  });

  test("NODE-13 given one node that cannot write, when it takes a call for help, then the other brings it into the log at once", async () => {
    const recovered = a.log.refuseWrites();
    await a.send(OFFICER, "incident.sos", "incident", "sos-1");
    a.exchange.look();
    await until(() => inLog(b)?.sos === true);
    expect(b.kernel.emergency.isOpen).toBe(false);
    await a.kernel.follow();
    expect([inLog(a)?.sos, a.kernel.emergency.isOpen]).toEqual([true, false]);
    recovered();
    await Promise.all([a.kernel.follow(), b.kernel.follow()]);
    expect(await recordedIn(world)).toEqual(["incident.sos"]);
  });

  test("NODE-13 given a message that was lost, then it is said again after 2 s, and never what was only heard", async () => {
    const recovered = [a.log.refuseWrites(), b.log.refuseWrites()];
    world.bus.cut();
    await a.send(OFFICER, "incident.sos", "incident", "sos-1");
    a.exchange.look();
    world.bus.mend();
    world.clock.pass(2_000);
    a.exchange.look();
    await until(() => incident(b)?.sos === true);
    expect(a.kernel.emergency.ownEntries()).toHaveLength(1);
    expect(b.kernel.emergency.ownEntries()).toEqual([]);
    for (const recover of recovered) recover();
  });

  test("NODE-13 given a node that died with the only journal that held a call's origin, when the store is back, then the other node has brought it", async () => {
    const recovered = [a.log.refuseWrites(), b.log.refuseWrites()];
    await a.send(OFFICER, "incident.sos", "incident", "sos-1");
    a.exchange.look();
    await until(() => b.journal.entries.length === 1);
    recovered[1]?.();
    await b.kernel.follow();
    expect(inLog(b)?.sos).toBe(true);
    // The dead one comes back with its journal: nothing happens twice, and nobody is told of a refusal.
    const back = await startNode("a", world);
    await back.kernel.follow();
    expect(await recordedIn(world)).toEqual(["incident.sos"]);
  });
});
