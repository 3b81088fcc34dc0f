import type { PartName } from "../authority/parts.ts";
import type { Role } from "../authority/roles.ts";
import { AUTHORITY } from "../authority/table.ts";
import type { Refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { type Gated, stopsOf } from "./gates.ts";
import { needsPresident, requiresRemoteCommand } from "./plan.ts";
import type { Operation, OperationState } from "./state.ts";

/** One step forward: what it is, who may take it, and all that stops it now. */
export interface NextStep {
  readonly command: string;
  readonly who: { readonly roles: readonly Role[]; readonly parts: readonly PartName[] };
  /** A refusal with `until` stops only until then. */
  readonly stops: readonly Refusal[];
}

type Step = Gated | "operation.depart" | "operation.arrive";

const PLANNED: Readonly<Record<OperationState, readonly Step[]>> = {
  DRAFT: ["operation.submit"],
  REJECTED: ["operation.submit"],
  SUBMITTED: ["operation.approve", "operation.reject"],
  APPROVED: ["operation.muster"],
  MUSTERING: ["operation.orderDeparture"],
  EN_ROUTE: ["operation.arrive"],
  ON_SCENE: ["operation.start"],
  EXECUTING: ["operation.beginClosing"],
  PAUSED: ["operation.resume"],
  CLOSING: ["operation.close"],
  CLOSED: [],
  ABORTED: [],
};

const SHORT: Readonly<Partial<Record<OperationState, readonly Step[]>>> = {
  APPROVED: ["operation.depart"],
  EXECUTING: ["operation.close"],
};

/** The steps view: what brings this operation forward from where it stands. */
export function nextSteps(operation: Operation, state: StateReader): readonly NextStep[] {
  const { plan, pauseOrder } = operation;
  const onwards = (plan ? undefined : SHORT[operation.state]) ?? PLANNED[operation.state];
  const first: readonly Step[] =
    pauseOrder && !pauseOrder.confirmed && onwards.length > 0 ? ["operation.confirmPause"] : [];
  return [...first, ...onwards].map((command) => ({
    command,
    who: whoMay(command, operation),
    stops: isReport(command) ? [] : stopsOf(command, operation, state),
  }));
}

const isReport = (step: Step): step is "operation.depart" | "operation.arrive" =>
  step === "operation.depart" || step === "operation.arrive";

/** The table's cell, narrowed by what this operation demands. */
function whoMay(command: Step, operation: Operation): NextStep["who"] {
  if (command === "operation.approve" && needsPresident(operation)) {
    return { roles: ["PRESIDENT"], parts: [] };
  }
  const ordered = command === "operation.orderDeparture" || command === "operation.start";
  if (ordered && requiresRemoteCommand(operation)) return { roles: [], parts: ["chiefCommander"] };
  const cell = AUTHORITY[command]?.own;
  return {
    roles: cell?.roles === "ANY" ? [] : (cell?.roles ?? []),
    parts: cell?.parts ?? [],
  };
}
