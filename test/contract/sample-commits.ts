/** Commits as the program writes them, small and different from each other. */
import type { CommitBody, Genesis, RecordedCommand } from "../../server/log/commit-body.ts";
import { encodeCommitBody } from "../../server/log/commit-body.ts";
import { sealCommit } from "../../server/log/hash-chain.ts";
import type { Commit, LogStore } from "../../server/log/log-store.ts";

export const START_AT = Date.UTC(2026, 10, 22, 9, 0, 0);

export function sampleGenesis(genesis: Partial<Genesis> = {}, node = "node-1"): Commit {
  const body: CommitBody = {
    v: 1,
    node,
    genesis: { deployment: "湖北", alg: "sha256", mode: "DEMO", ...genesis },
    commands: [],
  };
  return sealCommit(undefined, { at: START_AT, body: encodeCommitBody(body) }, "sha256");
}

export function sampleCommand(id: string, note = "到场 🚓"): RecordedCommand {
  return {
    id,
    kind: "ReportArrival",
    actor: "officer-7",
    court: "court-0102",
    session: "session-1",
    knownSeq: 0,
    knownAt: START_AT,
    receivedAt: START_AT + 40,
    payloadHash: "ab".repeat(32),
    events: [{ type: "UnitArrived", ref: { type: "unit", id: "unit-3" }, data: { note } }],
  };
}

/** What any node would append after `previous`; `node` makes the bytes of rivals differ. */
export function nextCommit(
  previous: Commit,
  commands: readonly RecordedCommand[] = [sampleCommand(`cmd-${previous.seq + 1}`)],
  node = "node-1",
): Commit {
  const body: CommitBody = { v: 1, node, commands };
  return sealCommit(previous, { at: previous.at + 250, body: encodeCommitBody(body) }, "sha256");
}

/** A sound chain of `count` commits, genesis included. */
export function sampleChain(count: number): Commit[] {
  const chain = [sampleGenesis()];
  for (let tail = chain[0]; tail !== undefined && chain.length < count; ) {
    tail = nextCommit(tail);
    chain.push(tail);
  }
  return chain;
}

export async function appendAll(log: LogStore, commits: readonly Commit[]): Promise<void> {
  for (const commit of commits) {
    const result = await log.append(commit, commit.seq === 0 ? [] : [`cmd-${commit.seq}`]);
    if (result !== "APPENDED") throw new Error(`commit ${commit.seq}: ${result}`);
  }
}
