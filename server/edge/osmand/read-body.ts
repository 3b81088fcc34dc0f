import type { IncomingMessage } from "node:http";

/** A report has some hundred bytes; a client may add members of its own. */
const MOST_BYTES = 32 * 1_024;

/** What was posted with it; nothing by query alone. */
export type Posted =
  | { readonly kind: "NOTHING" }
  | { readonly kind: "JSON"; readonly value: unknown }
  | { readonly kind: "FORM"; readonly params: URLSearchParams }
  | { readonly kind: "REFUSED"; readonly status: 400 | 413 | 415 };

const NOTHING: Posted = { kind: "NOTHING" };
const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?\s*)?$/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded(?:\s*;.*)?$/i;

/** Whether there is nothing to wait for. */
export const hasNoBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] === undefined && headers["content-length"] === undefined;

/** Never more than the bound is held. @throws Error when the sender breaks off. */
export async function readPosted(request: IncomingMessage): Promise<Posted> {
  const type = request.headers["content-type"]?.trim() ?? "";
  const isJson = /^application\/json\b/i.test(type);
  if (!isJson && !FORM_TYPE.test(type)) return NOTHING;
  if (isJson && !JSON_TYPE.test(type)) return { kind: "REFUSED", status: 415 };
  const { "content-encoding": packed = "identity" } = request.headers;
  if (packed !== "identity") return { kind: "REFUSED", status: 415 };
  const text = await textOf(request);
  if (text === undefined) return { kind: "REFUSED", status: 413 };
  return isJson ? jsonOf(text) : { kind: "FORM", params: new URLSearchParams(text) };
}

function jsonOf(text: string): Posted {
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    if (typeof value === "object" && value !== null) return { kind: "JSON", value };
  } catch {
    // as below
  }
  return { kind: "REFUSED", status: 400 };
}

function textOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES)
    return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
      else {
        request.off("data", take);
        resolve(undefined);
      }
    };
    request.on("data", take);
    request.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.once("error", reject);
    request.once("aborted", () => reject(new Error("the sender broke off")));
  });
}
