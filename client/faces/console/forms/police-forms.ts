import { CASE_NO, DECISION_NO, REASON } from "./fields.ts";
import type { FormSpec } from "./form-spec.ts";

const SUBJECT_KINDS = [
  "LOCATE_PERSON",
  "SEIZE_VEHICLE",
  "EXIT_BAN",
  "TEMP_CONTROL",
  "ONLINE_PURSUIT",
  "CUSTODY_INTAKE",
];

/** Who of the police said it on the telephone. */
const SAID = [
  { name: "saidBy", as: "line", max: 30, required: true },
  { name: "note", as: "text", max: 500 },
] as const;

const only = (kind: string) => ({ field: "kind", is: [kind] });
const ON = {
  SEIZE_VEHICLE: only("SEIZE_VEHICLE"),
  EXIT_BAN: only("EXIT_BAN"),
  ONLINE_PURSUIT: only("ONLINE_PURSUIT"),
};

export const policeForms: Readonly<Record<string, FormSpec>> = {
  "police.send": {
    fields: [
      {
        name: "kind",
        as: "choice",
        values: [
          "SCENE_SUPPORT",
          "VIOLENCE_RESPONSE",
          "TEMP_CONTROL",
          "CUSTODY_INTAKE",
          "LOCATE_PERSON",
          "SEIZE_VEHICLE",
          "EXIT_BAN",
          "ONLINE_PURSUIT",
        ],
        words: "domain:police.kind",
        required: true,
      },
      {
        name: "urgency",
        as: "choice",
        values: ["P1", "P2", "P3", "P4"],
        words: "domain:police.urgency",
        required: true,
      },
      { name: "unitId", as: "unit" },
      { name: "place", as: "place", address: false },
      CASE_NO,
      { name: "subject", as: "subject", when: { field: "kind", is: SUBJECT_KINDS } },
      { name: "plate", as: "plate", required: true, when: ON.SEIZE_VEHICLE },
      { name: "orderNo", as: "line", max: 60, required: true, when: ON.SEIZE_VEHICLE },
      { ...DECISION_NO, when: ON.EXIT_BAN },
      { name: "filingNo", as: "line", max: 60, required: true, when: ON.ONLINE_PURSUIT },
      { name: "detail", as: "text", max: 500 },
    ],
  },
  "police.answer": {
    fields: [
      {
        name: "state",
        as: "choice",
        values: ["ACKED", "DISPATCHED", "ARRIVED", "HELD_BY_POLICE", "CLOSED", "DECLINED"],
        words: "domain:police.state",
        required: true,
      },
      ...SAID,
    ],
  },
  "police.ackOnBehalf": { fields: SAID },
  "police.recordRelease": { fields: SAID },
  "police.reroute": { fields: [{ name: "unitId", as: "unit", required: true }] },
  "police.close": { fields: [{ name: "note", as: "text", max: 500 }] },
  "police.cancel": { fields: [REASON] },
};
