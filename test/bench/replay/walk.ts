import type { TrackGroup } from "../../../server/tracks/track-store.ts";

/** Officers who walk, each with a fix every five seconds. */
export const OFFICERS = 10_000;
export const FIX_EVERY_MS = 5_000;
export const PER_SECOND = OFFICERS / (FIX_EVERY_MS / 1_000);
export const START = Date.UTC(2026, 10, 23, 0);
/** What a server brings to the store at a time. */
export const GROUP_MS = 100;

/** No two rows are alike, and each reports in his turn. */
export function groupAt(from: number, lengthMs: number): TrackGroup {
  const rows = (PER_SECOND * lengthMs) / 1_000;
  const words = new Uint32Array(rows * 4);
  const at = new Float64Array(rows);
  const first = ((from - START) / 1_000) * PER_SECOND;
  for (let i = 0; i < rows; i++) {
    const officer = (first + i) % OFFICERS;
    const step = Math.floor((first + i) / OFFICERS);
    words[i * 4] = officer;
    words[i * 4 + 1] = 300_000_000 + officer * 997 + step * 13;
    words[i * 4 + 2] = 1_140_000_000 + officer * 499 - step * 7;
    words[i * 4 + 3] = ((officer + step) & 0xff) | 0x1400;
    at[i] = from + Math.floor((i * 1_000) / PER_SECOND) - 40;
  }
  return { words, at };
}
