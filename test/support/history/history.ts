import { readFile } from "node:fs/promises";
import * as z from "zod";

/**
 * One line of NDJSON per thing that a client did or heard. A call is one sending of a command by
 * one road; it begins with `invoke` and ends with exactly one of the others:
 *
 * - `ok`: accepted, durable in commit `seq`
 * - `joined`: a call for help that repeats `joinedTo`, which is durable: in commit `seq`,
 *   or without one in the emergency journal
 * - `journalled`: durable in the emergency journal
 * - `refused`: decided against (`code`), or sent away before anything was decided (`atTheDoor`)
 * - `unknown`: no answer, or one that leaves it open. Unknown is not failed: it may have happened.
 */
const historyLine = z.strictObject({
  /** Monotonic ms of the recording process: all lines of a file have one clock. */
  t: z.number(),
  /** Wall clock of the recording process, ms. */
  at: z.number(),
  client: z.string(),
  op: z.enum(["invoke", "ok", "joined", "journalled", "refused", "unknown"]),
  call: z.number().int(),
  commandId: z.string(),
  road: z.enum(["socket", "http"]),
  /** `invoke`: what was fixed when the command was made, as a short hash. */
  content: z.string().optional(),
  /** `invoke`: officer on whose behalf. */
  actor: z.string().optional(),
  seq: z.number().int().optional(),
  hash8: z.string().optional(),
  /** `ok`: the commit's own time, as the answer said. */
  commitAt: z.number().optional(),
  joinedTo: z.string().optional(),
  code: z.string().optional(),
  atTheDoor: z.boolean().optional(),
});

export type HistoryLine = z.infer<typeof historyLine>;
export type Road = HistoryLine["road"];

/** A command as the stored log holds it. */
export interface LoggedCommand {
  readonly id: string;
  readonly actor: string;
  readonly seq: number;
  readonly hash8: string;
  readonly at: number;
}

export async function readHistory(file: string): Promise<readonly HistoryLine[]> {
  const text = await readFile(file, "utf8");
  return text
    .split("\n")
    .filter((json) => json !== "")
    .map((json) => historyLine.parse(JSON.parse(json)));
}
