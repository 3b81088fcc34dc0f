import type { Cancel, Platform } from "../../store/platform.ts";

/** Long enough that a pocket does not call for help, short enough while running. */
export const HOLD_MS = 1_000;

/** `slipped`: let go too early; said for a moment, so that nobody believes help is coming. */
export type HoldState = "idle" | "holding" | "slipped" | "fired";

const SLIP_SHOWN_MS = 2_500;
/** After it was let go; then the next hold is another call. */
const FIRED_SHOWN_MS = 2_000;

export interface Hold {
  state(): HoldState;
  press(): void;
  release(): void;
  stop(): void;
  subscribe(listener: () => void): Cancel;
}

export interface HoldEffects {
  /** Called once per hold that lasted. */
  readonly fire: () => void;
  /** ms of vibration, pauses in between; phones without a motor ignore it. */
  readonly vibrate: (pattern: readonly number[]) => void;
}

/**
 * FLD-4: fires after the button was held for the whole of `HOLD_MS`, once, however long it stays
 * down. A key repeats while it is down: pressing again means nothing.
 */
export function createHold(platform: Platform, { fire, vibrate }: HoldEffects): Hold {
  let state: HoldState = "idle";
  let pressedAt = 0;
  let timer: Cancel | undefined;
  const listeners = new Set<() => void>();
  const become = (next: HoldState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const wait = (ms: number, run: () => void) => {
    timer?.();
    timer = platform.after(ms, run);
  };
  const rest = () => {
    timer = undefined;
    become("idle");
  };
  const elapsed = () => {
    const left = HOLD_MS - (platform.monoMs() - pressedAt);
    if (left > 0) return wait(left, elapsed); // timers may come a little early
    timer = undefined;
    vibrate([400]);
    become("fired");
    fire();
  };
  return {
    state: () => state,
    press() {
      if (state === "holding" || state === "fired") return;
      pressedAt = platform.monoMs();
      vibrate([40]);
      become("holding");
      wait(HOLD_MS, elapsed);
    },
    release() {
      if (state === "fired" && !timer) wait(FIRED_SHOWN_MS, rest);
      if (state !== "holding") return;
      become("slipped");
      wait(SLIP_SHOWN_MS, rest);
    },
    stop() {
      timer?.();
      timer = undefined;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
