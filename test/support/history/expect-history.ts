import { join } from "node:path";
import { expect } from "vitest";
import { type LogWhere, readCommands } from "../server/read-log.ts";
import { checkHistory, type HistoryCounts } from "./check-history.ts";
import { heldInJournal } from "./held-in-journal.ts";
import { readHistory } from "./history.ts";
import type { Recorder } from "./recorder.ts";

/**
 * Holds all that was recorded so far against the log as it lies in the store, and what was answered
 * JOURNALLED against the emergency journals (each node has one) where the log does not hold it yet.
 */
export async function expectHistory(
  recorder: Recorder,
  where: LogWhere,
  journalDir: string | readonly string[] | undefined = typeof where === "string"
    ? join(where, "emergency")
    : undefined,
): Promise<HistoryCounts> {
  recorder.flush();
  // First: what is imported between the two readings is then found twice rather than never.
  const dirs = [journalDir ?? []].flat();
  const held = new Set((await Promise.all(dirs.map(heldInJournal))).flatMap((ids) => [...ids]));
  const stored = await readCommands(where);
  const log = stored.map(({ command, seq, hash8, at }) => {
    return { id: command.id, actor: command.actor, seq, hash8, at };
  });
  const { violations, counts } = checkHistory(await readHistory(recorder.file), log, held);
  expect(violations.slice(0, 10)).toEqual([]);
  return counts;
}
