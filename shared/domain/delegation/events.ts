import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { DelegationContent, Directive, ReturnCode } from "./state.ts";

type Empty = Record<string, never>;
type Started = { readonly clocks: readonly ClockStart[] };
type Said = { readonly text: TextRef };

export type DelegationEvent =
  | DomainEvent<
      "DelegationDrafted",
      DelegationContent & {
        readonly belongs: Belongs;
        readonly toCourtId: string;
        readonly superiorCourtId: string;
      }
    >
  | DomainEvent<"DelegationRevised", DelegationContent>
  | DomainEvent<"DelegationSubmitted", Empty>
  | DomainEvent<"DelegationSentBack", Said>
  | DomainEvent<"DelegationSent", Started>
  | DomainEvent<"DelegationAccepted", Empty>
  | DomainEvent<"DelegationPapersAsked", Said & Started>
  | DomainEvent<"DelegationPapersCompleted", Started & { readonly docs: DelegationContent["docs"] }>
  | DomainEvent<"DelegationReturned", Said & { readonly code: ReturnCode }>
  | DomainEvent<"DelegationAssigned", { readonly assigneeId: string }>
  | DomainEvent<"DelegationStarted", Empty>
  | DomainEvent<"DelegationProgressed", Said & Started>
  | DomainEvent<"DelegationFedBack", Said>
  | DomainEvent<"DelegationConfirmed", Empty>
  | DomainEvent<"DelegationRedoAsked", Said & Started>
  | DomainEvent<"DelegationWithdrawn", { readonly reason: TextRef }>
  | DomainEvent<
      "DelegationDirected",
      Said & Started & { readonly directive: Directive; readonly dueAt?: number }
    >
  | DomainEvent<"DelegationOverdue", { readonly clock: string; readonly toldCourtId: string }>;

export const DELEGATION_EVENT_TYPES = [
  "DelegationDrafted",
  "DelegationRevised",
  "DelegationSubmitted",
  "DelegationSentBack",
  "DelegationSent",
  "DelegationAccepted",
  "DelegationPapersAsked",
  "DelegationPapersCompleted",
  "DelegationReturned",
  "DelegationAssigned",
  "DelegationStarted",
  "DelegationProgressed",
  "DelegationFedBack",
  "DelegationConfirmed",
  "DelegationRedoAsked",
  "DelegationWithdrawn",
  "DelegationDirected",
  "DelegationOverdue",
] as const satisfies readonly DelegationEvent["type"][];

export const delegationEvent = <T extends DelegationEvent["type"]>(
  id: string,
  type: T,
  data: Extract<DelegationEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "delegation", id }, data });
