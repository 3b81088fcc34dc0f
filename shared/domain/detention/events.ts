import type { ClockStart } from "../kernel/clock.ts";
import type { ConflictNote } from "../kernel/conflict.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { SubjectRef, TextRef } from "../kernel/record.ts";
import type { DetentionType } from "./state.ts";

/** Whom and what it is about; a stub opened by a fact may know nothing of it. */
export interface About {
  readonly caseNo: string;
  readonly operationId?: string;
  readonly hostCourtId?: string;
  readonly subject?: SubjectRef;
  readonly escortIds: readonly string[];
}

/** Clocks that this event starts, or shows to have started earlier. */
interface Starts {
  readonly clocks: readonly ClockStart[];
}

interface Breached {
  readonly clock: string;
  readonly ruleId: string;
  readonly dueAt: number;
}

export interface EndingDecision {
  readonly decisionNo: string;
  readonly reason?: TextRef;
}

/** Reports that fill a milestone (`milestones.ts`). */
export type MilestoneEvent =
  | DomainEvent<"SubjectControlled", Starts & { readonly escortIds: readonly string[] }>
  | DomainEvent<"SubjectArrived", Starts>
  | DomainEvent<"InquiryStarted", Starts>
  | DomainEvent<"InquiryEnded", Starts>
  | DomainEvent<"TransitStarted", Starts & { readonly escortIds: readonly string[] }>
  | DomainEvent<
      "IntakeDone",
      Starts & {
        readonly receiptNo: string;
        readonly facility?: string;
        readonly policeReceiver?: string;
      }
    >
  | DomainEvent<"SubjectReleased", Starts>;

export type MilestoneType = MilestoneEvent["type"];

export type OpeningEvent =
  | DomainEvent<
      "CompelApproved",
      About & {
        readonly belongs: Belongs;
        readonly warrantNo: string;
        readonly basisArticles: readonly string[];
      }
    >
  | DomainEvent<
      "DetentionProposed",
      About &
        Starts & {
          readonly belongs: Belongs;
          readonly actId: string;
          readonly basisArticles: readonly string[];
          /** 1..15. */
          readonly days: number;
          /** Made out of a 拘传: its record, and since when the person is held. */
          readonly convertedFrom?: string;
          readonly controlledAt?: number;
          /** The 拘传 itself had no approval yet. */
          readonly emergency: boolean;
        }
    >
  | DomainEvent<
      "DetentionStubOpened",
      About & { readonly belongs: Belongs; readonly kind: DetentionType }
    >;

export type DecisionEvent =
  | DomainEvent<"DetentionApproved", { readonly decisionNo: string; readonly days: number }>
  | DomainEvent<
      "DetentionApprovedRetro",
      Starts & {
        readonly decisionNo?: string;
        readonly warrantNo?: string;
        readonly days?: number;
        readonly actId?: string;
        readonly basisArticles?: readonly string[];
      }
    >
  | DomainEvent<"InquiryExtended", Starts & { readonly reason: TextRef }>
  | DomainEvent<"CompelConverted", { readonly to: string }>
  | DomainEvent<"DetentionReleasedEarly" | "DetentionStopped" | "DetentionRevoked", EndingDecision>;

export type NoteEvent =
  | DomainEvent<"IntakeRefused", Starts & { readonly reason: TextRef; readonly facility?: string }>
  | DomainEvent<"FamilyNotified", { readonly impossibleReason?: TextRef }>
  /** Something was reported about the 拘传 that this record was made out of. */
  | DomainEvent<
      "FormerRecordReported",
      Starts & { readonly event: string; readonly note?: ConflictNote }
    >
  | DomainEvent<"DetentionOverran", Breached>
  | DomainEvent<"BreachRefuted", Breached & { readonly provenAt: number }>;

export type DetentionEvent = OpeningEvent | MilestoneEvent | DecisionEvent | NoteEvent;

export const DETENTION_EVENT_TYPES = [
  "CompelApproved",
  "DetentionProposed",
  "DetentionStubOpened",
  "SubjectControlled",
  "SubjectArrived",
  "InquiryStarted",
  "InquiryEnded",
  "TransitStarted",
  "IntakeDone",
  "SubjectReleased",
  "DetentionApproved",
  "DetentionApprovedRetro",
  "InquiryExtended",
  "CompelConverted",
  "DetentionReleasedEarly",
  "DetentionStopped",
  "DetentionRevoked",
  "IntakeRefused",
  "FamilyNotified",
  "FormerRecordReported",
  "DetentionOverran",
  "BreachRefuted",
] as const satisfies readonly DetentionEvent["type"][];
