import { REPORTED_KINDS } from "../../../../shared/domain/incident/state.ts";
import { detentionForms } from "./detention-forms.ts";
import { dutyForms } from "./duty-forms.ts";
import { CASE_NO, CASUALTIES, LEVEL, OPTIONAL_REASON, REASON } from "./fields.ts";
import type { FormSpec } from "./form-spec.ts";
import { holdForms } from "./hold-forms.ts";
import { liaisonForms } from "./liaison-forms.ts";
import { operationForms } from "./operation-forms.ts";
import { orderForms } from "./order-forms.ts";
import { oversightForms } from "./oversight-forms.ts";
import { policeForms } from "./police-forms.ts";
import { reportForms } from "./report-forms.ts";

const reasoned: FormSpec = { fields: [REASON] };

/** Commands that need something to be written or chosen; all others are one press. */
export const FORMS: Readonly<Record<string, FormSpec>> = {
  ...detentionForms,
  ...policeForms,
  ...liaisonForms,
  ...dutyForms,
  ...orderForms,
  ...reportForms,
  ...holdForms,
  ...oversightForms,
  "operation.open": {
    fields: [
      { name: "code", as: "line", max: 40, required: true },
      { name: "name", as: "line", max: 80, required: true },
      {
        name: "kind",
        as: "choice",
        values: [
          "EVICTION",
          "SEARCH",
          "SEIZURE",
          "COMPEL",
          "DETAIN",
          "INVESTIGATE",
          "SERVE",
          "RAPID",
        ],
        words: "domain:operation.kind",
        required: true,
      },
      { ...CASE_NO, required: true },
      { name: "approvalNo", as: "line", max: 60, required: true },
      { name: "place", as: "place", address: true, required: true },
      { name: "hostCourtId", as: "court" },
      { name: "chiefCommanderId", as: "officer", required: true },
      { name: "sceneCommanderId", as: "officer", required: true },
      { name: "memberIds", as: "officers", required: true },
      { name: "assetIds", as: "assets" },
    ],
  },
  ...operationForms,
  "operation.pause": reasoned,
  "operation.abort": {
    fields: [REASON, { name: "withdrawal", as: "text", max: 500 }],
  },
  "operation.approve": {
    fields: [{ name: "approvalNo", as: "line", max: 60, required: true }],
  },
  "operation.reject": reasoned,
  "incident.report": {
    fields: [
      {
        name: "kind",
        as: "choice",
        values: REPORTED_KINDS,
        words: "domain:incident.kind",
        required: true,
      },
      LEVEL,
      CASUALTIES,
      { name: "place", as: "place", address: false },
      { name: "detail", as: "text", max: 2_000 },
    ],
  },
  "incident.setLevel": { fields: [LEVEL, CASUALTIES, OPTIONAL_REASON] },
  "incident.resolve": { fields: [OPTIONAL_REASON] },
  "incident.review": { fields: [{ name: "findings", as: "text", max: 4_000, required: true }] },
  "incident.falseAlarm": reasoned,
  "incident.requestCancel": reasoned,
  "message.send": {
    fields: [
      { name: "to", as: "addressee", required: true },
      { name: "text", as: "text", max: 500, required: true },
    ],
  },
  "officer.setDuty": {
    fields: [
      {
        name: "duty",
        as: "choice",
        values: ["ON_DUTY", "STANDBY", "DEPLOYED", "OFF_DUTY"],
        words: "domain:duty",
        required: true,
      },
    ],
  },
};
