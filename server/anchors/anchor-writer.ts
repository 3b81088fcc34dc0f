/**
 * Writes an anchor when a stream's head has moved: after a minute or 1,000 commits, whichever is
 * first, at the start, and at a clean stop. Nobody waits for it: what goes wrong is told and tried
 * again, and commands go on. Before each anchor, and each minute, the last one is held against the
 * store, so a history that was cut or swapped under a running server is noticed.
 */
import {
  type Anchor,
  type AnchorEntry,
  type AnchorStream,
  hashLine,
  introductionOf,
  isIntroduction,
  keyIdOf,
  NO_LINE,
  parseAnchorLine,
  type SigningKey,
  signLine,
} from "./anchor.ts";
import { AnchorKeyError } from "./anchor-key.ts";
import type { AnchorSink } from "./anchor-sink.ts";

export const ANCHOR_EVERY_MS = 60_000;
export const ANCHOR_EVERY_COMMITS = 1_000;
export const RETRY_MS = 5_000;
/** A disk that is gone may hang instead of failing; then the look ends and the write goes on. */
export const ANSWER_WITHIN_MS = 2_000;

export type AnchorTroubleCode =
  /** The disk is full, the folder missing, the store cannot be read. */
  | "NOT_WRITTEN"
  | "NO_ANSWER"
  | "KEY"
  | "KEY_REPLACED"
  | "OTHER_DEPLOYMENT"
  /** The store does not hold what the last anchor says: restored, or rewritten. */
  | "OTHER_HISTORY";

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export interface AnchorWriterDeps {
  readonly sink: AnchorSink;
  readonly key: () => Promise<SigningKey>;
  readonly deployment: string;
  /** The last durable commit. */
  readonly head: (stream: AnchorStream) => Head | undefined | Promise<Head | undefined>;
  readonly storedHash: (stream: AnchorStream, seq: number) => Promise<string | undefined>;
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly onWritten?: (anchor: Anchor) => void;
  /** Called when it changes; without a code it is over. */
  readonly onTrouble?: (stream: AnchorStream, code?: AnchorTroubleCode, error?: unknown) => void;
}

class AnchorTrouble extends Error {
  readonly code: AnchorTroubleCode;
  constructor(code: AnchorTroubleCode, message: string) {
    super(message);
    this.code = code;
  }
}

interface StreamState {
  /** What the file holds of this stream; nothing until the file was read. */
  last: Head | undefined;
  fileRead: boolean;
  /** Monotonic. */
  writtenAt: number;
  checkedAt: number;
  tryAgainAt: number;
  attempt: Promise<void> | undefined;
  trouble: AnchorTroubleCode | undefined;
}

export class AnchorWriter {
  private readonly deps: AnchorWriterDeps;
  private readonly states: Readonly<Record<AnchorStream, StreamState>> = {
    log: newState(),
    access: newState(),
  };
  /** Lines of both streams enter one file, each naming the one before. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(deps: AnchorWriterDeps) {
    this.deps = deps;
  }

  /** Once a second and stream. Never rejects, and never lasts longer than ANSWER_WITHIN_MS. */
  async look(stream: AnchorStream): Promise<void> {
    const state = this.states[stream];
    if (this.deps.monotonic() < state.tryAgainAt) return;
    await this.begin(stream, (head) => this.isDue(state, head));
  }

  /** Before a clean stop, so that the last commits are vouched for as well. */
  async finish(): Promise<void> {
    for (const stream of ["log", "access"] as const) await this.begin(stream, () => true);
  }

  troubles(): AnchorTroubleCode[] {
    const codes = Object.values(this.states).flatMap(({ trouble }) => trouble ?? []);
    return [...new Set(codes)];
  }

  private async begin(stream: AnchorStream, isDue: (head: Head) => boolean): Promise<void> {
    const state = this.states[stream];
    state.attempt ??= this.attempt(stream, isDue).finally(() => {
      state.attempt = undefined;
    });
    const { attempt } = state;
    const late = async () => {
      await this.deps.pause(ANSWER_WITHIN_MS);
      if (state.attempt === attempt) this.report(stream, "NO_ANSWER");
    };
    await Promise.race([attempt, late()]);
  }

  private async attempt(stream: AnchorStream, isDue: (head: Head) => boolean): Promise<void> {
    const state = this.states[stream];
    try {
      const head = await this.deps.head(stream);
      if (head === undefined) return;
      await this.readLast(stream);
      if (!isDue(head)) return;
      await this.checkHistory(stream);
      state.checkedAt = this.deps.monotonic();
      if (state.last?.seq !== head.seq) {
        await this.inTurn(() => this.write(stream, head));
        state.writtenAt = this.deps.monotonic();
      }
      this.report(stream);
    } catch (error) {
      state.tryAgainAt = this.deps.monotonic() + RETRY_MS;
      this.report(stream, codeOf(error), error);
    }
  }

