import * as z from "zod";
import { recordId } from "../common.ts";
import { freeText } from "../free-text.ts";

export const messagePayloads = {
  "message.send": z.strictObject({
    toOfficerId: recordId.optional(),
    toCourtId: recordId.optional(),
    operationId: recordId.optional(),
    text: freeText(500),
  }),
  "message.deliver": z.strictObject({}),
  "message.read": z.strictObject({}),
};
