import type { Platform } from "../store/platform.ts";

/** Where the simulator's time comes from; tests bring their own. */
export type SimulatorClock = Pick<Platform, "wallMs" | "monoMs" | "after" | "every">;

export const machineClock = (): SimulatorClock => ({
  wallMs: () => Date.now(),
  monoMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
});
