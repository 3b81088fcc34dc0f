/** A route as data, so that each one is guarded the same way and tests can walk the whole list. */
import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import type { SignedIn } from "../sessions.ts";
import { type Answer, problem } from "./answer.ts";

export interface Call {
  readonly headers: IncomingHttpHeaders;
  /** The caller's address; a trusted proxy's word is already taken into account. */
  readonly address: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON, not yet read by a schema. */
  readonly body: unknown;
}

interface Place {
  readonly method: "get" | "post" | "put";
  /** Taken whatever page it comes from: its body proves by itself who made it. */
  readonly anyOrigin?: true;
  /** Express path with named parameters. */
  readonly path: string;
}

export type Route = Place &
  (
    | {
        /** OWN_CHECK: the route itself judges who is calling. */
        readonly access: "OPEN" | "OWN_CHECK";
        handle(call: Call): Promise<Answer>;
      }
    | {
        readonly access: "SIGNED_IN";
        handle(call: Call, who: SignedIn): Promise<Answer>;
      }
  );

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly answer: Answer };

export function readBody<T>(schema: z.ZodType<T>, body: unknown): Parsed<T> {
  return read(schema, body, "BODY_INVALID");
}

/** Path parameters and query together; a query parameter given twice is malformed. */
export function readAddress<T>(schema: z.ZodType<T>, { params, query }: Call): Parsed<T> {
  const twice = [...query.keys()].filter((name, index, all) => all.indexOf(name) !== index);
  if (twice.length > 0) return { ok: false, answer: problem("QUERY_INVALID", { fields: twice }) };
  return read(schema, { ...Object.fromEntries(query), ...params }, "QUERY_INVALID");
}

function read<T>(
  schema: z.ZodType<T>,
  input: unknown,
  code: "BODY_INVALID" | "QUERY_INVALID",
): Parsed<T> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  const fields = [...new Set(result.error.issues.flatMap(fieldsOf))];
  return { ok: false, answer: problem(code, { fields }) };
}

/** Unknown keys are issues of their parent; name the keys, not the parent. */
function fieldsOf(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.map(String);
  return issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => [...at, key].join("."))
    : [at.join(".")];
}
