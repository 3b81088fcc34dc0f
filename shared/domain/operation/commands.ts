import { type CommandSpec, type CommandSpecs, command } from "../kernel/command.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept } from "../kernel/refusal.ts";
import { operationEvent } from "./events.ts";
import { mayClose, mayConfirmPause, mayPause, mayResume, mayStart, notEnded } from "./guards.ts";
import { type OpenOperation, openOperation } from "./open.ts";
import type { Operation } from "./state.ts";

type Empty = Record<string, never>;
type Spec = CommandSpec<Operation, never>;
interface Reasoned {
  readonly reason: TextRef;
}

/** A milestone reported from the field: never refused because of state. */
const fact = (type: "OperationDeparted" | "OperationArrived"): Spec =>
  command<Operation, Empty>({
    nature: "FACT",
    target: "EXISTING",
    decide: ({ id }) => accept(operationEvent(id, type, {})),
  });

const request = (
  type: "OperationStarted" | "OperationPauseConfirmed" | "OperationResumed" | "OperationClosed",
  guard: CommandSpec<Operation>["guard"],
): Spec =>
  command<Operation, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    ...(guard ? { guard } : {}),
    decide: ({ id }) => accept(operationEvent(id, type, {})),
  });

const reasoned = (
  type: "OperationPaused" | "OperationAborted",
  guard: CommandSpec<Operation>["guard"],
): Spec =>
  command<Operation, Reasoned>({
    nature: "REQUEST",
    target: "EXISTING",
    ...(guard ? { guard } : {}),
    decide: ({ id, payload }) => accept(operationEvent(id, type, { reason: payload.reason })),
  });

export const OPERATION_COMMANDS: CommandSpecs<Operation> = {
  "operation.open": command<Operation, OpenOperation>({
    nature: "REQUEST",
    target: "NEW",
    decide: openOperation,
  }),
  "operation.depart": fact("OperationDeparted"),
  "operation.arrive": fact("OperationArrived"),
  "operation.start": request("OperationStarted", mayStart),
  "operation.pause": reasoned("OperationPaused", mayPause),
  "operation.confirmPause": request("OperationPauseConfirmed", mayConfirmPause),
  "operation.resume": request("OperationResumed", mayResume),
  "operation.abort": reasoned("OperationAborted", notEnded),
  "operation.close": request("OperationClosed", mayClose),
};
