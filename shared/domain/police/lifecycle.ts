import { HOLD_CLOCKS } from "../hold/state.ts";
import type { PoliceRequest, PoliceRequestState } from "./state.ts";

const ENDED: ReadonlySet<PoliceRequestState> = new Set(["CLOSED", "DECLINED", "CANCELLED"]);

/** How far a request has come; ends are not steps of it. */
const RANK: Readonly<Record<PoliceRequestState, number>> = {
  SENT: 0,
  ACKED: 1,
  DISPATCHED: 2,
  ARRIVED: 3,
  HELD_BY_POLICE: 4,
  TAKEN_OVER: 5,
  CLOSED: 9,
  DECLINED: 9,
  CANCELLED: 9,
};

const ANSWERED = ["ack", "dispatch", "arrive", "answer"];
/** The clock of a person whom the police hold: only a fact about the person ends it. */
export const PERSON_CLOCK = "hold";
const AT_END = [...ANSWERED, ...HOLD_CLOCKS];

/** Clocks that stop waiting when this state is reached. */
export const ENDS: Readonly<Record<PoliceRequestState, readonly string[]>> = {
  SENT: [],
  ACKED: ["ack"],
  DISPATCHED: ["ack", "dispatch"],
  ARRIVED: ["ack", "dispatch", "arrive"],
  HELD_BY_POLICE: ANSWERED,
  TAKEN_OVER: [...ANSWERED, PERSON_CLOCK],
  CLOSED: AT_END,
  DECLINED: AT_END,
  CANCELLED: AT_END,
};

export const isEnd = (state: PoliceRequestState): boolean => ENDED.has(state);
export const isEnded = (request: PoliceRequest): boolean => isEnd(request.state);

/** Somebody is in the hands of the police, whatever was said of the request. */
export const holdsPerson = ({ clocks }: PoliceRequest): boolean =>
  clocks[PERSON_CLOCK] !== undefined && clocks[PERSON_CLOCK].endedAt === undefined;

/** Police on scene or holding somebody cannot decline any more. */
export const canDecline = (request: PoliceRequest): boolean => RANK[request.state] < RANK.ARRIVED;

/**
 * The furthest of the state that is and the one reported; an end never reopens, and no word about
 * the request ends it while the police hold somebody.
 */
export function furthest(request: PoliceRequest, reported: PoliceRequestState): PoliceRequestState {
  if (isEnded(request) || (isEnd(reported) && holdsPerson(request))) return request.state;
  if (reported === "DECLINED" && !canDecline(request)) return request.state;
  return RANK[reported] > RANK[request.state] ? reported : request.state;
}
