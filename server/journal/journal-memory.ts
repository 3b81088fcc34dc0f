import type { EmergencyJournal } from "./emergency-journal.ts";

/** What survives a crash of the process in tests: give it to the next journal. */
export interface JournalMedium {
  entries: string[];
  /** Set aside by earlier imports. */
  readonly aside: string[][];
  /** Appends fail while this is set. */
  broken: boolean;
}

export const createJournalMedium = (): JournalMedium => ({ entries: [], aside: [], broken: false });

/** A journal in memory: for the memory store, where nothing survives anyway, and for tests. */
export function openMemoryJournal(medium = createJournalMedium()): EmergencyJournal {
  let failing = false;
  return {
    found: [...medium.entries],
    get failing() {
      return failing;
    },
    append: async (entry) => {
      failing = medium.broken;
      if (failing) throw new Error("the journal cannot be written");
      medium.entries.push(entry);
    },
    setAside: async () => {
      medium.aside.push(medium.entries);
      medium.entries = [];
    },
    close: async () => undefined,
  };
}
