/**
 * The hash chain of a log: each commit's hash covers its predecessor's, so nothing stored can be
 * changed, removed or reordered without every later hash giving it away.
 */
import { hash } from "node:crypto";
import type { Commit } from "./log-store.ts";

/** Named once, by the genesis. `sm3` where commercial cryptography is assessed (密评). */
export type HashAlg = "sha256" | "sm3";

/** `prevHash` of the genesis. */
export const ZERO_HASH = "0".repeat(64);

/** A commit before its hash is known. */
export type CommitDraft = Omit<Commit, "hash">;

/** Hex H(UTF-8 of `prevHash \n seq \n at \n body`). */
export function hashCommit(draft: CommitDraft, alg: HashAlg): string {
  return hash(alg, `${draft.prevHash}\n${draft.seq}\n${draft.at}\n${draft.body}`, "hex");
}

/** The part of a hash that travels in cursors and patches. */
export function hash8(commitHash: string): string {
  return commitHash.slice(0, 8);
}

/** The commit that follows `previous` (nothing: the genesis), sealed and ready to append. */
export function sealCommit(
  previous: Pick<Commit, "seq" | "hash"> | undefined,
  content: Pick<Commit, "at" | "body">,
  alg: HashAlg,
): Commit {
  const draft: CommitDraft = {
    seq: previous === undefined ? 0 : previous.seq + 1,
    at: content.at,
    prevHash: previous === undefined ? ZERO_HASH : previous.hash,
    body: content.body,
  };
  return { ...draft, hash: hashCommit(draft, alg) };
}
