import type { EntityMap } from "../../shared/domain/entities.ts";
import type { EntityType, Ref } from "../../shared/domain/kernel/ref.ts";
import type { AnyRecord, StateReader } from "../../shared/domain/kernel/state.ts";
import { ENTITY_TYPES, moduleOf } from "../../shared/domain/modules.ts";

type Table = Map<string, AnyRecord>;
type LinkIndex = Map<string, Set<string>>;

const NONE: ReadonlySet<string> = new Set();

/** Keys under which a record is filed; the module decides. */
const linksOf = (record: AnyRecord): readonly string[] =>
  moduleOf(record.type).links(record as never);

/** The folded state of the province: immutable records per kind, and an index of their links. */
export class World implements StateReader {
  private readonly tables: ReadonlyMap<EntityType, Table>;
  private readonly links: ReadonlyMap<EntityType, LinkIndex>;

  constructor() {
    this.tables = new Map(ENTITY_TYPES.map((type) => [type, new Map()]));
    this.links = new Map(ENTITY_TYPES.map((type) => [type, new Map()]));
  }

  get<K extends EntityType>(type: K, id: string): EntityMap[K] | undefined {
    return this.tables.get(type)?.get(id) as EntityMap[K] | undefined;
  }

  all<K extends EntityType>(type: K): Iterable<EntityMap[K]> {
    return (this.tables.get(type)?.values() ?? []) as Iterable<EntityMap[K]>;
  }

  count(type: EntityType): number {
    return this.tables.get(type)?.size ?? 0;
  }

  linkedIds(type: EntityType, link: string): ReadonlySet<string> {
    return this.links.get(type)?.get(link) ?? NONE;
  }

  linked<K extends EntityType>(type: K, link: string): readonly EntityMap[K][] {
    const out: EntityMap[K][] = [];
    for (const id of this.linkedIds(type, link)) {
      const record = this.get(type, id);
      if (record) out.push(record);
    }
    return out;
  }

  put(record: AnyRecord): void {
    const table = this.tables.get(record.type);
    const index = this.links.get(record.type);
    if (!table || !index) throw new Error(`no table for ${record.type}`);
    const before = table.get(record.id);
    if (before) for (const link of linksOf(before)) index.get(link)?.delete(record.id);
    table.set(record.id, record);
    for (const link of linksOf(record)) {
      const ids = index.get(link);
      if (ids) ids.add(record.id);
      else index.set(link, new Set([record.id]));
    }
  }
}

/**
 * Changed records over a world. A batch is decided on one of these; it becomes the world only when
 * its commit is durable.
 */
export class Overlay implements StateReader {
  private readonly changed = new Map<string, AnyRecord>();
  private readonly created = new Map<EntityType, number>();
  private readonly base: World | Overlay;

  constructor(base: World | Overlay) {
    this.base = base;
  }

  get<K extends EntityType>(type: K, id: string): EntityMap[K] | undefined {
    return (
      (this.changed.get(`${type}:${id}`) as EntityMap[K] | undefined) ?? this.base.get(type, id)
    );
  }

  *all<K extends EntityType>(type: K): Iterable<EntityMap[K]> {
    for (const record of this.base.all(type))
      if (!this.changed.has(`${type}:${record.id}`)) yield record;
    for (const record of this.changed.values())
      if (record.type === type) yield record as EntityMap[K];
  }

  count(type: EntityType): number {
    return this.base.count(type) + (this.created.get(type) ?? 0);
  }

  linked<K extends EntityType>(type: K, link: string): readonly EntityMap[K][] {
    const out = this.base
      .linked(type, link)
      .filter((record) => !this.changed.has(`${type}:${record.id}`));
    for (const record of this.changed.values()) {
      if (record.type === type && linksOf(record).includes(link)) out.push(record as EntityMap[K]);
    }
    return out;
  }

  put(record: AnyRecord): void {
    const key = `${record.type}:${record.id}`;
    if (!this.changed.has(key) && !this.base.get(record.type, record.id)) {
      this.created.set(record.type, (this.created.get(record.type) ?? 0) + 1);
    }
    this.changed.set(key, record);
  }

  /** What this overlay changes, with the record as it was before the whole batch. */
  changes(): Change[] {
    return [...this.changed.values()].map((after) => ({
      ref: { type: after.type, id: after.id },
      before: this.base.get(after.type, after.id),
      after,
    }));
  }

  /** Makes the changes part of the overlay or world below. */
  mergeInto(below: { put(record: AnyRecord): void }): void {
    for (const record of this.changed.values()) below.put(record);
  }
}

export interface Change {
  readonly ref: Ref;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord;
}
