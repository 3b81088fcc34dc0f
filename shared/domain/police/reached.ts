import { type Clocks, endClocks } from "../kernel/clock.ts";
import { withConflict } from "../kernel/conflict.ts";
import { type EventMeta, isLate, LATE_REPORT_AFTER_MS } from "../kernel/event.ts";
import {
  canDecline,
  ENDS,
  furthest,
  holdsPerson,
  isEnd,
  isEnded,
  PERSON_CLOCK,
} from "./lifecycle.ts";
import type { PoliceConflictNote } from "./notes.ts";
import type { PoliceRequest, PoliceRequestState } from "./state.ts";

/** A report that a state was reached: the furthest counts, what does not fit is kept beside it. */
export function reached(
  request: PoliceRequest,
  reported: PoliceRequestState,
  event: string,
  meta: EventMeta,
): PoliceRequest {
  const at = meta.occurred.earliest;
  const note = misfit(request, reported, at);
  const state = furthest(request, reported);
  const conflict = { commandId: meta.commandId, event, at: meta.at, occurredAt: at };
  const fills = note === undefined || note === "OTHER_TIME" || state === reported;
  return {
    ...request,
    state,
    times: fills ? { ...request.times, [reported]: firstAt(request, reported, at) } : request.times,
    lateReports: isLate(meta)
      ? [...new Set([...request.lateReports, reported])]
      : request.lateReports,
    conflicts: note ? withConflict(request.conflicts, { ...conflict, note }) : request.conflicts,
    clocks: endedBy(request, state, reported, meta),
  };
}

const firstAt = (request: PoliceRequest, reported: PoliceRequestState, at: number): number =>
  Math.min(request.times[reported] ?? at, at);

function endedBy(
  request: PoliceRequest,
  state: PoliceRequestState,
  reported: PoliceRequestState,
  meta: EventMeta,
): PoliceRequest["clocks"] {
  const stopsNothing = isEnd(reported) && state !== reported;
  const names = stopsNothing ? [] : ENDS[reported];
  const clocks = endClocks(request.clocks, names, meta.occurred.latest);
  // A clock that a late report starts when its waiting is over already ends where it ended.
  const over = request.times[state] ?? meta.occurred.latest;
  return personOver(endClocks(clocks, ENDS[state], over), request);
}

/** Why a report does not fit what it met, as a code of `CONFLICT_NOTES`. */
function misfit(
  request: PoliceRequest,
  reported: PoliceRequestState,
  at: number,
): PoliceConflictNote | undefined {
  const wrong = isEnded(request)
    ? misfitAfterEnd(request, reported, at)
    : (misfitDecline(request, reported) ?? misfitHeld(request, reported));
  if (wrong) return wrong;
  const known = request.times[reported];
  return known !== undefined && Math.abs(known - at) > LATE_REPORT_AFTER_MS
    ? "OTHER_TIME"
    : undefined;
}

/** Said to be done, and nobody said what became of the person. */
const misfitHeld = (
  request: PoliceRequest,
  reported: PoliceRequestState,
): PoliceConflictNote | undefined =>
  isEnd(reported) && holdsPerson(request) ? "PERSON_HELD" : undefined;

function misfitAfterEnd(
  request: PoliceRequest,
  reported: PoliceRequestState,
  at: number,
): PoliceConflictNote | undefined {
  if (reported === request.state) return undefined;
  if (isEnd(reported)) return "OTHER_END";
  return at > (request.times[request.state] ?? at) ? "AFTER_END" : undefined;
}

function misfitDecline(
  request: PoliceRequest,
  reported: PoliceRequestState,
): PoliceConflictNote | undefined {
  if (reported !== "DECLINED" || request.state === "SENT" || request.state === "ACKED") {
    return undefined;
  }
  return canDecline(request) ? "DECLINED_AFTER_DISPATCH" : "DECLINED_ON_SCENE";
}

/** A holding from before the person was taken over, let go or taken in was over then. */
export function personOver(clocks: Clocks, request: PoliceRequest): Clocks {
  const running = clocks[PERSON_CLOCK];
  if (!running) return clocks;
  const takenOver = request.times.TAKEN_OVER;
  const facts = [request.released?.at, request.tookIn?.at].filter(
    (at) => at !== undefined && at >= running.startAt,
  );
  const [first] = [...facts, takenOver].filter((at) => at !== undefined).sort((a, b) => a - b);
  return first === undefined ? clocks : endClocks(clocks, [PERSON_CLOCK], first);
}
