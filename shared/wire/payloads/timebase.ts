import * as z from "zod";
import { officialText } from "../common.ts";

/** The step as the person saw it: the node's name and the difference, ms. */
const step = z.strictObject({
  node: officialText(255),
  offMs: z.number().int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000),
});

export const timebasePayloads = { "timebase.accept": step, "timebase.refuse": step };
