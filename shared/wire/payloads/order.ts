import * as z from "zod";
import { caseNo, epochMs, recordId } from "../common.ts";
import { freeText } from "../free-text.ts";

const empty = z.strictObject({});

/**
 * One addressee in `toCourtId` or several in `toCourtIds`, never both. Where an operation is named
 * it must be the court of that operation.
 */
const order = z.strictObject({
  toCourtId: recordId.optional(),
  toCourtIds: z.array(recordId).min(1).max(200).optional(),
  operationId: recordId.optional(),
  caseNo: caseNo.optional(),
  urgency: z.enum(["P1", "P2", "P3"]),
  body: freeText(2_000),
  dueAt: epochMs.optional(),
  /** An own order that this one replaces. */
  supersedes: recordId.optional(),
});
const orderOnOperation = order.omit({ supersedes: true }).extend({ operationId: recordId });

export const orderPayloads = {
  "order.task": order,
  "order.command": order,
  "order.correct": order,
  "order.defer": order.extend({ deferUntil: epochMs }),
  "order.reassign": order.extend({ caseNo, assignedCourtId: recordId }),
  "order.resource": order.extend({ forCourtId: recordId }),
  "order.pause": orderOnOperation,
  "order.liftPause": orderOnOperation,
  "order.abort": orderOnOperation,
  "order.deliver": empty,
  "order.sign": empty,
  "order.progress": empty,
  /** `officerIds` with RESOURCE alone: who is sent. */
  "order.feedback": z.strictObject({
    text: freeText(2_000),
    officerIds: z.array(recordId).min(1).max(100).optional(),
  }),
  "order.recall": z.strictObject({ courtId: recordId.optional() }),
  /** `courtId` where there are several recipients; `feedbackAt` is the feedback that was read. */
  "order.accept": z.strictObject({
    courtId: recordId.optional(),
    feedbackAt: epochMs.optional(),
  }),
  "order.return": z.strictObject({
    courtId: recordId.optional(),
    feedbackAt: epochMs.optional(),
    text: freeText(2_000),
    dueAt: epochMs.optional(),
  }),
  "order.askReconsideration": z.strictObject({ reason: freeText(2_000) }),
  "order.answerReconsideration": z.strictObject({
    courtId: recordId.optional(),
    outcome: z.enum(["UPHELD", "CHANGED", "REVOKED"]),
    text: freeText(2_000),
    dueAt: epochMs.optional(),
  }),
  "order.revoke": z.strictObject({ courtId: recordId.optional(), reason: freeText(500) }),
};
