import { CENTER_ROLES } from "../../../../shared/domain/authority/roles.ts";
import { REASON } from "./fields.ts";
import type { FormSpec } from "./form-spec.ts";

/** Forms of the duty desk: the roster, the hand-over given back, notices, the desk's telephones. */
export const dutyForms: Readonly<Record<string, FormSpec>> = {
  "shift.schedule": {
    fields: [
      { name: "officerId", as: "officer", required: true },
      { name: "from", as: "moment", required: true },
      { name: "to", as: "moment", required: true },
      {
        name: "mode",
        as: "choice",
        values: ["ON_SITE", "TELEPHONE"],
        words: "duty:mode",
        required: true,
      },
    ],
  },
  "shift.returnList": { fields: [REASON] },
  "notice.publish": {
    fields: [
      {
        name: "kind",
        as: "choice",
        values: ["BROADCAST", "BULLETIN", "ALERT"],
        words: "duty:notice.kind",
        required: true,
      },
      { name: "body", as: "text", max: 2_000, required: true },
      { name: "courtIds", as: "courts" },
      { name: "officerIds", as: "officers" },
      { name: "needsAck", as: "yes" },
      { name: "roles", as: "choices", values: CENTER_ROLES, words: "domain:role" },
      { name: "expiresAt", as: "moment" },
    ],
  },
  "court.setDutyContact": {
    fields: [
      { name: "contactId", as: "line", max: 40, required: true },
      { name: "roles", as: "choices", values: CENTER_ROLES, words: "domain:role", required: true },
      { name: "phone", as: "line", max: 20, required: true },
    ],
  },
};
