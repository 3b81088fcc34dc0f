import fc from "fast-check";
import { expect, test } from "vitest";
import { SleepingBlock } from "../../server/app/kept-state/sleeping-block.ts";
import { World } from "../../server/app/world.ts";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";

/** Assets are filed under their court, so a court that changes is a link that changes. */
const asset = (id: string, courtId: string, rev: number) =>
  ({ type: "asset", id, courtId, rev }) as unknown as AnyRecord;

const puts = fc.array(
  fc.record({ id: fc.constantFrom("a", "b", "c", "d"), court: fc.constantFrom("x", "y", "z") }),
  { maxLength: 30 },
);

function broughtBack(world: World): World {
  const next = new World();
  for (const type of world.capture()) next.restore(type);
  return next;
}

test("LOG-32 whatever is put, records stand under their links in the order in which each was last put, also when the state was brought back on the way", () => {
  fc.assert(
    fc.property(puts, fc.nat(30), (each, at) => {
      let world = new World();
      const last = new Map<string, string>();
      const first: string[] = [];
      for (const [i, { id, court }] of each.entries()) {
        if (i === at) world = broughtBack(world);
        world.put(asset(id, court, i));
        if (!last.has(id)) first.push(id);
        last.delete(id);
        last.set(id, court);
      }
      for (const court of ["x", "y", "z"]) {
        const under = [...last].filter(([, is]) => is === court).map(([id]) => id);
        expect(world.linked("asset", `court:${court}`).map(({ id }) => id)).toEqual(under);
      }
      expect([...world.all("asset")].map(({ id }) => id)).toEqual(first);
      const captured = world.capture().find(({ type }) => type === "asset");
      expect(captured?.lastPut).toEqual([...last.keys()]);
    }),
  );
});

test("LOG-31 a block gives back each record with its links and commits, from its line too, whatever its text holds", () => {
  const some = fc.array(
    fc.record({
      id: fc.string(),
      links: fc.array(fc.string(), { maxLength: 3 }),
      commits: fc.array(fc.nat(), { maxLength: 3 }),
      value: fc.string({ unit: "binary" }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(some, (each) => {
      const toSleep = each.map(({ value, ...rest }) => ({
        ...rest,
        text: JSON.stringify({ value }),
      }));
      const line = SleepingBlock.pack("asset", toSleep).line();
      expect(line).not.toContain("\n");
      const { members } = SleepingBlock.read(Buffer.from(line));
      const found = members.map((member) => ({
        id: member.id,
        links: member.links,
        commits: member.commits(),
        text: member.text(),
      }));
      expect(found).toEqual(toSleep);
    }),
  );
});
