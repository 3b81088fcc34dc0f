import type { OperationState } from "../../../shared/domain/operation/state.ts";
import type { StoredRecord } from "../../store/dto.ts";

/** The further an operation has come, the more it is what its officer is doing now. */
const RANK: Readonly<Record<OperationState, number>> = {
  EXECUTING: 4,
  CLOSING: 4,
  PAUSED: 4,
  ON_SCENE: 3,
  EN_ROUTE: 2,
  MUSTERING: 1,
  APPROVED: 1,
  SUBMITTED: 0,
  REJECTED: 0,
  DRAFT: 0,
  CLOSED: 0,
  ABORTED: 0,
};

type OperationRecord = StoredRecord<"operation">;

/** Live operations in which this officer is named, the one at hand first. */
export function myOperations(
  records: Iterable<OperationRecord>,
  officerId: string,
): readonly OperationRecord[] {
  return [...records]
    .filter(({ dto }) => isLive(dto.state) && isNamed(dto, officerId))
    .sort((a, b) => rankOf(b) - rankOf(a) || sinceOf(b) - sinceOf(a) || a.id.localeCompare(b.id));
}

const isLive = (state: OperationState | undefined): boolean =>
  state !== undefined && state !== "CLOSED" && state !== "ABORTED";

const isNamed = (dto: OperationRecord["dto"], officerId: string): boolean =>
  dto.chiefCommanderId === officerId ||
  dto.sceneCommanderId === officerId ||
  (dto.memberIds?.includes(officerId) ?? false);

const rankOf = ({ dto }: OperationRecord): number => RANK[dto.state ?? "APPROVED"];

/** When it came into its present state; later is nearer to what is happening. */
const sinceOf = ({ dto }: OperationRecord): number =>
  dto.milestones?.[dto.state ?? "APPROVED"] ?? 0;
