import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isDeferring } from "./receipt.ts";
import type { Order } from "./state.ts";

/** Where orders that defer a case are filed. */
export const deferredLink = (caseNo: string): string => `deferred:${caseNo}`;

/** For this court it has not been taken back. */
const binds = ({ receipts }: Order, courtId: string): boolean =>
  receipts.some((receipt) => receipt.courtId === courtId && receipt.revoked === undefined);

/**
 * 暂缓执行 (执行规定 77): until the term that a court above set is over, enforcement of the case rests
 * at the courts it was ordered to. It holds from the order on, whether it was signed or not.
 */
export function deferralRefusal(
  courtId: string,
  cases: readonly string[],
  state: StateReader,
): Refusal | undefined {
  const order = cases
    .flatMap((caseNo) => state.linked("order", deferredLink(caseNo)))
    .find((each) => isDeferring(each) && binds(each, courtId));
  if (!order) return undefined;
  return refusal("CASE_DEFERRED", {
    ruleId: "I4",
    params: {
      courtId: order.courtId,
      court: state.get("court", order.courtId)?.name ?? order.courtId,
    },
  });
}
