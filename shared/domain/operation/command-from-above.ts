import { tierPathOf } from "../authority/relation.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import { accept, type Decision, type Refusal, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { operationEvent } from "./events.ts";
import { teamOf } from "./facts.ts";
import { gate } from "./gates.ts";
import type { Operation } from "./state.ts";

type Empty = Record<string, never>;
type Input = DecideInput<Operation, Empty>;

/** Only a court above the one that commands now takes it from that one. */
function heldByEqual(
  { commandFromAbove }: Operation,
  state: StateReader,
  courtId: string | undefined,
): Refusal | undefined {
  const holder = commandFromAbove?.courtId;
  if (holder === undefined || courtId === undefined) return undefined;
  if (holder !== courtId && tierPathOf(state, holder).includes(courtId)) return undefined;
  const court = state.get("court", holder)?.name ?? holder;
  return refusal("COMMAND_TAKEN", { ruleId: "OPS-44", params: { court } });
}

/** Nobody is named by a court below his own: whoever commands from above takes it himself. */
function take({ id, entity, actor }: Input): Decision<DomainEvent> {
  if (actor.kind !== "person" || !entity) return refuse("NOT_FOR_SYSTEM");
  const { officerId, courtId, roles } = actor;
  if (roles.includes("REVIEW_JUDGE")) return refuse("REVIEWER_COMMANDS", { ruleId: "OPS-21" });
  if (teamOf(entity).includes(officerId)) return refuse("CHIEF_GOES_OUT", { ruleId: "OPS-19" });
  return accept(operationEvent(id, "OperationCommandTaken", { courtId, officerId }));
}

/**
 * 提级指挥. A president above gives the orders of a chief commander, departure and start; everything
 * that the own court ticks, reports or attests stays its own, and pause and abortion from above go
 * by order as ever.
 */
export const FROM_ABOVE_COMMANDS: CommandSpecs<Operation> = {
  "operation.takeCommand": command<Operation, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: (operation, state, courtId) =>
      gate("operation.takeCommand")(operation, state) ?? heldByEqual(operation, state, courtId),
    decide: take,
  }),
  "operation.handBackCommand": command<Operation, Empty>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: gate("operation.handBackCommand"),
    decide: ({ id }) => accept(operationEvent(id, "OperationCommandReturned", {})),
  }),
};
