import type { Subscriber } from "./view-registry.ts";

/** More than any snapshot with what may wait behind it; the socket's own budget is far below. */
const MAX_PENDING_BYTES = 8 * 1024 * 1024;
/** How long something may wait without a single drained moment. */
const MAX_UNDRAINED_MS = 10_000;

const PER_TURN = 500;

/**
 * Slow consumers lose positions first (the frame writer skips them), then the connection, never the
 * server's memory. A client that was closed resumes by its cursor.
 */
export class SlowWatch {
  private undrainedSince = new Map<string, number>();

  /** One look at everybody; called about once a second. */
  look(subscribers: Iterable<Subscriber>, nowMs: number): void {
    for (const _ of this.#looks(subscribers, nowMs));
  }

  /** The same, with turns for others: ten thousand phones are more than one turn should see. */
  async lookInTurns(
    subscribers: Iterable<Subscriber>,
    nowMs: number,
    yieldTurn: () => Promise<void>,
  ): Promise<void> {
    let looked = 0;
    for (const _ of this.#looks(subscribers, nowMs)) {
      looked += 1;
      if (looked % PER_TURN === 0) await yieldTurn();
    }
  }

  *#looks(subscribers: Iterable<Subscriber>, nowMs: number): Generator<void> {
    const waiting = new Map<string, number>();
    for (const subscriber of subscribers) {
      this.#look(subscriber, nowMs, waiting);
      yield;
    }
    this.undrainedSince = waiting;
  }

  #look(subscriber: Subscriber, nowMs: number, waiting: Map<string, number>): void {
    const pending = subscriber.pendingBytes();
    if (pending === 0) return;
    const since = this.undrainedSince.get(subscriber.id) ?? nowMs;
    waiting.set(subscriber.id, since);
    if (pending > MAX_PENDING_BYTES || nowMs - since >= MAX_UNDRAINED_MS) subscriber.close("SLOW");
  }
}
