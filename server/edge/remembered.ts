import { LRUCache } from "lru-cache";

/** Enough for everybody of a province who signed in lately. */
const REMEMBERED = 20_000;

/**
 * Asks the store each time; while it cannot answer, what it last said holds, so that a call for
 * help is not lost with the store. Revocations stand in the log and are obeyed all the same.
 */
export function remembered<T extends object>(find: (key: string) => Promise<T | undefined>) {
  const last = new LRUCache<string, T>({ max: REMEMBERED });
  return async (key: string): Promise<T | undefined> => {
    try {
      const found = await find(key);
      if (found === undefined) last.delete(key);
      else last.set(key, found);
      return found;
    } catch (error) {
      const known = last.get(key);
      if (known === undefined) throw error;
      return known;
    }
  };
}
