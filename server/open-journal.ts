import type { Config } from "./config.ts";
import type { EmergencyJournal } from "./journal/emergency-journal.ts";
import { openFileJournal } from "./journal/journal-file.ts";
import { openMemoryJournal } from "./journal/journal-memory.ts";

/** Of the server alone: a tool that appends beside it has no calls for help to keep. */
export const openJournal = async ({
  store,
  emergency,
}: Pick<Config, "store" | "emergency">): Promise<EmergencyJournal> =>
  store.kind === "memory" ? openMemoryJournal() : openFileJournal(emergency);
