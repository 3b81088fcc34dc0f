import {
  type CommandSpec,
  type CommandSpecs,
  command,
  type DecideInput,
} from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, refuse } from "../kernel/refusal.ts";
import { type DraftPlan, draft, revise } from "./draft.ts";
import { type OperationEvent, operationEvent } from "./events.ts";
import { type Gated, gate } from "./gates.ts";
import { hostClocks, musterClock } from "./operation-clock.ts";
import { filedCourtOf, hostOfPlan, needsPresident, requiresRemoteCommand } from "./plan.ts";
import type { Operation } from "./state.ts";

type Empty = Record<string, never>;
type Input<P> = DecideInput<Operation, P>;
type Spec = CommandSpec<Operation, never>;

const gated = <P>(kind: Gated, decide: (input: Input<P>) => Decision<DomainEvent>): Spec =>
  command<Operation, P>({ nature: "REQUEST", target: "EXISTING", guard: gate(kind), decide });

type Bare = Extract<
  OperationEvent["type"],
  | "OperationMusterBegun"
  | "OperationDepartureOrdered"
  | "OperationStarted"
  | "OperationClosingBegun"
  | "OperationFilingAcknowledged"
  | "OperationHostAcknowledged"
>;

const bare =
  (type: Bare) =>
  ({ id }: Input<Empty>): Decision<DomainEvent> =>
    accept(operationEvent(id, type, {}));

function submit({ id, actor }: Input<Empty>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  return accept(operationEvent(id, "OperationSubmitted", { author: actor.officerId }));
}

/** The table says DIRECTOR or PRESIDENT; what the operation is about says which. */
function approve({
  id,
  entity,
  actor,
  payload,
  now,
}: Input<{ readonly approvalNo: string }>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  if (!entity?.plan) return refuse("NOT_PLANNED", { ruleId: "OPS-18" });
  if (needsPresident(entity) && !actor.roles.includes("PRESIDENT")) {
    return refuse("PRESIDENT_APPROVES", { ruleId: "OPS-23" });
  }
  const hostCourtId = hostOfPlan(entity);
  const filedCourtId = filedCourtOf(entity);
  return accept(
    operationEvent(id, "OperationApproved", {
      approvalNo: payload.approvalNo,
      ...(hostCourtId ? { hostCourtId } : {}),
      ...(filedCourtId ? { filedCourtId } : {}),
      clocks: [
        ...hostClocks(hostCourtId, entity.kind, now),
        musterClock(entity.plan.musterAt, now),
      ],
    }),
  );
}

/** An order of the chief commander in the centre where the operation is commanded live. */
const ordered =
  (type: "OperationDepartureOrdered" | "OperationStarted") =>
  (input: Input<Empty>): Decision<DomainEvent> => {
    const { entity, actor } = input;
    if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
    const chiefsOnly = entity !== undefined && requiresRemoteCommand(entity);
    return chiefsOnly && actor.officerId !== entity.chiefCommanderId
      ? refuse("CHIEF_ORDERS", { ruleId: "OPS-28" })
      : bare(type)(input);
  };

/** A receipt of another court: twice is nothing. */
const receipt = (
  type: "OperationFilingAcknowledged" | "OperationHostAcknowledged",
  isGiven: (operation: Operation) => boolean,
): Spec =>
  command<Operation, Empty>({
    nature: "FACT",
    target: "EXISTING",
    decide: (input) => (input.entity && isGiven(input.entity) ? accept() : bare(type)(input)),
  });

/** Plan, approval, muster and the orders that need no words. */
export const PLAN_COMMANDS: CommandSpecs<Operation> = {
  "operation.draft": command<Operation, DraftPlan>({
    nature: "REQUEST",
    target: "NEW",
    decide: draft,
  }),
  "operation.revise": gated<DraftPlan>("operation.revise", revise),
  "operation.submit": gated<Empty>("operation.submit", submit),
  "operation.approve": gated("operation.approve", approve),
  "operation.reject": gated<{ readonly reason: TextRef }>("operation.reject", ({ id, payload }) =>
    accept(operationEvent(id, "OperationRejected", { reason: payload.reason })),
  ),
  "operation.acknowledgeFiling": receipt(
    "OperationFilingAcknowledged",
    ({ filing }) => filing?.acknowledged !== undefined,
  ),
  "operation.hostAcknowledge": receipt(
    "OperationHostAcknowledged",
    ({ hostNotice }) => hostNotice?.acknowledged !== undefined,
  ),
  "operation.muster": gated<Empty>("operation.muster", bare("OperationMusterBegun")),
  "operation.orderDeparture": gated<Empty>(
    "operation.orderDeparture",
    ordered("OperationDepartureOrdered"),
  ),
  "operation.start": gated<Empty>("operation.start", ordered("OperationStarted")),
  "operation.beginClosing": gated<Empty>("operation.beginClosing", bare("OperationClosingBegun")),
};
