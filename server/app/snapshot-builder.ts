import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { type AnyRecord, getRef } from "../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES } from "../../shared/domain/modules.ts";
import type { Cursor } from "../../shared/wire/live.ts";
import type { Projection } from "./build-patch.ts";
import type { Clock } from "./clock.ts";
import { audienceFor, audiencesOf, isLive, type Projector } from "./projector.ts";
import type { KnownRecord, PutCache } from "./put-cache.ts";
import type { Replica } from "./replica.ts";
import type { Ring } from "./ring.ts";

export interface SnapshotDeps {
  readonly replica: Replica;
  readonly projector: Projector;
  readonly clock: Clock;
  readonly ring: Ring;
  readonly puts: PutCache;
  readonly yieldTurn: () => Promise<void>;
  /** Records that are projected and encoded in one turn. */
  readonly sliceRecords?: number | undefined;
}

/** Exactly what the view may see at commit `to`. */
export interface BuiltSnapshot {
  readonly json: string;
  readonly to: Cursor;
  /** Records whose texts the vault did not give: whoever is sent this has to be told again. */
  readonly lacking: readonly Ref[];
}

/** About 1 ms of work where each record is new, 5 ms on a slow machine. */
const SLICE_RECORDS = 50;
/** A record whose put is at hand costs a twentieth of one that has to be projected. */
const CHEAP = 0.05;
/** What commits touched meanwhile is caught up in slices so often, then in one turn. */
const CATCH_UPS = 3;

interface Draft {
  readonly view: ViewKey;
  readonly puts: Map<string, string>;
  readonly lacking: Map<string, Ref>;
  /** The pass over all is over: what is put now may stand there already. */
  isWhole: boolean;
  /** Projected, but a text has to be fetched first. */
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly projection: Projection;
  readonly known: KnownRecord;
}

/**
 * Builds snapshots in slices, with commits in between.
 *
 * Why one is exact at `to` all the same: each record is put down as it stands at some commit after
 * `since`, where the pass over all began. If none after `since` touched it, or anything that it is
 * seen through (the premise on which patches rest as well), it still stands so. All that were
 * touched are put down again or taken out in one last turn without a pause, and `to` is the commit
 * of that turn. A record that came into view and left it between two slices leaves no trace.
 */
export class SnapshotBuilder {
  private readonly deps: SnapshotDeps;
  private readonly slice: number;

  constructor(deps: SnapshotDeps) {
    this.deps = deps;
    this.slice = deps.sliceRecords ?? SLICE_RECORDS;
  }

  /** @param ended records that are put although they are over, if the view may see them. */
  async build(view: ViewKey, ended: readonly Ref[] = []): Promise<BuiltSnapshot> {
    const draft = newDraft(view);
    let since = this.here();
    await this.inSlices(draft, this.allRecords());
    draft.isWhole = true;
    for (let i = 0; i < CATCH_UPS; i += 1) {
      const touched = this.touchedSince(since);
      if (!touched || touched.length <= this.slice) break;
      since = this.here();
      await this.inSlices(draft, this.recordsOf(touched));
    }
    const touched = this.touchedSince(since);
    // Without them commits came so fast that memory no longer reaches back to where it began.
    return touched
      ? this.finish(draft, this.recordsOf(touched), ended)
      : this.buildInOneTurn(view, ended);
  }

  buildInOneTurn(view: ViewKey, ended: readonly Ref[] = []): Promise<BuiltSnapshot> {
    return this.finish(newDraft(view), this.allRecords(), ended);
  }

  /** Nothing comes in between up to the first wait, and by then all is projected. */
  private async finish(
    draft: Draft,
    records: Iterable<AnyRecord>,
    ended: readonly Ref[] = [],
  ): Promise<BuiltSnapshot> {
    const to = this.here();
    // Not after the wait for texts: commits that came meanwhile are not in it.
    const at = this.deps.clock.now();
    for (const record of records) this.put(draft, record);
    for (const record of this.recordsOf(ended))
      if (!isLive(record)) this.putAs(draft, record, this.unshared(record));
    await this.putWaiting(draft);
    const puts = [...draft.puts.values()].join(",");
    return {
      json: `{"to":${to.seq},"hash8":"${to.hash8}","at":${at},"put":[${puts}]}`,
      to,
      lacking: [...draft.lacking.values()],
    };
  }

