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

const ALL = ["ack", "dispatch", "arrive", "answer", "hold"];
const AT_END = [...ALL, ...HOLD_CLOCKS];

/** Clocks that stop waiting when this state is reached. */
export const ENDS: Readonly<Record<PoliceRequestState, readonly string[]>> = {
  SENT: [],
  ACKED: ["ack"],
  DISPATCHED: ["ack", "dispatch"],
  ARRIVED: ["ack", "dispatch", "arrive"],
  HELD_BY_POLICE: ["ack", "dispatch", "arrive", "answer"],
  TAKEN_OVER: ALL,
  CLOSED: AT_END,
  DECLINED: AT_END,
  CANCELLED: AT_END,
};

export const isEnd = (state: PoliceRequestState): boolean => ENDED.has(state);
export const isEnded = (request: PoliceRequest): boolean => isEnd(request.state);

/** Police on scene or holding somebody cannot decline any more. */
export const canDecline = (request: PoliceRequest): boolean => RANK[request.state] < RANK.ARRIVED;

/** The furthest of the state that is and the one reported; an end never reopens. */
export function furthest(request: PoliceRequest, reported: PoliceRequestState): PoliceRequestState {
  if (isEnded(request)) return request.state;
  if (reported === "DECLINED" && !canDecline(request)) return request.state;
  return RANK[reported] > RANK[request.state] ? reported : request.state;
}
