import * as z from "zod";
import { caseNo, epochMs, officialText, recordId, subjectRef } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

const empty = z.strictObject({});
const text = freeText(2_000);
const docs = z.array(z.strictObject({ name: officialText(60), no: officialText(60) })).max(20);

/** `docs` may be empty while it is urgent; `phonedAt` and `phonedTo` are the call to the superior. */
const content = z.strictObject({
  itemType: z.enum([
    "FREEZE_DEPOSIT",
    "EXTEND_FREEZE",
    "UNFREEZE_DEPOSIT",
    "TRANSFER_DEPOSIT",
    "FREEZE_EQUITY",
    "SEAL_REAL_ESTATE",
    "UNSEAL_REAL_ESTATE",
    "TRANSFER_REAL_ESTATE",
    "INVESTIGATE_PROPERTY",
    "SERVE_PAPERS",
    "CONTROL_DETAINED",
  ]),
  caseNo,
  subject: subjectRef.optional(),
  docs,
  decisionNo: officialText(60).optional(),
  request: freeText(2_000),
  address: optionalText(200),
  urgent: z.boolean(),
  phonedAt: epochMs.optional(),
  phonedTo: officialText(40).optional(),
  dueAt: epochMs.optional(),
});

export const delegationPayloads = {
  "delegation.draft": content.extend({ toCourtId: recordId }),
  "delegation.revise": content,
  "delegation.submit": empty,
  "delegation.sendBack": z.strictObject({ text }),
  "delegation.send": empty,
  "delegation.accept": empty,
  "delegation.askPapers": z.strictObject({ text }),
  "delegation.completePapers": z.strictObject({ docs: docs.min(1) }),
  "delegation.return": z.strictObject({
    code: z.enum([
      "NOT_OUR_DISTRICT",
      "NOT_AN_ITEM",
      "TARGET_NOT_FOUND",
      "ALREADY_DONE",
      "LAW_FORBIDS",
      "PAPERS_NOT_COMPLETED",
    ]),
    text,
  }),
  "delegation.assign": z.strictObject({ assigneeId: recordId }),
  "delegation.start": empty,
  "delegation.progress": z.strictObject({ text }),
  "delegation.feedback": z.strictObject({ text }),
  "delegation.confirm": empty,
  "delegation.redo": z.strictObject({ text, dueAt: epochMs.optional() }),
  "delegation.withdraw": z.strictObject({ reason: freeText(500) }),
  "delegation.direct": z.strictObject({
    directive: z.enum(["HASTEN", "OVERRULE_RETURN"]),
    text,
    dueAt: epochMs.optional(),
  }),
};
