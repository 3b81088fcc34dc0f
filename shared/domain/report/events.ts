import type { ClockStart } from "../kernel/clock.ts";
import type { ConflictNote } from "../kernel/conflict.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import type { ReportKind } from "./state.ts";

/** What is reported and what it is about. */
export interface ReportContent {
  readonly kind: ReportKind;
  readonly text: TextRef;
  readonly operationId?: string;
  readonly incidentId?: string;
  readonly orderId?: string;
  readonly caseNo?: string;
}

/** What did not fit when it was submitted; notes of its conflicts. */
export type ReportFlag = Extract<ConflictNote, "NO_INCIDENT_NAMED" | "NOT_OWN_MATTER">;

type ByCourt = { readonly courtId: string };

export type ReportEvent =
  | DomainEvent<
      "ReportSubmitted",
      ReportContent & {
        readonly belongs: Belongs;
        readonly submittedBy: string;
        readonly toCourtId: string;
        readonly copiedCourtIds: readonly string[];
        readonly flags?: readonly ReportFlag[];
        readonly clocks: readonly ClockStart[];
      }
    >
  | DomainEvent<"ReportRead", ByCourt & { readonly clocks: readonly ClockStart[] }>
  | DomainEvent<"ReportHandled", ByCourt & { readonly text: TextRef }>;

export const REPORT_EVENT_TYPES = [
  "ReportSubmitted",
  "ReportRead",
  "ReportHandled",
] as const satisfies readonly ReportEvent["type"][];

export const reportEvent = <T extends ReportEvent["type"]>(
  id: string,
  type: T,
  data: Extract<ReportEvent, { type: T }>["data"],
): DomainEvent => ({ type, ref: { type: "report", id }, data });
