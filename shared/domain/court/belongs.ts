import { tierPathOf } from "../authority/relation.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { StateReader } from "../kernel/state.ts";

/** The court a new record belongs to, with its ancestors as they stand now. */
export const belongsTo = (state: StateReader, courtId: string): Belongs => ({
  courtId,
  tierPath: tierPathOf(state, courtId),
});
