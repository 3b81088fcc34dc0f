import { type Refusal, refusal } from "../kernel/refusal.ts";
import { isClosed, isNotified, isOverdue, OWING, PRESSED } from "./duty.ts";
import type { Supervision, SupervisionState } from "./state.ts";

export const inState =
  (...states: readonly SupervisionState[]) =>
  (supervision: Supervision): Refusal | undefined =>
    states.includes(supervision.state)
      ? undefined
      : refusal("SUPERVISION_NOT_READY", {
          ruleId: "SUP-3",
          params: { state: supervision.state, needed: states.join(",") },
        });

export const notClosed = (supervision: Supervision): Refusal | undefined =>
  isClosed(supervision) ? refusal("SUPERVISION_CLOSED", { ruleId: "SUP-3" }) : undefined;

const overdue = (supervision: Supervision): Refusal | undefined =>
  isOverdue(supervision) ? undefined : refusal("SUPERVISION_NOT_OVERDUE", { ruleId: "SUP-7" });

export const mayUrge = (supervision: Supervision): Refusal | undefined =>
  inState("LETTER_SENT", "ASSIGNED", "REPORTING", "RETURNED")(supervision) ?? overdue(supervision);

export const mayMeasure = (supervision: Supervision): Refusal | undefined =>
  inState(...PRESSED)(supervision) ?? overdue(supervision);

/** A person is named before anything is reported. */
export const mayReport = (supervision: Supervision): Refusal | undefined =>
  inState(...OWING)(supervision) ??
  (supervision.assigneeId === undefined
    ? refusal("NAME_A_PERSON_FIRST", { ruleId: "SUP-5" })
    : undefined);

/** Evidence belongs to a list that the target court has been told of. */
export const mayShowEvidence = (supervision: Supervision): Refusal | undefined =>
  notClosed(supervision) ??
  (isNotified(supervision) ? undefined : refusal("LETTER_FIRST", { ruleId: "SUP-4" }));

const ofKind = (supervision: Supervision, kind: Supervision["kind"]): Refusal | undefined =>
  supervision.kind === kind ? undefined : refusal("OTHER_KIND", { ruleId: "SUP-10" });

export const mayInterview = (supervision: Supervision): Refusal | undefined =>
  mayShowEvidence(supervision) ??
  ofKind(supervision, "INTERVIEW") ??
  // Minutes are not written over: another interview is a supervision of its own.
  (supervision.interview ? refusal("INTERVIEWED_ALREADY", { ruleId: "SUP-10" }) : undefined);

export const mayFind = (supervision: Supervision): Refusal | undefined =>
  notClosed(supervision) ?? ofKind(supervision, "DUAL_CHECK");

/** 销号: after the report, or when the case went elsewhere; nothing on the list left open. */
export function mayClose(supervision: Supervision): Refusal | undefined {
  const { kind, interview, findings, items } = supervision;
  const wrong = inState("REPORTED", "REASSIGNED", "TAKEN_UP")(supervision);
  if (wrong) return wrong;
  const open = items.filter((item) => !item.closed).length;
  if (open > 0) return refusal("ITEMS_OPEN", { ruleId: "SUP-9", params: { open } });
  if (kind === "INTERVIEW" && !interview) return refusal("NOT_INTERVIEWED", { ruleId: "SUP-10" });
  const checked = new Set(findings.map(({ check }) => check));
  return kind === "DUAL_CHECK" && checked.size < 2
    ? refusal("TWO_CHECKS_NEEDED", { ruleId: "SUP-10" })
    : undefined;
}
