/** Reads a stored row or document: what a disk gives back is `unknown` until it was looked at. */
import { z } from "zod";
import type { Commit } from "./log-store.ts";
import { LogStoreError } from "./log-store.ts";

const commit = z.object({
  seq: z.int().nonnegative(),
  at: z.int(),
  prevHash: z.string(),
  hash: z.string(),
  body: z.string(),
});

export function storedCommit(row: unknown): Commit {
  const parsed = commit.safeParse(row);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  const seq = z.object({ seq: z.unknown() }).safeParse(row).data?.seq;
  const message = `commit ${String(seq)}: its field ${field} is not what was written: ${issue?.message}`;
  throw new LogStoreError("CORRUPT", message);
}
