import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { Order, OrderEffect, OrderKind, ReconsiderationOutcome } from "./state.ts";

type ByRecipient = { readonly courtId: string };
type Starts = { readonly clocks: readonly ClockStart[] };

/** What an order says, the same for all recipients. */
export interface OrderContent {
  readonly urgency: Order["urgency"];
  readonly body: TextRef;
  readonly dueAt?: number;
  readonly operationId?: string;
  readonly caseNo?: string;
  readonly deferUntil?: number;
  readonly assignedCourtId?: string;
  readonly forCourtId?: string;
  readonly supersedes?: string;
}

export type OrderEvent =
  | DomainEvent<
      "OrderIssued",
      OrderContent &
        Starts & {
          readonly belongs: Belongs;
          readonly kind: OrderKind;
          readonly effect?: OrderEffect;
          readonly issuedBy: string;
          readonly recipients: readonly {
            readonly courtId: string;
            readonly copiedCourtIds: readonly string[];
          }[];
        }
    >
  | DomainEvent<"OrderDelivered", ByRecipient>
  | DomainEvent<"OrderSigned", ByRecipient & { readonly reconsiderUntil: number }>
  | DomainEvent<"OrderProgressed", ByRecipient>
  | DomainEvent<
      "OrderFedBack",
      ByRecipient & { readonly text: TextRef; readonly officerIds?: readonly string[] }
    >
  /** Forces of these recipients go home. */
  | DomainEvent<"OrderForcesRecalled", { readonly courtIds: readonly string[] }>
  | DomainEvent<"OrderAccepted", ByRecipient>
  | DomainEvent<
      "OrderReturned",
      ByRecipient & Starts & { readonly text: TextRef; readonly dueAt?: number }
    >
  | DomainEvent<
      "OrderReconsiderationRequested",
      ByRecipient &
        Starts & { readonly reason: TextRef; readonly suspends: boolean; readonly leftMs?: number }
    >
  | DomainEvent<
      "OrderReconsiderationAnswered",
      ByRecipient &
        Starts & {
          readonly outcome: ReconsiderationOutcome;
          readonly text: TextRef;
          readonly dueAt?: number;
        }
    >
  /** Without a court: for every recipient. */
  | DomainEvent<"OrderRevoked", { readonly courtId?: string; readonly reason: TextRef }>
  | DomainEvent<"OrderSuperseded", { readonly byOrderId: string }>;

export const ORDER_EVENT_TYPES = [
  "OrderIssued",
  "OrderDelivered",
  "OrderSigned",
  "OrderProgressed",
  "OrderFedBack",
  "OrderForcesRecalled",
  "OrderAccepted",
  "OrderReturned",
  "OrderReconsiderationRequested",
  "OrderReconsiderationAnswered",
  "OrderRevoked",
  "OrderSuperseded",
] as const satisfies readonly OrderEvent["type"][];

export const orderEvent = <T extends OrderEvent["type"]>(
  id: string,
  type: T,
  data: Extract<OrderEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "order", id }, data });
