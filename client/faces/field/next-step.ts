import { AUTHORITY } from "../../../shared/domain/authority/table.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import type { OperationState } from "../../../shared/domain/operation/state.ts";
import type { DtoOf } from "../../store/dto.ts";
import { mayDo, type Person } from "./field-actor.ts";

/** Said beside a report of fact that does not fit what is known; the report is sent all the same. */
export type FactWarning = "notDeparted" | "pauseOrdered";

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
  /** A report of fact that stays possible beside it, e.g. 到场 while a pause waits for its confirmation. */
  readonly also?: NextStep;
}

const FACTS: ReadonlySet<string> = new Set(["operation.depart", "operation.arrive"]);

/** In order: what brings an operation in this state forward. */
const FORWARD: Readonly<Record<OperationState, readonly string[]>> = {
  APPROVED: ["operation.depart", "operation.arrive"],
  EN_ROUTE: ["operation.arrive"],
  ON_SCENE: ["operation.start"],
  EXECUTING: ["operation.close"],
  PAUSED: ["operation.resume"],
  CLOSED: [],
  ABORTED: [],
};

/** FLD-1: by state, authority and the guards that travel in the DTO; knows no clock. */
export function operationSteps(dto: DtoOf<"operation">, person: Person): OperationSteps {
  const forward = FORWARD[dto.state ?? "APPROVED"];
  if (forward.length === 0) return { next: { kind: "ended" } };
  const forwardStep = firstOf(forward, dto, person);
  if (!awaitsPauseConfirmation(dto)) return { next: forwardStep };
  const next = stepOf("operation.confirmPause", dto, person);
  return forwardStep.kind === "fact" ? { next, also: forwardStep } : { next };
}

/** Ordered from above and not yet confirmed by an own commander: the guard says so. */
export const awaitsPauseConfirmation = (dto: DtoOf<"operation">): boolean =>
  dto.pauseOrder !== undefined && dto.acts?.["operation.confirmPause"] === null;

/** The first that this person may do; if none, the first, as somebody else's. */
function firstOf(commands: readonly string[], dto: DtoOf<"operation">, person: Person): NextStep {
  const mine = commands.find((command) => mayDo(person, command, dto) === undefined);
  return stepOf(mine ?? commands[0] ?? "", dto, person);
}

function stepOf(command: string, dto: DtoOf<"operation">, person: Person): NextStep {
  if (mayDo(person, command, dto)) return { kind: "wait", command, who: holdersOf(command) };
  if (FACTS.has(command)) {
    const warning = warningOf(command, dto);
    return { kind: "fact", command, ...(warning ? { warning } : {}) };
  }
  const refusal = dto.acts?.[command];
  return refusal ? { kind: "refused", command, refusal } : { kind: "request", command };
}

function warningOf(command: string, dto: DtoOf<"operation">): FactWarning | undefined {
  if (dto.pauseOrder) return "pauseOrdered";
  const skipped = command === "operation.arrive" && dto.state === "APPROVED";
  return skipped ? "notDeparted" : undefined;
}

/** Names of parts and roles that may do it in the own court, for the sentence 等待 … . */
function holdersOf(command: string): readonly string[] {
  const cell = AUTHORITY[command]?.own;
  const roles = cell?.roles === "ANY" ? [] : (cell?.roles ?? []);
  return [...(cell?.parts ?? []), ...roles];
}
