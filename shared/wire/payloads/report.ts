import * as z from "zod";
import { caseNo, recordId } from "../common.ts";
import { freeText } from "../free-text.ts";

export const reportPayloads = {
  /** Goes to the court above the sender's; INCIDENT names its incident. */
  "report.submit": z.strictObject({
    kind: z.enum(["SITUATION", "INCIDENT", "RESULT", "REQUEST_SUPPORT"]),
    text: freeText(2_000),
    operationId: recordId.optional(),
    incidentId: recordId.optional(),
    orderId: recordId.optional(),
    caseNo: caseNo.optional(),
  }),
  "report.read": z.strictObject({}),
  "report.handle": z.strictObject({ text: freeText(2_000) }),
};
