import { detentionForms } from "./detention-forms.ts";
import {
  BODY,
  CASE_NO,
  CASUALTIES,
  DUE,
  FEEDBACK,
  LEVEL,
  OPTIONAL_REASON,
  ORDER_URGENCY,
  REASON,
} from "./fields.ts";
import type { FieldSpec, FormSpec } from "./form-spec.ts";
import { oversightForms } from "./oversight-forms.ts";
import { policeForms } from "./police-forms.ts";

const reasoned: FormSpec = { fields: [REASON] };
const order = (...more: readonly FieldSpec[]): FormSpec => ({
  fields: [...more, ORDER_URGENCY, BODY, DUE],
});

/** Commands that need something to be written or chosen; all others are one press. */
export const FORMS: Readonly<Record<string, FormSpec>> = {
  ...detentionForms,
  ...policeForms,
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
        values: [
          "VIOLENT_RESISTANCE",
          "SIEGE",
          "SELF_HARM",
          "GROUP_PETITION",
          "MEDICAL",
          "TRAFFIC",
          "ESCAPE",
          "EQUIPMENT",
          "PUBLIC_OPINION",
        ],
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
  "incident.falseAlarm": reasoned,
  "incident.requestCancel": reasoned,
  "order.task": order({ name: "toCourtId", as: "court", required: true }),
  "order.pause": order(),
  "order.liftPause": order(),
  "order.abort": order(),
  "order.feedback": { fields: [FEEDBACK] },
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
  "report.handle": { fields: [FEEDBACK] },
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
