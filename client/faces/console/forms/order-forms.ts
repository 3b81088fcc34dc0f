import { BODY, CASE_NO, DUE, FEEDBACK, ORDER_URGENCY, REASON } from "./fields.ts";
import type { FieldSpec, FormSpec } from "./form-spec.ts";

/** Orders without an effect on an operation: one form, whose kind may be changed while it is open. */
export const ISSUE_KINDS = [
  "order.task",
  "order.command",
  "order.correct",
  "order.defer",
  "order.reassign",
  "order.resource",
] as const;

export const isIssue = (kind: string): boolean => (ISSUE_KINDS as readonly string[]).includes(kind);

/** First the courts and the words: with the keyboard an order is these two and the key that sends. */
const issue = (...more: readonly FieldSpec[]): FormSpec => ({
  fields: [
    { name: "toCourtIds", as: "courts", required: true },
    BODY,
    ...more,
    ORDER_URGENCY,
    DUE,
    { name: "supersedes", as: "ownOrder" },
  ],
});
/** About one operation, to its own court. */
const effect: FormSpec = { fields: [BODY, ORDER_URGENCY, DUE] };
const reasoned: FormSpec = { fields: [REASON] };

export const orderForms: Readonly<Record<string, FormSpec>> = {
  "order.task": issue(),
  "order.command": issue(),
  "order.correct": issue(),
  "order.defer": issue({
    name: "deferUntil",
    as: "due",
    days: [7, 15, 30, 60, 90],
    required: true,
  }),
  "order.reassign": issue(
    { ...CASE_NO, required: true },
    { name: "assignedCourtId", as: "court", required: true },
  ),
  "order.resource": issue({ name: "forCourtId", as: "court", required: true }),
  "order.pause": effect,
  "order.liftPause": effect,
  "order.abort": effect,
  "order.feedback": {
    fields: [
      FEEDBACK,
      {
        name: "officerIds",
        as: "officers",
        when: { field: "recordKind", is: ["RESOURCE"] },
      },
    ],
  },
  "order.return": { fields: [FEEDBACK, DUE] },
  "order.revoke": reasoned,
  "order.askReconsideration": reasoned,
  "order.answerReconsideration": {
    fields: [
      {
        name: "outcome",
        as: "choice",
        values: ["UPHELD", "CHANGED", "REVOKED"],
        words: "domain:order.outcome",
        required: true,
      },
      FEEDBACK,
      { ...DUE, when: { field: "outcome", is: ["CHANGED"] } },
    ],
  },
};
