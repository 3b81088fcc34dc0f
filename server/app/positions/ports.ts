import type { Fix } from "./fix.ts";

/** Server ms; never runs back. */
export interface PositionClock {
  now(): number;
}

/** The only source of timers here. Returns what cancels the call. */
export interface Scheduler {
  after(delayMs: number, run: () => void): () => void;
}

/** Where every believable fix ends, the late ones too. Groups by itself and never throws. */
export interface TrackSink {
  /** False when it takes no more now: the fix is then not stored. */
  append(fix: Fix): boolean;
  /** From then on the officer is not tracked. */
  ended(trackIndex: number, at: number): void;
  /** Whether everything appended until now is kept; resolves when that is known. */
  settled(): Promise<boolean>;
}
