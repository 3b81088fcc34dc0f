import { type ClockStart, startClock } from "../kernel/clock.ts";
import type { OperationKind } from "./state.ts";

/** Names of an operation's clocks within the record. */
export const HOST_CLOCK = "hostAck";
export const MUSTER_CLOCK = "muster";
export const SCENE_CLOCK = "onScene";

/** The host court answers the notice; faster when the team moves at once. */
export const hostClocks = (
  hostCourtId: string | undefined,
  kind: OperationKind,
  now: number,
): ClockStart[] =>
  hostCourtId === undefined
    ? []
    : [startClock(HOST_CLOCK, kind === "RAPID" ? "HOST-ACK-RAPID" : "HOST-ACK", now)];

/** Due at the planned time, which may have passed when the approval comes. */
export const musterClock = (musterAt: number, now: number): ClockStart =>
  startClock(MUSTER_CLOCK, "MUSTER-LATE", now, musterAt - now);

export const sceneClock = (arrivedAt: number): ClockStart =>
  startClock(SCENE_CLOCK, "ON-SCENE-LONG", arrivedAt);
