import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { Place, TextRef } from "../kernel/record.ts";
import type { OperationKind } from "./state.ts";

/** What an operation is opened with. */
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

type Empty = Record<string, never>;

export type OperationEvent =
  | DomainEvent<"OperationOpened", OperationContent & { readonly belongs: Belongs }>
  | DomainEvent<"OperationDeparted", Empty>
  | DomainEvent<"OperationArrived", Empty>
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
        /** Set when a court above ordered it. */
        readonly byCourtId?: string;
        readonly orderId?: string;
      }
    >
  | DomainEvent<"OperationClosed", Empty>;

export const OPERATION_EVENT_TYPES = [
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
