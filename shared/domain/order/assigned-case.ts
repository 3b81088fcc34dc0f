import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { Order } from "./state.ts";

/** Where orders that assign a case are filed. */
export const assignedLink = (caseNo: string): string => `assigned:${caseNo}`;

/** When the issuer accepted that the assigned court has it, server ms. */
function movedAt({ assignedCourtId, receipts }: Order): number | undefined {
  const receipt = receipts.find(({ courtId }) => courtId === assignedCourtId);
  return receipt?.state === "ACCEPTED"
    ? receipt.steps.findLast(({ state }) => state === "ACCEPTED")?.at
    : undefined;
}

/** 指定执行 has taken effect: only a new one moves the case again. */
export const hasMovedCase = (order: Order): boolean =>
  order.kind === "REASSIGN" && movedAt(order) !== undefined;

/** The court that a common superior assigned the case to last; none while it is where it was filed. */
function assignedCourt(caseNo: string, state: StateReader): string | undefined {
  const [last] = state
    .linked("order", assignedLink(caseNo))
    .flatMap((order) => {
      const at = movedAt(order);
      return at === undefined ? [] : [{ order, at }];
    })
    .sort((a, b) => b.at - a.at || (a.order.id < b.order.id ? 1 : -1));
  return last?.order.assignedCourtId;
}

/** Another court enforces it now: nothing new is begun here in that case. */
export function caseRefusal(
  caseNo: string | undefined,
  courtId: string,
  state: StateReader,
): Refusal | undefined {
  const assigned = caseNo === undefined ? undefined : assignedCourt(caseNo, state);
  if (assigned === undefined || assigned === courtId) return undefined;
  return refusal("CASE_ASSIGNED_ELSEWHERE", {
    ruleId: "ORD-35",
    params: { court: state.get("court", assigned)?.name ?? assigned },
  });
}
