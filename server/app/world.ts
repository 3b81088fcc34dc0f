import type { EntityMap } from "../../shared/domain/entities.ts";
import type { EntityType, Ref } from "../../shared/domain/kernel/ref.ts";
import type { AnyRecord, StateReader } from "../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES, moduleOf } from "../../shared/domain/modules.ts";
import { Asleep } from "./kept-state/asleep.ts";
import { LinkIndex } from "./links.ts";
import { PutOrder } from "./put-order.ts";

type Table = Map<string, AnyRecord | Asleep>;

/** All records of one kind. */
interface Shelf {
  readonly table: Table;
  readonly index: LinkIndex;
  /** Ids in the order of their last put, which is that of `linked`. */
  readonly order: PutOrder;
}

/** Of a world that is brought back in turns: a millisecond of them. */
const TURN_RECORDS = 2_000;

/** Keys under which a record is filed; the module decides. */
const linksOf = (record: AnyRecord | Asleep): readonly string[] =>
  record instanceof Asleep ? record.links : moduleOf(record.type).links(record as never);

const awake = (record: AnyRecord | Asleep): AnyRecord =>
  record instanceof Asleep ? record.woken() : record;

/** The folded state of the province: immutable records per kind, and an index of their links. */
export class World implements StateReader {
  private readonly shelves: ReadonlyMap<EntityType, Shelf> = new Map(
    ENTITY_TYPES.map((type) => [
      type,
      { table: new Map(), index: new LinkIndex(), order: new PutOrder() },
    ]),
  );

  get<K extends EntityType>(type: K, id: string): EntityMap[K] | undefined {
    const record = this.shelves.get(type)?.table.get(id);
    return record && (awake(record) as EntityMap[K]);
  }

  *all<K extends EntityType>(type: K): Iterable<EntityMap[K]> {
    for (const record of this.of(type).table.values()) yield awake(record) as EntityMap[K];
  }

  /** All but those that sleep, which are over. */
  *allAwake(type: EntityType): Iterable<AnyRecord> {
    for (const record of this.of(type).table.values())
      if (!(record instanceof Asleep)) yield record;
  }

  /** The record as it sleeps; nothing when it is awake or unknown. */
  sleeper({ type, id }: Ref): Asleep | undefined {
    const record = this.shelves.get(type)?.table.get(id);
    return record instanceof Asleep ? record : undefined;
  }

  count(type: EntityType): number {
    return this.shelves.get(type)?.table.size ?? 0;
  }

  linked<K extends EntityType>(type: K, link: string): readonly EntityMap[K][] {
    const out: EntityMap[K][] = [];
    const shelf = this.shelves.get(type);
    if (!shelf) return out;
    const { table, index } = shelf;
    for (const id of index.ids(link)) {
      const record = table.get(id);
      if (record) out.push(awake(record) as EntityMap[K]);
    }
    return out;
  }

  put(record: AnyRecord): void {
    const { table, index, order } = this.of(record.type);
    const before = table.get(record.id);
    const links = linksOf(record);
    if (before)
      for (const link of linksOf(before)) if (!links.includes(link)) index.remove(link, record.id);
    table.set(record.id, record);
    order.put(record.id);
    index.fileAll(links, record.id);
  }

  /** References to all that is here, in one turn: records never change, so that is a picture. */
  capture(): readonly CapturedType[] {
    return ENTITY_TYPES.map((type) => {
      const { table, order } = this.of(type);
      return { type, records: [...table.values()], lastPut: order.ids() };
    });
  }

  /** What was captured, in every order that it had; only into a world that holds none of the type. */
  restore(captured: CapturedType): void {
    for (const _ of this.restoring(captured));
  }

