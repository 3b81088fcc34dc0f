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
  readonly place?: LatLng;
  readonly subject?: SubjectRef;
  readonly detail?: TextRef;
  readonly sentBy: string;
  /** Server time: the `now` of the decision. */
  readonly sentAt: number;
}

/** What the police can say on the telephone. */
export type AnsweredState =
  | "ACKED"
  | "DISPATCHED"
  | "ARRIVED"
  | "DECLINED"
  | "HELD_BY_POLICE"
  | "CLOSED";

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
  "PoliceRequestRerouted",
  "PoliceRequestTaken",
  "PoliceTakenOver",
  "PoliceRequestClosed",
  "PoliceRequestCancelled",
  ...HOLD_EVENT_TYPES,
] as const;
