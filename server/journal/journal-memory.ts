import type { EmergencyJournal } from "./emergency-journal.ts";

/** What survives a crash of the process in tests: give it to the next journal. */
export interface JournalMedium {
  entries: string[];
  /** Set aside by earlier imports. */
  readonly aside: string[][];
  /** Lines that the next journal will not be able to read. */
  unreadable: number;
  /** Appends fail while this is set. */
  broken: boolean;
  /** Appends wait for this first. */
  slow?: Promise<void>;
  /** Nothing comes back while this is set. */
  hung: boolean;
  /** Setting aside fails while this is set. */
  stuck: boolean;
}

export const createJournalMedium = (): JournalMedium => ({
  entries: [],
  aside: [],
  unreadable: 0,
  broken: false,
  hung: false,
  stuck: false,
});

const never = new Promise<never>(() => undefined);

/** A journal in memory: for the memory store, where nothing survives anyway, and for tests. */
export function openMemoryJournal(medium = createJournalMedium()): EmergencyJournal {
  let failing = false;
  return {
    found: [...medium.entries],
    unreadable: medium.unreadable,
    get failing() {
      return failing;
    },
    append: async (entry) => {
      failing = medium.broken || medium.hung;
      if (medium.hung) await never;
      await medium.slow;
      if (failing) throw new Error("the journal cannot be written");
      medium.entries.push(entry);
    },
    setAside: async () => {
      if (medium.hung) await never;
      if (medium.stuck) throw new Error("the journal cannot be set aside");
      medium.aside.push(medium.entries);
      medium.entries = [];
    },
    close: async () => undefined,
  };
}