  /**
   * The same in turns; nothing of the type may be asked for before the last of them. Plain loops: this
   * runs a hundred thousand times while a start is waited for, before anything of it is compiled.
   */
  *restoring({ type, records, lastPut }: CapturedType): Iterable<void> {
    const { table, index, order } = this.of(type);
    if (table.size > 0) throw new Error(`there are records of ${type} already`);
    for (let from = 0; from < records.length; from += TURN_RECORDS) {
      yield;
      for (const record of records.slice(from, from + TURN_RECORDS)) table.set(record.id, record);
    }
    if (table.size !== records.length) throw new Error(`not each ${type} once`);
    for (let from = 0; from < lastPut.length; from += TURN_RECORDS) {
      yield;
      for (const id of lastPut.slice(from, from + TURN_RECORDS)) {
        const links = linksOf(found(table, id));
        if (links.length > 0) index.fileAll(links, id);
      }
    }
    order.restore(lastPut);
  }

  private of(type: EntityType): Shelf {
    const shelf = this.shelves.get(type);
    if (!shelf) throw new Error(`no table for ${type}`);
    return shelf;
  }
}

function found(table: Table, id: string): AnyRecord | Asleep {
  const record = table.get(id);
  if (!record) throw new Error(`no record ${id}`);
  return record;
}

/** The records of one kind as they were at one moment. */
export interface CapturedType {
  readonly type: EntityType;
  /** In the order in which each was first put. */
  readonly records: readonly (AnyRecord | Asleep)[];
  /** Their ids in the order in which each was last put. */
  readonly lastPut: readonly string[];
}

/**
 * Changed records over a world. A batch is decided on one of these; it becomes the world only when
 * its commit is durable.
 */
export class Overlay implements StateReader {
  /** In the order in which each was first changed. */
  private readonly slots: Slot[] = [];
  /** The same by kind and id: a key of both would be a new text for each look. */
  private readonly byType = new Map<EntityType, Map<string, Slot>>();
  private readonly base: World | Overlay;

  constructor(base: World | Overlay) {
    this.base = base;
  }

  get<K extends EntityType>(type: K, id: string): EntityMap[K] | undefined {
    const changed = this.byType.get(type)?.get(id);
    return changed ? (changed.record as EntityMap[K]) : this.base.get(type, id);
  }

  *all<K extends EntityType>(type: K): Iterable<EntityMap[K]> {
    const changed = this.byType.get(type);
    for (const record of this.base.all(type)) if (!changed?.has(record.id)) yield record;
    for (const { record } of changed?.values() ?? []) yield record as EntityMap[K];
  }

  count(type: EntityType): number {
    let count = this.base.count(type);
    for (const id of this.byType.get(type)?.keys() ?? []) if (!this.base.get(type, id)) count += 1;
    return count;
  }

  linked<K extends EntityType>(type: K, link: string): readonly EntityMap[K][] {
    const below = this.base.linked(type, link);
    const changed = this.byType.get(type);
    if (!changed) return below;
    const out = below.filter(({ id }) => !changed.has(id));
    for (const slot of changed.values()) {
      slot.links ??= linksOf(slot.record);
      if (slot.links.includes(link)) out.push(slot.record as EntityMap[K]);
    }
    return out;
  }

  put(record: AnyRecord): void {
    const { type, id } = record;
    let changed = this.byType.get(type);
    if (!changed) {
      changed = new Map();
      this.byType.set(type, changed);
    }
    const slot = changed.get(id);
    if (slot) {
      slot.record = record;
      slot.links = undefined;
      return;
    }
    const made: Slot = { record, links: undefined };
    changed.set(id, made);
    this.slots.push(made);
  }

  /** What this overlay changes, with the record as it was before the whole batch. */
  changes(): Change[] {
    return this.slots.map(({ record: after }) => ({
      ref: { type: after.type, id: after.id },
      before: this.base.get(after.type, after.id),
      after,
    }));
  }

  /** Makes the changes part of the overlay or world below. */
  mergeInto(below: { put(record: AnyRecord): void }): void {
    for (const { record } of this.slots) below.put(record);
  }
}

/** A changed record's place, whatever it is changed into. */
interface Slot {
  record: AnyRecord;
  /** Of this record, once somebody asked. */
  links: readonly string[] | undefined;
}

export interface Change {
  readonly ref: Ref;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord;
}
