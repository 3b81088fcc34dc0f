import { LRUCache } from "lru-cache";
import { type SharedText, sharedText } from "../shared-frames.ts";

/** Of all views together; beyond it the largest room of a province would still be served, framed anew. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A little longer than the application gives the same snapshot to whoever asks. */
const KEPT_MS = 6_000;

/**
 * Snapshots as they lie on the wire. A room that comes back is sent the same few of them for
 * seconds, in turns with other texts, so that the last one is not the one that is asked for again.
 */
export function keptSnapshots(): (json: string) => SharedText {
  const kept = new LRUCache<string, SharedText>({
    maxSize: MOST_BYTES,
    maxEntrySize: MOST_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
    ttl: KEPT_MS,
    ttlAutopurge: true,
  });
  return (json) => {
    const known = kept.get(json);
    if (known) return known;
    const text = sharedText("snapshot", json);
    kept.set(json, text);
    return text;
  };
}
