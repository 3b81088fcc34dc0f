import type { Operation, OperationState } from "./state.ts";

/**
 * The way forward, in order. Report for approval adds DRAFT and SUBMITTED before APPROVED, muster
 * adds MUSTERING after it, the closing checklist CLOSING after EXECUTING: each is a name in
 * `OperationState`, an entry here, and its command.
 */
const FORWARD_STEPS = [
  "APPROVED",
  "EN_ROUTE",
  "ON_SCENE",
  "EXECUTING",
] as const satisfies readonly OperationState[];
export type ForwardStep = (typeof FORWARD_STEPS)[number];

const rank = (state: OperationState): number =>
  (FORWARD_STEPS as readonly OperationState[]).indexOf(state);

/** The later of two states on the way forward. */
export const furthest = (a: OperationState, b: OperationState): OperationState =>
  rank(b) > rank(a) ? b : a;

export const isEnded = (operation: Operation): boolean =>
  operation.state === "CLOSED" || operation.state === "ABORTED";

/** The steps a field report may contradict: approval is the server's own time, so it is not one. */
export function contradictsOrder(operation: Operation, step: ForwardStep, at: number): boolean {
  return FORWARD_STEPS.slice(1).some((other) => {
    const otherAt = operation.milestones[other];
    if (otherAt === undefined || other === step) return false;
    return rank(other) > rank(step) ? at > otherAt : at < otherAt;
  });
}
