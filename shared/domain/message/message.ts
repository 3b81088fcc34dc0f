import {
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  uniqueViews,
} from "../authority/audience.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { MESSAGE_COMMANDS, MESSAGE_REFUSALS } from "./commands.ts";
import { MESSAGE_EVENT_TYPES, type MessageEvent } from "./events.ts";
import type { Message } from "./state.ts";

function evolve(message: Message | undefined, raw: DomainEvent, meta: EventMeta): Message {
  const event = raw as MessageEvent;
  if (event.type === "MessageSent") {
    const { belongs, ...content } = event.data;
    return {
      ...newRecord("message", event.ref.id, belongs, meta),
      ...content,
      state: "SENT",
      sentAt: meta.at,
    };
  }
  if (!message) throw new Error(`${event.type} before MessageSent`);
  return event.type === "MessageRead" ? read(message, meta) : delivered(message, meta);
}

const delivered = (message: Message, meta: EventMeta): Message =>
  message.state === "SENT" ? { ...message, state: "DELIVERED", deliveredAt: meta.at } : message;

const read = (message: Message, meta: EventMeta): Message =>
  message.state === "READ"
    ? message
    : {
        ...message,
        state: "READ",
        deliveredAt: message.deliveredAt ?? meta.at,
        readAt: meta.at,
        readBy: meta.by,
      };

/** Sender's centre, and the addressee: an officer's phone or a court's console. Never a wall. */
function audiences(message: Message): readonly AudienceEntry[] {
  const consoles = [
    ...courtViews(message.courtId, "own"),
    ...(message.toCourtId ? courtViews(message.toCourtId, "recipient") : []),
  ].filter((entry) => seatOf(entry.audience) === "console");
  return uniqueViews([
    ...consoles,
    ...fieldViews([message.fromOfficerId, ...(message.toOfficerId ? [message.toOfficerId] : [])]),
  ]);
}

const LINES: Readonly<Record<MessageEvent["type"], Bilingual>> = {
  MessageSent: { zh: "发出消息", en: "Message sent" },
  MessageDelivered: { zh: "消息送达", en: "Message delivered" },
  MessageRead: { zh: "消息已读", en: "Message read" },
};

export const messageModule: EntityModule<"message"> = {
  type: "message",
  eventTypes: MESSAGE_EVENT_TYPES,
  commands: MESSAGE_COMMANDS,
  refusals: MESSAGE_REFUSALS,
  evolve,
  standing: (message) => message.state,
  parts: (message) => ({
    sender: [message.fromOfficerId],
    ...(message.toOfficerId ? { recipient: [message.toOfficerId] } : {}),
    ...(message.toCourtId ? { recipientCourt: [message.toCourtId] } : {}),
  }),
  links: (message) => (message.operationId ? [`operation:${message.operationId}`] : []),
  live: (message) => message.state !== "READ",
  dependents: () => [],
  deadlines: () => [],
  audiences,
  project: ({
    fromOfficerId,
    toOfficerId,
    toCourtId,
    courtId,
    operationId,
    text,
    state,
    sentAt,
    deliveredAt,
    readAt,
    readBy,
  }) => ({
    courtId,
    fromOfficerId,
    ...(toOfficerId ? { toOfficerId } : {}),
    ...(toCourtId ? { toCourtId } : {}),
    ...(operationId ? { operationId } : {}),
    text,
    state,
    sentAt,
    ...(deliveredAt ? { deliveredAt } : {}),
    ...(readAt ? { readAt, readBy } : {}),
  }),
  line: (event) => LINES[event.type as MessageEvent["type"]],
};
