import { ATTENDEE_ROLES, PRIVATE_ROLES, SCENE_KINDS } from "../../../operation/progress.ts";
import { OPTIONAL_REASON } from "./fields.ts";
import type { FieldSpec, FormSpec } from "./form-spec.ts";
import { planForm } from "./plan-form.ts";

const OFFICER: FieldSpec = { name: "officerId", as: "officer", required: true };
const yes = (name: string): FieldSpec => ({ name, as: "yes" });
const OFFICES = ATTENDEE_ROLES.filter((role) => !PRIVATE_ROLES.includes(role));

/** Plan, muster and scene at a desk; the same reports that a phone sends. */
export const operationForms: Readonly<Record<string, FormSpec>> = {
  "operation.draft": planForm,
  "operation.revise": planForm,
  "operation.checkMember": {
    fields: [
      OFFICER,
      {
        name: "presence",
        as: "choice",
        values: ["PRESENT", "EXCUSED"],
        words: "operation:presence",
        required: true,
      },
      ...["certificate", "uniform", "bodyCam", "deviceTest"].map(yes),
      { name: "reason", as: "text", max: 500, when: { field: "presence", is: ["EXCUSED"] } },
    ],
  },
  "operation.showCredentials": {
    fields: [OFFICER, ...["certificate", "uniform", "orderShown"].map(yes)],
  },
  "operation.recordAttendee": {
    fields: [
      {
        name: "role",
        as: "choice",
        values: ATTENDEE_ROLES,
        words: "operation:attendee",
        required: true,
      },
      {
        name: "subject",
        as: "subject",
        required: true,
        when: { field: "role", is: PRIVATE_ROLES },
      },
      { name: "office", as: "line", max: 80, required: true, when: { field: "role", is: OFFICES } },
      yes("refused"),
      { name: "reason", as: "text", max: 500, when: { field: "refused", is: ["true"] } },
    ],
    newIdField: "attendeeId",
  },
  "operation.recordScene": {
    fields: [
      { name: "fact", as: "choice", values: SCENE_KINDS, words: "operation:scene", required: true },
      { name: "text", as: "text", max: 500 },
    ],
  },
  "operation.attestEvidence": { fields: [yes("complete"), OPTIONAL_REASON] },
  "checkin.vouch": { fields: [{ name: "note", as: "text", max: 500 }] },
  "checkin.stop": { fields: [{ name: "reason", as: "text", max: 500, required: true }] },
};
