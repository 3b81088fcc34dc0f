import type { EventMeta } from "../kernel/event.ts";
import type { FoldedEvent } from "./events.ts";
import type { Stamp } from "./facts.ts";
import type { Operation, OperationState } from "./state.ts";

/** How each of these events changes an operation that exists. */
export type Folds<T extends FoldedEvent["type"]> = {
  readonly [K in T]: (
    operation: Operation,
    event: Extract<FoldedEvent, { type: K }>,
    meta: EventMeta,
  ) => Operation;
};

/** A decision: the server's time. */
export const decidedBy = ({ at, by }: EventMeta): Stamp => ({ at, by });

/** A report: when it happened. */
export const reportedBy = ({ occurred, by }: EventMeta): Stamp => ({ at: occurred.earliest, by });

/** The first time a state was reached. */
export const firstTime = (operation: Operation, state: OperationState, at: number) => ({
  milestones: {
    ...operation.milestones,
    [state]: Math.min(operation.milestones[state] ?? at, at),
  },
});
