import type { EntityType } from "../../../shared/domain/kernel/ref.ts";
import { getRef } from "../../../shared/domain/kernel/state.ts";
import { parseCommitBody } from "../../log/commit-body.ts";
import type { Commit, LogStore } from "../../log/log-store.ts";
import { foldRecorded, metaOf } from "../recorded.ts";
import type { Replica } from "../replica.ts";
import { type Change, Overlay, World } from "../world.ts";
import type { Turns } from "./turns.ts";
import { PAST_TYPES, type UndoBook } from "./undo-book.ts";

const KEPT: ReadonlySet<string> = new Set<EntityType>(PAST_TYPES);
const READ_CHUNK = 200;
/** Worlds that are kept: of those who look at neighbouring moments, and of one who plays on. */
const MOST_KEPT = 3;
/** Nobody looked into the past for so long: the next one waits a moment longer. */
const FORGET_AFTER_MS = 600_000;

/** The province at one instant, and the last commit that is in it. */
export interface PastMark {
  readonly at: number;
  readonly world: World;
  seq: number;
}

interface PastWorldsDeps {
  readonly replica: Replica;
  readonly log: Pick<LogStore, "read">;
  readonly undo: UndoBook;
  readonly turns: Turns;
  readonly monotonic: () => number;
}

/**
 * Worlds of the past, made from the present by undoing whole hours and folding the log from there.
 * Only one is made at a time (`PastDesk`), in slices; a commit of this moment waits for none of it.
 */
export class PastWorlds {
  private readonly marks = new Map<number, PastMark>();
  private usedAt = Number.NEGATIVE_INFINITY;
  private readonly deps: PastWorldsDeps;

  constructor(deps: PastWorldsDeps) {
    this.deps = deps;
  }

  /** As it was with every commit up to and with `at`. To be read only. */
  async at(at: number): Promise<PastMark> {
    this.usedAt = this.deps.monotonic();
    const known = this.marks.get(at);
    const mark = known ?? (await this.begun(at));
    for await (const change of this.foldTo(mark, at)) void change;
    this.keep(mark);
    return mark;
  }

  /** Another world that begins as this one and may be folded on. */
  async copyOf({ world, seq }: PastMark, at: number): Promise<PastMark> {
    const records = function* () {
      for (const type of PAST_TYPES) yield* world.all(type);
    };
    return { at, seq, world: await this.filled(records()) };
  }

  /** Folds the commits up to and with `at` into the mark's world; each with what it changed. */
  async *foldTo(
    mark: PastMark,
    at: number,
  ): AsyncGenerator<{ readonly at: number; readonly changes: readonly Change[] }> {
    const { log, turns } = this.deps;
    for (;;) {
      const commits = await log.read(mark.seq, READ_CHUNK);
      for (const commit of commits) {
        if (commit.at > at) return;
        const changes = foldInto(mark.world, commit);
        mark.seq = commit.seq;
        if (changes.length > 0) yield { at: commit.at, changes };
        await turns.pause();
      }
      if (commits.length < READ_CHUNK) return;
    }
  }

  /** The latest stays the longest. */
  keep(mark: PastMark): void {
    this.marks.delete(mark.at);
    this.marks.set(mark.at, mark);
    for (const at of this.marks.keys()) {
      if (this.marks.size <= MOST_KEPT) return;
      this.marks.delete(at);
    }
  }

  /** Now and then: gives back what nobody has looked at for long. */
  forgetOld(): void {
    if (this.marks.size > 0 && this.deps.monotonic() - this.usedAt > FORGET_AFTER_MS)
      this.marks.clear();
  }

  private async begun(at: number): Promise<PastMark> {
    const { undo, replica } = this.deps;
    const { seq, records } = undo.beginningFor(at, replica.world);
    return { at, seq, world: await this.filled(records()) };
  }

  private async filled(records: Iterable<Parameters<World["put"]>[0]>): Promise<World> {
    const world = new World();
    for (const record of records) {
      world.put(record);
      await this.deps.turns.pause();
    }
    return world;
  }
}

/**
 * Every commit of the log was read and folded here before.
 * @param before called with what it changes, before that is the world.
 */
export function foldInto(
  world: World,
  commit: Commit,
  before?: (overlay: Overlay) => void,
): readonly Change[] {
  const parsed = parseCommitBody(commit.body);
  if (!parsed.ok) throw new Error(`commit ${commit.seq}: ${parsed.message}`);
  const overlay = new Overlay(world);
  for (const command of parsed.body.commands) {
    const events = command.events.filter(({ ref }) => KEPT.has(ref.type));
    if (events.length > 0)
      foldRecorded(overlay, { events }, metaOf(command, commit.seq, commit.at));
  }
  const changes = overlay.changes();
  before?.(overlay);
  overlay.mergeInto(world);
  return changes.filter(({ ref }) => getRef(world, ref) !== undefined);
}
