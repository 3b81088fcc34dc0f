import {
  type Audience,
  type AudienceEntry,
  fieldViews,
  standingOf,
  uniqueViews,
  unitViews,
} from "../authority/audience.ts";
import { CALENDAR_LOADED } from "../calendar.ts";
import { consolesUpward } from "../court/consoles.ts";
import { askingCourt } from "../court/duty-phone.ts";
import { present } from "../detention/present.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { liaisonSpec, onlyShown } from "../unit/catalogue.ts";
import { isEnded, isOverdue } from "./lifecycle.ts";
import type { LiaisonAnswer, LiaisonRequest } from "./state.ts";

/** Consoles of the own line, the sender's phone and the desk of the unit asked; no wall, no host. */
export const liaisonAudiences = (
  request: LiaisonRequest,
  state: StateReader,
): readonly AudienceEntry[] =>
  uniqueViews([
    ...consolesUpward(state, request.courtId),
    ...unitViews(request.unitId),
    ...fieldViews([request.sentBy]),
  ]);

export function projectLiaison(
  request: LiaisonRequest,
  state: StateReader,
  audience: Audience,
): Readonly<Record<string, unknown>> {
  const shown = common(request);
  return standingOf(audience) === "unit"
    ? { ...shown, ...forUnit(request, state) }
    : { ...shown, ...full(request) };
}

const common = (request: LiaisonRequest) => ({
  courtId: request.courtId,
  unitId: request.unitId,
  unitType: request.unitType,
  service: request.service,
  state: request.state,
  sentAt: request.sentAt,
  times: request.times,
  overdue: isOverdue(request),
  clocks: clockDtos(request.clocks),
  calendarLoaded: CALENDAR_LOADED,
});

const full = (request: LiaisonRequest) => ({
  caseNo: request.caseNo,
  noticeNo: request.noticeNo,
  ...present(request, ["rulingNo", "decisionNo", "subject", "detail", "refusalFound", "endReason"]),
  sentBy: request.sentBy,
  answers: request.answers,
  reminders: request.reminders,
  lateReports: request.lateReports,
  conflicts: request.conflicts,
});

/** Which court asks and reminds, the unit's own answers, and what the service needs until the end. */
function forUnit(request: LiaisonRequest, state: StateReader) {
  const shows = liaisonSpec(request.unitType, request.service)?.shows ?? [];
  return {
    ...askingCourt(state, request.courtId),
    reminders: request.reminders.map(({ at, text }) =>
      text && !isEnded(request) ? { at, text } : { at },
    ),
    answers: request.answers.map((answer) => (answer.byPhone ? byTelephone(answer) : answer)),
    ...(isEnded(request) ? {} : onlyShown(shows, request)),
  };
}

/** What it said by telephone or letter: marked, and without what the court wrote down of it. */
const byTelephone = ({ state, byPhone, saidBy, at, occurredAt }: LiaisonAnswer) => ({
  state,
  byPhone,
  saidBy,
  at,
  occurredAt,
});
