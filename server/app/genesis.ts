import { BODY_VERSION, encodeCommitBody, type Genesis } from "../log/commit-body.ts";
import { sealCommit } from "../log/hash-chain.ts";
import type { LogStore } from "../log/log-store.ts";

/**
 * Writes commit 0 when the log is empty. Two processes may try at once: one wins, and the other
 * finds a log to open.
 * @returns true when this call wrote it.
 */
export async function ensureGenesis(
  log: LogStore,
  genesis: Genesis,
  node: string,
  now: number,
): Promise<boolean> {
  if (await log.tail()) return false;
  const body = encodeCommitBody({ v: BODY_VERSION, node, genesis, commands: [] });
  return (
    (await log.append(sealCommit(undefined, { at: now, body }, genesis.alg), [])) === "APPENDED"
  );
}
