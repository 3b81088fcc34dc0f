import type { Fix } from "./fix.ts";

/** Server ms; never runs back. */
export interface PositionClock {
  now(): number;
}

/** The only source of timers here. Returns what cancels the call. */
export interface Scheduler {
  after(delayMs: number, run: () => void): () => void;
}

/** Where every believable fix ends, the late ones too. Buffers by itself and never throws. */
export interface TrackSink {
  append(fix: Fix): void;
}
