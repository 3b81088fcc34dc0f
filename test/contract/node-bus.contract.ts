import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BusSelf } from "../../server/nodes/bus-hearers.ts";
import type { NodeBus } from "../../server/nodes/node-bus.ts";
import { until } from "../support/nodes/until.ts";

export interface BusWorld {
  join(self: BusSelf): NodeBus;
  /** Nothing comes through any more … */
  cut(): Promise<void>;
  /** … until now. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

const KEY = Buffer.alloc(32, 1);
const self = (node: string, key = KEY): BusSelf => ({
  node,
  boot: randomBytes(16).toString("hex"),
  key,
});
const bytes = (text: string) => new TextEncoder().encode(text);

/** What every bus between nodes keeps to. */
export function busContract(name: string, open: () => Promise<BusWorld>): void {
  describe(`node bus: ${name}`, () => {
    let world: BusWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    const joined = async (me: BusSelf) => {
      const bus = world.join(me);
      const heard: string[] = [];
      for (const topic of ["TAIL", "POSITIONS"] as const)
        bus.listen(topic, (body, from) =>
          heard.push(`${from.node} ${topic} ${new TextDecoder().decode(body)}`),
        );
      await until(() => bus.isUp());
      return { bus, heard };
    };

    test("NODE-6 given three nodes, when one publishes, then the two others hear it, byte for byte, and it does not", async () => {
      const all = await Promise.all(["a", "b", "c"].map((node) => joined(self(node))));
      const [a, b, c] = all;
      const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
      let raw: Uint8Array | undefined;
      b?.bus.listen("EMERGENCY", (body) => {
        raw = body;
      });
      a?.bus.publish("TAIL", bytes("7"));
      a?.bus.publish("POSITIONS", bytes("dots"), "jiangan");
      a?.bus.publish("EMERGENCY", everyByte);
      const expected = ["a TAIL 7", "a POSITIONS dots"];
      await until(() => b?.heard.length === 2 && c?.heard.length === 2 && raw !== undefined);
      expect([a?.heard, b?.heard, c?.heard]).toEqual([[], expected, expected]);
      expect([...(raw ?? [])]).toEqual([...everyByte]);
      await Promise.all(all.map(({ bus }) => bus.close()));
    });

    test("NODE-6 given a node with another log's key, when it publishes, then nobody of this log hears it", async () => {
      const [mine, stranger, friend] = await Promise.all([
        joined(self("mine")),
        joined(self("stranger", Buffer.alloc(32, 2))),
        joined(self("friend")),
      ]);
      stranger.bus.publish("TAIL", bytes("forged"));
      friend.bus.publish("TAIL", bytes("real"));
      await until(() => mine.heard.length > 0);
      expect(mine.heard).toEqual(["friend TAIL real"]);
      await Promise.all([mine, stranger, friend].map(({ bus }) => bus.close()));
    });

    test("NODE-6 given two processes with one name, then each is told, and both are heard", async () => {
      let told = 0;
      const first = await joined({ ...self("twin"), onSameName: () => told++ });
      const second = await joined(self("twin"));
      second.bus.publish("TAIL", bytes("1"));
      await until(() => first.heard.length === 1);
      expect(told).toBe(1);
      await Promise.all([first, second].map(({ bus }) => bus.close()));
    });

    test("NODE-6 given a bus that is cut, when somebody publishes, then nobody waits, it is lost, the bus says that it is down, and later messages come again", async () => {
      const [a, b] = await Promise.all([joined(self("a")), joined(self("b"))]);
      let ups = 0;
      a.bus.onUp(() => ups++);
      await until(() => ups === 1);
      await world.cut();
      await until(() => !a.bus.isUp() && !b.bus.isUp());
      a.bus.publish("TAIL", bytes("lost"));
      await world.mend();
      await until(() => a.bus.isUp() && b.bus.isUp(), 10_000);
      a.bus.publish("TAIL", bytes("back"));
      await until(() => b.heard.length > 0);
      expect([b.heard, ups]).toEqual([["a TAIL back"], 2]);
      await Promise.all([a.bus.close(), b.bus.close()]);
    });
  });
}
