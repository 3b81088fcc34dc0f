import type { DomainEvent, EventMeta } from "./kernel/event.ts";
import type { RecordBase } from "./kernel/record.ts";
import type { AnyRecord } from "./kernel/state.ts";
import { moduleOf } from "./modules.ts";

/**
 * What the fold makes of a log; a state that was kept by a program with another number is folded
 * anew. Raise it with every change after which an old event gives another record.
 */
export const FOLD_VERSION = 1;

/**
 * Folds one event into one record. Throws when the event cannot be folded: such an event must
 * never be stored, so the caller folds into an overlay before it appends.
 */
export function foldEvent(
  before: AnyRecord | undefined,
  event: DomainEvent,
  meta: EventMeta,
): AnyRecord {
  const module = moduleOf(event.ref.type);
  if (event.type !== "ClockRaised" && !module.eventTypes.includes(event.type)) {
    throw new Error(`${event.ref.type} cannot fold ${event.type}`);
  }
  const made = module.evolve(before as never, event, meta);
  // Made anew, nobody else has it yet; only where nothing changed is it the record that others hold.
  const next = made === before ? { ...made } : made;
  const rev = (before?.rev ?? 0) + 1;
  const sameStanding =
    before !== undefined && module.standing(before as never) === module.standing(next as never);
  stamp(next, rev, sameStanding ? before.stateRev : rev, meta.at);
  return next;
}

type Stamped = { -readonly [K in "rev" | "stateRev" | "updatedAt"]: RecordBase[K] };

function stamp(record: Stamped, rev: number, stateRev: number, at: number): void {
  record.rev = rev;
  record.stateRev = stateRev;
  record.updatedAt = at;
}
