import { failureOf, type HttpResult, jsonOf, problemOf } from "./http.ts";

interface BytesRequest {
  readonly path: string;
  readonly body: unknown;
  readonly timeoutMs: number;
}

/** A question whose answer is binary; what is not a success is JSON as everywhere. */
export type HttpBytes = (request: BytesRequest) => Promise<HttpResult<Uint8Array>>;

export const createHttpBytes =
  (fetcher: typeof fetch): HttpBytes =>
  async ({ path, body, timeoutMs }) => {
    try {
      const response = await fetcher(path, {
        method: "POST",
        credentials: "same-origin",
        cache: "no-store",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.ok) return { ok: true, value: new Uint8Array(await response.arrayBuffer()) };
      return { ok: false, failure: problemOf(response.status, jsonOf(await response.text())) };
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  };
