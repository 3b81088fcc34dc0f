import * as z from "zod";
import { caseNo, officialText, recordId, subjectRef } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

const escortIds = z.array(recordId).max(20).optional();
/** Articles, numbers and days may be missing or wrong here: the law's own refusal names the article. */
const basisArticles = z.array(officialText(60)).max(10);
const documentNo = officialText(60).optional();
const days = z.number().int();

const newRecord = {
  caseNo,
  operationId: recordId.optional(),
  hostCourtId: recordId.optional(),
  subject: subjectRef,
  escortIds,
  basisArticles,
};

/** What a phone knows of a record that the server may not know yet. */
const about = z
  .strictObject({
    kind: z.enum(["COMPEL", "DETAIN"]).optional(),
    caseNo: caseNo.optional(),
    operationId: recordId.optional(),
    hostCourtId: recordId.optional(),
    subject: subjectRef.optional(),
    escortIds,
  })
  .optional();

const report = z.strictObject({ about });
const control = z.strictObject({ about, escortIds });
const endByDecision = z.strictObject({ decisionNo: documentNo, reason: optionalText() });

export const detentionPayloads = {
  "detention.approveCompel": z.strictObject({ ...newRecord, warrantNo: documentNo }),
  "detention.propose": z.strictObject({ ...newRecord, actId: recordId, days }),
  "detention.approve": z.strictObject({ decisionNo: documentNo, days: days.optional() }),
  "detention.approveRetro": z.strictObject({
    decisionNo: documentNo,
    warrantNo: documentNo,
    days: days.optional(),
    actId: recordId.optional(),
    basisArticles: basisArticles.optional(),
  }),
  "detention.control": control,
  "detention.arrive": report,
  "detention.startInquiry": report,
  "detention.endInquiry": report,
  "detention.extend": z.strictObject({
    complex: z.boolean(),
    detentionPossible: z.boolean(),
    reason: optionalText(),
  }),
  "detention.convert": z.strictObject({
    newId: recordId,
    actId: recordId,
    basisArticles,
    days,
  }),
  "detention.transit": control,
  "detention.intake": z.strictObject({
    about,
    receiptNo: officialText(60),
    facility: officialText().optional(),
    policeReceiver: officialText(30).optional(),
  }),
  "detention.refuseIntake": z.strictObject({
    about,
    reason: freeText(),
    facility: officialText().optional(),
  }),
  "detention.notifyFamily": z.strictObject({ about, impossibleReason: optionalText() }),
  "detention.release": report,
  "detention.releaseEarly": endByDecision,
  "detention.stop": endByDecision,
  "detention.revoke": endByDecision,
};
