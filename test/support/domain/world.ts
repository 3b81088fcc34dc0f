import type { EntityMap } from "../../../shared/domain/entities.ts";
import { foldEvent } from "../../../shared/domain/fold.ts";
import type { DomainEvent, EventMeta } from "../../../shared/domain/kernel/event.ts";
import { type EntityType, refKey } from "../../../shared/domain/kernel/ref.ts";
import type { AnyRecord, StateReader } from "../../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../../shared/domain/modules.ts";

/** The folded state of a test: real records, the real fold, an index made by looking at all. */
export class World implements StateReader {
  readonly #records = new Map<string, AnyRecord>();

  put(...records: readonly AnyRecord[]): void {
    for (const record of records) this.#records.set(refKey(record), record);
  }

  fold(event: DomainEvent, meta: EventMeta): AnyRecord {
    const next = foldEvent(this.#records.get(refKey(event.ref)), event, meta);
    this.#records.set(refKey(event.ref), next);
    return next;
  }

  get<K extends EntityType>(type: K, id: string): EntityMap[K] | undefined {
    return this.#records.get(refKey({ type, id })) as EntityMap[K] | undefined;
  }

  all<K extends EntityType>(type: K): EntityMap[K][] {
    return [...this.#records.values()].filter((r) => r.type === type) as unknown as EntityMap[K][];
  }

  everything(): AnyRecord[] {
    return [...this.#records.values()];
  }

  count(type: EntityType): number {
    return this.all(type).length;
  }

  linked<K extends EntityType>(type: K, link: string): EntityMap[K][] {
    const module = moduleOf(type);
    return this.all(type).filter((record) => module.links(record as never).includes(link));
  }
}
