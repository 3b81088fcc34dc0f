import type { OperationState } from "../../../shared/domain/operation/state.ts";
import type { StoredRecord } from "../../store/dto.ts";
import { dayStart } from "./day.ts";

export interface OperationsToday {
  readonly total: number;
  readonly byState: Readonly<Record<OperationState, number>>;
}

/** Not approved: nothing that anybody does today. */
const PAPER: ReadonlySet<OperationState> = new Set(["DRAFT", "SUBMITTED", "REJECTED"]);

/** Everything that runs, and what ended today as far as this wall saw it. */
export function operationsToday(
  operations: Iterable<StoredRecord<"operation">>,
  now: number,
): OperationsToday {
  const byState: Record<OperationState, number> = {
    DRAFT: 0,
    SUBMITTED: 0,
    REJECTED: 0,
    APPROVED: 0,
    MUSTERING: 0,
    EN_ROUTE: 0,
    ON_SCENE: 0,
    EXECUTING: 0,
    PAUSED: 0,
    CLOSING: 0,
    CLOSED: 0,
    ABORTED: 0,
  };
  let total = 0;
  const since = dayStart(now);
  for (const { dto } of operations) {
    const { state } = dto;
    if (!state || PAPER.has(state) || endedBefore(dto, since)) continue;
    byState[state] += 1;
    total += 1;
  }
  return { total, byState };
}

function endedBefore(
  { state, milestones }: StoredRecord<"operation">["dto"],
  since: number,
): boolean {
  if (state !== "CLOSED" && state !== "ABORTED") return false;
  const endedAt = milestones?.[state];
  return endedAt !== undefined && endedAt < since;
}
