import type { Trouble } from "../../shared/wire/live.ts";

/** The server repairs by itself within 2 s; one phone heartbeat (10 s) later it has not. */
const PATIENCE_MS = 8_000;

/**
 * When to ask for everything because a text is still unread although the vault is well: what brought
 * it may be lost, and no gap in the commits shows that.
 */
export function createLateTexts(monoMs: () => number) {
  let wellSince: number | undefined;
  return {
    /** At each heartbeat. True at most once in 8 s. */
    isDue(lacksTexts: boolean, trouble: readonly Trouble[]): boolean {
      if (!lacksTexts || trouble.includes("VAULT")) {
        wellSince = undefined;
        return false;
      }
      wellSince ??= monoMs();
      if (monoMs() - wellSince < PATIENCE_MS) return false;
      wellSince = monoMs();
      return true;
    },
  };
}
