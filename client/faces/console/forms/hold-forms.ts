import { DUE, REASON } from "./fields.ts";
import type { FormSpec } from "./form-spec.ts";

const designate: FormSpec = { fields: [{ name: "courtId", as: "court", required: true }, REASON] };
const handBack: FormSpec = { fields: [{ name: "toCourtId", as: "lineCourt" }, REASON] };
const deadline: FormSpec = { fields: [{ ...DUE, required: true }] };

/** 指定 · 交回 · 限期. Taking it up and signing need no words; help is chosen among the nearest. */
export const holdForms: Readonly<Record<string, FormSpec>> = {
  "incident.designate": designate,
  "incident.handBack": handBack,
  "incident.setDeadline": deadline,
  "incident.declineAssist": { fields: [REASON] },
  "police.designate": designate,
  "police.handBack": handBack,
  "police.setDeadline": deadline,
};
