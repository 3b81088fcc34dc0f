import * as z from "zod";
import { epochMs } from "./common.ts";
import { delRecord, putRecord } from "./live.ts";

/** How much of the past one answer covers; windows begin at whole multiples of it. */
export const PAST_WINDOW_MS = 600_000;

/** The past ends so long before the present: what is being written now is not shown as over. */
export const PAST_ENDS_MS = 10_000;

/** What one commit changed of what this view is shown. */
const pastChange = z.strictObject({
  at: epochMs,
  put: z.array(putRecord),
  del: z.array(delRecord),
});

/**
 * Answer of `/api/replay/state`: the records as they stood at `from`, and every change up to and
 * with `to`, by server time, ascending. Records carry no acts and no texts.
 */
export const pastWindow = z.strictObject({
  from: epochMs,
  to: epochMs,
  put: z.array(putRecord),
  changes: z.array(pastChange),
});
export type PastWindow = z.infer<typeof pastWindow>;
