import type { TrackBlock } from "../../shared/wire/track-answer.ts";

/** Rows of a group as the wire has them, without a time, and the device's time of each. */
export interface TrackGroup {
  /** Four words a row. */
  readonly words: Uint32Array<ArrayBuffer>;
  readonly at: Float64Array<ArrayBuffer>;
}

/** Whose rows are asked for: bits over `trackIndex`. */
export interface TrackScope {
  readonly bits: Uint32Array;
  /** Of these officers no row from before this time. */
  readonly since: readonly (readonly [trackIndex: number, at: number])[];
}

export type TrackQuery =
  | {
      /** The last row of each officer at that instant, unless it is older than `maxAgeMs`. */
      readonly kind: "PICTURE";
      readonly at: number;
      readonly maxAgeMs: number;
      readonly scope: TrackScope;
    }
  | {
      /** Every row from `from` to `to`, both included. */
      readonly kind: "WINDOW";
      readonly from: number;
      readonly to: number;
      readonly scope: TrackScope;
    }
  | {
      readonly kind: "DAY";
      readonly from: number;
      readonly to: number;
      readonly trackIndex: number;
      /** No row from before this time. */
      readonly since?: number;
    };

export interface TrackRows {
  readonly blocks: readonly TrackBlock[];
  /** Something of that time could not be read. */
  readonly incomplete: boolean;
}

/** The answer of a query, encoded for the wire. */
export interface TrackFound {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly incomplete: boolean;
}

/** Where positions are kept. Times of rows are the devices'; `now` is the server's. */
export interface TrackStore {
  /**
   * Resolves when the group would survive the death of this process.
   * @throws when that is not certain; then it may be there or not.
   */
  append(group: TrackGroup, now: number): Promise<void>;
  /** @throws TracksBusy, or whatever the disk says. */
  find(query: TrackQuery): Promise<TrackFound>;
  /**
   * Once in a few seconds: closes chunks, drops what is older than the retention, opens what was
   * lost and proves that writing works.
   * @throws when it does not.
   */
  tick(now: number): Promise<void>;
  close(): Promise<void>;
}

/** Too many questions wait already. */
export class TracksBusy extends Error {}

/**
 * Rows are kept by chunks of this length by the device's time, closed once nobody reports for it
 * any more but those who come late. An hour is a whole number of them.
 */
export const CHUNK_MS = 120_000;
export const HOUR_MS = 3_600_000;
/** After its end a chunk waits so long for fixes on their way; a device may be 60 s ahead. */
export const GRACE_MS = 60_000;

export const chunkOf = (at: number): number => Math.floor(at / CHUNK_MS) * CHUNK_MS;
export const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;
export const isOverdue = (chunk: number, now: number): boolean =>
  chunk + CHUNK_MS + GRACE_MS <= now;
