import type { Operation, OperationState } from "./state.ts";

/** The way forward from the approval on, in order; what comes before it is paper. */
const FORWARD_STEPS = [
  "APPROVED",
  "MUSTERING",
  "EN_ROUTE",
  "ON_SCENE",
  "EXECUTING",
  "CLOSING",
] as const satisfies readonly OperationState[];
export type ForwardStep = (typeof FORWARD_STEPS)[number];

const rank = (state: OperationState): number =>
  (FORWARD_STEPS as readonly OperationState[]).indexOf(state);

/** The later of two states on the way forward. */
export const furthest = (a: OperationState, b: OperationState): OperationState =>
  rank(b) > rank(a) ? b : a;

export const isEnded = (operation: Operation): boolean =>
  operation.state === "CLOSED" || operation.state === "ABORTED";

const PAPER: ReadonlySet<OperationState> = new Set(["DRAFT", "SUBMITTED", "REJECTED"]);

/** Approved and not ended: its people are seen together and its host sees it. */
export const isUnderWay = (operation: Operation): boolean =>
  !isEnded(operation) && !PAPER.has(operation.pausedFrom ?? operation.state);

/** The steps a field report may contradict: approval is the server's own time, so it is not one. */
export function contradictsOrder(operation: Operation, step: ForwardStep, at: number): boolean {
  return FORWARD_STEPS.slice(1).some((other) => {
    const otherAt = operation.milestones[other];
    if (otherAt === undefined || other === step) return false;
    return rank(other) > rank(step) ? at > otherAt : at < otherAt;
  });
}

/** Reported for approval and not ordered to leave: then a report moves nothing but its milestone. */
export const isOrdered = ({ plan, departureOrdered }: Operation): boolean =>
  plan === undefined || departureOrdered !== undefined;

/** Reported before, no later than now, and nothing moves by it: the same fact told again. */
export function isKnownStep(operation: Operation, step: ForwardStep, at: number): boolean {
  const known = operation.reported?.[step];
  if (known === undefined || at < known) return false;
  const stands = operation.pausedFrom ?? operation.state;
  return isEnded(operation) || !isOrdered(operation) || furthest(stands, step) === stands;
}
