import type { TrackFound, TrackGroup, TrackScope } from "../../../server/tracks/track-store.ts";
import { decodeTracks, TRACK_ENDED, TRACK_ROW_WORDS } from "../../../shared/wire/track-answer.ts";

/** One position as a test thinks of it; degrees × 1e7. */
export interface TestRow {
  readonly trackIndex: number;
  readonly at: number;
  readonly lat: number;
  readonly lng: number;
}

export function groupOf(rows: readonly TestRow[]): TrackGroup {
  const words = new Uint32Array(rows.length * TRACK_ROW_WORDS);
  const signed = new Int32Array(words.buffer);
  rows.forEach(({ trackIndex, lat, lng }, i) => {
    words[i * TRACK_ROW_WORDS] = trackIndex;
    signed[i * TRACK_ROW_WORDS + 1] = lat;
    signed[i * TRACK_ROW_WORDS + 2] = lng;
  });
  return { words, at: Float64Array.from(rows, ({ at }) => at) };
}

export const scopeOfAll = (officers: number): TrackScope => ({
  bits: new Uint32Array(Math.ceil(officers / 32)).fill(0xffff_ffff),
  since: [],
});

/** Sorted, so that two answers can be compared whatever their blocks. */
export function rowsFound({ bytes }: Pick<TrackFound, "bytes">): readonly TestRow[] {
  const read = decodeTracks(bytes);
  if (!read.ok) throw new Error(`an answer that cannot be read: ${read.refusal}`);
  const { value } = read;
  return Array.from({ length: value.count }, (_, i) => {
    const lat = value.lat[i] ?? 0;
    return {
      trackIndex: value.trackIndex[i] ?? 0,
      at: value.at[i] ?? 0,
      lat: Number.isNaN(lat) ? TRACK_ENDED : Math.round(lat * 1e7),
      lng: Number.isNaN(lat) ? 0 : Math.round((value.lng[i] ?? 0) * 1e7),
    };
  }).sort(byOfficerAndTime);
}

export const byOfficerAndTime = (a: TestRow, b: TestRow): number =>
  a.trackIndex - b.trackIndex || a.at - b.at || a.lat - b.lat;
