import { LRUCache } from "lru-cache";

/**
 * Remembers the most recent so many and takes their room as it fills. A cache that is told its number
 * reserves all of the room at once: a dozen of them would cost each start some 40 ms.
 */
export const leastRecent = <T extends object | string | number | true>(most: number) =>
  new LRUCache<string, T>({ maxSize: most, sizeCalculation: () => 1 });
