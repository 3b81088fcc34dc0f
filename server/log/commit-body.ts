/**
 * What a commit's body says: the commands that were decided together and the events each gave.
 * Bodies are read from disk, so they are `unknown` until this schema has read them; the events'
 * `data` stays `unknown` here and is read (and upcast) by the domain.
 */
import { z } from "zod";
import type { HashAlg } from "./hash-chain.ts";

/** Grows when the shape of a body changes; older bodies are then upcast on read. */
export const BODY_VERSION = 1;

export type LogMode = "LIVE" | "DEMO" | "EXERCISE";

export interface Genesis {
  /** Name of the deployment, e.g. the province. */
  readonly deployment: string;
  readonly alg: HashAlg;
  readonly mode: LogMode;
  /** Of an EXERCISE: what is played, and how fast; both stay for the whole log. */
  readonly exercise?: ExerciseRun;
}

export interface ExerciseRun {
  /** Id of the scenario. */
  readonly scenario: string;
  /** Seconds of the scenario per second. */
  readonly speed: number;
}

export interface EventRef {
  readonly type: string;
  readonly id: string;
}

export interface RecordedEvent {
  readonly type: string;
  readonly ref: EventRef;
  readonly data: unknown;
}

export interface RecordedCommand {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly court: string;
  readonly session: string;
  readonly device?: string;
  /** Cursor the sender had when the command was made; 0 for senders without one. */
  readonly knownSeq: number;
  /** Server time of the last heartbeat the sender had, integer ms. */
  readonly knownAt: number;
  readonly receivedAt: number;
  /** When the emergency journal took it, if it came by that road: the time of its events. */
  readonly journalledAt?: number;
  /** Candidates of when a reported fact happened; absent where it is `receivedAt`. */
  readonly occurredAt?: {
    readonly earliest: number;
    readonly latest: number;
    readonly statedAt?: number;
  };
  readonly payloadHash: string;
  readonly events: readonly RecordedEvent[];
}

export interface CommitBody {
  readonly v: typeof BODY_VERSION;
  /** Which server node wrote the commit. */
  readonly node: string;
  /** Present in commit 0 and nowhere else. */
  readonly genesis?: Genesis;
  readonly commands: readonly RecordedCommand[];
}

export type ParsedBody =
  | { readonly ok: true; readonly body: CommitBody }
  | {
      readonly ok: false;
      readonly code: "NOT_JSON" | "NEWER_VERSION" | "WRONG_SHAPE";
      readonly message: string;
    };

const text = z.string().min(1);
const ms = z.int().nonnegative();

const recordedCommand = z.strictObject({
  id: text,
  kind: text,
  actor: text,
  court: z.string(),
  session: z.string(),
  device: z.exactOptional(text),
  knownSeq: z.int().nonnegative(),
  knownAt: ms,
  receivedAt: ms,
  journalledAt: z.exactOptional(ms),
  occurredAt: z.exactOptional(
    z.strictObject({ earliest: ms, latest: ms, statedAt: z.exactOptional(ms) }),
  ),
  payloadHash: z.string(),
  events: z.array(
    z.strictObject({
      type: text,
      ref: z.strictObject({ type: text, id: text }),
      data: z.unknown(),
    }),
  ),
});

const commitBody: z.ZodType<CommitBody> = z.strictObject({
  v: z.literal(BODY_VERSION),
  node: text,
  genesis: z.exactOptional(
    z.strictObject({
      deployment: text,
      alg: z.enum(["sha256", "sm3"]),
      mode: z.enum(["LIVE", "DEMO", "EXERCISE"]),
      exercise: z.exactOptional(z.strictObject({ scenario: text, speed: z.number().positive() })),
    }),
  ),
  commands: z.array(recordedCommand),
});

const versioned = z.looseObject({ v: z.int() });

/** Reads a stored body; a body that this program cannot read is a value, not an exception. */
export function parseCommitBody(stored: string): ParsedBody {
  const json = parseJson(stored);
  if (json === undefined) {
    return { ok: false, code: "NOT_JSON", message: "the body is not JSON" };
  }
  const version = versioned.safeParse(json);
  if (version.success && version.data.v > BODY_VERSION) {
    const message = `written by a newer program (body version ${version.data.v}, this program reads ${BODY_VERSION})`;
    return { ok: false, code: "NEWER_VERSION", message };
  }
  const parsed = commitBody.safeParse(json);
  if (parsed.success) return { ok: true, body: parsed.data };
  const issue = parsed.error.issues[0];
  const where =
    issue === undefined ? "" : ` at ${issue.path.join(".") || "the top"}: ${issue.message}`;
  return { ok: false, code: "WRONG_SHAPE", message: `the body has an unknown shape${where}` };
}

/** The exact bytes to hash and store. */
export function encodeCommitBody(body: CommitBody): string {
  return JSON.stringify(body);
}

/** `undefined` is never the value of a JSON text. */
function parseJson(stored: string): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    return undefined; // reported by the caller as NOT_JSON
  }
}
