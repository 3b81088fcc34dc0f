import { stampRow, TRACK_ROW_WORDS, type TrackHeader } from "../../shared/wire/track-answer.ts";
import { RowBuffer } from "./rows.ts";
import { chunkOf, hourOf, type TrackQuery } from "./track-store.ts";

const W = TRACK_ROW_WORDS;

/** Rows by chunk, each with its time in it. */
export function splitByChunk(words: Uint32Array, at: Float64Array): Map<number, RowBuffer> {
  const byBase = new Map<number, RowBuffer>();
  let base = Number.NaN;
  let rows = new RowBuffer();
  for (let row = 0; row < at.length; row++) {
    const time = at[row] ?? 0;
    // Most rows of a group are of one chunk.
    if (chunkOf(time) !== base) {
      base = chunkOf(time);
      rows = byBase.get(base) ?? new RowBuffer();
      byBase.set(base, rows);
    }
    stampRow(words, row * W, time - base);
    rows.pushRow(words, row);
  }
  return byBase;
}

export function headerOf(query: TrackQuery, incomplete: boolean): TrackHeader {
  const { kind } = query;
  if (kind === "PICTURE") return { kind, from: query.at, to: query.at, incomplete };
  return { kind, from: query.from, to: query.to, incomplete };
}

/** Of the first hour that the question needs, ms. */
export const beginningOf = (query: TrackQuery): number =>
  hourOf(query.kind === "PICTURE" ? query.at - query.maxAgeMs : query.from);
