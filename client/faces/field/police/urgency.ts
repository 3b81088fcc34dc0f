import type { PoliceRequestType, Urgency } from "../../../../shared/domain/police/state.ts";

/** In the order of the glass: what is needed on the spot comes first. */
export const REQUEST_KINDS = [
  "VIOLENCE_RESPONSE",
  "SCENE_SUPPORT",
  "TEMP_CONTROL",
  "CUSTODY_INTAKE",
  "LOCATE_PERSON",
  "SEIZE_VEHICLE",
  "EXIT_BAN",
  "ONLINE_PURSUIT",
] as const satisfies readonly PoliceRequestType[];

/** The paper without which the police are not asked for this (POL-17). */
export const PAPER_OF: Readonly<
  Partial<Record<PoliceRequestType, "orderNo" | "decisionNo" | "filingNo">>
> = {
  SEIZE_VEHICLE: "orderNo",
  EXIT_BAN: "decisionNo",
  ONLINE_PURSUIT: "filingNo",
};

export const URGENCIES = ["P1", "P2", "P3", "P4"] as const satisfies readonly Urgency[];

/** What such a request usually is; the officer may say otherwise. CFG. */
export const USUAL_URGENCY: Readonly<Record<PoliceRequestType, Urgency>> = {
  VIOLENCE_RESPONSE: "P1",
  SCENE_SUPPORT: "P2",
  TEMP_CONTROL: "P2",
  CUSTODY_INTAKE: "P3",
  LOCATE_PERSON: "P4",
  SEIZE_VEHICLE: "P3",
  EXIT_BAN: "P4",
  ONLINE_PURSUIT: "P4",
};
