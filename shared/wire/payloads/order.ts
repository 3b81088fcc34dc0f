import * as z from "zod";
import { caseNo, epochMs, recordId } from "../common.ts";
import { freeText } from "../free-text.ts";

const empty = z.strictObject({});

/** `toCourtId` must be the operation's court where an operation is named. */
const order = z.strictObject({
  toCourtId: recordId,
  operationId: recordId.optional(),
  caseNo: caseNo.optional(),
  urgency: z.enum(["P1", "P2", "P3"]),
  body: freeText(2_000),
  dueAt: epochMs.optional(),
});
const orderOnOperation = order.extend({ operationId: recordId });

export const orderPayloads = {
  "order.task": order,
  "order.pause": orderOnOperation,
  "order.liftPause": orderOnOperation,
  "order.abort": orderOnOperation,
  "order.deliver": empty,
  "order.sign": empty,
  "order.progress": empty,
  "order.feedback": z.strictObject({ text: freeText(2_000) }),
  "order.accept": empty,
  "order.return": z.strictObject({ text: freeText(2_000), dueAt: epochMs.optional() }),
  "order.revoke": z.strictObject({ reason: freeText(500) }),
};
