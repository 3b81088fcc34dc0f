import * as z from "zod";
import { epochMs, officialText, recordId } from "../common.ts";
import { freeText } from "../free-text.ts";

const empty = z.strictObject({});
const body = z.enum(["CONGRESS", "PROCURATORATE", "CPPCC", "INVITED"]);
const ofOperation = z.strictObject({ operationId: recordId });

/** Without `operationId` the seat looks at the figures of the court and those below it. */
export const observerPayloads = {
  "observer.open": z.strictObject({
    body,
    organisation: officialText(80),
    visitor: freeText(60),
    operationId: recordId.optional(),
    endsAt: epochMs,
  }),
  "observer.release": ofOperation,
  "observer.withhold": ofOperation,
  "observer.end": empty,
  "opinion.register": z.strictObject({
    body,
    organisation: officialText(80),
    docNo: officialText(60),
    observerId: recordId.optional(),
    text: freeText(4_000),
    receivedAt: epochMs.optional(),
  }),
  "opinion.reply": z.strictObject({ replyNo: officialText(60), text: freeText(4_000) }),
};
