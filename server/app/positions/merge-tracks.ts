import {
  encodeTracks,
  indexOfRow,
  offsetOfRow,
  TRACK_BLOCK_BYTES,
  TRACK_HEADER_BYTES,
  TRACK_ROW_BYTES,
  TRACK_ROW_WORDS,
  type TrackBlock,
} from "../../../shared/wire/track-answer.ts";
import { headerOf } from "../../tracks/split-group.ts";
import type { TrackQuery, TrackStore } from "../../tracks/track-store.ts";

const W = TRACK_ROW_WORDS;

type Bytes = Uint8Array<ArrayBuffer>;

/** A store that answers from this node's own tracks and from what it has of other nodes. */
export function mergedTracks(
  own: Pick<TrackStore, "find">,
  others: Pick<TrackStore, "find">,
  lacks: (from: number, to: number) => boolean,
): Pick<TrackStore, "find"> {
  return {
    find: async (query) => {
      const [a, b] = await Promise.all([own.find(query), others.find(query)]);
      const [from, to] =
        query.kind === "PICTURE" ? [query.at - query.maxAgeMs, query.at] : [query.from, query.to];
      const incomplete = a.incomplete || b.incomplete || lacks(from, to);
      return { bytes: merged(query, a.bytes, b.bytes, incomplete), incomplete };
    },
  };
}

/**
 * Two answers to one question as one. A picture holds each officer once, as he was last; the others
 * hold every row, blocks in order of time, and of one chunk there may be two.
 */
function merged(query: TrackQuery, own: Bytes, others: Bytes, incomplete: boolean): Bytes {
  const blocks = [...blocksOf(own), ...blocksOf(others)].toSorted((x, y) => x.base - y.base);
  return encodeTracks(
    headerOf(query, incomplete),
    query.kind === "PICTURE" ? newestOf(blocks) : blocks,
  );
}

/** Of bytes that this program has just made. */
function* blocksOf(bytes: Bytes): Generator<TrackBlock> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset: number = TRACK_HEADER_BYTES;
  while (offset < bytes.byteLength) {
    const base = view.getFloat64(offset, true);
    const rows = view.getUint32(offset + 8, true);
    offset += TRACK_BLOCK_BYTES;
    const end = offset + rows * TRACK_ROW_BYTES;
    // A copy: the rows need not lie where words may begin.
    yield { base, words: new Uint32Array(bytes.slice(offset, end).buffer) };
    offset = end;
  }
}

/** Of each officer the last row, whichever block it lies in. */
function newestOf(blocks: readonly TrackBlock[]): TrackBlock[] {
  const newest = new Map<number, number>();
  const timeOf = ({ base, words }: TrackBlock, row: number) =>
    base + offsetOfRow(words[row] ?? 0, words[row + 3] ?? 0);
  for (const block of blocks) {
    for (let row = 0; row < block.words.length; row += W) {
      const index = indexOfRow(block.words[row] ?? 0);
      newest.set(index, Math.max(newest.get(index) ?? 0, timeOf(block, row)));
    }
  }
  return blocks.map((block) => {
    const kept: number[] = [];
    for (let row = 0; row < block.words.length; row += W) {
      const index = indexOfRow(block.words[row] ?? 0);
      if (newest.get(index) !== timeOf(block, row)) continue;
      newest.delete(index);
      kept.push(...block.words.subarray(row, row + W));
    }
    return { base: block.base, words: Uint32Array.from(kept) };
  });
}
