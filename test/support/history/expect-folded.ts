import { expect } from "vitest";
import type { CommandEnvelope } from "../../../shared/wire/command.ts";
import { foldedWorld, type LogWhere } from "../server/read-log.ts";

/** What the stored log folds to shows the effect of each of these commands once, and no other. */
export async function expectFolded(
  where: LogWhere,
  accepted: readonly CommandEnvelope[],
): Promise<void> {
  const world = await foldedWorld(where);
  const of = (kind: string) => accepted.filter((command) => command.kind === kind);
  const messages = of("message.send").map(({ ref }) => ref.id);
  expect([...world.all("message")].map(({ id }) => id).toSorted()).toEqual(messages.toSorted());
  const calls = of("incident.sos").map(({ id }) => id);
  const heard = [...world.all("incident")].flatMap(({ commandIds }) => commandIds);
  expect(heard.toSorted()).toEqual(calls.toSorted());
  for (const { ref } of of("detention.release")) {
    expect(world.get("detention", ref.id)).toMatchObject({ state: "RELEASED" });
  }
}
