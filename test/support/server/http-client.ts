import { DEMO_PASSWORD } from "../../../server/demo/accounts.ts";

/** A cookie of a person or the token of a phone. */
export interface Credentials {
  readonly cookie?: string;
  readonly device?: string;
  /** Further headers; they win. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  readonly headers: Headers;
}

/** One request. Throws only when there was no answer at all. */
export async function request(
  url: string,
  method: string,
  path: string,
  who: Credentials = {},
  body?: unknown,
): Promise<HttpAnswer> {
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(15_000),
    headers: {
      ...(who.device === undefined ? {} : { authorization: `Bearer ${who.device}` }),
      ...(who.cookie === undefined ? {} : { cookie: who.cookie, origin: url }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...who.headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: parsed(text), headers: response.headers };
}

/** Signs a demonstration account in; the cookie as a browser would send it. */
export async function signIn(url: string, login: string): Promise<string> {
  const answer = await request(url, "POST", "/api/login", {}, { login, password: DEMO_PASSWORD });
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0];
  if (answer.status !== 200 || !cookie) throw new Error(`sign-in of ${login}: ${answer.text}`);
  return cookie;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page or a metric, not JSON
  }
}
