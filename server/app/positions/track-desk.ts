import {
  type TrackQuery,
  type TrackScope,
  type TrackStore,
  TracksBusy,
} from "../../tracks/track-store.ts";
import { StoreUnavailable } from "../api.ts";
import { within } from "../patience.ts";

/** CFG, model.md 4.3. A position that was older than this at an instant is no picture of it. */
export const LOST_AFTER_MS = 120_000;
const PATIENCE_MS = 10_000;

/** An officer whose past may be shown, and from when on. */
export interface Followed {
  readonly trackIndex: number;
  /** 0: from the beginning. */
  readonly since: number;
}

/** Positions of the past, encoded for the wire; who may see whose is decided before. */
export interface TrackDesk {
  picture(at: number, of: readonly Followed[]): Promise<Uint8Array>;
  window(from: number, to: number, of: readonly Followed[]): Promise<Uint8Array>;
  day(from: number, to: number, of: Followed): Promise<Uint8Array>;
}

/** @throws StoreUnavailable when the tracks cannot be read now; TracksBusy when too many ask. */
export function createTrackDesk(store: Pick<TrackStore, "find">): TrackDesk {
  const find = async (query: TrackQuery): Promise<Uint8Array> => {
    try {
      return (await within(PATIENCE_MS, store.find(query))).bytes;
    } catch (error) {
      if (error instanceof TracksBusy) throw error;
      throw new StoreUnavailable("the tracks cannot be read", { cause: error });
    }
  };
  return {
    picture: (at, of) => find({ kind: "PICTURE", at, maxAgeMs: LOST_AFTER_MS, scope: scopeOf(of) }),
    window: (from, to, of) => find({ kind: "WINDOW", from, to, scope: scopeOf(of) }),
    day: (from, to, { trackIndex, since }) => find({ kind: "DAY", from, to, trackIndex, since }),
  };
}

export function scopeOf(followed: readonly Followed[]): TrackScope {
  const highest = followed.reduce((most, { trackIndex }) => Math.max(most, trackIndex), 0);
  const bits = new Uint32Array((highest >>> 5) + 1);
  for (const { trackIndex } of followed) {
    bits[trackIndex >>> 5] = (bits[trackIndex >>> 5] ?? 0) | (1 << (trackIndex & 31));
  }
  const since = followed.flatMap(({ trackIndex, since: from }) =>
    from > 0 ? [[trackIndex, from] as const] : [],
  );
  return { bits, since };
}
