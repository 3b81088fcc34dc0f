import type { Clock } from "../app/clock.ts";
import type { Kernel } from "../app/kernel.ts";
import { Listening } from "../app/positions/listening.ts";
import type { NodePositions } from "../app/positions/node-positions.ts";
import type { TailWatch } from "../app/tail-watch.ts";
import { EmergencyExchange } from "./emergency-exchange.ts";
import { readListening, writeListening } from "./listening-file.ts";
import type { NodeBus } from "./node-bus.ts";

export interface BusWorkParts {
  readonly kernel: Kernel;
  readonly clock: Clock;
  /** Of this node alone. */
  readonly dir: string;
  readonly tail: TailWatch;
  readonly lookForEnded: () => Promise<void>;
  readonly keepDays: number;
}

/** What it needs of the service of positions. */
interface Positions {
  readonly between?: NodePositions;
  flushSecondHand(): Promise<void>;
}

const TICK_MS = 250;
const EMERGENCY_EVERY_MS = 100;
const EVERY_MS = 1_000;
const KEEP_EVERY_MS = 10_000;
const DAY_MS = 86_400_000;
/** A connection that comes back at once is no trouble to anybody. */
const APART_MS = 3_000;
const NOTHING = new Uint8Array(0);

export type BusWork = Awaited<ReturnType<typeof busWork>>;

/** Everything that goes over the bus, put together. */
export async function busWork(bus: NodeBus, parts: BusWorkParts) {
  const { kernel, clock, dir, tail, lookForEnded, keepDays } = parts;
  const listening = new Listening(clock.now(), await readListening(dir));
  const keep = () => {
    listening.forgetBefore(clock.now() - keepDays * DAY_MS);
    return writeListening(dir, listening.said()).catch(() => undefined); // the next one
  };
  let heardAt = clock.monotonic();
  const isApart = () => !bus.isUp() && clock.monotonic() - heardAt > APART_MS;
  kernel.troubles.add("NODES", isApart);
  const emergency = new EmergencyExchange({
    bus,
    emergency: kernel.emergency,
    monotonic: () => clock.monotonic(),
    follow: () => kernel.follow(),
  });
  bus.listen("TAIL", () => void tail.look());
  bus.listen("ENDED", () => void lookForEnded().catch(() => undefined)); // asked again each second
  const look = () => {
    const isUp = bus.isUp();
    if (isUp) heardAt = clock.monotonic();
    listening.look(clock.now(), isUp);
    bus.publish("HELLO", NOTHING);
  };
  return {
    exchange: {
      listening,
      publish: (body: Uint8Array, courtId: string) => bus.publish("POSITIONS", body, courtId),
    },
    warnings: () => (isApart() ? ["NODES_APART"] : []),
    jobs: (positions: Positions) => [
      ...betweenJobs(bus, positions, tail),
      { name: "hello", everyMs: EVERY_MS, run: look, atOnce: true },
      {
        name: "emergency between nodes",
        everyMs: EMERGENCY_EVERY_MS,
        run: () => emergency.look(),
      },
      { name: "second-hand tracks", everyMs: EVERY_MS, run: () => positions.flushSecondHand() },
      { name: "listening", everyMs: KEEP_EVERY_MS, run: keep, atOnce: true },
    ],
    finish: keep,
  };
}

function betweenJobs(bus: NodeBus, { between }: Positions, tail: TailWatch) {
  if (!between) return [];
  const boots = new Set<string>();
  bus.listen("POSITIONS", (body) => between.hear(body));
  bus.listen("HELLO", (_body, { boot }) => {
    // Somebody who has heard nothing yet.
    if (!boots.has(boot)) between.sendAll();
    boots.add(boot);
  });
  bus.onUp(() => {
    between.sendAll();
    bus.publish("HELLO", NOTHING);
    void tail.look();
  });
  const tick = () => {
    // What cannot go out now waits, and the newest of each goes then.
    if (bus.isUp()) between.tick();
  };
  return [{ name: "positions between nodes", everyMs: TICK_MS, run: tick }];
}
