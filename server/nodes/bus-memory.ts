/** Nodes of one process, for tests; the exchange can be cut as Redis can be stopped. */
import { BusHearers, type BusSelf } from "./bus-hearers.ts";
import type { BusTopic, NodeBus } from "./node-bus.ts";

export interface MemoryExchange {
  join(self: BusSelf): NodeBus;
  cut(): void;
  mend(): void;
}

interface Member {
  readonly hearers: BusHearers;
  readonly ups: (() => void)[];
}

export function createMemoryExchange(): MemoryExchange {
  const members = new Set<Member>();
  let isUp = true;
  const spread = (topic: BusTopic, message: Buffer) => {
    for (const { hearers } of members) hearers.take(topic, message);
  };
  return {
    cut: () => {
      isUp = false;
    },
    mend: () => {
      isUp = true;
      for (const { ups } of members) for (const run of ups) run();
    },
    join: (self) => {
      const member: Member = { hearers: new BusHearers(self), ups: [] };
      members.add(member);
      return {
        isUp: () => isUp && members.has(member),
        publish: (topic, body) => {
          if (!isUp || !members.has(member)) return;
          const message = member.hearers.seal(topic, body);
          setImmediate(() => spread(topic, message));
        },
        listen: (topic, hear) => member.hearers.add(topic, hear),
        onUp: (run) => {
          member.ups.push(run);
          if (isUp) setImmediate(run);
        },
        close: async () => {
          members.delete(member);
        },
      };
    },
  };
}
