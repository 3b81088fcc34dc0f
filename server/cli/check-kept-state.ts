import { existsSync } from "node:fs";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { EVENT_TYPES } from "../../shared/domain/modules.ts";
import { canonicalJson } from "../../shared/wire/canonical-json.ts";
import { Asleep } from "../app/kept-state/asleep.ts";
import { type KeptState, readFrom, readKept, whyNot } from "../app/kept-state/kept-state.ts";
import { LogRefused, Replica } from "../app/replica.ts";
import { parseCommitBody } from "../log/commit-body.ts";
import type { LogStore } from "../log/log-store.ts";
import { unsealedLines } from "../state-cache/state-cache-file.ts";

export interface KeptVerdict {
  /** False when a server would begin with what the log does not say. */
  readonly isSound: boolean;
  readonly line: string;
}

type Reads = Pick<LogStore, "read">;

/**
 * Holds what a server keeps for its next start against the whole log, folded from the beginning.
 * Whose seal it bears is not asked here: that takes the vault's key, and a server asks it.
 * @returns nothing where nothing is kept.
 */
export async function checkKeptState(log: Reads, file: string): Promise<KeptVerdict | undefined> {
  if (!existsSync(file)) return undefined;
  const [genesis] = await log.read(-1, 1);
  try {
    const lines = (await unsealedLines(file))[Symbol.iterator]();
    const from = readFrom(lines.next().value);
    const why = whyNot(from, genesis?.hash ?? "");
    if (why !== undefined) return unused(file, why);
    const kept = readKept(from, { [Symbol.iterator]: () => lines });
    const folded = await foldedTo(log, kept.tail.seq);
    if (folded.tail.hash !== kept.tail.hash)
      return unused(file, `the log does not hold its commit ${kept.tail.seq}`);
    const other = firstDifference(kept, folded);
    return other === undefined
      ? { isSound: true, line: `${file}: commit ${kept.tail.seq}, agrees with the whole log` }
      : { isSound: false, line: `${file}: is not what the log says at ${other}; delete the file` };
  } catch (error) {
    if (error instanceof LogRefused || !(error instanceof Error)) throw error;
    if ("code" in error && error.name === "LogStoreError") throw error;
    return unused(file, error.message);
  }
}

/** No damage: the next start reads the log instead. */
const unused = (file: string, why: string): KeptVerdict => ({
  isSound: true,
  line: `${file}: not checked, no server will use it (${why})`,
});

async function foldedTo(log: Reads, last: number): Promise<Replica> {
  const upTo: Reads = {
    read: async (after, limit) => (await log.read(after, limit)).filter(({ seq }) => seq <= last),
  };
  const [first] = await log.read(-1, 1);
  const parsed = first && parseCommitBody(first.body);
  const mode = (parsed?.ok ? parsed.body.genesis?.mode : undefined) ?? "LIVE";
  const replica = new Replica(upTo, { mode, knownEventTypes: EVENT_TYPES });
  await replica.catchUp();
  return replica;
}

function firstDifference({ types, seqs }: KeptState, { world, timelines }: Replica) {
  const kept = new Map(types.map((of) => [of.type, of]));
  for (const { type, records, lastPut } of world.capture()) {
    const of = kept.get(type) ?? { records: [], lastPut: [] };
    const at = records.findIndex((record, i) => textOf(record) !== textOf(of.records[i]));
    if (at >= 0) return `${type} ${records[at]?.id}`;
    if (of.records.length > records.length) return `${type} ${of.records[records.length]?.id}`;
    if (of.lastPut.join("\n") !== lastPut.join("\n")) return `the order of ${type}`;
  }
  for (const { ref, commits } of commitsOf({ types, seqs })) {
    const all = timelines.seqs(ref).slice(-Math.max(1, commits.length));
    if (all.join() !== commits.join()) return `the commits of ${ref.type} ${ref.id}`;
  }
  return undefined;
}

function* commitsOf({
  types,
  seqs,
}: Pick<KeptState, "types" | "seqs">): Iterable<KeptState["seqs"][number]> {
  yield* seqs;
  for (const { records } of types)
    for (const record of records)
      if (record instanceof Asleep) yield { ref: record, commits: record.commits() };
}

const textOf = (record: AnyRecord | Asleep | undefined): string =>
  record ? canonicalJson(record instanceof Asleep ? record.woken() : record) : "";
