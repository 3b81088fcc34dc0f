import { setTimeout as pause } from "node:timers/promises";
import { StoreSilent } from "./app/api.ts";

const SILENT_TRIES = 60;
const SILENT_PAUSE_MS = 500;

/**
 * A start asks again where a store was silent: a slow disk may need longer than a person waits.
 * @param work may be done twice: what it sent has the same ids each time.
 */
export async function inItsTime<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreSilent) || tries === SILENT_TRIES) throw error;
      await pause(SILENT_PAUSE_MS);
    }
  }
}
