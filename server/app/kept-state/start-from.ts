import type { Commit, LogStore } from "../../log/log-store.ts";
import type { StateCache } from "../../state-cache/state-cache.ts";
import { type KeptState, readFrom, readKept, whyNot } from "./kept-state.ts";

/** Something is kept, and a start must not begin with it. */
export class KeptStateIgnored extends Error {}

/**
 * The state that was kept, if it is of this log and this fold; nothing when none was kept.
 * @throws KeptStateIgnored with the reason when there is one that cannot be used.
 */
export async function keptStateFor(
  log: Pick<LogStore, "read">,
  genesis: Commit,
  cache: StateCache,
): Promise<KeptState | undefined> {
  const kept = await cache.read().catch(ignored);
  if (!kept) return undefined;
  const lines = kept.lines[Symbol.iterator]();
  const from = await attempt(() => readFrom(lines.next().value));
  const why = whyNot(from, genesis.hash);
  if (why !== undefined) throw new KeptStateIgnored(why);
  // Errors of the log are the log's: without it there is no start at all.
  const { seq, hash, at } = from.tail;
  const [stands] = await log.read(seq - 1, 1);
  if (stands?.seq !== seq || stands.hash !== hash || stands.at !== at)
    throw new KeptStateIgnored(`the log does not hold its commit ${seq}`);
  // Nothing here has an effect before the seal is known to be ours.
  const state = await attempt(() => readKept(from, { [Symbol.iterator]: () => lines }));
  if (!(await kept.isOwn)) throw new KeptStateIgnored("it is not sealed by this deployment's key");
  return state;
}

async function attempt<T>(read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    return ignored(error);
  }
}

function ignored(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new KeptStateIgnored(why, { cause });
}
