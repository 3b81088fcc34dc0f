import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { PoliceEvent, RequestContent } from "./events.ts";
import { responseClocks } from "./response.ts";

/**
 * The event that opens a police request together with its response clocks. Exported for records
 * that open one in their own decision, as an SOS does.
 */
export function requestSent(id: string, belongs: Belongs, content: RequestContent): DomainEvent {
  return {
    type: "PoliceRequestSent",
    ref: { type: "police", id },
    data: { belongs, ...content, clocks: responseClocks(content.urgency, content.sentAt) },
  } satisfies PoliceEvent;
}
