import type { ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { Supervision, SupervisionMeasure } from "./state.ts";

type Empty = Record<string, never>;
type Started = { readonly clocks: readonly ClockStart[] };
type Said = { readonly text: TextRef };
type OfItem = { readonly itemId: string };
type Content = Pick<
  Supervision,
  | "kind"
  | "trigger"
  | "targetCourtId"
  | "copiedCourtIds"
  | "caseNo"
  | "matter"
  | "acceptedAt"
  | "forwardOf"
>;

export type SupervisionEvent =
  | DomainEvent<"SupervisionOpened", Content & Started & { readonly belongs: Belongs }>
  | DomainEvent<
      "SupervisionLetterSent",
      Started & { readonly letterNo: string; readonly demand: TextRef; readonly dueAt: number }
    >
  | DomainEvent<"SupervisionAssigned", { readonly assigneeId: string }>
  | DomainEvent<"SupervisionStarted", Empty>
  | DomainEvent<"SupervisionReported", Said>
  | DomainEvent<"SupervisionReturned", Said & Started & { readonly dueAt: number }>
  | DomainEvent<"SupervisionUrged", Said & Started & { readonly dueAt: number }>
  | DomainEvent<
      "SupervisionMeasureTaken",
      Said & { readonly measure: SupervisionMeasure; readonly toCourtId?: string }
    >
  | DomainEvent<"SupervisionInterviewed", NonNullable<Supervision["interview"]>>
  | DomainEvent<"SupervisionFound", Said & { readonly check: "CASE" | "CONDUCT" }>
  | DomainEvent<
      "SupervisionItemAdded",
      OfItem &
        Started & { readonly ownerId: string; readonly dueAt: number; readonly what: TextRef }
    >
  | DomainEvent<"SupervisionItemEvidenced", OfItem & { readonly evidence: TextRef }>
  | DomainEvent<"SupervisionItemReturned", OfItem & Said & Started & { readonly dueAt: number }>
  | DomainEvent<"SupervisionItemClosed", OfItem & { readonly evidenceNo?: number }>
  | DomainEvent<"SupervisionClosed", Said>;

export const SUPERVISION_EVENT_TYPES = [
  "SupervisionOpened",
  "SupervisionLetterSent",
  "SupervisionAssigned",
  "SupervisionStarted",
  "SupervisionReported",
  "SupervisionReturned",
  "SupervisionUrged",
  "SupervisionMeasureTaken",
  "SupervisionInterviewed",
  "SupervisionFound",
  "SupervisionItemAdded",
  "SupervisionItemEvidenced",
  "SupervisionItemReturned",
  "SupervisionItemClosed",
  "SupervisionClosed",
] as const satisfies readonly SupervisionEvent["type"][];

export const supervisionEvent = <T extends SupervisionEvent["type"]>(
  id: string,
  type: T,
  data: Extract<SupervisionEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "supervision", id }, data });
