import * as z from "zod";

/** Why a call got no answer, or what the server said instead of one. */
export interface HttpFailure {
  /** 0 = no network or no answer in time. */
  readonly status: number;
  /** From the server, or `OFFLINE`, `TIMEOUT`, `UNREADABLE`. */
  readonly code: string;
  readonly message?: { readonly zh: string; readonly en: string };
  /** The body as it came, for callers that know another shape of refusal. */
  readonly body?: unknown;
}

export type HttpResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: HttpFailure };

interface HttpRequest<T> {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly body?: unknown;
  readonly schema: z.ZodType<T>;
  readonly timeoutMs?: number;
  /** Only as this officer: whoever signed in meanwhile must not hand in another's reports. */
  readonly asOfficer?: string | undefined;
  /** Only into a log of this mode: what was played must not become real, nor the reverse. */
  readonly inMode?: string | undefined;
}

export interface Http {
  call<T>(request: HttpRequest<T>): Promise<HttpResult<T>>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const problem = z.object({
  code: z.string(),
  message: z.object({ zh: z.string(), en: z.string() }).optional(),
});

/** `bearer` is asked on every call: a phone's device token may be enrolled meanwhile. */
export function createHttp(fetcher: typeof fetch, bearer: () => string | undefined): Http {
  return {
    async call<T>(request: HttpRequest<T>): Promise<HttpResult<T>> {
      const answer = await exchange(fetcher, request, bearer());
      if (!answer.ok) return answer;
      const { status, body } = answer.value;
      if (status >= 400) return { ok: false, failure: problemOf(status, body) };
      const read = request.schema.safeParse(body);
      return read.success
        ? { ok: true, value: read.data }
        : { ok: false, failure: { status, code: "UNREADABLE", body } };
    },
  };
}

async function exchange(
  fetcher: typeof fetch,
  request: HttpRequest<unknown>,
  token: string | undefined,
): Promise<HttpResult<{ status: number; body: unknown }>> {
  try {
    const response = await fetcher(request.path, {
      method: request.method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(request.asOfficer ? { "x-officer": request.asOfficer } : {}),
        ...(request.inMode ? { "x-mode": request.inMode } : {}),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    });
    const text = await response.text();
    return { ok: true, value: { status: response.status, body: jsonOf(text) } };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** Nothing came back at all. */
export function failureOf(error: unknown): HttpFailure {
  const timedOut = error instanceof DOMException && error.name === "TimeoutError";
  return { status: 0, code: timedOut ? "TIMEOUT" : "OFFLINE" };
}

/** An empty answer (204) is null; a page of a proxy is not JSON and reads as undefined. */
export function jsonOf(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not our server's answer; the caller sees UNREADABLE or the status
  }
}

export function problemOf(status: number, body: unknown): HttpFailure {
  const read = problem.safeParse(body);
  if (!read.success) return { status, code: `HTTP_${status}`, body };
  const { code, message } = read.data;
  return { status, code, ...(message ? { message } : {}), body };
}
