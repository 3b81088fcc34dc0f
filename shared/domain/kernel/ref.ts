import type { EntityMap } from "../entities.ts";

/** Kind of record; the keys of `EntityMap` are the one list. */
export type EntityType = keyof EntityMap;

/** Points at one record. */
export interface Ref {
  readonly type: EntityType;
  readonly id: string;
}

export const refKey = (ref: Ref): string => `${ref.type}:${ref.id}`;
