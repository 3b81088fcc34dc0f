import { expect } from "vitest";
import { type LogWhere, readCommands } from "../server/read-log.ts";
import { checkHistory, type HistoryCounts } from "./check-history.ts";
import { readHistory } from "./history.ts";
import type { Recorder } from "./recorder.ts";

/** Holds all that was recorded so far against the log as it lies in the store. */
export async function expectHistory(recorder: Recorder, where: LogWhere): Promise<HistoryCounts> {
  recorder.flush();
  const stored = await readCommands(where);
  const log = stored.map(({ command, seq, hash8, at }) => {
    return { id: command.id, actor: command.actor, seq, hash8, at };
  });
  const { violations, counts } = checkHistory(await readHistory(recorder.file), log);
  expect(violations.slice(0, 10)).toEqual([]);
  return counts;
}
