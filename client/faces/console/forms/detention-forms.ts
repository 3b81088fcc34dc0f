import {
  ACT,
  BASIS,
  CASE_NO,
  DAYS,
  DECISION_NO,
  ESCORTS,
  OPTIONAL_REASON,
  REASON,
  SUBJECT,
  WARRANT_NO,
} from "./fields.ts";
import type { FieldSpec, FormSpec } from "./form-spec.ts";

const caseNo: FieldSpec = { ...CASE_NO, required: true };
const endByDecision: FormSpec = { fields: [DECISION_NO, OPTIONAL_REASON] };
const { required: _required, ...optionalDays } = DAYS;
const facility: FieldSpec = { name: "facility", as: "line", max: 80 };

export const detentionForms: Readonly<Record<string, FormSpec>> = {
  "detention.approveCompel": { fields: [caseNo, SUBJECT, WARRANT_NO, BASIS, ESCORTS] },
  "detention.propose": { fields: [caseNo, SUBJECT, ACT, DAYS, BASIS, ESCORTS] },
  "detention.approve": { fields: [DECISION_NO, optionalDays] },
  "detention.approveRetro": {
    fields: [
      { name: "decisionNo", as: "line", max: 60, when: { field: "recordKind", is: ["DETAIN"] } },
      { name: "warrantNo", as: "line", max: 60, when: { field: "recordKind", is: ["COMPEL"] } },
      { ...optionalDays, when: { field: "recordKind", is: ["DETAIN"] } },
      { name: "basisArticles", as: "articles" },
    ],
  },
  "detention.extend": {
    fields: [{ name: "complex", as: "yes" }, { name: "detentionPossible", as: "yes" }, REASON],
  },
  "detention.convert": { fields: [ACT, DAYS, BASIS], newIdField: "newId" },
  "detention.intake": {
    fields: [
      { name: "receiptNo", as: "line", max: 60, required: true },
      facility,
      { name: "policeReceiver", as: "line", max: 30 },
    ],
  },
  "detention.refuseIntake": { fields: [REASON, facility] },
  "detention.notifyFamily": { fields: [{ name: "impossibleReason", as: "text", max: 2_000 }] },
  "detention.releaseEarly": endByDecision,
  "detention.stop": endByDecision,
  "detention.revoke": endByDecision,
};
