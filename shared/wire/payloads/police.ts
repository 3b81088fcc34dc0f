import * as z from "zod";
import { caseNo, epochMs, latLng, officialText, recordId, subjectRef } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

export const policePayloads = {
  "police.send": z.strictObject({
    kind: z.enum([
      "LOCATE_PERSON",
      "SEIZE_VEHICLE",
      "EXIT_BAN",
      "TEMP_CONTROL",
      "ONLINE_PURSUIT",
      "CUSTODY_INTAKE",
      "SCENE_SUPPORT",
      "VIOLENCE_RESPONSE",
    ]),
    urgency: z.enum(["P1", "P2", "P3", "P4"]),
    caseNo: caseNo.optional(),
    operationId: recordId.optional(),
    detentionId: recordId.optional(),
    incidentId: recordId.optional(),
    unitId: recordId.optional(),
    place: latLng.optional(),
    subject: subjectRef.optional(),
    detail: optionalText(500),
  }),
  "police.answer": z.strictObject({
    state: z.enum(["ACKED", "DISPATCHED", "ARRIVED", "DECLINED", "HELD_BY_POLICE", "CLOSED"]),
    saidBy: officialText(30),
    note: optionalText(500),
  }),
  "police.reroute": z.strictObject({ unitId: recordId }),
  "police.take": z.strictObject({}),
  "police.designate": z.strictObject({ courtId: recordId, reason: freeText(500) }),
  "police.handBack": z.strictObject({ toCourtId: recordId.optional(), reason: freeText(500) }),
  "police.sign": z.strictObject({}),
  "police.setDeadline": z.strictObject({ dueAt: epochMs }),
  "police.takeOver": z.strictObject({}),
  "police.close": z.strictObject({ note: optionalText(500) }),
  "police.cancel": z.strictObject({ reason: freeText(500) }),
};
