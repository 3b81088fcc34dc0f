/**
 * Walks a whole log from the genesis and checks every link. The same walk feeds the replay at
 * start-up (`walkChain`) and `npm run log:verify` (`verifyChain`).
 *
 * What it cannot see: a log rewritten from some commit on with every hash made anew, or cut at its
 * end. Both show against what was written down elsewhere: heads (`expectedHeads`), or the signed
 * anchors of `server/anchors` (a `ChainWatch`).
 */
import type { CommitBody } from "./commit-body.ts";
import { parseCommitBody } from "./commit-body.ts";
import type { HashAlg } from "./hash-chain.ts";
import { hashCommit, ZERO_HASH } from "./hash-chain.ts";
import type { Commit, LogStore } from "./log-store.ts";

export type ChainFaultReason =
  | "GAP"
  | "HASH_MISMATCH"
  | "PREV_HASH_MISMATCH"
  | "TIME_WENT_BACK"
  | "UNPARSABLE_BODY"
  | "MISPLACED_GENESIS"
  | "OTHER_HISTORY";

export interface ChainFault {
  readonly ok: false;
  /** The first bad commit. */
  readonly seq: number;
  readonly reason: ChainFaultReason;
  /** One sentence that names the commit. */
  readonly message: string;
}

export interface CheckedCommit {
  readonly ok: true;
  readonly commit: Commit;
  readonly body: CommitBody;
}

/** `head` is the hash of the last commit; `ZERO_HASH` when the log is empty. */
export type ChainReport =
  | { readonly ok: true; readonly count: number; readonly head: string }
  | ChainFault;

/** A commit that was seen before, kept outside the store by whoever checks it. */
export type ExpectedHead = Pick<Commit, "seq" | "hash">;

/** Holds each sound commit, and then the end, against something that is kept outside the store. */
export interface ChainWatch {
  see(checked: CheckedCommit): ChainFault | undefined;
  end(): ChainFault | undefined;
}

/** Commits per read: bounds memory, and the time a store is kept from other work. */
const READ_BATCH = 500;

/** Checks every link and counts; stops at the first bad commit. */
export async function verifyChain(
  read: LogStore["read"],
  expectedHeads: readonly ExpectedHead[] = [],
  watch?: ChainWatch,
): Promise<ChainReport> {
  const hashBySeq = new Map(expectedHeads.map((head) => [head.seq, head.hash]));
  let count = 0;
  let head = ZERO_HASH;
  for await (const step of walkChain(read)) {
    if (!step.ok) return step;
    count += 1;
    head = step.commit.hash;
    const expected = hashBySeq.get(step.commit.seq);
    if (expected !== undefined && expected !== head) {
      const message = `stored hash is not the expected ${expected}`;
      return chainFault(step.commit.seq, "OTHER_HISTORY", message);
    }
    const seen = watch?.see(step);
    if (seen !== undefined) return seen;
  }
  const missing = expectedHeads.find((expected) => expected.seq >= count);
  if (missing === undefined) return watch?.end() ?? { ok: true, count, head };
  return chainFault(missing.seq, "OTHER_HISTORY", `expected, but the log ends at ${count - 1}`);
}

/** Yields each commit that holds; a fault is the last thing it yields. */
export async function* walkChain(
  read: LogStore["read"],
): AsyncGenerator<CheckedCommit | ChainFault, void> {
  let previous: Commit | undefined;
  let alg: HashAlg | undefined;
  for (;;) {
    const batch = await read(previous?.seq ?? -1, READ_BATCH);
    if (batch.length === 0) return;
    for (const commit of batch) {
      const step = checkLink(previous, commit, alg);
      yield step;
      if (!step.ok) return;
      alg ??= step.body.genesis?.alg;
      previous = commit;
    }
  }
}

/**
 * Does `commit` follow `previous` (nothing: is it a sound genesis)?
 * @param alg what the genesis named; nothing for the genesis itself.
 */
export function checkLink(
  previous: Commit | undefined,
  commit: Commit,
  alg: HashAlg | undefined,
): CheckedCommit | ChainFault {
  const expectedSeq = previous === undefined ? 0 : previous.seq + 1;
  if (commit.seq !== expectedSeq) {
    return chainFault(expectedSeq, "GAP", `missing (the next stored commit is ${commit.seq})`);
  }
  const parsed = parseCommitBody(commit.body);
  const algorithm = alg ?? (parsed.ok ? parsed.body.genesis?.alg : undefined);
  if (algorithm !== undefined && hashCommit(commit, algorithm) !== commit.hash) {
    return chainFault(
      commit.seq,
      "HASH_MISMATCH",
      "stored hash differs from the hash of what is stored",
    );
  }
  if (!parsed.ok) return chainFault(commit.seq, "UNPARSABLE_BODY", parsed.message);
  return checkPlace(previous, commit, parsed.body) ?? { ok: true, commit, body: parsed.body };
}

function checkPlace(
  previous: Commit | undefined,
  commit: Commit,
  body: CommitBody,
): ChainFault | undefined {
  if (commit.prevHash !== (previous?.hash ?? ZERO_HASH)) {
    return chainFault(commit.seq, "PREV_HASH_MISMATCH", "does not follow the stored predecessor");
  }
  if (previous !== undefined && commit.at < previous.at) {
    const message = `its time ${commit.at} is before its predecessor's ${previous.at}`;
    return chainFault(commit.seq, "TIME_WENT_BACK", message);
  }
  if ((body.genesis !== undefined) !== (previous === undefined)) {
    return chainFault(commit.seq, "MISPLACED_GENESIS", "only the first commit is a genesis");
  }
  return undefined;
}

export function chainFault(seq: number, reason: ChainFaultReason, message: string): ChainFault {
  return { ok: false, seq, reason, message: `commit ${seq}: ${message}` };
}
