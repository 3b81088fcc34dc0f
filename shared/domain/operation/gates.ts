import type { Refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import {
  caseIsOurs,
  commandedFromAbove,
  type Guard,
  inState,
  nobodyInHands,
  noOpenIncident,
  notDeferred,
  notEnded,
  notPausedFromAbove,
  pauseToConfirm,
  plannedOnly,
} from "./guards.ts";
import { deadlineOver, FIT_TO_SUBMIT, LAW_OF_APPROVAL, LAW_OF_DEPARTURE } from "./plan-guards.ts";
import { FIT_TO_CLOSE, MUSTERED, READY_ON_SCENE } from "./run-guards.ts";
import type { Operation } from "./state.ts";

const forward = [notEnded, notPausedFromAbove] as const;
const closable: Guard = (operation, state) =>
  inState(operation.plan ? "CLOSING" : "EXECUTING")(operation, state);

const TO_COMMAND = ["APPROVED", "MUSTERING", "EN_ROUTE", "ON_SCENE", "EXECUTING"] as const;
/** What is paused stands where it was paused: a draft is not approved by it. */
const commandable: Guard = (operation, state) =>
  inState(...TO_COMMAND)({ ...operation, state: operation.pausedFrom ?? operation.state }, state);

/** Everything that law and state ask of each request, in the order in which it is said. */
const GATES = {
  "operation.revise": [notEnded, inState("DRAFT", "REJECTED")],
  "operation.submit": [...forward, caseIsOurs, inState("DRAFT", "REJECTED"), ...FIT_TO_SUBMIT],
  "operation.approve": [
    ...forward,
    caseIsOurs,
    notDeferred,
    inState("SUBMITTED"),
    ...FIT_TO_SUBMIT,
    ...LAW_OF_APPROVAL,
  ],
  "operation.reject": [notEnded, inState("SUBMITTED")],
  "operation.muster": [...forward, caseIsOurs, notDeferred, plannedOnly, inState("APPROVED")],
  "operation.orderDeparture": [
    ...forward,
    caseIsOurs,
    notDeferred,
    plannedOnly,
    inState("MUSTERING"),
    ...MUSTERED,
    ...LAW_OF_DEPARTURE,
    deadlineOver,
  ],
  "operation.start": [...forward, notDeferred, inState("ON_SCENE"), ...READY_ON_SCENE],
  "operation.pause": [notEnded, inState("EN_ROUTE", "ON_SCENE", "EXECUTING")],
  "operation.confirmPause": [notEnded, pauseToConfirm],
  "operation.resume": [...forward, notDeferred, inState("PAUSED")],
  "operation.beginClosing": [...forward, plannedOnly, inState("EXECUTING"), noOpenIncident],
  "operation.close": [...forward, closable, noOpenIncident, nobodyInHands, ...FIT_TO_CLOSE],
  "operation.abort": [notEnded],
  "operation.takeCommand": [notEnded, plannedOnly, commandable],
  "operation.handBackCommand": [notEnded, commandedFromAbove],
} as const satisfies Readonly<Record<string, readonly Guard[]>>;

export type Gated = keyof typeof GATES;

/** Everything that stops it now, not only the first. */
export function stopsOf(kind: Gated, operation: Operation, state: StateReader): Refusal[] {
  return GATES[kind].flatMap((guard: Guard) => guard(operation, state) ?? []);
}

/** The first that refuses: what the button says. */
export const gate =
  (kind: Gated): Guard =>
  (operation, state) => {
    for (const guard of GATES[kind] as readonly Guard[]) {
      const no = guard(operation, state);
      if (no) return no;
    }
    return undefined;
  };
