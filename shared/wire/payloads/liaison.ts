import * as z from "zod";
import { LIAISON_SERVICES } from "../../domain/unit/service.ts";
import { caseNo, officialText, recordId, subjectRef } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

/** Requests to linked units, and what follows a refusal. */
export const liaisonPayloads = {
  "liaison.send": z.strictObject({
    unitId: recordId,
    service: z.enum(LIAISON_SERVICES),
    caseNo,
    noticeNo: officialText(),
    rulingNo: officialText().optional(),
    decisionNo: officialText().optional(),
    subject: subjectRef.optional(),
    detail: optionalText(2_000),
  }),
  "liaison.answer": z.strictObject({
    state: z.enum(["RECEIVED", "PROCESSING", "REPLIED", "REFUSED"]),
    saidBy: officialText(30),
    note: optionalText(2_000),
    replyNo: officialText().optional(),
  }),
  "liaison.respond": z.strictObject({ state: z.enum(["RECEIVED", "PROCESSING"]) }),
  "liaison.reply": z.strictObject({
    reply: freeText(2_000),
    replyNo: officialText().optional(),
  }),
  "liaison.refuse": z.strictObject({ reason: freeText(2_000) }),
  "liaison.remind": z.strictObject({ text: optionalText(500) }),
  "liaison.findRefusal": z.strictObject({ reason: freeText(2_000) }),
  "liaison.close": z.strictObject({ note: optionalText(500) }),
  "liaison.withdraw": z.strictObject({ reason: freeText(500) }),
  "suggestion.issue": z.strictObject({
    liaisonId: recordId,
    superior: officialText(),
    letterNo: officialText(),
    body: freeText(5_000),
  }),
  "suggestion.proposeFine": z.strictObject({
    liaisonId: recordId,
    superior: officialText(),
    /** CNY. */
    amount: z.number().int().min(1).max(100_000_000),
    body: freeText(5_000),
  }),
  "suggestion.decideFine": z.strictObject({
    approved: z.boolean(),
    decisionNo: officialText().optional(),
  }),
  "suggestion.registerReply": z.strictObject({
    text: freeText(5_000),
    replyNo: officialText().optional(),
  }),
  "suggestion.close": z.strictObject({}),
};
