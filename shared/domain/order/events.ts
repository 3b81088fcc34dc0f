import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { Order, OrderEffect, OrderKind } from "./state.ts";

type ByRecipient = { readonly courtId: string };

export type OrderEvent =
  | DomainEvent<
      "OrderIssued",
      {
        readonly belongs: Belongs;
        readonly kind: OrderKind;
        readonly effect?: OrderEffect;
        readonly urgency: Order["urgency"];
        readonly body: TextRef;
        readonly issuedBy: string;
        readonly dueAt?: number;
        readonly operationId?: string;
        readonly caseNo?: string;
        readonly toCourtIds: readonly string[];
        readonly copiedCourtIds: readonly string[];
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<"OrderDelivered", ByRecipient>
  | DomainEvent<"OrderSigned", ByRecipient>
  | DomainEvent<"OrderProgressed", ByRecipient>
  | DomainEvent<"OrderFedBack", ByRecipient & { readonly text: TextRef }>
  | DomainEvent<"OrderAccepted", Record<string, never>>
  | DomainEvent<
      "OrderReturned",
      { readonly text: TextRef; readonly dueAt?: number; readonly clocks: readonly ClockStart[] }
    >
  | DomainEvent<"OrderRevoked", { readonly reason: TextRef }>;

export const ORDER_EVENT_TYPES = [
  "OrderIssued",
  "OrderDelivered",
  "OrderSigned",
  "OrderProgressed",
  "OrderFedBack",
  "OrderAccepted",
  "OrderReturned",
  "OrderRevoked",
] as const satisfies readonly OrderEvent["type"][];

export const orderEvent = <T extends OrderEvent["type"]>(
  id: string,
  type: T,
  data: Extract<OrderEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "order", id }, data });
