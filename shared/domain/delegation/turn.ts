import { PAPERS_OVERDUE } from "../rules/delegation-clocks.ts";
import type { Delegation, DelegationState } from "./state.ts";

/** Nothing follows. */
export const isEnded = ({ state }: Delegation): boolean =>
  state === "CONFIRMED" || state === "WITHDRAWN";

/** In the own court's hands and not sent, or not sent again, yet: no other court is asked anything. */
const INSIDE: ReadonlySet<DelegationState> = new Set(["DRAFT", "CENTER_REVIEW"]);

/** Missing papers were asked for and have not come. */
export const awaitsPapers = ({ state, papers }: Delegation): boolean =>
  state === "SENT" && papers !== undefined && papers.completedAt === undefined;

/** The 30 days for the missing papers are over: the delegating court is deemed to withdraw (W6). */
export const papersLapsed = (delegation: Delegation): boolean =>
  awaitsPapers(delegation) && (delegation.clocks.papers?.level ?? 0) >= PAPERS_OVERDUE;

/** With its addressee, or gone back to and fro since; a draft that was withdrawn never went out. */
export function isOutside({ state, steps }: Delegation): boolean {
  const where = state === "WITHDRAWN" ? steps.at(-2)?.state : state;
  return where !== undefined && !INSIDE.has(where);
}

const WITH_DELEGATING: ReadonlySet<DelegationState> = new Set([
  "DRAFT",
  "CENTER_REVIEW",
  "RETURNED",
  "FEEDBACK",
]);

/** The one court that must act now; nobody when it has ended. */
export function turn(delegation: Delegation): string | undefined {
  if (isEnded(delegation)) return undefined;
  const { state, courtId, toCourtId } = delegation;
  if (awaitsPapers(delegation)) return papersLapsed(delegation) ? toCourtId : courtId;
  return WITH_DELEGATING.has(state) ? courtId : toCourtId;
}
