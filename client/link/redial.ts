import type { Cancel, Platform } from "../store/platform.ts";
import { backOffMs } from "./back-off.ts";

/** When to dial again. Holds the one timer of reconnecting and nothing else. */
export interface Redial {
  /** After a failure: waits for the back-off, then dials. */
  later(tries: number): void;
  /** The network came back, or the page woke: dial at once if a wait is on. */
  soon(): void;
  stop(): void;
}

export function createRedial(
  platform: Pick<Platform, "after" | "random">,
  dial: () => void,
): Redial {
  let waiting: Cancel | undefined;
  const stop = () => {
    waiting?.();
    waiting = undefined;
  };
  const go = () => {
    stop();
    dial();
  };
  return {
    later(tries) {
      stop();
      waiting = platform.after(backOffMs(tries, platform.random()), go);
    },
    soon() {
      if (waiting) go();
    },
    stop,
  };
}
