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
  const folded: AnyRecord[] = [];
  for (const recorded of command.events) {
    const event = domainEvent(recorded);
    const next = foldEvent(overlay.get(event.ref.type, event.ref.id), event, meta);
    overlay.put(next);
    folded.push(next);
  }
  return folded;
}

/** Reads a stored event. An unknown kind of record means a log of a newer program. */
export function domainEvent(recorded: RecordedEvent): DomainEvent {
  if (!isOfKnownKind(recorded)) throw new Error(`unknown kind of record ${recorded.ref.type}`);
  return recorded;
}

const isOfKnownKind = (recorded: RecordedEvent): recorded is RecordedEvent & DomainEvent =>
  isEntityType(recorded.ref.type);
