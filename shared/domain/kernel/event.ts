import type { Ref } from "./ref.ts";

/** An event as `decide` makes it: past tense, about one record. */
export interface DomainEvent<T extends string = string, D = unknown> {
  readonly type: T;
  readonly ref: Ref;
  readonly data: D;
}

/**
 * When a reported fact happened. Both candidates are already clamped between the server time that
 * the sender last knew and the time of receipt. Liberty clocks start at `earliest` and end at
 * `latest`.
 */
export interface Occurred {
  readonly earliest: number;
  readonly latest: number;
  /** What a person typed; kept apart, never used by a clock. */
  readonly statedAt?: number;
}

/** What the commit knows about an event; the same at first fold and at every replay. */
export interface EventMeta {
  readonly seq: number;
  /** The commit's `at`, integer ms. */
  readonly at: number;
  readonly commandId: string;
  /** Officer id, or `system`. */
  readonly by: string;
  readonly receivedAt: number;
  readonly occurred: Occurred;
}

/** A report that reached the server later than this is marked 迟报. CFG. */
export const LATE_REPORT_AFTER_MS = 60_000;

export function isLate(meta: EventMeta): boolean {
  return meta.receivedAt - meta.occurred.earliest > LATE_REPORT_AFTER_MS;
}
