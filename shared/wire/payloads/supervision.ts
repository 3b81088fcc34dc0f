import * as z from "zod";
import { caseNo, epochMs, officialText, recordId } from "../common.ts";
import { freeText } from "../free-text.ts";

const empty = z.strictObject({});
const text = freeText(2_000);
const item = z.strictObject({ itemId: recordId });

/** `forwardOf` is the supervision from above that is passed on to a court below. */
export const supervisionPayloads = {
  "supervision.open": z.strictObject({
    targetCourtId: recordId,
    kind: z.enum(["CASE", "LISTED", "INTERVIEW", "DUAL_CHECK", "BULLETIN"]),
    trigger: z.enum([
      "COMPLAINT",
      "PETITION",
      "INACTION",
      "SELECTIVE",
      "WRONGFUL",
      "INDICATOR",
      "OVERDUE",
      "FROM_ABOVE",
      "OTHER",
    ]),
    caseNo: caseNo.optional(),
    matter: freeText(2_000),
    acceptedAt: epochMs.optional(),
    forwardOf: recordId.optional(),
  }),
  "supervision.sendLetter": z.strictObject({
    letterNo: officialText(60),
    demand: freeText(2_000),
    dueAt: epochMs,
  }),
  "supervision.assign": z.strictObject({ assigneeId: recordId }),
  "supervision.start": empty,
  "supervision.report": z.strictObject({ text }),
  "supervision.return": z.strictObject({ text, dueAt: epochMs }),
  "supervision.urge": z.strictObject({ text, dueAt: epochMs }),
  "supervision.measure": z.strictObject({
    measure: z.enum(["FILE_CALLED", "REASSIGNED", "TAKEN_UP", "BULLETINED"]),
    text,
    toCourtId: recordId.optional(),
  }),
  "supervision.interview": z.strictObject({
    heldAt: epochMs,
    attendeeIds: z.array(recordId).min(1).max(50),
    minutes: freeText(4_000),
  }),
  "supervision.find": z.strictObject({ check: z.enum(["CASE", "CONDUCT"]), text }),
  "supervision.addItem": item.extend({
    ownerId: recordId,
    dueAt: epochMs,
    what: freeText(1_000),
  }),
  "supervision.showEvidence": item.extend({ evidence: freeText(2_000) }),
  "supervision.returnItem": item.extend({ text, dueAt: epochMs }),
  "supervision.closeItem": item.extend({ evidenceNo: z.int().min(1).max(10_000).optional() }),
  "supervision.close": z.strictObject({ text }),
};
