import { World } from "../../../server/app/world.ts";
import { type Actor, actorId, SYSTEM } from "../../../shared/domain/authority/actor.ts";
import { decide } from "../../../shared/domain/decide.ts";
import { foldEvent } from "../../../shared/domain/fold.ts";
import type { Deadline } from "../../../shared/domain/kernel/clock.ts";
import { deadlineCommandId } from "../../../shared/domain/kernel/clock.ts";
import type { DomainEvent, EventMeta, Occurred } from "../../../shared/domain/kernel/event.ts";
import { type Ref, refKey } from "../../../shared/domain/kernel/ref.ts";
import type { Decision } from "../../../shared/domain/kernel/refusal.ts";
import { type AnyRecord, getRef } from "../../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES, moduleOf } from "../../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import { MONDAY_9_00 } from "../domain/story.ts";

export interface Given {
  readonly actor: Actor;
  readonly kind: string;
  readonly ref: Ref;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly rev?: number;
  readonly occurred?: Occurred;
}

export interface Change {
  readonly ref: Ref;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord;
}

/** What one command came to: what it changed, and whose view, guard or clock that touched. */
export interface Outcome {
  readonly given: Given;
  readonly decision: Decision<DomainEvent>;
  readonly changes: readonly Change[];
  readonly touched: readonly Ref[];
}

const idOf = (seq: number): string => `play-${String(seq).padStart(6, "0")}`;

/**
 * The real decide and the real fold over the server's own indexed state, one commit per command.
 * Clocks are kept as the server keeps them: looked at again when their record, or one that it
 * depends on, changes.
 */
export class PlayStory {
  state = new World();
  now = MONDAY_9_00;
  readonly first: readonly AnyRecord[];
  readonly log: { readonly event: DomainEvent; readonly meta: EventMeta }[] = [];
  readonly #due = new Map<string, readonly Deadline[]>();
  #seq = 0;

  constructor(records: readonly AnyRecord[]) {
    this.first = records;
    for (const record of records) this.state.put(record);
  }

  /** Of the command that is accepted next; a client may have made it as well. */
  get nextId(): string {
    return idOf(this.#seq + 1);
  }

  get seq(): number {
    return this.#seq;
  }

  /** Decides only; nothing changes. */
  wouldBe(given: Given, state = this.state): Decision<DomainEvent> {
    const { actor, kind, ref, payload, rev, occurred } = given;
    return decide(
      state,
      {
        id: this.nextId,
        kind,
        ref,
        payload,
        ...(rev === undefined ? {} : { rev }),
        knownSeq: this.#seq,
      },
      { actor, now: this.now, occurred: occurred ?? this.#atOnce() },
    );
  }

  when(given: Given): Outcome {
    const decision = this.wouldBe(given);
    if (!decision.ok) return { given, decision, changes: [], touched: [] };
    const changes = this.#commit(decision.events, given);
    return { given, decision, changes, touched: this.#touch(changes) };
  }

  /** Every level that is due until then is raised at its own time. */
  *pass(ms: number): Generator<Outcome> {
    const until = this.now + ms;
    for (let next = this.#next(); next && next.at <= until; next = this.#next()) {
      this.now = Math.max(this.now, next.at);
      const { ref, clock, startSeq, level } = next;
      const id = deadlineCommandId(next);
      const payload = { clock, startSeq, level, id };
      const outcome = this.when({ actor: SYSTEM, kind: RAISE_CLOCK, ref, payload });
      if (!outcome.decision.ok) throw new Error(`${id}: ${outcome.decision.refusal.code}`);
      yield outcome;
    }
    this.now = until;
  }

  *everything(): Generator<AnyRecord> {
    for (const type of ENTITY_TYPES) yield* this.state.all(type);
  }

  /** The same events once more over the first records. */
  replayed(): World {
    const world = new World();
    for (const record of this.first) world.put(record);
    for (const { event, meta } of this.log) {
      world.put(foldEvent(getRef(world, event.ref), event, meta));
    }
    return world;
  }

  #atOnce(): Occurred {
    return { earliest: this.now, latest: this.now };
  }

  #commit(events: readonly DomainEvent[], { actor, occurred }: Given): Change[] {
    this.#seq += 1;
    const meta: EventMeta = {
      seq: this.#seq,
      at: this.now,
      commandId: idOf(this.#seq),
      by: actorId(actor),
      receivedAt: this.now,
      occurred: occurred ?? this.#atOnce(),
    };
    const before = new Map<string, AnyRecord | undefined>();
    const after = new Map<string, AnyRecord>();
    for (const event of events) {
      const key = refKey(event.ref);
      const old = getRef(this.state, event.ref);
      if (!before.has(key)) before.set(key, old);
      const next = foldEvent(old, event, meta);
      this.state.put(next);
      after.set(key, next);
      this.log.push({ event, meta });
    }
    return [...after].map(([key, record]) => ({
      ref: { type: record.type, id: record.id },
      before: before.get(key),
      after: record,
    }));
  }

  #touch(changes: readonly Change[]): Ref[] {
    const touched = new Map<string, Ref>();
    for (const { ref, before, after } of changes) {
      touched.set(refKey(ref), ref);
      const more = moduleOf(ref.type).dependents(before as never, after as never, this.state);
      for (const each of more) touched.set(refKey(each), each);
    }
    for (const [key, ref] of touched) {
      const record = getRef(this.state, ref);
      const due = record ? moduleOf(ref.type).deadlines(record as never, this.state) : [];
      if (due.length > 0) this.#due.set(key, due);
      else this.#due.delete(key);
    }
    return [...touched.values()];
  }

  #next(): Deadline | undefined {
    let first: Deadline | undefined;
    for (const deadlines of this.#due.values()) {
      for (const each of deadlines) if (!first || each.at < first.at) first = each;
    }
    return first;
  }
}
