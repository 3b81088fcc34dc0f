import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { EVENT_TYPES, moduleOf } from "../../shared/domain/modules.ts";
import type { EmergencyJournal } from "../journal/emergency-journal.ts";
import type { Expectations } from "../log/check-openable.ts";
import type { Genesis } from "../log/commit-body.ts";
import { type Commit, type LogStore, LogStoreError } from "../log/log-store.ts";
import type { StateCache } from "../state-cache/state-cache.ts";
import type { Clock, TimeAtStart } from "./clock.ts";
import { ensureGenesis } from "./genesis.ts";
import { decodeHeld } from "./held-entry.ts";
import type { KeptState } from "./kept-state/kept-state.ts";
import { KeptStateIgnored, keptStateFor } from "./kept-state/start-from.ts";
import { type KeeperSaid, StateKeeper } from "./kept-state/state-keeper.ts";
import { UndoBook } from "./past/undo-book.ts";
import { PastWorld } from "./past-world.ts";
import { readKnown } from "./read-known.ts";
import { type AppliedCommit, Replica } from "./replica.ts";
import { timeAtStart } from "./time-keeper.ts";

export type KeptStateSaid =
  | KeeperSaid
  | { readonly kind: "USED"; readonly seq: number; readonly tail: number }
  | { readonly kind: "IGNORED"; readonly why: unknown };

/** What a start reads, and where it says how it went. */
export interface ReplicaDeps {
  readonly log: LogStore;
  readonly access: LogStore;
  readonly genesis: Genesis;
  /** Name of this server process in commits. */
  readonly node: string;
  readonly clock: Clock & {
    notBefore?(at: number): void;
    startAt?(time: TimeAtStart): void;
  };
  readonly pause: (ms: number) => Promise<void>;
  readonly road?: { readonly journal: Pick<EmergencyJournal, "found"> };
  /** Where the folded state is kept for the next start; without one each start folds the whole log. */
  readonly stateCache?: StateCache;
  readonly onKeptState?: (said: KeptStateSaid) => void;
}

interface Opened {
  readonly replica: Replica;
  readonly past: PastWorld;
  /** Reaches back to where the fold began: with a kept state, to its commit, until more is asked for. */
  readonly undo: UndoBook;
  /**
   * Of the commits after a kept state: records that they changed, or that depend on those. Such a
   * record may have a clock now though it slept; any other that sleeps has none.
   */
  readonly touched: readonly Ref[];
}

/** Both streams begin with a genesis; the log is read to its end before anybody is served. */
export async function openedReplica(
  deps: ReplicaDeps,
): Promise<Opened & { readonly keeper: StateKeeper | undefined }> {
  const { log, access, clock, node, genesis } = deps;
  await ensureGenesis(log, genesis, node, clock.now());
  await ensureGenesis(access, genesis, node, clock.now());
  const first = await genesisOf(log);
  const kept = await keptState(deps, first);
  const { replica, past, undo, touched, begun } = await folded(deps, first, kept);
  if (begun >= 0) await rememberHeld(deps, replica);
  past.live();
  if (clock.startAt) clock.startAt(timeAtStart(replica.world, node, replica.tail.at));
  else clock.notBefore?.(replica.tail.at);
  const keeper = keeperOf(deps, first, { replica, past }, begun);
  return { replica, past, undo, touched, keeper };
}

async function genesisOf(log: Pick<LogStore, "read">): Promise<Commit> {
  const [first] = await log.read(-1, 1);
  if (!first) throw new LogStoreError("CORRUPT", "commit 0: missing (the log is empty)");
  return first;
}

async function keptState(deps: ReplicaDeps, first: Commit): Promise<KeptState | undefined> {
  if (!deps.stateCache) return undefined;
  try {
    return await keptStateFor(deps.log, first, deps.stateCache);
  } catch (why) {
    if (!(why instanceof KeptStateIgnored)) throw why;
    deps.onKeptState?.({ kind: "IGNORED", why });
    return undefined;
  }
}

/** From the kept state and what came after it; from the beginning where that does not fold. */
async function folded(
  deps: ReplicaDeps,
  first: Commit,
  kept: KeptState | undefined,
): Promise<Opened & { readonly begun: number }> {
  if (kept) {
    try {
      const opened = await foldedFrom(deps, ({ replica, past, undo }) => {
        replica.startFrom(first, kept);
        past.startFrom(kept);
        undo.startFrom(kept.tail);
      });
      const begun = kept.tail.seq;
      deps.onKeptState?.({ kind: "USED", seq: begun, tail: opened.replica.tail.seq });
      return { ...opened, begun };
    } catch (why) {
      if (why instanceof LogStoreError) throw why;
      // What is wrong with the log itself is found again, and said, by the replay of all of it.
      deps.onKeptState?.({ kind: "IGNORED", why });
    }
  }
  return { ...(await foldedFrom(deps, () => undefined)), begun: -1 };
}

async function foldedFrom(
  { log, clock, genesis }: ReplicaDeps,
  begin: (opened: Omit<Opened, "touched">) => void,
): Promise<Opened> {
  const { mode, exercise } = genesis;
  const expected: Expectations = {
    mode,
    ...(exercise ? { exercise } : {}),
    knownEventTypes: EVENT_TYPES,
  };
  const opened = {
    replica: new Replica(log, expected),
    past: new PastWorld(() => clock.now()),
    undo: new UndoBook(() => clock.now()),
  };
  begin(opened);
  const touched = new Map<string, Ref>();
  const takeBoth = (commit: AppliedCommit) => {
    opened.past.take(commit);
    opened.undo.take(commit);
  };
  const hasSleepers = opened.replica.tail.seq >= 0;
  opened.replica.onFolded = (commit) => {
    if (hasSleepers) for (const ref of touchedBy(commit)) touched.set(refKey(ref), ref);
    takeBoth(commit);
  };
  await opened.replica.catchUp();
  opened.replica.onFolded = takeBoth;
  return { ...opened, touched: [...touched.values()] };
}

function* touchedBy({ overlay }: AppliedCommit): Iterable<Ref> {
  for (const { ref, before, after } of overlay.changes()) {
    yield ref;
    yield* moduleOf(ref.type).dependents(before as never, after as never, overlay);
  }
}

/**
 * What the emergency journal holds may stand in the log already, before the kept state: memory does
 * not know it then, and it must not alarm as new.
 */
async function rememberHeld({ road, log }: ReplicaDeps, { known }: Replica): Promise<void> {
  for (const line of road?.journal.found ?? []) {
    const id = decodeHeld(line)?.prepared.command.id;
    if (id === undefined || known.get(id)) continue;
    const seq = await log.findCommand(id);
    const found = seq === undefined ? undefined : await readKnown(log, id, seq);
    if (found) known.add(id, found);
  }
}

function keeperOf(
  { stateCache: cache, pause, onKeptState }: ReplicaDeps,
  { hash: genesis }: Commit,
  { replica: { timelines }, past }: Pick<Opened, "replica" | "past">,
  begun: number,
): StateKeeper | undefined {
  if (!cache) return undefined;
  const say = (said: KeeperSaid) => onKeptState?.(said);
  return new StateKeeper({ cache, genesis, past, timelines, pause, say }, begun);
}
