/** What a route gives back: a value, sent in one place. */
import type { Bilingual } from "../../../shared/domain/kernel/refusal.ts";
import { PROBLEMS, type ProblemCode } from "./problems.ts";

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called once the answer has left, or its connection is gone. */
  readonly left?: () => void;
}

/** The body of every answer that is not a success. */
interface ProblemBody {
  readonly code: string;
  readonly message: Bilingual;
  /** Names of the fields that were wrong; never what was in them. */
  readonly fields?: readonly string[];
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  body,
  headers,
});

export function problem(
  code: ProblemCode,
  more: { readonly fields?: readonly string[]; readonly headers?: Record<string, string> } = {},
): Answer {
  const { status, zh, en } = PROBLEMS[code];
  const { fields, headers = {} } = more;
  const body: ProblemBody = { code, message: { zh, en }, ...(fields ? { fields } : {}) };
  return { status, body, headers };
}

/** @param waitMs how long the caller has to wait. */
export const tooMany = (code: "TOO_MANY" | "TOO_MANY_SIGN_INS", waitMs: number): Answer =>
  problem(code, { headers: { "retry-after": String(Math.max(1, Math.ceil(waitMs / 1_000))) } });
