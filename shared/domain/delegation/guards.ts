import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { Delegation, DelegationState } from "./state.ts";
import { awaitsPapers, isEnded, isOutside, papersLapsed } from "./turn.ts";

/** Two states share their names with those of an order, and are called otherwise. */
const wordOf = (state: DelegationState): string =>
  state === "ACCEPTED" || state === "RETURNED" ? `DELEGATION_${state}` : state;

export const inState =
  (...states: readonly DelegationState[]) =>
  (delegation: Delegation): Refusal | undefined =>
    states.includes(delegation.state)
      ? undefined
      : refusal("DELEGATION_NOT_READY", {
          ruleId: "DEL-2",
          params: { state: wordOf(delegation.state), needed: states.map(wordOf).join(",") },
        });

export const notEnded = (delegation: Delegation): Refusal | undefined =>
  isEnded(delegation) ? refusal("DELEGATION_ENDED", { ruleId: "DEL-2" }) : undefined;

/** What every delegation must have before the centre lets it go. */
export function whole(delegation: Delegation): Refusal | undefined {
  const { itemType, docs, decisionNo, address, urgent, phonedAt, phonedTo } = delegation;
  if (urgent && (phonedAt === undefined || phonedTo === undefined)) {
    return refusal("URGENT_NEEDS_CALL", { ruleId: "DEL-5" });
  }
  if (itemType === "CONTROL_DETAINED" && (decisionNo === undefined || address === undefined)) {
    return refusal("CONTROL_NEEDS_DECISION", { ruleId: "DEL-6" });
  }
  return docs.length === 0 && !urgent
    ? refusal("DELEGATION_NEEDS_PAPERS", { ruleId: "DEL-4" })
    : undefined;
}

/** Sent and answered by nobody, all papers there. */
export const answerable = (delegation: Delegation): Refusal | undefined =>
  inState("SENT")(delegation) ??
  (awaitsPapers(delegation) ? refusal("PAPERS_AWAITED", { ruleId: "W6" }) : undefined);

/** While papers are awaited nothing is returned, until W6 is over. */
export function returnable(delegation: Delegation): Refusal | undefined {
  const wrong = inState("SENT")(delegation);
  if (wrong) return wrong;
  if (papersLapsed(delegation)) return undefined;
  if (delegation.returnOverruled) return refusal("RETURN_OVERRULED", { ruleId: "DEL-12" });
  return answerable(delegation);
}

export const papersOpen = (delegation: Delegation): Refusal | undefined =>
  inState("SENT")(delegation) ??
  (papersLapsed(delegation) ? refusal("DEEMED_WITHDRAWN", { ruleId: "W6" }) : undefined) ??
  (awaitsPapers(delegation) ? undefined : refusal("NO_PAPERS_ASKED", { ruleId: "W6" }));

/** The common superior directs what left the delegating court and has not ended. */
export const underWay = (delegation: Delegation): Refusal | undefined =>
  notEnded(delegation) ??
  (isOutside(delegation) ? undefined : refusal("DELEGATION_INSIDE", { ruleId: "DEL-11" }));
