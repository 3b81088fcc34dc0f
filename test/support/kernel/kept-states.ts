import { keptLines } from "../../../server/app/kept-state/kept-state.ts";
import type { Kernel } from "../../../server/app/kernel.ts";
import type { LogStore } from "../../../server/log/log-store.ts";
import type { StateCache } from "../../../server/state-cache/state-cache.ts";
import { ENTITY_TYPES } from "../../../shared/domain/modules.ts";
import { FiguresKept } from "../../../shared/domain/observer/figures.ts";

export interface MemoryStateCache extends StateCache {
  /** As they lie there; a test may change them. */
  lines: string[];
}

export function createMemoryStateCache(): MemoryStateCache {
  const cache: MemoryStateCache = {
    lines: [],
    read: async () =>
      cache.lines.length === 0
        ? undefined
        : { lines: cache.lines.map((line) => Buffer.from(line)), isOwn: Promise.resolve(true) },
    write: async (lines) => {
      const all: string[] = [];
      for await (const line of lines) all.push(line);
      cache.lines = all;
    },
  };
  return cache;
}

/** What a process would have kept of this world; at this very commit instead of half a minute ago. */
export async function keepNow(
  { replica: { world, tail, timelines } }: Pick<Kernel, "replica">,
  log: Pick<LogStore, "read">,
  cache: StateCache,
): Promise<void> {
  const [genesis] = await log.read(-1, 1);
  const figures = new FiguresKept();
  const types = world.capture();
  for (const type of ENTITY_TYPES)
    for (const record of world.all(type)) figures.changed(undefined, record);
  const captured = { tail, types, figures: figures.written() };
  await cache.write(
    each(keptLines({ ...captured, genesis: genesis?.hash ?? "", timelines, state: world })),
  );
}

async function* each(lines: Iterable<string>): AsyncIterable<string> {
  yield* lines;
}