  private isDue({ last, writtenAt, checkedAt, trouble }: StreamState, head: Head): boolean {
    const since = last?.seq === head.seq ? checkedAt : writtenAt;
    if (trouble !== undefined || this.deps.monotonic() - since >= ANCHOR_EVERY_MS) return true;
    return head.seq - (last?.seq ?? Number.NEGATIVE_INFINITY) >= ANCHOR_EVERY_COMMITS;
  }

  private async readLast(stream: AnchorStream): Promise<void> {
    const state = this.states[stream];
    if (state.fileRead) return;
    // To the beginning if need be: one that stood still for hours lies far behind the other's.
    for await (const line of this.deps.sink.backwards()) {
      const entry = parseAnchorLine(line);
      if (!entry || isIntroduction(entry) || entry.stream !== stream) continue;
      state.last = { seq: entry.seq, hash: entry.hash };
      break;
    }
    state.fileRead = true;
  }

  private async checkHistory(stream: AnchorStream): Promise<void> {
    const { last } = this.states[stream];
    if (last === undefined) return;
    const stored = await this.deps.storedHash(stream, last.seq);
    if (stored === last.hash) return;
    const found = stored === undefined ? "is not there" : "is another one";
    const message = `commit ${last.seq} of ${stream} was anchored and ${found}: the store was restored or rewritten`;
    throw new AnchorTrouble("OTHER_HISTORY", message);
  }

  private async write(stream: AnchorStream, head: Head): Promise<void> {
    const { sink, deployment, now } = this.deps;
    const key = await this.deps.key();
    const past = pastOf(await sink.recent());
    this.checkFile(past, key);
    const at = Math.max(now(), past.at);
    let { prev } = past;
    if (past.keyId === undefined) {
      const introduction = introductionOf(key.publicKey, key, { deployment, at, prev });
      await sink.append(introduction);
      prev = hashLine(introduction);
    }
    const { seq, hash } = head;
    const { keyId } = key;
    const anchor = { deployment, stream, seq, hash, count: seq + 1, at, prev, keyId };
    await sink.append(signLine(anchor, key));
    this.states[stream].last = { seq, hash };
    this.deps.onWritten?.(anchor);
  }

  private checkFile(past: Past, key: SigningKey): void {
    if (past.deployment !== undefined && past.deployment !== this.deps.deployment) {
      const message = `the anchor file is that of the deployment "${past.deployment}"`;
      throw new AnchorTrouble("OTHER_DEPLOYMENT", message);
    }
    if (past.keyId !== undefined && past.keyId !== key.keyId) {
      const message = `the anchor file's key is ${past.keyId}, this server's ${key.keyId}; npm run anchor:key -- --replaces introduces a new one`;
      throw new AnchorTrouble("KEY_REPLACED", message);
    }
  }

  private inTurn(job: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(job);
    this.turn = mine.catch(() => undefined); // told to whoever waits for `mine`
    return mine;
  }

  private report(stream: AnchorStream, code?: AnchorTroubleCode, error?: unknown): void {
    const state = this.states[stream];
    if (state.trouble === code) return;
    state.trouble = code;
    this.deps.onTrouble?.(stream, code, error);
  }
}

/** What the last lines of a file say to the next. */
interface Past {
  readonly prev: string;
  readonly at: number;
  readonly deployment?: string;
  /** The key that signs the next line. */
  readonly keyId?: string;
}

export function pastOf(lines: readonly string[]): Past {
  const entries = lines.flatMap((line) => parseAnchorLine(line) ?? []);
  const [text, last] = [lines.at(-1), entries.at(-1)];
  if (text === undefined || last === undefined) return { prev: NO_LINE, at: 0 };
  const { at, deployment } = last;
  return { prev: hashLine(text), at, deployment, keyId: nextKeyOf(last) };
}

const nextKeyOf = (last: AnchorEntry): string =>
  isIntroduction(last) ? keyIdOf(last.introduces) : last.keyId;

function codeOf(error: unknown): AnchorTroubleCode {
  if (error instanceof AnchorTrouble) return error.code;
  return error instanceof AnchorKeyError ? "KEY" : "NOT_WRITTEN";
}

function newState(): StreamState {
  return {
    last: undefined,
    fileRead: false,
    writtenAt: Number.NEGATIVE_INFINITY,
    checkedAt: Number.NEGATIVE_INFINITY,
    tryAgainAt: Number.NEGATIVE_INFINITY,
    attempt: undefined,
    trouble: undefined,
  };
}
