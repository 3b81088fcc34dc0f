import type { PositionClock } from "./ports.ts";

/** CFG. A client that loses frames over and over gets a full picture no oftener than this. */
const SNAPSHOT_EVERY_MS = 5_000;

/**
 * Who may have a position snapshot now. The caller asks with what its socket says of its queue; a
 * refused client asks again by itself, because its next frame does not follow either.
 */
export class SnapshotGate {
  readonly #clock: PositionClock;
  readonly #lastAtBySocket = new Map<string, number>();

  constructor(clock: PositionClock) {
    this.#clock = clock;
  }

  /** True at most once per socket and `SNAPSHOT_EVERY_MS`; the caller then sends the snapshot. */
  admit(socketId: string, isDrained: boolean): boolean {
    const now = this.#clock.now();
    const lastAt = this.#lastAtBySocket.get(socketId) ?? Number.NEGATIVE_INFINITY;
    if (!isDrained || now - lastAt < SNAPSHOT_EVERY_MS) return false;
    this.#lastAtBySocket.set(socketId, now);
    return true;
  }

  forget(socketId: string): void {
    this.#lastAtBySocket.delete(socketId);
  }
}
