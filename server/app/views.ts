import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { getRef } from "../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import type { Cursor, PutRecord } from "../../shared/wire/live.ts";
import { hash8 } from "../log/hash-chain.ts";
import { buildPatches, type Projection, touchedNow } from "./build-patch.ts";
import type { Clock } from "./clock.ts";
import { type Covered, Delivered } from "./delivered.ts";
import { LackingTexts } from "./lacking-texts.ts";
import { patchJson } from "./patch-json.ts";
import { projectAll } from "./project-records.ts";
import { audienceFor, isLive, type Projector } from "./projector.ts";
import { PutCache } from "./put-cache.ts";
import { TextRepair } from "./repair-texts.ts";
import type { AppliedCommit, Replica } from "./replica.ts";
import { type Answered, ResumeRoom } from "./resume-room.ts";
import { Ring, type TouchedBefore } from "./ring.ts";
import { SendQueue } from "./send-queue.ts";
import { type BuiltSnapshot, SnapshotBuilder } from "./snapshot-builder.ts";
import { Snapshots } from "./snapshots.ts";
import { type ActiveView, type Subscriber, ViewRegistry } from "./view-registry.ts";

export interface ViewsDeps {
  readonly replica: Replica;
  readonly projector: Projector;
  readonly clock: Clock;
  /** Gives other work a turn between slices of a large flush. */
  readonly yieldTurn: () => Promise<void>;
  /** Commits that a client can be resumed over. */
  readonly ringCommits?: number | undefined;
  /** Records of a snapshot that are built in one turn. */
  readonly sliceRecords?: number | undefined;
  /** After each commit's patches were sent: records that changed who may see them. */
  readonly onTouched?: (touched: readonly Ref[]) => void;
  /** A commit's patches could not be built or sent; the screens see the gap and ask. */
  readonly onFlushFailed?: ((error: unknown) => void) | undefined;
}

/** Sockets written per turn, so that no flush holds the event loop. */
const SLICE_SOCKETS = 100;
/** Commits may come so fast that what was built has left the ring before it is sent. */
const SNAPSHOT_TRIES = 5;

/**
 * From commits to patches. Everything that is sent goes through one queue, patches in the order of
 * their commits; who comes or comes back is answered between two of them, with what holds then, so
 * that nothing he is told is undone by what he was sent before. Snapshots are built outside it: no
 * patch waits for the picture of another view.
 */
export class Views {
  readonly registry = new ViewRegistry();
  private readonly ring: Ring;
  private readonly puts: PutCache;
  private readonly builder: SnapshotBuilder;
  private readonly snapshots: Snapshots;
  /** Answers to `resume` that are not sent yet. */
  private readonly answering = new Set<Promise<unknown>>();
  private readonly lacking = new LackingTexts();
  private readonly repair: TextRepair;
  private readonly queue = new SendQueue();
  private readonly room: ResumeRoom;
  /** What heartbeats vouch for. */
  private readonly delivered = new Delivered();
  private readonly deps: ViewsDeps;

  constructor(deps: ViewsDeps) {
    this.deps = deps;
    this.ring = new Ring(deps.ringCommits);
    this.puts = new PutCache(deps.replica.world, () => deps.clock.monotonic());
    const parts = { ...deps, ring: this.ring, puts: this.puts };
    this.builder = new SnapshotBuilder(parts);
    this.snapshots = new Snapshots(this.builder, parts);
    this.repair = new TextRepair({
      ...parts,
      registry: this.registry,
      builder: this.builder,
      lacking: this.lacking,
      enqueue: (job) => this.queue.patch(job),
    });
    this.room = new ResumeRoom({
      queue: this.queue,
      yieldTurn: deps.yieldTurn,
      knows: (cursor) => this.knows(cursor),
      snapshotOf: (view) => this.snapshots.of(view),
      still: (view, built) => this.still(view, built),
      isBehind: ({ seq }) => seq < deps.replica.tail.seq,
      missed: (view, since) => this.patchSince(view, since.seq),
    });
  }

  /** Sees every commit before and after it becomes the world. */
  private readonly onApply = (commit: AppliedCommit): (() => void) => {
    const touched = this.touchedBefore(commit);
    return () => {
      this.puts.touched(touched);
      this.ring.push({ seq: commit.tail.seq, hash8: hash8(commit.tail.hash), touched });
      // With nobody looking (replay at start) there is nothing to build.
      if ([...this.registry.all()].length === 0) {
        this.delivered.upTo({ seq: commit.tail.seq, hash8: hash8(commit.tail.hash) });
        this.deps.onTouched?.(touched.map((t) => t.ref));
        return;
      }
      this.delivered.applied(commit.tail.seq, this.deps.clock.now());
      this.queue
        .patch(() => this.flush(commit, touched))
        .catch((error: unknown) => {
          this.skipped(commit.tail);
          this.deps.onFlushFailed?.(error);
        });
      this.deps.onTouched?.(touched.map((t) => t.ref));
    };
  };

  /** Begins where the replay ended: from here on commits are projected. */
  start(): void {
    const { replica } = this.deps;
    const here = { seq: replica.tail.seq, hash8: replica.hash8() };
    this.delivered.upTo(here);
    this.ring.push({ ...here, touched: [] });
    replica.onApply = this.onApply;
  }

  coveredTo(): Covered {
    return this.delivered.to;
  }

  /** Jobs that wait or run; for metrics. */
  backlog(): number {
    return this.queue.length;
  }

  /** Resolves when everything queued so far has been sent. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.answering, this.repair.idle()]);
    await this.queue.idle();
  }

  subscribe(subscriber: Subscriber): ActiveView {
    return this.registry.add(subscriber, this.delivered.to.seq);
  }

  /** Returns true when nobody looks through the view any more. */
  unsubscribe(subscriber: Subscriber): boolean {
    return this.registry.remove(subscriber);
  }

