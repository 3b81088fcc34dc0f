import * as z from "zod";
import { caseNo, epochMs } from "../common.ts";
import { freeText, optionalText } from "../free-text.ts";

/** `approachedAt` is what the officer says; who it was and what was asked go into the vault. */
export const interferencePayloads = {
  "interference.record": z.strictObject({
    caseNo,
    approacher: z.enum(["OFFICIAL", "INSIDER", "PARTY", "OTHER"]),
    who: freeText(300),
    approachedBy: z.enum(["IN_PERSON", "PHONE", "LETTER", "MESSAGE", "MEETING", "THIRD_PERSON"]),
    approachedAt: epochMs,
    asked: freeText(2_000),
    answered: optionalText(2_000),
  }),
};
