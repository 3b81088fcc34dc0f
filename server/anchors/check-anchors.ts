/**
 * Reads an anchor file as an auditor does: is each line signed by a key that the given one vouches
 * for, and is no line missing, changed, moved or foreign? Whether the store agrees is asked by
 * `watch-anchors.ts` while the log is walked.
 */
import type { KeyObject } from "node:crypto";
import {
  type Anchor,
  type AnchorStream,
  hashLine,
  hasSoundSignature,
  isIntroduction,
  type KeyIntroduction,
  keyIdOf,
  NO_LINE,
  parseAnchorLine,
  publicHexOf,
  publicKeyFrom,
  type SignedEntry,
} from "./anchor.ts";
import type { AnchorText } from "./anchor-sink.ts";

/** An anchor that is to be held against the log. */
export interface CheckedAnchor {
  readonly line: number;
  readonly seq: number;
  readonly hash: string;
  readonly count: number;
  readonly at: number;
}

export interface SoundAnchors {
  readonly ok: true;
  readonly deployment: string;
  /** Ascending by `seq`. */
  readonly byStream: ReadonlyMap<AnchorStream, readonly CheckedAnchor[]>;
  /** Who signed the last line. */
  readonly keyId: string;
  /** The key stood in the file itself: whoever can replace the file can replace the key. */
  readonly onItsOwnWord: boolean;
  /** Half lines of a writer that was cut off; nothing is missing because of them. */
  readonly unfinished: number;
}

export interface AnchorFault {
  readonly ok: false;
  /** The first bad line, from 1; 0 when the file has none. */
  readonly line: number;
  readonly message: string;
}

/** @param trusted the public key that the file began with; without it the first line's own. */
export async function checkAnchors(
  lines: AsyncIterable<AnchorText> | Iterable<AnchorText>,
  trusted?: KeyObject,
): Promise<SoundAnchors | AnchorFault> {
  const check = new AnchorCheck(trusted);
  for await (const line of lines) {
    const message = check.see(line);
    if (message !== undefined) return fault(line.number, message);
  }
  return check.end();
}

class AnchorCheck {
  private readonly trusted: KeyObject | undefined;
  private readonly byStream = new Map<AnchorStream, CheckedAnchor[]>();
  private current: { readonly keyId: string; readonly key: KeyObject } | undefined;
  private deployment: string | undefined;
  private prev = NO_LINE;
  private at = 0;
  private unfinished = 0;
  /** A whole line that says nothing, until a sound one follows on the line before it. */
  private unreadable: number | undefined;

  constructor(trusted: KeyObject | undefined) {
    this.trusted = trusted;
  }

  /** What is wrong with the line; nothing when it is sound. */
  see({ number, text, ended }: AnchorText): string | undefined {
    const entry = parseAnchorLine(text);
    if (entry === undefined) {
      this.unfinished += 1;
      if (ended) this.unreadable ??= number;
      return undefined;
    }
    const wrong = this.wrongWith(entry);
    if (wrong !== undefined) return wrong;
    this.unreadable = undefined;
    this.take(number, entry);
    this.prev = hashLine(text);
    return undefined;
  }

  end(): SoundAnchors | AnchorFault {
    if (this.unreadable !== undefined) return fault(this.unreadable, "is no anchor");
    const { byStream, deployment, current, unfinished } = this;
    if (current === undefined || deployment === undefined || byStream.size === 0) {
      return { ok: false, line: 0, message: "anchors: there is none in the file" };
    }
    const onItsOwnWord = this.trusted === undefined;
    return { ok: true, deployment, byStream, keyId: current.keyId, onItsOwnWord, unfinished };
  }

  private wrongWith(entry: SignedEntry): string | undefined {
    const signer = this.current ?? this.firstKey(entry);
    if (signer === undefined || signer.keyId !== entry.keyId) {
      return `is signed with the key ${entry.keyId}, which no key before it introduced`;
    }
    if (!hasSoundSignature(entry, signer.key)) return "its signature does not hold";
    this.current = signer;
    if (entry.prev !== this.prev) return "does not follow the line before it: one is missing";
    return this.wrongPlace(entry);
  }

  private wrongPlace(entry: SignedEntry): string | undefined {
    this.deployment ??= entry.deployment;
    if (entry.deployment !== this.deployment) {
      return `is of the deployment "${entry.deployment}", the lines before it of "${this.deployment}"`;
    }
    if (entry.at < this.at) return "its time is before that of the line before it";
    return isIntroduction(entry) ? wrongKey(entry) : this.wrongStep(entry);
  }

  private wrongStep({ stream, seq, count }: Anchor): string | undefined {
    const last = this.byStream.get(stream)?.at(-1);
    if (last !== undefined && seq < last.seq) {
      return `is of commit ${seq}, after one of commit ${last.seq}`;
    }
    return count === seq + 1 ? undefined : `counts ${count} commits at commit ${seq}`;
  }

  private firstKey(entry: SignedEntry): AnchorCheck["current"] {
    const own = isIntroduction(entry) ? publicKeyFrom(entry.introduces) : undefined;
    const key = this.trusted ?? own;
    return key === undefined ? undefined : { key, keyId: keyIdOf(publicHexOf(key)) };
  }

  private take(line: number, entry: SignedEntry): void {
    this.at = entry.at;
    if (isIntroduction(entry)) {
      const key = publicKeyFrom(entry.introduces);
      if (key !== undefined) this.current = { key, keyId: keyIdOf(entry.introduces) };
      return;
    }
    const { stream, seq, hash, count, at } = entry;
    const anchors = this.byStream.get(stream) ?? [];
    anchors.push({ line, seq, hash, count, at });
    this.byStream.set(stream, anchors);
  }
}

const wrongKey = ({ introduces }: KeyIntroduction): string | undefined =>
  publicKeyFrom(introduces) === undefined ? "introduces no Ed25519 key" : undefined;

const fault = (line: number, message: string): AnchorFault => ({
  ok: false,
  line,
  message: `anchors: line ${line}: ${message}`,
});
