import type { EntityMap } from "../entities.ts";
import type { EntityType, Ref } from "./ref.ts";

/**
 * The folded state as the pure functions see it: records by kind and id, and a secondary index of
 * `links` (each module says which keys its records are filed under, e.g. `operation:ID`).
 */
export interface StateReader {
  get<K extends EntityType>(type: K, id: string): EntityMap[K] | undefined;
  all<K extends EntityType>(type: K): Iterable<EntityMap[K]>;
  /** How many records of the kind exist; records are never removed. */
  count(type: EntityType): number;
  /** Records of `type` filed under `link`. */
  linked<K extends EntityType>(type: K, link: string): readonly EntityMap[K][];
}

export type AnyRecord = EntityMap[EntityType];

export const getRef = (state: StateReader, ref: Ref): AnyRecord | undefined =>
  state.get(ref.type, ref.id);
