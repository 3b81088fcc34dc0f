import type { DomainEvent, EventMeta } from "./kernel/event.ts";
import type { AnyRecord } from "./kernel/state.ts";
import { moduleOf } from "./modules.ts";

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
  const next = module.evolve(before as never, event, meta);
  const rev = (before?.rev ?? 0) + 1;
  const sameStanding =
    before !== undefined && module.standing(before as never) === module.standing(next as never);
  return {
    ...next,
    rev,
    stateRev: sameStanding ? before.stateRev : rev,
    updatedAt: meta.at,
  } as AnyRecord;
}
