import { type Audience, standingOf } from "../authority/audience.ts";
import { CALENDAR_LOADED } from "../calendar.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import type { Delegation } from "./state.ts";
import { turn } from "./turn.ts";

/**
 * The delegating court and those above it in full; the entrusted court what it needs to do it; the
 * courts above that one where it stands.
 */
export function projectDelegation(delegation: Delegation, state: StateReader, audience: Audience) {
  switch (standingOf(audience)) {
    case "copied":
      return outline(delegation);
    case "entrusted":
      return task(delegation, state);
    default:
      return { ...task(delegation, state), ...inside(delegation) };
  }
}

function outline(delegation: Delegation) {
  const turnCourtId = turn(delegation);
  const { courtId, toCourtId, superiorCourtId, itemType, urgent, dueAt, sentAt } = delegation;
  return {
    courtId,
    toCourtId,
    superiorCourtId,
    ...(turnCourtId ? { turnCourtId } : {}),
    itemType,
    state: delegation.state,
    urgent,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(sentAt === undefined ? {} : { sentAt }),
    overdue: delegation.overdue,
    clocks: clockDtos(delegation.clocks),
    calendarLoaded: CALENDAR_LOADED,
  };
}

const papersOf = ({ times: _counted, ...papers }: NonNullable<Delegation["papers"]>) => papers;

function task(delegation: Delegation, state: StateReader) {
  const { subject, decisionNo, address, assigneeId, papers, returned, sentBy } = delegation;
  const contact = shortNameOf(state, sentBy ?? "");
  const assignee = shortNameOf(state, assigneeId ?? "");
  return {
    ...outline(delegation),
    caseNo: delegation.caseNo,
    ...(subject ? { subject } : {}),
    docs: delegation.docs,
    ...(decisionNo ? { decisionNo } : {}),
    request: delegation.request,
    ...(address ? { address } : {}),
    ...(contact ? { contact } : {}),
    ...(assigneeId ? { assigneeId } : {}),
    ...(assignee ? { assignee } : {}),
    ...(papers ? { papers: papersOf(papers) } : {}),
    ...(returned ? { returned } : {}),
    returnOverruled: delegation.returnOverruled,
    reports: delegation.reports,
    directions: delegation.directions,
    steps: delegation.steps.map((each) => ({ state: each.state, at: each.at })),
  };
}

/** Who decided what inside the delegating court. */
function inside(delegation: Delegation) {
  const { phonedAt, phonedTo, sentBy, reviewRemark, withdrawReason } = delegation;
  return {
    proposedBy: delegation.proposedBy,
    ...(sentBy ? { sentBy } : {}),
    ...(phonedAt === undefined ? {} : { phonedAt }),
    ...(phonedTo ? { phonedTo } : {}),
    ...(reviewRemark ? { reviewRemark } : {}),
    ...(withdrawReason ? { withdrawReason } : {}),
    steps: delegation.steps,
  };
}
