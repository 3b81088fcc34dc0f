import { HOLD_EVENT_TYPES, type HoldEvent } from "../hold/events.ts";
import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { LatLng, SubjectRef, TextRef } from "../kernel/record.ts";
import type { PoliceRequestType, Urgency } from "./state.ts";

/** What a request asks for, by whom and since when; the clocks run from `sentAt`. */
export interface RequestContent {
  readonly kind: PoliceRequestType;
  readonly urgency: Urgency;
  readonly caseNo?: string;
  readonly operationId?: string;
  readonly detentionId?: string;
  readonly incidentId?: string;
  readonly unitId?: string;
  readonly filingNo?: string;
  readonly decisionNo?: string;
  readonly orderNo?: string;
  readonly plate?: string;
  readonly place?: LatLng;
  readonly subject?: SubjectRef;
  readonly detail?: TextRef;
  readonly sentBy: string;
  /** Server time: the `now` of the decision. */
  readonly sentAt: number;
}

/** What the police can say on the telephone, as the duty officer types it in. */
export type AnsweredState =
  | "ACKED"
  | "DISPATCHED"
  | "ARRIVED"
  | "DECLINED"
  | "HELD_BY_POLICE"
  | "CLOSED";

/** What a unit reports at its own desk; declining and finishing are requests of their own. */
export type RespondedState = "ACKED" | "DISPATCHED" | "ARRIVED" | "HELD_BY_POLICE";

export type PoliceEvent =
  | HoldEvent
  | DomainEvent<
      "PoliceRequestSent",
      RequestContent & { readonly belongs: Belongs; readonly clocks: readonly ClockStart[] }
    >
  | DomainEvent<
      "PoliceAnswered",
      {
        readonly state: AnsweredState;
        readonly saidBy: string;
        readonly note?: TextRef;
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<
      "PoliceResponded",
      {
        readonly state: RespondedState | "DECLINED" | "CLOSED";
        readonly unitId: string;
        readonly saidBy: string;
        readonly note?: TextRef;
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<
      "PoliceHandedOver",
      { readonly unitId: string; readonly saidBy: string; readonly receivedBy: string }
    >
  | DomainEvent<
      "PoliceReleased",
      {
        /** Set when the unit said it at its own desk. */
        readonly unitId?: string;
        readonly saidBy: string;
        readonly note?: TextRef;
      }
    >
  | DomainEvent<
      "PoliceTookIn",
      { readonly unitId: string; readonly saidBy: string; readonly receiptNo: string }
    >
  | DomainEvent<
      "PoliceRequestRerouted",
      { readonly unitId: string; readonly clocks: readonly ClockStart[] }
    >
  | DomainEvent<"PoliceRequestTaken", { readonly courtId: string }>
  | DomainEvent<"PoliceTakenOver", Record<string, never>>
  | DomainEvent<"PoliceRequestClosed", { readonly note?: TextRef }>
  | DomainEvent<"PoliceRequestCancelled", { readonly reason: TextRef }>;

export const POLICE_EVENT_TYPES = [
  "PoliceRequestSent",
  "PoliceAnswered",
  "PoliceResponded",
  "PoliceHandedOver",
  "PoliceReleased",
  "PoliceTookIn",
  "PoliceRequestRerouted",
  "PoliceRequestTaken",
  "PoliceTakenOver",
  "PoliceRequestClosed",
  "PoliceRequestCancelled",
  ...HOLD_EVENT_TYPES,
] as const;
