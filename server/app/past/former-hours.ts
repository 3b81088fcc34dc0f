import type { LogStore } from "../../log/log-store.ts";
import { tailOf } from "../history.ts";
import { World } from "../world.ts";
import { foldInto } from "./past-worlds.ts";
import type { Turns } from "./turns.ts";
import { UndoBook } from "./undo-book.ts";

const READ_CHUNK = 200;

interface FormerHoursDeps {
  readonly log: Pick<LogStore, "read">;
  readonly undo: UndoBook;
  readonly clock: { now(): number };
  readonly turns: Turns;
}

/**
 * The hours before the kept state that this process began with. A start must not wait for them, so
 * the log is read once more, from its beginning, when somebody first looks back so far; in slices,
 * some 10 s for a million events.
 */
export async function readFormerHours({ log, undo, clock, turns }: FormerHoursDeps): Promise<void> {
  const former = new UndoBook(() => clock.now());
  const world = new World();
  let seq = -1;
  while (seq < undo.beganAt) {
    const commits = await log.read(seq, Math.min(READ_CHUNK, undo.beganAt - seq));
    for (const commit of commits) {
      foldInto(world, commit, (overlay) => former.take({ tail: tailOf(commit), overlay }));
      seq = commit.seq;
      await turns.pause();
    }
    if (commits.length === 0) throw new Error(`the log ends before its commit ${undo.beganAt}`);
  }
  undo.prepend(former);
}
