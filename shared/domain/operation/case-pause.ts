import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { Operation } from "./state.ts";

type OfCase = Pick<Operation, "caseNo"> & {
  readonly plan?: Pick<NonNullable<Operation["plan"]>, "otherCaseNos">;
};

/** Every case that the operation is for. */
export const casesOf = ({ caseNo, plan }: OfCase): readonly string[] => [
  ...new Set([caseNo, ...(plan?.otherCaseNos ?? [])]),
];

/**
 * Link to the operations of a case that are ordered to pause. Others of the same case may be many,
 * and over; this is asked for each that is open.
 */
export const pausedCase = (caseNo: string): string => `paused-case:${caseNo}`;

/** Since when it is outside, as far as orders and reports say. */
const leftAt = ({ milestones }: Operation): number =>
  Math.min(milestones.EN_ROUTE ?? Infinity, milestones.ON_SCENE ?? Infinity);

/**
 * A pause that a court above ordered outlives the operation it was ordered for: until it is lifted
 * nothing else of this court leaves in the same case. What was outside when it was ordered is
 * another matter, and paused by an order of its own.
 */
export function casePausedRefusal(
  {
    courtId,
    cases,
    self,
  }: {
    readonly courtId: string;
    readonly cases: readonly string[];
    readonly self?: Operation;
  },
  state: StateReader,
): Refusal | undefined {
  const left = self ? leftAt(self) : Infinity;
  for (const other of cases.flatMap((caseNo) => state.linked("operation", pausedCase(caseNo)))) {
    const { pauseOrder } = other;
    if (!pauseOrder || other.id === self?.id || other.courtId !== courtId) continue;
    if (left < pauseOrder.at) continue;
    const { byCourtId } = pauseOrder;
    return refusal("CASE_PAUSED", {
      ruleId: "OPS-49",
      params: {
        code: other.code,
        courtId: byCourtId,
        court: state.get("court", byCourtId)?.name ?? byCourtId,
      },
    });
  }
  return undefined;
}
