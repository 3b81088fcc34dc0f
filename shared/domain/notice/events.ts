import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { Notice } from "./state.ts";

type Content = Pick<
  Notice,
  | "kind"
  | "body"
  | "publishedBy"
  | "toCourtIds"
  | "toOfficerIds"
  | "forRoles"
  | "needsAck"
  | "expiresAt"
  | "rollCall"
>;

export type NoticeEvent =
  | DomainEvent<
      "NoticePublished",
      Content & { readonly belongs: Belongs; readonly clocks: readonly ClockStart[] }
    >
  | DomainEvent<"NoticeAcknowledged", { readonly courtId: string }>
  | DomainEvent<"NoticeAcknowledgedInPerson", { readonly officerId: string }>
  | DomainEvent<"NoticeReminded", { readonly open: number }>;

export const NOTICE_EVENT_TYPES = [
  "NoticePublished",
  "NoticeAcknowledged",
  "NoticeAcknowledgedInPerson",
  "NoticeReminded",
] as const satisfies readonly NoticeEvent["type"][];
