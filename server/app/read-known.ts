import { parseCommitBody } from "../log/commit-body.ts";
import { hash8 } from "../log/hash-chain.ts";
import type { LogStore } from "../log/log-store.ts";
import type { KnownCommand } from "./known-commands.ts";

/** What a stored commit says about one of its commands. */
export async function readKnown(
  log: LogStore,
  id: string,
  seq: number,
): Promise<KnownCommand | undefined> {
  const [commit] = await log.read(seq - 1, 1);
  const parsed = commit && parseCommitBody(commit.body);
  const command = parsed?.ok ? parsed.body.commands.find((c) => c.id === id) : undefined;
  if (!commit || !command) return undefined;
  const { payloadHash, actor } = command;
  return { seq, hash8: hash8(commit.hash), at: commit.at, payloadHash, actor };
}
