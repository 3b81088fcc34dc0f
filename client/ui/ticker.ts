import type { Cancel, Platform } from "../store/platform.ts";

/** One timer for everything on the page that counts; it runs only while somebody looks. */
export interface Ticker {
  subscribe(listener: () => void): Cancel;
  /** Server time, rounded down to `stepMs`, so that equal steps render nothing. */
  now(stepMs: number): number;
}

const TICK_MS = 250;

export function createTicker(platform: Pick<Platform, "every">, serverNow: () => number): Ticker {
  const listeners = new Set<() => void>();
  let stop: Cancel | undefined;
  return {
    subscribe(listener) {
      listeners.add(listener);
      stop ??= platform.every(TICK_MS, () => {
        for (const each of listeners) each();
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
    now: (stepMs) => Math.floor(serverNow() / stepMs) * stepMs,
  };
}
