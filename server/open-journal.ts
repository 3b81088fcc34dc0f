import type { Logger } from "pino";
import { type Config, logModeOf } from "./config.ts";
import { checkJournal } from "./exercise/own-stores.ts";
import type { EmergencyJournal } from "./journal/emergency-journal.ts";
import { openFileJournal } from "./journal/journal-file.ts";
import { openMemoryJournal } from "./journal/journal-memory.ts";

/** The folder of the journal cannot be used; in words for whoever starts the server. */
export class JournalRefused extends Error {}

/** Of the server alone: a tool that appends beside it has no calls for help to keep. */
export async function openJournal(
  config: Pick<Config, "store" | "emergency" | "exercise"> & Partial<Pick<Config, "demo">>,
  logger: Pick<Logger, "error">,
): Promise<EmergencyJournal> {
  const { store, emergency } = config;
  if (store.kind === "memory") return openMemoryJournal();
  const { dir } = emergency;
  await checkJournal(dir, logModeOf({ demo: false, ...config }));
  const journal = await openFileJournal(emergency).catch((cause: unknown) => {
    throw new JournalRefused(`${dir}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  });
  const { unreadable } = journal;
  if (unreadable > 0)
    logger.error(
      { area: "journal", dir, unreadable },
      "calls for help may be lost: lines of the emergency journal cannot be read (docs/OPERATIONS.md)",
    );
  return journal;
}
