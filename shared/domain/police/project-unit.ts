import { CALENDAR_LOADED } from "../calendar.ts";
import { present } from "../detention/present.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { onlyShown, policeSpec } from "../unit/catalogue.ts";
import { isEnded } from "./lifecycle.ts";
import type { PoliceRequest } from "./state.ts";

/**
 * As the unit that is asked sees it (authority.md 5.2, 5.3): what it has to do, its clocks, its own
 * answers, and of the content only what the service needs, until the request has ended.
 */
export function projectForUnit(
  request: PoliceRequest,
  state: StateReader,
): Readonly<Record<string, unknown>> {
  const { kind, urgency, courtId, unitId, addressedAt } = request;
  const courtName = state.get("court", courtId)?.name;
  return {
    kind,
    urgency,
    state: request.state,
    courtId,
    ...(courtName === undefined ? {} : { courtName }),
    ...(unitId === undefined ? {} : { unitId }),
    addressedAt,
    times: request.times,
    clocks: clockDtos(request.clocks),
    calendarLoaded: CALENDAR_LOADED,
    answers: request.answers.filter((answer) => unitId !== undefined && answer.unitId === unitId),
    ...present(request, ["handedOver"]),
    ...(isEnded(request) ? {} : onlyShown(policeSpec(kind).shows, contentOf(request, state))),
  };
}

function contentOf(request: PoliceRequest, state: StateReader) {
  const commander = sceneCommanderOf(request, state);
  return { ...request, ...(commander === undefined ? {} : { sceneCommander: commander }) };
}

/** His name and nothing else of him. */
function sceneCommanderOf(request: PoliceRequest, state: StateReader): string | undefined {
  const operation = state.get("operation", request.operationId ?? "");
  return operation && state.get("officer", operation.sceneCommanderId)?.name;
}
