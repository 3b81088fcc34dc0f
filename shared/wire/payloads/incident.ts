import * as z from "zod";
import { REPORTED_KINDS } from "../../domain/incident/state.ts";
import { caseNo, epochMs, latLng, recordId } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

const empty = z.strictObject({});
const level = z.enum(["GENERAL", "LARGER", "MAJOR", "ESPECIALLY_MAJOR"]);
const count = z.number().int().min(0).max(10_000);
const casualties = z.strictObject({ dead: count, injured: count });
const place = latLng.extend({
  /** Metres. */
  accuracyM: z.number().min(0).max(100_000).optional(),
  /** Device time of the fix. */
  fixAt: epochMs.optional(),
});

export const incidentPayloads = {
  "incident.sos": z.strictObject({
    operationId: recordId.optional(),
    detentionId: recordId.optional(),
    place: place.optional(),
    /** Percent. */
    battery: z.number().min(0).max(100).optional(),
  }),
  "incident.report": z.strictObject({
    kind: z.enum(REPORTED_KINDS),
    level,
    casualties: casualties.optional(),
    operationId: recordId.optional(),
    detentionId: recordId.optional(),
    caseNo: caseNo.optional(),
    place: place.optional(),
    detail: optionalText(2_000),
  }),
  "incident.take": empty,
  "incident.designate": z.strictObject({ courtId: recordId, reason: freeText(500) }),
  "incident.handBack": z.strictObject({ toCourtId: recordId.optional(), reason: freeText(500) }),
  "incident.sign": empty,
  "incident.setDeadline": z.strictObject({ dueAt: epochMs }),
  "incident.assist": z.strictObject({
    courtId: recordId,
    officerIds: z.array(recordId).max(50).optional(),
  }),
  "incident.declineAssist": z.strictObject({ reason: freeText(500) }),
  "incident.handOver": empty,
  "incident.takeOver": empty,
  "incident.seen": empty,
  "incident.acknowledge": empty,
  "incident.requestCancel": z.strictObject({ reason: freeText(500) }),
  "incident.setLevel": z.strictObject({
    level,
    casualties: casualties.optional(),
    reason: optionalText(500),
  }),
  "incident.confirm": empty,
  "incident.respond": empty,
  "incident.control": empty,
  "incident.review": z.strictObject({ findings: freeText(4_000) }),
  "incident.resolve": z.strictObject({ reason: optionalText(500) }),
  "incident.falseAlarm": z.strictObject({ reason: freeText(500) }),
};
