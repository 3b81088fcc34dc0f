import { type Audience, standingOf } from "../authority/audience.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { dutyOf, isOverdue } from "./duty.ts";
import type { Supervision } from "./state.ts";

/** In full to all that see it, but the findings of a double check: those stay with the courts above. */
export function projectSupervision(
  supervision: Supervision,
  state: StateReader,
  audience: Audience,
) {
  const standing = standingOf(audience);
  const above = standing === "issuer" || standing === "parent";
  return {
    ...common(supervision, state),
    ...letter(supervision),
    ...(above ? { findings: supervision.findings } : {}),
  };
}

function common(supervision: Supervision, state: StateReader) {
  const { caseNo, forwardOf, assigneeId, interview, closed } = supervision;
  const turnCourtId = dutyOf(supervision);
  const assignee = shortNameOf(state, assigneeId ?? "");
  return {
    courtId: supervision.courtId,
    targetCourtId: supervision.targetCourtId,
    copiedCourtIds: supervision.copiedCourtIds,
    ...(turnCourtId ? { turnCourtId } : {}),
    kind: supervision.kind,
    state: supervision.state,
    trigger: supervision.trigger,
    overdue: isOverdue(supervision),
    ...(caseNo ? { caseNo } : {}),
    matter: supervision.matter,
    acceptedAt: supervision.acceptedAt,
    ...(forwardOf ? { forwardOf } : {}),
    openedBy: supervision.openedBy,
    ...(assigneeId ? { assigneeId } : {}),
    ...(assignee ? { assignee } : {}),
    reports: supervision.reports,
    returns: supervision.returns,
    measures: supervision.measures,
    ...(interview ? { interview } : {}),
    items: supervision.items,
    ...(closed ? { closed } : {}),
    clocks: clockDtos(supervision.clocks),
  };
}

function letter({ letterNo, demand, dueAt }: Supervision) {
  return {
    ...(letterNo ? { letterNo } : {}),
    ...(demand ? { demand } : {}),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}
