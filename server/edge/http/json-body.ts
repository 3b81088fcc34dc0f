/** Reads a JSON body within bounds; what cannot be one is answered, never thrown further. */
import express, { type Request, type Response } from "express";
import { type Answer, problem } from "./answer.ts";
import type { ProblemCode } from "./problems.ts";

const BODY_LIMIT_BYTES = 65_536;

/** Keys that reach behind an object's own fields when somebody assigns them carelessly. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

class ForbiddenKey extends Error {}

const parser = express.json({
  limit: BODY_LIMIT_BYTES,
  inflate: false,
  strict: true,
  type: "application/json",
  reviver: (key: string, value: unknown) => {
    if (FORBIDDEN_KEYS.has(key)) throw new ForbiddenKey();
    return value;
  },
});

export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly answer: Answer };

export async function readJson(request: Request, response: Response): Promise<Body> {
  if (!hasBody(request)) return { ok: true, value: undefined };
  if (!request.is("application/json")) return refused("BODY_TYPE");
  // The parser would first read to the end what it is about to refuse.
  if (Number(request.headers["content-length"] ?? 0) > BODY_LIMIT_BYTES)
    return refused("BODY_TOO_LARGE");
  return new Promise((resolve) => {
    parser(request, response, (error: unknown) => {
      resolve(error ? refused(codeOf(error)) : { ok: true, value: request.body });
    });
  });
}

const hasBody = ({ headers }: Request): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** The rest of a refused body is not read, so the connection cannot be used again. */
const refused = (code: ProblemCode): Body => ({
  ok: false,
  answer: problem(code, { headers: { connection: "close" } }),
});

function codeOf(error: unknown): ProblemCode {
  const status = typeof error === "object" && error && "status" in error ? error.status : 0;
  if (status === 413) return "BODY_TOO_LARGE";
  if (status === 415) return "BODY_TYPE";
  return "BODY_NOT_JSON";
}
