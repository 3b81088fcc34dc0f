import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import { FROM_ABOVE_COMMANDS } from "./command-from-above.ts";
import { operationEvent } from "./events.ts";
import { FACT_COMMANDS } from "./fact-commands.ts";
import { type Gated, gate } from "./gates.ts";
import { type OpenOperation, openOperation } from "./open.ts";
import { SCENE_CLOCK, sceneClock } from "./operation-clock.ts";
import { PLAN_COMMANDS } from "./plan-commands.ts";
import type { Operation, OperationState } from "./state.ts";
import { type ForwardStep, isKnownStep } from "./steps.ts";

type Empty = Record<string, never>;
type Spec = CommandSpec<Operation, never>;
interface Reasoned {
  readonly reason: TextRef;
}

/** A milestone reported from the field: never refused because of state, and told again it is nothing. */
const milestone = (
  step: ForwardStep,
  decide: (input: DecideInput<Operation, Empty>) => Decision<DomainEvent>,
): Spec =>
  command<Operation, Empty>({
    nature: "FACT",
    target: "EXISTING",
    decide: (input) =>
      input.entity && isKnownStep(input.entity, step, input.occurred.earliest)
        ? accept()
        : decide(input),
  });

const depart: Spec = milestone("EN_ROUTE", ({ id }) =>
  accept(operationEvent(id, "OperationDeparted", {})),
);

const arrive: Spec = milestone("ON_SCENE", ({ id, entity, occurred }) =>
  accept(
    operationEvent(id, "OperationArrived", {
      clocks: entity?.clocks[SCENE_CLOCK] ? [] : [sceneClock(occurred.earliest)],
    }),
  ),
);

const request = (
  kind: Gated,
  type: "OperationPauseConfirmed" | "OperationResumed" | "OperationClosed",
): Spec =>
  command<Operation, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: gate(kind),
    decide: ({ id }) => accept(operationEvent(id, type, {})),
  });

interface Abort extends Reasoned {
  readonly withdrawal?: TextRef;
}

const OUT: ReadonlySet<OperationState> = new Set(["EN_ROUTE", "ON_SCENE", "EXECUTING", "CLOSING"]);

/** Is the team of a planned operation outside, so that it must be told how to come back? */
const isOut = ({ plan, state, pausedFrom, milestones }: Operation): boolean =>
  plan !== undefined &&
  (OUT.has(pausedFrom ?? state) ||
    milestones.EN_ROUTE !== undefined ||
    milestones.ON_SCENE !== undefined);

function abort({ id, entity, payload }: DecideInput<Operation, Abort>): Decision<DomainEvent> {
  const { reason, withdrawal } = payload;
  if (entity && isOut(entity) && !withdrawal) {
    return refuse("WITHDRAWAL_NEEDED", { ruleId: "OPS-37" });
  }
  return accept(
    operationEvent(id, "OperationAborted", { reason, ...(withdrawal ? { withdrawal } : {}) }),
  );
}

export const OPERATION_COMMANDS: CommandSpecs<Operation> = {
  "operation.open": command<Operation, OpenOperation>({
    nature: "REQUEST",
    target: "NEW",
    decide: openOperation,
  }),
  ...PLAN_COMMANDS,
  ...FACT_COMMANDS,
  ...FROM_ABOVE_COMMANDS,
  "operation.depart": depart,
  "operation.arrive": arrive,
  "operation.pause": command<Operation, Reasoned>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: gate("operation.pause"),
    decide: ({ id, payload }) =>
      accept(operationEvent(id, "OperationPaused", { reason: payload.reason })),
  }),
  "operation.confirmPause": request("operation.confirmPause", "OperationPauseConfirmed"),
  "operation.resume": request("operation.resume", "OperationResumed"),
  "operation.abort": command<Operation, Abort>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: gate("operation.abort"),
    decide: abort,
  }),
  "operation.close": request("operation.close", "OperationClosed"),
};
