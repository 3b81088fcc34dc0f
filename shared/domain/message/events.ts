import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";

export type MessageEvent =
  | DomainEvent<
      "MessageSent",
      {
        readonly belongs: Belongs;
        readonly fromOfficerId: string;
        readonly toOfficerId?: string;
        readonly toCourtId?: string;
        readonly operationId?: string;
        readonly text: TextRef;
      }
    >
  | DomainEvent<"MessageDelivered", Record<string, never>>
  | DomainEvent<"MessageRead", Record<string, never>>;

export const MESSAGE_EVENT_TYPES = ["MessageSent", "MessageDelivered", "MessageRead"] as const;
