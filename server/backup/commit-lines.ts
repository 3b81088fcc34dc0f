/** Commits as lines of a file, a JSON object each; the same for every store. */
import { join } from "node:path";
import { checkEventTypes, checkOpenable } from "../log/check-openable.ts";
import type { CommitBody, LogMode } from "../log/commit-body.ts";
import type { HashAlg } from "../log/hash-chain.ts";
import type { Commit, LogStore } from "../log/log-store.ts";
import type { LogName } from "../log/open-for-reading.ts";
import { storedCommit } from "../log/stored-commit.ts";
import { type CheckedCommit, checkLink } from "../log/verify-chain.ts";
import { linesIn } from "./durable-files.ts";
import { type BackedUpLog, BackupError, type Manifest } from "./manifest.ts";
import type { OnProgress } from "./progress.ts";

const READ_BATCH = 500;

export const lineOf = ({ seq, at, prevHash, hash, body }: Commit): string =>
  JSON.stringify({ seq, at, prevHash, hash, body });

/** Commits after `after` up to `to`, read from a log that grows meanwhile. */
export async function* commitsUpTo(
  log: Pick<LogStore, "read">,
  after: number,
  to: number,
): AsyncGenerator<Commit> {
  for (let last = after; last < to; ) {
    const commits = await log.read(last, Math.min(READ_BATCH, to - last));
    yield* commits;
    const next = commits.at(-1)?.seq;
    if (next === undefined) throw new BackupError(`the log ends at ${last}, before its head ${to}`);
    last = next;
  }
}

/** Passes each commit on that follows its predecessor; the first that does not ends it. */
export async function* checked(
  commits: AsyncIterable<Commit>,
  known: { readonly previous?: Commit; readonly alg?: HashAlg } = {},
): AsyncGenerator<CheckedCommit> {
  let { previous, alg } = known;
  for await (const commit of commits) {
    const step = checkLink(previous, commit, alg);
    if (!step.ok) throw new BackupError(`not the history that was written: ${step.message}`);
    alg ??= step.body.genesis?.alg;
    previous = commit;
    yield step;
  }
}

/** The commits of one log in a backup, segment after segment. */
export async function* storedLines(
  folder: string,
  { files }: Manifest,
  holds: "commits" | "access",
): AsyncGenerator<Commit> {
  for (const { name } of files.filter((file) => file.holds === holds)) {
    for await (const line of linesIn(join(folder, name))) yield storedCommit(parsed(line, name));
  }
}

function parsed(line: string, name: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new BackupError(`${name} holds a line that is not JSON`, { cause: error });
  }
}

/** What the server would ask of this history before it opened it. */
export interface Wanted {
  readonly mode: LogMode;
  readonly knownEventTypes: ReadonlySet<string>;
}

/** The record of looks is never folded: no program must know what is in it. */
const checkFoldable = (name: LogName, { seq }: Commit, body: CommitBody, wanted: Wanted) =>
  name === "access" ? undefined : checkEventTypes(seq, body, wanted.knownEventTypes);

/** Walks a log of a backup from its genesis to the head that the manifest names. */
export async function checkLog(
  commits: AsyncIterable<Commit>,
  { head }: BackedUpLog,
  wanted: Wanted,
  onProgress: OnProgress,
  name: LogName,
): Promise<void> {
  const what = `${name} checked`;
  let last: Commit | undefined;
  for await (const { commit, body } of checked(commits)) {
    const refusal =
      last === undefined
        ? checkOpenable(commit, wanted)
        : checkFoldable(name, commit, body, wanted);
    if (refusal !== undefined && !refusal.ok) throw new BackupError(refusal.message);
    last = commit;
    onProgress({ what, done: commit.seq + 1, total: head.seq + 1 });
  }
  if (last?.seq === head.seq && last.hash === head.hash) return;
  throw new BackupError(
    `${what} ends at commit ${last?.seq ?? "none"}, the manifest names ${head.seq} ${head.hash}`,
  );
}
