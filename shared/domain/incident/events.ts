import { HOLD_EVENT_TYPES, type HoldEvent } from "../hold/events.ts";
import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { Assist, Incident, IncidentKind, IncidentLevel } from "./state.ts";

/** What an incident hangs on; the host court and the case follow from operation or detention. */
export interface IncidentContext {
  readonly operationId?: string;
  readonly detentionId?: string;
  readonly hostCourtId?: string;
  /** 调警: the court that its reporter was lent to and that commands him there. */
  readonly servesCourtId?: string;
  readonly caseNo?: string;
}

export type IncidentPlace = NonNullable<Incident["place"]>;
export type Casualties = Incident["casualties"];

/** Who acts for which court; `meta.by` does not know the court. */
export interface Hand {
  readonly officerId: string;
  readonly courtId: string;
}

export type AssistEvent =
  | DomainEvent<
      "AssistNamed",
      Hand & {
        readonly toCourtId: string;
        readonly officerIds: readonly string[];
        readonly asked: Assist["asked"];
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<"AssistDeclined", Hand & { readonly reason: TextRef }>
  | DomainEvent<"AssistHandedOver", Hand>
  | DomainEvent<"AssistTakenOver", Hand>;

export type IncidentEvent =
  | HoldEvent
  | AssistEvent
  | DomainEvent<
      "SosRaised",
      IncidentContext & {
        readonly belongs: Belongs;
        readonly reporterId: string;
        readonly place?: IncidentPlace;
        readonly battery?: number;
        /** Sent without a session that was valid then: 身份待核. */
        readonly unverified?: true;
        readonly policeRequestId: string;
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<
      "SosRepeated",
      {
        readonly commandId: string;
        readonly place?: IncidentPlace;
        readonly battery?: number;
        /** The first from a valid session on an unverified record: now it is known who calls. */
        readonly verified?: true;
        /** Present when it rings anew: somebody had acknowledged what was before. */
        readonly clocks?: readonly ClockStart[];
        /** A request of its own, where the former one is over. */
        readonly policeRequestId?: string;
      }
    >
  | DomainEvent<
      "IncidentReported",
      IncidentContext & {
        readonly belongs: Belongs;
        readonly reporterId: string;
        readonly kind: IncidentKind;
        readonly level: IncidentLevel;
        readonly casualties: Casualties;
        readonly place?: IncidentPlace;
        readonly detail?: TextRef;
      }
    >
  | DomainEvent<"IncidentSeen", Hand>
  | DomainEvent<"IncidentAcknowledged", Hand>
  | DomainEvent<"IncidentCancelRequested", { readonly reason: TextRef }>
  | DomainEvent<
      "IncidentLevelSet",
      { readonly level: IncidentLevel; readonly casualties: Casualties; readonly reason?: TextRef }
    >
  | DomainEvent<"IncidentConfirmed", Hand>
  | DomainEvent<"IncidentResponding", Hand>
  | DomainEvent<"IncidentControlled", Hand>
  | DomainEvent<"IncidentResolved", Hand & { readonly reason?: TextRef }>
  | DomainEvent<"IncidentFalseAlarm", Hand & { readonly reason: TextRef }>
  | DomainEvent<"IncidentReviewed", Hand & { readonly findings: TextRef }>;

export const INCIDENT_EVENT_TYPES = [
  "SosRaised",
  "SosRepeated",
  "IncidentReported",
  "IncidentSeen",
  "IncidentAcknowledged",
  "IncidentCancelRequested",
  "IncidentLevelSet",
  "IncidentConfirmed",
  "IncidentResponding",
  "IncidentControlled",
  "IncidentResolved",
  "IncidentFalseAlarm",
  "IncidentReviewed",
  ...HOLD_EVENT_TYPES,
  "AssistNamed",
  "AssistDeclined",
  "AssistHandedOver",
  "AssistTakenOver",
] as const satisfies readonly IncidentEvent["type"][];

export const incidentEvent = <T extends IncidentEvent["type"]>(
  id: string,
  type: T,
  data: Extract<IncidentEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "incident", id }, data });
