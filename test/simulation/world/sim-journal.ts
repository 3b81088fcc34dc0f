import type { Chance } from "../../../client/simulator/chance.ts";
import type { EmergencyJournal } from "../../../server/journal/emergency-journal.ts";
import type { Life, VirtualTime } from "./virtual-time.ts";

export interface JournalWatcher {
  /** The alarm was decided, and the journal is asked to keep it. */
  journalAsked(entry: string): void;
  /** It is durable from this moment on. */
  journalled(entry: string): void;
}

/** The emergency journal's disk: another one than the log's, with a fault of its own. */
export class SimJournal {
  broken = false;
  entries: string[] = [];
  imports = 0;
  private readonly time: VirtualTime;
  private readonly chance: Chance;
  private readonly watcher: JournalWatcher;

  constructor(time: VirtualTime, chance: Chance, watcher: JournalWatcher) {
    this.time = time;
    this.chance = chance;
    this.watcher = watcher;
  }

  /** As one process sees it. A write under way when it ends may be there afterwards, or not. */
  open(life: Life): EmergencyJournal {
    const { time, chance, watcher } = this;
    let failing = false;
    // One thing at a time: appends stand in the order of the calls.
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn = (job: () => void): Promise<void> => {
      const done = turn.then(async () => {
        await time.pause(chance.whole(1, 8), life);
        failing = this.broken;
        if (failing) throw new Error("the journal cannot be written");
        job();
        await time.pause(chance.whole(0, 3), life);
      });
      turn = done.catch(() => undefined);
      return done;
    };
    return {
      found: [...this.entries],
      unreadable: 0,
      get failing() {
        return failing;
      },
      append: (entry) => {
        watcher.journalAsked(entry);
        return inTurn(() => {
          this.entries.push(entry);
          watcher.journalled(entry);
        });
      },
      setAside: () =>
        inTurn(() => {
          this.imports += 1;
          this.entries = [];
        }),
      close: async () => undefined,
    };
  }
}
