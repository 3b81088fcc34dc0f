import { AUTHORITY } from "../../../shared/domain/authority/table.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import type { NextStep as OperationNext } from "../../../shared/domain/operation/next-steps.ts";
import type { OperationState } from "../../../shared/domain/operation/state.ts";
import { isMyStep } from "../../operation/my-step.ts";
import type { DtoOf } from "../../store/dto.ts";
import { mayDo, type Person } from "./field-actor.ts";

/** Said beside a report of fact that does not fit what is known; the report is sent all the same. */
export type FactWarning = "pauseOrdered";

/** What the one large button is. */
export type NextStep =
  | { readonly kind: "fact"; readonly command: string; readonly warning?: FactWarning }
  | { readonly kind: "request"; readonly command: string }
  /** The law or the state says no; the button stays, with the reason beside it. */
  | { readonly kind: "refused"; readonly command: string; readonly refusal: Refusal }
  /** The next step is somebody else's. */
  | { readonly kind: "wait"; readonly command: string; readonly who: readonly string[] }
  | { readonly kind: "ended" };

export interface OperationSteps {
  readonly next: NextStep;
  /** A report of fact that this phone has made and the records do not show yet. */
  readonly reported?: NextStep;
  /** A report of fact that stays possible beside it, e.g. 到场 while a pause waits for its confirmation. */
  readonly also?: NextStep;
}

const FACTS: ReadonlySet<string> = new Set(["operation.depart", "operation.arrive"]);

/** In order: what brings an operation in this state forward. */
const FORWARD: Readonly<Record<OperationState, readonly string[]>> = {
  DRAFT: ["operation.submit"],
  SUBMITTED: ["operation.approve"],
  REJECTED: ["operation.submit"],
  APPROVED: ["operation.depart", "operation.arrive"],
  MUSTERING: ["operation.orderDeparture"],
  EN_ROUTE: ["operation.arrive"],
  ON_SCENE: ["operation.start"],
  EXECUTING: ["operation.close"],
  PAUSED: ["operation.resume"],
  CLOSING: ["operation.close"],
  CLOSED: [],
  ABORTED: [],
};

/**
 * FLD-1: by state, authority and the guards that travel in the DTO; knows no clock. `onItsWay` are
 * the reports of this phone that the records do not show yet: in a dead zone 到场 follows 出发.
 */
export function operationSteps(
  dto: DtoOf<"operation">,
  person: Person,
  onItsWay: readonly string[] = [],
): OperationSteps {
  const forward = forwardOf(dto);
  if (forward.length === 0) return { next: { kind: "ended" } };
  const later = forward.filter((command) => !onItsWay.includes(command));
  const next = firstOf(later.length > 0 ? later : forward.slice(-1), dto, person);
  const reported = forward.slice(0, -1).find((command) => onItsWay.includes(command));
  return {
    ...besidePause(next, dto, person),
    ...(reported === undefined ? {} : { reported: stepOf(reported, dto, person) }),
  };
}

/** What was reported for approval has its muster and its checklist (OPS-18). */
const PLANNED: Readonly<Partial<Record<OperationState, readonly string[]>>> = {
  APPROVED: ["operation.muster"],
  EXECUTING: ["operation.beginClosing"],
};

function forwardOf({ state = "APPROVED", plan }: DtoOf<"operation">): readonly string[] {
  return (plan ? PLANNED[state] : undefined) ?? FORWARD[state];
}

/** A pause to confirm comes first; a fact that happens meanwhile can still be told. */
function besidePause(step: NextStep, dto: DtoOf<"operation">, person: Person): OperationSteps {
  if (!awaitsPauseConfirmation(dto)) return { next: step };
  const next = stepOf("operation.confirmPause", dto, person);
  return step.kind === "fact" ? { next, also: step } : { next };
}

/** Ordered from above and not yet confirmed by an own commander: the guard says so. */
const awaitsPauseConfirmation = (dto: DtoOf<"operation">): boolean =>
  dto.pauseOrder !== undefined && dto.acts?.["operation.confirmPause"] === null;

/** The first that this person may do; if none, the first, as somebody else's. */
function firstOf(commands: readonly string[], dto: DtoOf<"operation">, person: Person): NextStep {
  const mine = commands.find((command) => mayDo(person, command, dto) === undefined);
  return stepOf(mine ?? commands[0] ?? "", dto, person);
}

function stepOf(command: string, dto: DtoOf<"operation">, person: Person): NextStep {
  const named = dto.next?.find((each) => each.command === command);
  if (mayDo(person, command, dto) || (named && !isMyStep(named, dto, person))) {
    return { kind: "wait", command, who: named ? namesOf(named.who) : holdersOf(command) };
  }
  if (FACTS.has(command)) {
    return { kind: "fact", command, ...(dto.pauseOrder ? { warning: "pauseOrdered" } : {}) };
  }
  const refusal = dto.acts?.[command];
  return refusal ? { kind: "refused", command, refusal } : { kind: "request", command };
}

const namesOf = ({ roles, parts }: OperationNext["who"]): readonly string[] => [...parts, ...roles];

/** Names of parts and roles that may do it in the own court, for the sentence 等待 … . */
function holdersOf(command: string): readonly string[] {
  const cell = AUTHORITY[command]?.own;
  const roles = cell?.roles === "ANY" ? [] : (cell?.roles ?? []);
  return [...(cell?.parts ?? []), ...roles];
}
