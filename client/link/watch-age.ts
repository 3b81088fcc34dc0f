import type { Cancel, Platform } from "../store/platform.ts";
import type { Stores } from "../store/stores.ts";
import type { Inbox } from "./inbox.ts";

/** Fine enough that a 5 s threshold is shown within half a second. */
const LOOK_EVERY_MS = 500;
/** The wall clock gained this much on the monotonic one: the device slept (or was set). */
const SLEPT_FROM_MS = 3_000;
/** A shorter nap breaks no socket, but it makes the glass as much older; less is the clocks' jitter. */
const NAPPED_FROM_MS = 100;

export interface AgeWatch {
  readonly platform: Platform;
  readonly stores: Pick<Stores, "clock">;
  readonly inbox: Pick<Inbox, "look">;
  /** The device woke: whatever is held is older than it looked. */
  readonly woke: () => void;
  /** Called each time, to hang up a socket that has gone silent. */
  readonly check: () => void;
}

/** Looks at the age of the glass, and notices that the device slept. Returns stop. */
export function watchAge({ platform, stores, inbox, woke, check }: AgeWatch): Cancel {
  let gap = platform.wallMs() - platform.monoMs();
  return platform.every(LOOK_EVERY_MS, () => {
    const now = platform.wallMs() - platform.monoMs();
    if (now - gap > NAPPED_FROM_MS) stores.clock.woke(now - gap);
    if (now - gap > SLEPT_FROM_MS) woke();
    gap = now;
    inbox.look();
    check();
  });
}
