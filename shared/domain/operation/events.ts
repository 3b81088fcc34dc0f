import type { ClockRaised, ClockStart } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { Place, TextRef } from "../kernel/record.ts";
import type { Attendee, MusterCheck, SceneFactKind, Shown } from "./facts.ts";
import type { PlanContent } from "./plan.ts";
import type { OperationKind } from "./state.ts";

/** What an operation is opened with, the short way. */
export interface OperationContent {
  readonly code: string;
  readonly name: string;
  readonly kind: OperationKind;
  readonly caseNo: string;
  readonly approvalNo: string;
  readonly place: Place;
  readonly hostCourtId?: string;
  readonly chiefCommanderId: string;
  readonly sceneCommanderId: string;
  readonly memberIds: readonly string[];
  readonly assetIds: readonly string[];
}

/** What a plan is drafted with. */
export type DraftContent = Omit<OperationContent, "approvalNo" | "hostCourtId"> & {
  readonly plan: PlanContent;
};

type Empty = Record<string, never>;
type ByOfficer = { readonly officerId: string };
type Clocked = { readonly clocks?: readonly ClockStart[] };

type PlanEvent =
  | DomainEvent<
      "OperationDrafted",
      DraftContent & { readonly belongs: Belongs; readonly author: string }
    >
  | DomainEvent<"OperationRevised", DraftContent & { readonly author: string }>
  | DomainEvent<"OperationSubmitted", { readonly author: string }>
  | DomainEvent<
      "OperationApproved",
      {
        readonly approvalNo: string;
        readonly hostCourtId?: string;
        readonly filedCourtId?: string;
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<"OperationRejected", { readonly reason: TextRef }>
  | DomainEvent<"OperationFilingAcknowledged", Empty>
  | DomainEvent<"OperationHostAcknowledged", Empty>
  | DomainEvent<"OperationMusterBegun", Empty>
  | DomainEvent<"OperationDepartureOrdered", Empty>
  | DomainEvent<"OperationClosingBegun", Empty>
  | DomainEvent<"OperationCommandTaken", { readonly courtId: string; readonly officerId: string }>
  | DomainEvent<"OperationCommandReturned", Empty>;

type Reported<T> = Omit<T, "at" | "by">;

type FactEvent =
  | DomainEvent<"OperationMemberChecked", Reported<MusterCheck>>
  | DomainEvent<"OperationCredentialsShown", Reported<Shown>>
  | DomainEvent<"OperationAttendeeRecorded", Omit<Attendee, "from" | "to" | "by">>
  | DomainEvent<"OperationAttendeeLeft", { readonly attendeeId: string }>
  | DomainEvent<
      "OperationSceneFactRecorded",
      { readonly kind: SceneFactKind; readonly text?: TextRef }
    >
  | DomainEvent<"OperationMemberSafe", ByOfficer>
  | DomainEvent<
      "OperationEvidenceAttested",
      { readonly complete: boolean; readonly reason?: TextRef }
    >;

export type OperationEvent =
  | PlanEvent
  | FactEvent
  | DomainEvent<"OperationOpened", OperationContent & { readonly belongs: Belongs } & Clocked>
  | DomainEvent<"OperationDeparted", Empty>
  | DomainEvent<"OperationArrived", Clocked>
  | DomainEvent<"OperationStarted", Empty>
  | DomainEvent<"OperationPaused", { readonly reason: TextRef }>
  | DomainEvent<
      "OperationPauseOrdered",
      {
        readonly byCourtId: string;
        readonly byOfficerId: string;
        readonly orderId: string;
        readonly reason: TextRef;
      }
    >
  | DomainEvent<"OperationPauseConfirmed", Empty>
  | DomainEvent<"OperationPauseLifted", { readonly byCourtId: string; readonly orderId: string }>
  | DomainEvent<"OperationResumed", Empty>
  | DomainEvent<
      "OperationAborted",
      {
        readonly reason: TextRef;
        readonly withdrawal?: TextRef;
        /** Set when a court above ordered it. */
        readonly byCourtId?: string;
        readonly orderId?: string;
      }
    >
  | DomainEvent<"OperationClosed", Empty>;

export type FoldedEvent = OperationEvent | ClockRaised;

export const OPERATION_EVENT_TYPES = [
  "OperationDrafted",
  "OperationRevised",
  "OperationSubmitted",
  "OperationApproved",
  "OperationRejected",
  "OperationFilingAcknowledged",
  "OperationHostAcknowledged",
  "OperationMusterBegun",
  "OperationDepartureOrdered",
  "OperationClosingBegun",
  "OperationCommandTaken",
  "OperationCommandReturned",
  "OperationMemberChecked",
  "OperationCredentialsShown",
  "OperationAttendeeRecorded",
  "OperationAttendeeLeft",
  "OperationSceneFactRecorded",
  "OperationMemberSafe",
  "OperationEvidenceAttested",
  "OperationOpened",
  "OperationDeparted",
  "OperationArrived",
  "OperationStarted",
  "OperationPaused",
  "OperationPauseOrdered",
  "OperationPauseConfirmed",
  "OperationPauseLifted",
  "OperationResumed",
  "OperationAborted",
  "OperationClosed",
] as const satisfies readonly OperationEvent["type"][];

/** An event about operation `id`; also for decisions of other records (order.*). */
export const operationEvent = <T extends OperationEvent["type"]>(
  id: string,
  type: T,
  data: Extract<OperationEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "operation", id }, data });
