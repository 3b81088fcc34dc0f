import { foldEvent } from "../../shared/domain/fold.ts";
import type { DomainEvent, EventMeta } from "../../shared/domain/kernel/event.ts";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { isEntityType } from "../../shared/domain/modules.ts";
import type { RecordedCommand, RecordedEvent } from "../log/commit-body.ts";
import type { Overlay } from "./world.ts";

/**
 * What the fold knows about the events of a recorded command: the same live and at replay. What
 * passed through the emergency journal keeps the time at which it was decided there.
 */
export function metaOf(command: RecordedCommand, seq: number, at: number): EventMeta {
  return {
    seq,
    at: command.journalledAt ?? at,
    commandId: command.id,
    by: command.actor,
    receivedAt: command.receivedAt,
    occurred: command.occurredAt ?? { earliest: command.receivedAt, latest: command.receivedAt },
  };
}

/** Folds a recorded command's events into the overlay; throws when one cannot be folded. */
export function foldRecorded(
  overlay: Overlay,
  command: Pick<RecordedCommand, "events">,
  meta: EventMeta,
): AnyRecord[] {
  return command.events.map((recorded) => {
    const event = domainEvent(recorded);
    const next = foldEvent(overlay.get(event.ref.type, event.ref.id), event, meta);
    overlay.put(next);
    return next;
  });
}

/** Reads a stored event. An unknown kind of record means a log of a newer program. */
export function domainEvent(recorded: RecordedEvent): DomainEvent {
  const { type } = recorded.ref;
  if (!isEntityType(type)) throw new Error(`unknown kind of record ${type}`);
  return { type: recorded.type, ref: { type, id: recorded.ref.id }, data: recorded.data };
}
