import {
  type Audience,
  type AudienceEntry,
  courtViews,
  fieldViews,
  seatOf,
  standingOf,
  tierViews,
  uniqueViews,
  unitViews,
} from "../authority/audience.ts";
import { CALENDAR_LOADED } from "../calendar.ts";
import { present } from "../detention/present.ts";
import { holderOf } from "../hold/holder.ts";
import { holdLogOf } from "../hold/project.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import type { Operation } from "../operation/state.ts";
import { isEnded } from "./lifecycle.ts";
import { projectForUnit } from "./project-unit.ts";
import type { PoliceRequest } from "./state.ts";

const operationOf = (request: PoliceRequest, state: StateReader): Operation | undefined =>
  request.operationId ? state.get("operation", request.operationId) : undefined;

/** The court of the place, as the operation, the detention or the incident says, and of its force. */
function hostsOf(request: PoliceRequest, state: StateReader): readonly string[] {
  const { detentionId, incidentId } = request;
  const detention = detentionId ? state.get("detention", detentionId) : undefined;
  const incident = incidentId ? state.get("incident", incidentId) : undefined;
  const host =
    operationOf(request, state)?.hostCourtId ?? detention?.hostCourtId ?? incident?.hostCourtId;
  return [host, incident?.servesCourtId].filter((court) => court !== undefined);
}

/**
 * Own line of courts, the unit asked, sender's and members' phones, the court of the place while it
 * runs, and the court it was designated to.
 */
export function policeAudiences(
  request: PoliceRequest,
  state: StateReader,
): readonly AudienceEntry[] {
  const operation = operationOf(request, state);
  const hosts = isEnded(request) ? [] : hostsOf(request, state);
  return uniqueViews([
    ...tierViews(state, request.courtId, 2),
    ...hosts.flatMap((host) => courtViews(host, "host")),
    ...unitViews(request.unitId),
    ...(request.held ? courtViews(request.held.courtId, "host") : []),
    ...fieldViews([request.sentBy, ...(operation?.memberIds ?? [])]),
  ]);
}

export function projectPolice(
  request: PoliceRequest,
  state: StateReader,
  audience: Audience,
): Readonly<Record<string, unknown>> {
  if (standingOf(audience) === "unit") return projectForUnit(request, state);
  const shown = common(request);
  if (standingOf(audience) === "host") return shown;
  const centre = {
    ...shown,
    ...linkedIds(request),
    holder: holderOf(request, state),
    ...present(request, ["held", "deadline"]),
    ...holdLogOf(request, state),
  };
  return seatOf(audience) === "wall" ? centre : { ...centre, ...full(request) };
}

/** What every audience may know, the court of the place included: no person, no case, no text. */
const common = (request: PoliceRequest) => ({
  kind: request.kind,
  urgency: request.urgency,
  state: request.state,
  courtId: request.courtId,
  ...present(request, ["operationId", "unitId", "place"]),
  sentAt: request.sentAt,
  times: request.times,
  clocks: clockDtos(request.clocks),
  calendarLoaded: CALENDAR_LOADED,
});

const linkedIds = (request: PoliceRequest) => present(request, ["incidentId", "detentionId"]);

const full = (request: PoliceRequest) => ({
  ...present(request, ["caseNo", "subject", "detail", "declineReason", "takenBy", "holdReason"]),
  ...present(request, ["endReason", "filingNo", "decisionNo", "orderNo", "plate", "handedOver"]),
  ...present(request, ["released", "tookIn"]),
  sentBy: request.sentBy,
  answers: request.answers,
  lateReports: request.lateReports,
  conflicts: request.conflicts,
});
