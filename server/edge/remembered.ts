import { leastRecent } from "../app/least-recent.ts";
import { within } from "../app/patience.ts";

/** Enough for everybody of a province who signed in lately. */
const REMEMBERED = 20_000;
/** A call for help waits for this, so it is short; a healthy store answers in a few. */
const PATIENCE_MS = 300;

export interface Remembered<T> {
  (key: string): Promise<T | undefined>;
  /** What was just stored, so that it holds although the store goes away now. */
  learn(key: string, value: T): void;
  /** The store alone knows what holds now. */
  forget(key: string): void;
  /** It ended here: whatever the store or memory says later, it is not known any more. */
  end(key: string): void;
  /** The same for all of these that it remembers. */
  endWhere(isOver: (value: T) => boolean): void;
}

interface Fresh {
  readonly forMs: number;
  readonly now: () => number;
}

/**
 * Asks the store each time; while it cannot answer, what it last said holds, so that a call for
 * help is not lost with the store, and a console may be loaded again. Revocations stand in the log
 * and are obeyed all the same. Many who ask for one key ask the store once.
 * @param fresh for so long an answer holds without asking again; `forget` ends that too.
 */
export function remembered<T extends object>(
  find: (key: string) => Promise<T | undefined>,
  fresh?: Fresh,
): Remembered<T> {
  const last = leastRecent<T>(REMEMBERED);
  const freshUntil = leastRecent<number>(REMEMBERED);
  const ended = leastRecent<true>(REMEMBERED);
  const asking = new Map<string, Promise<T | undefined>>();

  const ask = async (key: string): Promise<T | undefined> => {
    try {
      const found = await Promise.resolve(key).then(find); // always noted in `asking` before it ends
      if (found === undefined || ended.has(key)) last.delete(key);
      else last.set(key, found);
      if (found !== undefined && fresh) freshUntil.set(key, fresh.now() + fresh.forMs);
      return found;
    } finally {
      asking.delete(key);
    }
  };
  const answer = async (key: string): Promise<T | undefined> => {
    let asked = asking.get(key);
    if (asked === undefined) {
      asked = ask(key);
      asking.set(key, asked);
    }
    const known = last.get(key);
    if (known === undefined) return asked;
    asked.catch(() => undefined); // who knows already does not wait for how it ends
    try {
      return await within(PATIENCE_MS, asked);
    } catch {
      return known;
    }
  };
  const freshOf = (key: string): T | undefined =>
    fresh && (freshUntil.get(key) ?? 0) > fresh.now() ? last.get(key) : undefined;
  const end = (key: string): void => {
    ended.set(key, true);
    last.delete(key);
  };
  return Object.assign(
    async (key: string) => {
      const found = ended.has(key) ? undefined : (freshOf(key) ?? (await answer(key)));
      return ended.has(key) ? undefined : found;
    },
    {
      learn: (key: string, value: T) => {
        last.set(key, value);
      },
      forget: (key: string) => {
        last.delete(key);
        freshUntil.delete(key);
      },
      end,
      endWhere: (isOver: (value: T) => boolean) => {
        for (const [key, value] of [...last.entries()]) if (isOver(value)) end(key);
      },
    },
  );
}
