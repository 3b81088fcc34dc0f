/** A log of sealed commits and the anchors that the writer itself wrote while the log grew. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  type AnchorStream,
  isIntroduction,
  parseAnchorLine,
  type SigningKey,
  signingKey,
} from "../../../server/anchors/anchor.ts";
import type { AnchorSink, AnchorText } from "../../../server/anchors/anchor-sink.ts";
import { ANCHOR_EVERY_MS, AnchorWriter } from "../../../server/anchors/anchor-writer.ts";
import { checkAnchors } from "../../../server/anchors/check-anchors.ts";
import { watchAnchors } from "../../../server/anchors/watch-anchors.ts";
import type { Commit } from "../../../server/log/log-store.ts";
import { verifyChain } from "../../../server/log/verify-chain.ts";

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly signing: SigningKey;
}

export interface AnchoredHistory {
  readonly commits: readonly Commit[];
  readonly lines: readonly string[];
}

export type Found =
  | { readonly in: "nothing" }
  | { readonly in: "log"; readonly seq: number; readonly message: string }
  | { readonly in: "anchors"; readonly line: number; readonly message: string };

export function newKey(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return { publicKey, signing: signingKey(privateKey) };
}

export interface MemorySink extends AnchorSink {
  readonly lines: string[];
}

export function memorySink(lines: string[] = []): MemorySink {
  return {
    lines,
    recent: async () => [...lines],
    backwards: async function* () {
      yield* lines.toReversed();
    },
    append: async (line) => {
      lines.push(line);
    },
  };
}

/** Anchors of the log at each of these seqs, in the order given. */
export async function anchorAt(
  commits: readonly Commit[],
  seqs: readonly number[],
  key: SigningKey,
  deployment = "湖北",
): Promise<string[]> {
  const sink = memorySink();
  let head: Commit | undefined;
  let monotonic = 0;
  const writer = new AnchorWriter({
    sink,
    key: async () => key,
    deployment,
    head: (stream) => (stream === "log" ? head : undefined),
    storedHash: async (_stream, seq) => commits[seq]?.hash,
    now: () => (head?.at ?? 0) + 20,
    monotonic: () => monotonic,
    pause: () => new Promise(() => undefined),
    onTrouble: (stream, code) => {
      throw new Error(`no anchor of ${stream}: ${code}`);
    },
  });
  for (const seq of seqs) {
    head = commits[seq];
    monotonic += ANCHOR_EVERY_MS;
    await writer.look("log");
  }
  return sink.lines;
}

/** The anchored seqs of a stream that a file names, ascending. */
export function anchoredSeqs(lines: readonly string[], stream: AnchorStream = "log"): number[] {
  return lines.flatMap((line) => {
    const entry = parseAnchorLine(line);
    return entry && !isIntroduction(entry) && entry.stream === stream ? [entry.seq] : [];
  });
}

export const asTexts = (lines: readonly string[]): AnchorText[] =>
  lines.map((text, index) => ({ number: index + 1, text, ended: true }));

/** What `log:verify --anchors` does, with the same functions, on what would be stored. */
export async function look(
  { commits, lines }: AnchoredHistory,
  publicKey: KeyObject,
): Promise<Found> {
  const anchors = await checkAnchors(asTexts(lines), publicKey);
  if (!anchors.ok) return { in: "anchors", line: anchors.line, message: anchors.message };
  const read = async (after: number, limit: number) =>
    commits.filter(({ seq }) => seq > after).slice(0, limit);
  const watch = watchAnchors(anchors.byStream.get("log") ?? [], anchors.deployment);
  const report = await verifyChain(read, [], watch);
  if (report.ok) return { in: "nothing" };
  return { in: "log", seq: report.seq, message: report.message };
}
