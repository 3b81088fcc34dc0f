/**
 * What somebody with the store, and perhaps with the anchor file too, may do to a history. Each kind
 * takes a sound one and gives the tampered one, and which row or line must be named first.
 */
import { encodeCommitBody, parseCommitBody } from "../../../server/log/commit-body.ts";
import { hashCommit, sealCommit } from "../../../server/log/hash-chain.ts";
import type { Commit } from "../../../server/log/log-store.ts";
import { nextCommit, sampleCommand } from "../../contract/sample-commits.ts";
import {
  type AnchoredHistory,
  anchorAt,
  anchoredSeqs,
  type KeyPair,
  newKey,
} from "./anchored-history.ts";

export interface Tampered extends AnchoredHistory {
  /** Any of these is the first bad place. */
  readonly expected:
    | { readonly in: "log"; readonly seqs: readonly number[] }
    | { readonly in: "anchors"; readonly lines: readonly number[] };
}

export interface Chance {
  /** 0 ≤ result < below */
  below(below: number): number;
}

export interface Scene extends AnchoredHistory {
  readonly chance: Chance;
  /** The one that signed the lines; the tamperer has its public half only. */
  readonly key: KeyPair;
  /** A random commit that is not newer than the last anchor. */
  readonly place: number;
}

export type Tampering = (scene: Scene) => Tampered | Promise<Tampered>;

/** mulberry32: the same seed, the same tampering. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (below) => Math.floor(next() * below) };
}

const at = <T>(list: readonly T[], index: number): T => {
  const value = list[index];
  if (value === undefined) throw new Error(`no element ${index} of ${list.length}`);
  return value;
};

const logOf = ({ lines }: Scene, commits: readonly Commit[], ...seqs: number[]): Tampered => ({
  commits,
  lines,
  expected: { in: "log", seqs },
});

const fileOf = (
  { commits }: AnchoredHistory,
  lines: readonly string[],
  ...bad: number[]
): Tampered => ({
  commits,
  lines,
  expected: { in: "anchors", lines: bad },
});

function flipped(text: string, { below }: Chance, low = 32, high = 126): string {
  const where = below(text.length);
  const code = text.charCodeAt(where);
  const span = high - low + 1;
  const other = low + ((((code - low) % span) + span + 1 + below(span - 1)) % span);
  const sign = String.fromCharCode(other === code ? low + ((other - low + 1) % span) : other);
  return text.slice(0, where) + sign + text.slice(where + 1);
}

const flippedHex = (text: string, { below }: Chance): string => {
  const where = below(text.length);
  const digit = (Number.parseInt(at([...text], where), 16) + 1 + below(15)) % 16;
  return text.slice(0, where) + digit.toString(16) + text.slice(where + 1);
};

const withCommit = (commits: readonly Commit[], index: number, change: Partial<Commit>): Commit[] =>
  commits.map((commit, i) => (i === index ? { ...commit, ...change } : commit));

/** Where a sound chain first leaves the anchors: at the next anchored commit, or where it ends. */
function leaves({ lines }: Scene, from: number, length: number): number {
  const next = anchoredSeqs(lines).find((seq) => seq >= from) ?? Number.POSITIVE_INFINITY;
  return Math.min(next, length);
}

/** Everything from `from` on anew, each hash computed as the program would. */
function rewritten(
  commits: readonly Commit[],
  from: number,
  other: (commit: Commit) => Pick<Commit, "at" | "body">,
): Commit[] {
  const kept = commits.slice(0, from);
  for (const commit of commits.slice(from)) {
    kept.push(sealCommit(kept.at(-1), other(commit), "sha256"));
  }
  return kept;
}

/** The same commands, one of them another: never the bytes that were there. */
function otherBody({ body, at: time, seq }: Commit): Pick<Commit, "at" | "body"> {
  const parsed = parseCommitBody(body);
  if (!parsed.ok) throw new Error(parsed.message);
  const commands = parsed.body.commands.map((c) => ({ ...c, actor: "officer-8" }));
  return {
    at: time,
    body: encodeCommitBody({ ...parsed.body, node: `other-${seq}`, commands }),
  };
}

const rewriteFrom = (scene: Scene, from: number, commits: readonly Commit[]): Tampered =>
  logOf(scene, commits, leaves(scene, from, commits.length));

const afterOf = ({ lines }: Scene, place: number): number =>
  anchoredSeqs(lines).includes(place) ? place : place + 1;