  private async inSlices(draft: Draft, records: Iterable<AnyRecord>): Promise<void> {
    const { yieldTurn } = this.deps;
    let cost = 0;
    for (const record of records) {
      cost += this.put(draft, record) ? 1 : CHEAP;
      if (cost < this.slice) continue;
      cost = 0;
      await yieldTurn();
    }
    await this.putWaiting(draft, yieldTurn);
  }

  /** The record as it stands now, or not at all. Returns whether that was work. */
  private put(draft: Draft, record: AnyRecord): boolean {
    if (draft.isWhole) this.takeOut(draft, refKey(record));
    return isLive(record) && this.putAs(draft, record, this.deps.puts.of(record));
  }

  private takeOut(draft: Draft, key: string): void {
    draft.puts.delete(key);
    draft.lacking.delete(key);
  }

  private putAs(draft: Draft, record: AnyRecord, known: KnownRecord): boolean {
    const audience = audienceFor(draft.view, known.entries);
    if (!audience) return false;
    const made = known.puts.get(audience);
    if (made !== undefined) {
      draft.puts.set(refKey(record), made);
      return false;
    }
    const { projector } = this.deps;
    const projection = { record, audience, dto: projector.project(record, audience) };
    if (projector.misses(projection)) draft.waiting.push({ projection, known });
    else this.encode(draft, projection, known);
    return true;
  }

  private encode(draft: Draft, projection: Projection, known: KnownRecord): void {
    const { projector } = this.deps;
    const { record, audience, dto } = projection;
    const json = JSON.stringify(projector.put(record, audience, dto));
    draft.puts.set(refKey(record), json);
    if (projector.lacks(projection))
      draft.lacking.set(refKey(record), { type: record.type, id: record.id });
    else known.puts.set(audience, json);
  }

  /** Asks the vault once for all, so that one that is slow is waited for once. */
  private async putWaiting(draft: Draft, yieldTurn?: () => Promise<void>): Promise<void> {
    const waiting = draft.waiting.splice(0);
    if (waiting.length === 0) return;
    await this.deps.projector.load(waiting.map(({ projection }) => projection));
    for (const [i, { projection, known }] of waiting.entries()) {
      if (yieldTurn && i % this.slice === this.slice - 1) await yieldTurn();
      this.encode(draft, projection, known);
    }
  }

  private here(): Cursor {
    const { replica } = this.deps;
    return { seq: replica.tail.seq, hash8: replica.hash8() };
  }

  /** Undefined when memory does not reach back. */
  private touchedSince(since: Cursor): Ref[] | undefined {
    const { ring } = this.deps;
    if (!ring.holds(since)) return undefined;
    return ring.touchedSince(since.seq).map(({ ref }) => ref);
  }

  /** Each as it stands when its turn comes: what is put down is kept as the record's put for others. */
  private *recordsOf(refs: readonly Ref[]): Iterable<AnyRecord> {
    for (const ref of refs) {
      const record = getRef(this.deps.replica.world, ref);
      if (record) yield record;
    }
  }

  /** Goes on over what is added meanwhile. */
  private *allRecords(): Iterable<AnyRecord> {
    for (const type of ENTITY_TYPES) yield* this.deps.replica.world.allAwake(type);
  }

  /** Of an ended record nothing is kept. */
  private unshared(record: AnyRecord): KnownRecord {
    return { entries: audiencesOf(record, this.deps.replica.world), puts: new Map() };
  }
}

const newDraft = (view: ViewKey): Draft => ({
  view,
  puts: new Map(),
  lacking: new Map(),
  isWhole: false,
  waiting: [],
});
