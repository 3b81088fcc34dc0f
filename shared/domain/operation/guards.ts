import { isOpen, levelAtLeast } from "../incident/level.ts";
import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { caseRefusal } from "../order/assigned-case.ts";
import { deferralRefusal } from "../order/deferred-case.ts";
import { casePausedRefusal, casesOf } from "./case-pause.ts";
import type { Operation, OperationState } from "./state.ts";
import { isEnded } from "./steps.ts";

export type Guard = (operation: Operation, state: StateReader) => Refusal | undefined;

export const inState =
  (...states: readonly OperationState[]): Guard =>
  (operation) =>
    states.includes(operation.state)
      ? undefined
      : refusal("OPERATION_NOT_READY", {
          ruleId: "OPS-6",
          params: { state: operation.state, needed: states.join(",") },
        });

/** 指定执行: what has not left yet does not leave any more; what is under way is brought to its end. */
export const caseIsOurs: Guard = ({ caseNo, courtId }, state) =>
  caseRefusal(caseNo, courtId, state);

/** Ordered from above: nothing moves forward until the issuer's court, or one above it, lifts it. */
export const notPausedFromAbove: Guard = (operation, state) => {
  const { pauseOrder, courtId } = operation;
  if (!pauseOrder) {
    return casePausedRefusal({ courtId, cases: casesOf(operation), self: operation }, state);
  }
  return refusal("PAUSE_ORDERED", {
    ruleId: "OPS-9",
    params: {
      courtId: pauseOrder.byCourtId,
      court: state.get("court", pauseOrder.byCourtId)?.name ?? pauseOrder.byCourtId,
    },
  });
};

/** 暂缓: nothing new is begun and nothing moves on until its term is over or its issuer takes it back. */
export const notDeferred: Guard = (operation, state) =>
  deferralRefusal(operation.courtId, casesOf(operation), state);

export const noOpenIncident: Guard = ({ id }, state) => {
  const open = state
    .linked("incident", `operation:${id}`)
    .filter((incident) => isOpen(incident) && levelAtLeast(incident.level, "LARGER"));
  return open.length > 0
    ? refusal("INCIDENT_OPEN", { ruleId: "OPS-12", params: { count: open.length } })
    : undefined;
};

/** From control until intake, release or any other end, a person is in the operation's hands. */
const IN_HANDS: ReadonlySet<string> = new Set([
  "CONTROLLED",
  "ARRIVED",
  "INQUIRY",
  "IN_TRANSIT",
  "HANDOVER_PENDING",
  "INTAKE_REFUSED",
]);

export const nobodyInHands: Guard = ({ id }, state) => {
  const held = state
    .linked("detention", `operation:${id}`)
    .filter((detention) => IN_HANDS.has(detention.state));
  return held.length > 0
    ? refusal("DETAINEE_IN_HANDS", { ruleId: "OPS-13", params: { count: held.length } })
    : undefined;
};

export const notEnded: Guard = (operation) =>
  isEnded(operation)
    ? refusal("OPERATION_ENDED", { ruleId: "OPS-5", params: { state: operation.state } })
    : undefined;

/** Muster and the closing checklist belong to what was reported for approval. */
export const plannedOnly: Guard = ({ plan }) =>
  plan ? undefined : refusal("NOT_PLANNED", { ruleId: "OPS-18" });

export const commandedFromAbove: Guard = ({ commandFromAbove }) =>
  commandFromAbove ? undefined : refusal("NO_COMMAND_TO_RETURN", { ruleId: "OPS-44" });

export const pauseToConfirm: Guard = ({ pauseOrder }) =>
  pauseOrder && !pauseOrder.confirmed
    ? undefined
    : refusal("NO_PAUSE_TO_CONFIRM", { ruleId: "OPS-10" });
