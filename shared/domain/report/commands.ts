import { belongsTo } from "../court/belongs.ts";
import { levelAtLeast } from "../incident/level.ts";
import { startClock } from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { receiptOf } from "../order/receipt.ts";
import { type ReportContent, type ReportFlag, reportEvent } from "./events.ts";
import { HANDLE_CLOCK, READ_CLOCK } from "./evolve.ts";
import type { Report } from "./state.ts";

type Input<P> = DecideInput<Report, P>;
type OfCourts = { readonly courtId: string; readonly hostCourtId?: string } | undefined;

const isOwn = (record: OfCourts, courtId: string): boolean =>
  record !== undefined && (record.courtId === courtId || record.hostCourtId === courtId);

/**
 * A court reports what is its own: its operations and incidents, or in its district; its orders. A
 * report is a fact: one that does not fit is taken all the same, and says what does not fit.
 */
function flagsOf(
  { kind, operationId, incidentId, orderId }: ReportContent,
  courtId: string,
  state: StateReader,
): readonly ReportFlag[] {
  const order = state.get("order", orderId ?? "");
  const own =
    (operationId === undefined || isOwn(state.get("operation", operationId), courtId)) &&
    (incidentId === undefined || isOwn(state.get("incident", incidentId), courtId)) &&
    (orderId === undefined || (order !== undefined && receiptOf(order, courtId) !== undefined));
  return [
    ...(kind === "INCIDENT" && incidentId === undefined ? (["NO_INCIDENT_NAMED"] as const) : []),
    ...(own ? [] : (["NOT_OWN_MATTER"] as const)),
  ];
}

/** Courts above the addressee that get a copy: of a grave incident of the court's own, all of them. */
function copies(
  incidentId: string | undefined,
  { tierPath, courtId }: Belongs,
  state: StateReader,
) {
  const incident = state.get("incident", incidentId ?? "");
  const grave = incident && levelAtLeast(incident.climbedTo, "MAJOR") && isOwn(incident, courtId);
  return grave ? tierPath.slice(0, -2) : [];
}

function submit({ id, actor, payload, state, now }: Input<ReportContent>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const belongs = belongsTo(state, actor.courtId);
  const toCourtId = belongs.tierPath.at(-2);
  if (toCourtId === undefined) return refuse("NO_COURT_ABOVE", { ruleId: "RPT-1" });
  const flags = flagsOf(payload, actor.courtId, state);
  return accept(
    reportEvent(id, "ReportSubmitted", {
      ...payload,
      belongs,
      submittedBy: actor.officerId,
      toCourtId,
      copiedCourtIds: copies(payload.incidentId, belongs, state),
      ...(flags.length > 0 ? { flags } : {}),
      clocks:
        payload.kind === "REQUEST_SUPPORT" ? [startClock(READ_CLOCK, "REPORT-READ", now)] : [],
    }),
  );
}

/** Seen by a person at a desk it reached; the first time counts. */
function read({ id, actor, entity, now }: Input<Record<string, never>>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const { courtId } = actor;
  const hop = entity?.hops.find((each) => each.courtId === courtId && !each.read);
  if (!entity || !hop) return accept();
  // Looking at it is no answer: from the first look on the answer is waited for.
  const waits =
    entity.kind === "REQUEST_SUPPORT" && entity.state === "SUBMITTED" && hop.how !== "COPY";
  const clocks = waits ? [startClock(HANDLE_CLOCK, "REPORT-HANDLE", now)] : [];
  return accept(reportEvent(id, "ReportRead", { courtId, clocks }));
}

/** Whose turn it is answers, once. */
function mayHandle(report: Report, state: StateReader, courtId?: string): Refusal | undefined {
  const { holderCourtId } = report;
  if (report.state === "HANDLED") return refusal("REPORT_HANDLED", { ruleId: "RPT-6" });
  if (courtId === undefined || courtId === holderCourtId) return undefined;
  const court = state.get("court", holderCourtId)?.name ?? holderCourtId;
  return refusal("REPORT_HELD_ELSEWHERE", { ruleId: "RPT-5", params: { court } });
}

export const REPORT_COMMANDS: CommandSpecs<Report> = {
  "report.submit": command<Report, ReportContent>({
    nature: "FACT",
    target: "NEW",
    decide: submit,
  }),
  "report.read": command<Report, Record<string, never>>({
    nature: "FACT",
    target: "EXISTING",
    decide: read,
  }),
  "report.handle": command<Report, { readonly text: TextRef }>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayHandle,
    decide: ({ id, actor, payload: { text } }) =>
      actor.kind === "person"
        ? accept(reportEvent(id, "ReportHandled", { courtId: actor.courtId, text }))
        : refuse("NOT_FOR_SYSTEM"),
  }),
};
