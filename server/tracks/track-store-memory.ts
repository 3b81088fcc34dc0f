import { encodeTracks } from "../../shared/wire/track-answer.ts";
import { findTracks } from "./find-tracks.ts";
import { RowBuffer } from "./rows.ts";
import { beginningOf, headerOf, splitByChunk } from "./split-group.ts";
import { hourOf, type TrackStore } from "./track-store.ts";

/** Everything of the last hours, gone with the process: for a demonstration and for tests. */
const KEPT_MS = 8 * 3_600_000;

export function openMemoryTracks(): TrackStore {
  const chunks = new Map<number, RowBuffer>();
  let keptFrom = Number.NEGATIVE_INFINITY;
  return {
    append: async ({ words, at }) => {
      for (const [base, rows] of splitByChunk(words, at)) {
        const known = chunks.get(base) ?? new RowBuffer();
        chunks.set(base, known);
        known.push(rows.words);
      }
    },
    find: async (query) => {
      const { blocks, incomplete: lacking } = await findTracks(
        {
          closed: async () => true,
          closedOf: async () => true,
          loose: async (hour, use) => {
            for (const [base, rows] of chunks) if (hourOf(base) === hour) use(base, rows.words);
            return true;
          },
        },
        query,
      );
      const incomplete = lacking || beginningOf(query) < keptFrom;
      return { bytes: encodeTracks(headerOf(query, incomplete), blocks), incomplete };
    },
    tick: async (now) => {
      keptFrom = now - KEPT_MS;
      for (const base of chunks.keys()) if (base < keptFrom) chunks.delete(base);
    },
    close: async () => chunks.clear(),
  };
}
