import { expect } from "vitest";
import type { SentCommand } from "./phones.ts";
import type { StoredCommand } from "./read-log.ts";

/** Each answer names the commit that holds the command; no id stands in two commits. */
export function expectKept(sent: readonly SentCommand[], stored: readonly StoredCommand[]): void {
  const byId = Map.groupBy(stored, ({ command }) => command.id);
  const twice = [...byId].filter(([, found]) => found.length > 1).map(([id]) => id);
  expect(twice).toEqual([]);
  const wrong = sent.flatMap(({ command, accepted }) => {
    const [found] = byId.get(command.id) ?? [];
    return accepted
      .filter(
        ({ seq, hash8, at }) => found?.seq !== seq || found.hash8 !== hash8 || found.at !== at,
      )
      .map((answer) => ({ answer, found: found && { ...found, command: found.command.id } }));
  });
  expect(wrong).toEqual([]);
}
