import { CASE_NO, FEEDBACK } from "./fields.ts";
import type { FormSpec } from "./form-spec.ts";

export const reportForms: Readonly<Record<string, FormSpec>> = {
  "report.submit": {
    fields: [
      {
        name: "kind",
        as: "choice",
        values: ["SITUATION", "INCIDENT", "RESULT", "REQUEST_SUPPORT"],
        words: "orders:report.kind",
        required: true,
      },
      FEEDBACK,
      CASE_NO,
    ],
  },
  "report.handle": { fields: [FEEDBACK] },
};
