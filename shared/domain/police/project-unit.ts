import { CALENDAR_LOADED } from "../calendar.ts";
import { askingCourt } from "../court/duty-phone.ts";
import { present } from "../detention/present.ts";
import { clockDtos } from "../kernel/clock.ts";
import type { StateReader } from "../kernel/state.ts";
import { onlyShown, policeSpec } from "../unit/catalogue.ts";
import { isEnded } from "./lifecycle.ts";
import type { PoliceAnswer, PoliceRequest } from "./state.ts";

/**
 * As the unit that is asked sees it (authority.md 5.2, 5.3): what it has to do, its clocks, its own
 * answers, and of the content only what the service needs, until the request has ended.
 */
export function projectForUnit(
  request: PoliceRequest,
  state: StateReader,
): Readonly<Record<string, unknown>> {
  const { kind, urgency, courtId, unitId, addressedAt } = request;
  return {
    kind,
    urgency,
    state: request.state,
    courtId,
    ...askingCourt(state, courtId),
    ...(unitId === undefined ? {} : { unitId }),
    addressedAt,
    times: request.times,
    clocks: clockDtos(request.clocks),
    calendarLoaded: CALENDAR_LOADED,
    answers: answersOf(request),
    ...present(request, ["handedOver", "tookIn"]),
    ...(request.released ? { released: { at: request.released.at } } : {}),
    ...(isEnded(request) ? {} : onlyShown(policeSpec(kind).shows, contentOf(request, state))),
  };
}

/** Its own words: those by telephone marked, and without what the court wrote down of the call. */
const answersOf = ({ answers, unitId }: PoliceRequest) =>
  answers
    .filter((answer) => unitId !== undefined && answer.unitId === unitId)
    .map((answer) => (answer.byPhone ? byTelephone(answer) : answer));

const byTelephone = ({ state, byPhone, saidBy, at, occurredAt }: PoliceAnswer) => ({
  state,
  byPhone,
  saidBy,
  at,
  occurredAt,
});

function contentOf(request: PoliceRequest, state: StateReader) {
  const commander = sceneCommanderOf(request, state);
  return { ...request, ...(commander === undefined ? {} : { sceneCommander: commander }) };
}

/** His name and nothing else of him. */
function sceneCommanderOf(request: PoliceRequest, state: StateReader): string | undefined {
  const operation = state.get("operation", request.operationId ?? "");
  return operation && state.get("officer", operation.sceneCommanderId)?.name;
}