/** A line of the file, by index; not the last. */
const lineBeforeLast = ({ lines, chance }: Scene): number => chance.below(lines.length - 1);

const resigned = async ({ commits, lines }: AnchoredHistory, { signing }: KeyPair) =>
  anchorAt(commits, anchoredSeqs(lines), signing);

export const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  "a character of a body": (scene) => {
    const { commits, place, chance } = scene;
    const body = flipped(at(commits, place).body, chance);
    return logOf(scene, withCommit(commits, place, { body }), place);
  },
  "a digit of a hash": (scene) => {
    const { commits, place, chance } = scene;
    const hash = flippedHex(at(commits, place).hash, chance);
    return logOf(scene, withCommit(commits, place, { hash }), place);
  },
  "a digit of a predecessor's hash": (scene) => {
    const { commits, place, chance } = scene;
    const prevHash = flippedHex(at(commits, place).prevHash, chance);
    return logOf(scene, withCommit(commits, place, { prevHash }), place);
  },
  "a time": (scene) => {
    const { commits, place, chance } = scene;
    const moved =
      at(commits, place).at + (chance.below(2) === 0 ? -1 : 1) * (1 + chance.below(1e6));
    return logOf(scene, withCommit(commits, place, { at: moved }), place);
  },
  "a row deleted": (scene) =>
    logOf(
      scene,
      scene.commits.filter(({ seq }) => seq !== scene.place),
      scene.place,
    ),
  "a row deleted and the rest renumbered": (scene) => {
    const { commits, place } = scene;
    const shifted = commits
      .filter(({ seq }) => seq !== place)
      .map((commit, seq) => ({ ...commit, seq }));
    return logOf(scene, shifted, place);
  },
  "a row deleted and the chain computed anew": (scene) => {
    const { commits, place } = scene;
    const from = Math.max(1, place);
    const without = commits.filter(({ seq }) => seq !== from);
    return rewriteFrom(
      scene,
      from,
      rewritten(without, from, (commit) => commit),
    );
  },
  "two rows swapped": (scene) => {
    const { commits, place, chance } = scene;
    const other = (place + 1 + chance.below(commits.length - 1)) % commits.length;
    const [a, b] = [at(commits, place), at(commits, other)];
    const first = withCommit(commits, place, { ...b, seq: place });
    return logOf(scene, withCommit(first, other, { ...a, seq: other }), Math.min(place, other));
  },
  "a row inserted": (scene) => {
    const { commits, place } = scene;
    const where = Math.max(1, place);
    const forged = nextCommit(at(commits, where - 1), [sampleCommand("forged")]);
    const later = commits.slice(where).map((commit) => ({ ...commit, seq: commit.seq + 1 }));
    return logOf(scene, [...commits.slice(0, where), forged, ...later], afterOf(scene, where));
  },
  "a row inserted and the chain computed anew": (scene) => {
    const { commits, place } = scene;
    const where = Math.max(1, place);
    const forged = nextCommit(at(commits, where - 1), [sampleCommand("forged")]);
    const longer = [...commits.slice(0, where), forged, ...commits.slice(where)];
    return rewriteFrom(
      scene,
      where,
      rewritten(longer, where, (commit) => commit),
    );
  },
  "a row doubled": (scene) => {
    const { commits, place } = scene;
    const doubled = commits.flatMap((commit) =>
      commit.seq === place ? [commit, commit] : [commit],
    );
    return logOf(scene, doubled, place + 1);
  },
  "a body replaced, its own hash computed anew": (scene) => {
    const { commits, place } = scene;
    const changed = { ...at(commits, place), ...otherBody(at(commits, place)) };
    const hash = hashCommit(changed, "sha256");
    return logOf(scene, withCommit(commits, place, { ...changed, hash }), afterOf(scene, place));
  },
  "everything rewritten from a row on, chain computed anew": (scene) =>
    rewriteFrom(scene, scene.place, rewritten(scene.commits, scene.place, otherBody)),
  "one body replaced, chain computed anew": (scene) => {
    const { commits, place } = scene;
    const change = (commit: Commit) => (commit.seq === place ? otherBody(commit) : commit);
    return rewriteFrom(scene, place, rewritten(commits, place, change));
  },
  "times moved back, chain computed anew": (scene) => {
    const { commits, place, chance } = scene;
    const by = 1 + chance.below(200);
    const from = Math.max(1, place);
    const earlier = (commit: Commit) => ({ ...commit, at: commit.at - by });
    return rewriteFrom(scene, from, rewritten(commits, from, earlier));
  },
  "the tail cut": (scene) => {
    const { commits, lines, chance } = scene;
    const last = anchoredSeqs(lines).at(-1) ?? 0;
    const length = chance.below(last + 1);
    return logOf(scene, commits.slice(0, length), length);
  },
  "the tail cut and another one appended": (scene) => {
    const { commits, place, chance } = scene;
    const from = Math.max(1, place);
    const other = commits.slice(0, from);
    const length = from + 1 + chance.below(commits.length);
    while (other.length < length) {
      other.push(nextCommit(at(other, other.length - 1), [sampleCommand(`other-${other.length}`)]));
    }
    return rewriteFrom(scene, from, other);
  },
  "the genesis replaced, chain computed anew": (scene) => {
    const { commits, chance } = scene;
    const parsed = parseCommitBody(at(commits, 0).body);
    const genesis = parsed.ok ? parsed.body.genesis : undefined;
    if (!genesis) throw new Error("no genesis");
    const deployment = chance.below(2) === 0 ? "湖南" : genesis.deployment;
    const body = encodeCommitBody({
      v: 1,
      node: "node-9",
      genesis: { ...genesis, deployment },
      commands: [],
    });
    const change = (commit: Commit) => (commit.seq === 0 ? { at: commit.at, body } : commit);
    const other = rewritten(commits, 0, change);
    return deployment === "湖南" ? logOf(scene, other, 0) : rewriteFrom(scene, 0, other);
  },
  "an anchor line edited": (scene) => {
    const { lines, chance } = scene;
    const index = chance.below(lines.length);
    const edited = lines.map((line, i) => (i === index ? flipped(line, chance) : line));
    // Where it is no JSON any more, the next line tells that one is missing.
    return fileOf(scene, edited, index + 1, index + 2);
  },
  "an anchor moved to another commit": (scene) => {
    const { lines, commits, chance } = scene;
    const index = 1 + chance.below(lines.length - 1);
    const seq = anchoredSeqs([at(lines, index)])[0] ?? 0;
    const other = at(commits, (seq + 1) % commits.length);
    const edited = at(lines, index)
      .replace(/"seq":\d+/, `"seq":${other.seq}`)
      .replace(/"hash":"\w+"/, `"hash":"${other.hash}"`)
      .replace(/"count":\d+/, `"count":${other.seq + 1}`);
    return fileOf(
      scene,
      lines.map((line, i) => (i === index ? edited : line)),
      index + 1,
    );
  },
  "an anchor line deleted": (scene) => {
    const index = lineBeforeLast(scene);
    return fileOf(scene, scene.lines.toSpliced(index, 1), index + 1);
  },
  "an anchor line doubled": (scene) => {
    const index = scene.chance.below(scene.lines.length);
    return fileOf(scene, scene.lines.toSpliced(index, 0, at(scene.lines, index)), index + 2);
  },
  "two anchor lines swapped": (scene) => {
    const index = lineBeforeLast(scene);
    const [a, b] = [at(scene.lines, index), at(scene.lines, index + 1)];
    return fileOf(scene, scene.lines.toSpliced(index, 2, b, a), index + 1);
  },
  "an anchor forged with another key": async (scene) => {
    const index = scene.chance.below(scene.lines.length);
    const forged = at(await resigned(scene, newKey()), index);
    return fileOf(scene, scene.lines.toSpliced(index, 1, forged), index + 1);
  },
  "history and every anchor rewritten with another key": async (scene) => {
    const commits = rewritten(scene.commits, scene.place, otherBody);
    return fileOf({ commits, lines: [] }, await resigned({ ...scene, commits }, newKey()), 1);
  },
  "another key introduced by itself": async (scene) => {
    const stranger = newKey();
    const lines = await resigned(scene, stranger);
    const index = 1 + scene.chance.below(scene.lines.length);
    return fileOf(scene, scene.lines.toSpliced(index, 0, at(lines, 0)), index + 1);
  },
  "the anchors of another deployment": async (scene) => {
    const { commits, lines, key } = scene;
    const foreign = await anchorAt(commits, anchoredSeqs(lines), key.signing, "湖南");
    return { ...logOf(scene, commits, 0), lines: foreign };
  },
  "the anchor file emptied": (scene) => fileOf(scene, [], 0),
};
