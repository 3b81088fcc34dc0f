import { decodeFrame } from "../../shared/wire/position-frame.ts";
import type { PositionStore } from "../store/positions.ts";

/** A frame follows when it continues from a tick that is held. A full picture always does. */
function follows(
  held: { readonly tick: number },
  frame: { readonly kind: "DELTA" | "SNAPSHOT"; readonly prevTick: number },
): boolean {
  return frame.kind === "SNAPSHOT" || frame.prevTick <= held.tick;
}

/** Full pictures are large: at most one per 5 s. */
const SNAPSHOT_EVERY_MS = 5_000;

export interface PositionIntake {
  /** Takes a binary message in; true when a full picture should be asked for. */
  frame(bytes: Uint8Array): boolean;
  /** The heartbeat names the view's last tick, so losing every frame is noticed too. */
  heartbeat(tick: number): boolean;
}

export function createPositionIntake(
  positions: PositionStore,
  monoMs: () => number,
): PositionIntake {
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = (needed: boolean): boolean => {
    if (!needed || monoMs() - askedAt < SNAPSHOT_EVERY_MS) return false;
    askedAt = monoMs();
    return true;
  };
  return {
    frame(bytes) {
      const read = decodeFrame(bytes);
      if (!read.ok) return ask(true);
      const missed = !follows(positions, read.value);
      positions.apply(read.value);
      return ask(missed);
    },
    // A frame may be on its way: only a tick well behind (more than 2 s) means loss.
    heartbeat: (tick) => ask(tick - positions.tick > TICKS_ON_THE_WAY),
  };
}

const TICKS_ON_THE_WAY = 8;