  /** Answers a client that says where it stands (null: nowhere): a patch, or a snapshot. */
  resume(subscriber: Subscriber, cursor: Cursor | null): Promise<Answered> {
    const answer = this.room.answer(subscriber, cursor);
    this.answering.add(answer);
    const over = () => void this.answering.delete(answer);
    answer.then(over, over);
    return answer;
  }

  private knows(cursor: Cursor | null): cursor is Cursor {
    return cursor !== null && cursor.seq <= this.deps.replica.tail.seq && this.ring.holds(cursor);
  }

  /** Everything live that the view may see now, as it would be sent. Also the tests' oracle. */
  async project(viewKey: ActiveView["key"]): Promise<PutRecord[]> {
    return this.encode(projectAll(this.deps, viewKey));
  }

  /** Records touched by the commit and their dependents, with who could see each before. */
  private touchedBefore({ overlay }: AppliedCommit): TouchedBefore[] {
    const { world } = this.deps.replica;
    const touched = new Map<string, TouchedBefore>();
    const touch = (ref: TouchedBefore["ref"]): void => {
      const key = refKey(ref);
      if (touched.has(key)) return;
      const before = getRef(world, ref);
      touched.set(key, {
        ref,
        before: before && isLive(before) ? this.puts.of(before).entries : [],
      });
    };
    for (const { ref, before, after } of overlay.changes()) {
      touch(ref);
      const dependents = moduleOf(ref.type).dependents(before as never, after as never, overlay);
      for (const dependent of dependents) if (getRef(overlay, dependent)) touch(dependent);
    }
    return [...touched.values()];
  }

  private async flush(commit: AppliedCommit, touched: readonly TouchedBefore[]): Promise<void> {
    const { replica, projector, clock, yieldTurn } = this.deps;
    const to = { seq: commit.tail.seq, hash8: hash8(commit.tail.hash) };
    const patches = buildPatches(
      this.registry,
      touchedNow(touched, replica.world),
      commit.events,
      (r, a) => projector.project(r, a),
    );
    await projector.load(patches.flatMap((p) => p.puts));
    for (const { view, puts } of patches) this.noteLacking(view.key, puts);
    const encoded = new Map<Projection, string>();
    let written = 0;
    for (const patch of patches) {
      const from = patch.view.sentTo;
      const at = this.delivered.rightAt(to.seq, clock.now());
      const json = patchJson(patch, from, to, at, (p) => this.encodedPut(p, encoded));
      patch.view.sentTo = to.seq;
      for (const subscriber of patch.view.subscribers) {
        subscriber.send("patch", json);
        written += 1;
        if (written % SLICE_SOCKETS === 0) await yieldTurn();
      }
    }
    this.delivered.upTo(to);
  }

  /** A flush failed: the next message of every view leaves a gap on purpose, so clients resume. */
  private skipped({ seq, hash }: AppliedCommit["tail"]): void {
    for (const view of this.registry.all()) view.sentTo = Math.max(view.sentTo, seq);
    this.delivered.upTo({ seq, hash8: hash8(hash) });
  }

  private encodedPut(projection: Projection, encoded: Map<Projection, string>): string {
    let json = encoded.get(projection);
    if (json === undefined) {
      json = JSON.stringify(
        this.deps.projector.put(projection.record, projection.audience, projection.dto),
      );
      encoded.set(projection, json);
    }
    return json;
  }

  /** Everything that the view missed since commit `from`. */
  private async patchSince(view: ActiveView["key"], from: number): Promise<string> {
    const { replica, projector, clock } = this.deps;
    const to = { seq: replica.tail.seq, hash8: replica.hash8() };
    // Commits may come while texts are fetched: it is right at this moment.
    const at = clock.now();
    const puts: Projection[] = [];
    const dels: TouchedBefore["ref"][] = [];
    for (const { ref, before } of this.ring.touchedSince(from)) {
      const record = getRef(replica.world, ref);
      const audience = record && audienceFor(view, this.puts.seenBy(record));
      if (record && audience)
        puts.push({ record, audience, dto: projector.project(record, audience) });
      else if (audienceFor(view, before)) dels.push(ref);
    }
    const put = await this.encode(puts);
    this.noteLacking(view, puts);
    return JSON.stringify({ from, to: to.seq, hash8: to.hash8, at, put, del: dels, lines: [] });
  }

  /** A snapshot that a patch can follow, for whoever is sent it now. */
  private async still(view: ActiveView["key"], built?: BuiltSnapshot): Promise<BuiltSnapshot> {
    let snapshot = built;
    for (let i = 0; !snapshot || !this.ring.holds(snapshot.to); i += 1) {
      if (i === SNAPSHOT_TRIES) throw new Error("commits come faster than a snapshot is built");
      snapshot = await this.builder.buildInOneTurn(view);
    }
    this.lacking.note(view, snapshot.lacking);
    return snapshot;
  }

  private noteLacking(view: ActiveView["key"], projections: readonly Projection[]): void {
    const { projector } = this.deps;
    const lacking = projections.filter((projection) => projector.lacks(projection));
    this.lacking.note(
      view,
      lacking.map(({ record: { type, id } }) => ({ type, id })),
    );
  }

  /** Periodically: lets go of what nobody will be answered with. */
  tidy(): void {
    this.snapshots.forgetOld();
  }

  /** Periodically: makes up for texts that were missing when something was sent. */
  repairTexts(): Promise<void> {
    return this.repair.run();
  }

  private async encode(projections: readonly Projection[]): Promise<PutRecord[]> {
    await this.deps.projector.load(projections);
    return projections.map((p) => this.deps.projector.put(p.record, p.audience, p.dto));
  }
}
