import { expect } from "vitest";
import type { CommandEnvelope } from "../../../shared/wire/command.ts";
import { foldedWorld, type LogWhere, readCommands } from "../server/read-log.ts";

/** A record names the first call and so many of the last ones, however often somebody calls. */
const LATER_IDS_IN_RECORD = 63;
const HEARD: ReadonlySet<string> = new Set(["SosRaised", "SosRepeated"]);

/** By incident, the commands of its calls for help in the order of the log. */
async function callsHeard(where: LogWhere): Promise<ReadonlyMap<string, readonly string[]>> {
  const commands = await readCommands(where);
  const calls = commands.flatMap(({ command: { id, events } }) =>
    events.filter(({ type }) => HEARD.has(type)).map(({ ref }) => ({ id, incidentId: ref.id })),
  );
  const grouped = Map.groupBy(calls, ({ incidentId }) => incidentId);
  return new Map([...grouped].map(([incidentId, list]) => [incidentId, list.map(({ id }) => id)]));
}

/**
 * What the stored log folds to shows the effect of each of these commands once, and no other. A call
 * for help that was answered as a repeat has none of its own; that no other is missing, and that the
 * one it names is there, is for the check of the history to say.
 */
export async function expectFolded(
  where: LogWhere,
  accepted: readonly CommandEnvelope[],
): Promise<void> {
  const world = await foldedWorld(where);
  const of = (kind: string) => accepted.filter((command) => command.kind === kind);
  const messages = of("message.send").map(({ ref }) => ref.id);
  expect([...world.all("message")].map(({ id }) => id).toSorted()).toEqual(messages.toSorted());
  const calls = new Set(of("incident.sos").map(({ id }) => id));
  const heard = await callsHeard(where);
  const folded = [...heard.values()].flat();
  expect(folded.filter((id) => !calls.has(id))).toEqual([]);
  expect(folded).toHaveLength(new Set(folded).size);
  for (const [incidentId, [first, ...later]] of heard) {
    expect(world.get("incident", incidentId)).toMatchObject({
      commandIds: [first, ...later.slice(-LATER_IDS_IN_RECORD)],
      repeats: later.length,
    });
  }
  for (const { ref } of of("detention.release")) {
    expect(world.get("detention", ref.id)).toMatchObject({ state: "RELEASED" });
  }
}
