import { type Refusal, refusal } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { MAX_DAYS } from "./limits.ts";
import { heldSince, isTerminal } from "./milestones.ts";
import type { Detention } from "./state.ts";

/** What a request must bring with it; each check names its rule. */

/** D1: 1 to 15 whole days. */
export function daysInRange(days: number): Refusal | undefined {
  return Number.isInteger(days) && days >= 1 && days <= MAX_DAYS
    ? undefined
    : refusal("DAYS_OUT_OF_RANGE", { ruleId: "D1", params: { days } });
}

/** The president may approve fewer days than proposed, never more. */
export function daysApproved(days: number, proposed: number | undefined): Refusal | undefined {
  const over = proposed !== undefined && days > proposed;
  return (
    daysInRange(days) ??
    (over ? refusal("DAYS_OVER_PROPOSED", { ruleId: "D1", params: { days, proposed } }) : undefined)
  );
}

export const basisGiven = (
  articles: readonly string[],
  ruleId: "S1" | "D3",
): Refusal | undefined =>
  articles.some((text) => text.trim() !== "") ? undefined : refusal("BASIS_MISSING", { ruleId });

export const numberGiven = (
  no: string | undefined,
  code: "WARRANT_MISSING" | "DECISION_NO_MISSING",
  ruleId: string,
): Refusal | undefined =>
  no === undefined || no.trim() === "" ? refusal(code, { ruleId }) : undefined;

/** D8: the same act in the same case is punished by detention once. */
export function actIsNew(
  state: StateReader,
  caseNo: string,
  actId: string,
  exceptId: string,
): Refusal | undefined {
  const before = state
    .linked("detention", `act:${actId}`)
    .filter((other) => other.id !== exceptId && other.kind === "DETAIN")
    .filter((other) => other.caseNo === caseNo && !cameToNothing(other));
  return before.length > 0 ? refusal("SAME_ACT", { ruleId: "D8" }) : undefined;
}

/** Proposed, never approved, nobody held, and over. */
const cameToNothing = (other: Detention): boolean =>
  isTerminal(other) && other.times.approvedAt === undefined && heldSince(other.times) === undefined;
