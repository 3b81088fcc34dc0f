import { type Audience, seatOf } from "../authority/audience.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import type { Report, ReportHop } from "./state.ts";

/** Consoles of the reporting court and of those it reached in full; walls without text and persons. */
export function projectReport(report: Report, state: StateReader, audience: Audience) {
  const outline = {
    courtId: report.courtId,
    kind: report.kind,
    state: report.state,
    submittedAt: report.submittedAt,
    ...(report.operationId ? { operationId: report.operationId } : {}),
    ...(report.incidentId ? { incidentId: report.incidentId } : {}),
    ...(report.orderId ? { orderId: report.orderId } : {}),
    holder: { courtId: report.holderCourtId },
    clocks: clockDtos(report.clocks),
  };
  if (seatOf(audience) === "wall") return { ...outline, hops: report.hops.map(hopOutline) };
  const submitter = shortNameOf(state, report.submittedBy);
  return {
    ...outline,
    hops: report.hops.map((hop) => hopInFull(hop, state)),
    text: report.text,
    conflicts: report.conflicts,
    submittedBy: report.submittedBy,
    ...(submitter ? { submitter } : {}),
    ...(report.caseNo ? { caseNo: report.caseNo } : {}),
  };
}

const hopOutline = ({ courtId, how, at, read, handled }: ReportHop) => ({
  courtId,
  how,
  at,
  ...(read ? { read: { at: read.at } } : {}),
  ...(handled ? { handled: { at: handled.at } } : {}),
});

/** With surname and title: the registry of another court may not be in the store. */
function hopInFull({ read, handled, ...hop }: ReportHop, state: StateReader) {
  const named = <T extends { readonly by: string }>(act: T) => {
    const name = shortNameOf(state, act.by);
    return { ...act, ...(name ? { name } : {}) };
  };
  return {
    ...hop,
    ...(read ? { read: named(read) } : {}),
    ...(handled ? { handled: named(handled) } : {}),
  };
}
