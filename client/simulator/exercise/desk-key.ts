import type { DeviceToken } from "../crews.ts";

/** People of a linked unit have no device of the court (UNIT-12): they sign in at their desk. */
export interface DeskKey {
  readonly officerId: string;
  readonly login: string;
  readonly password: string;
}

export type SeatKey = DeviceToken | DeskKey;

export const isDesk = (key: SeatKey): key is DeskKey => "password" in key;

/** Calls as whoever signed in; before the first one, and whenever the session has ended. */
export function signedInFetcher(url: string, { login, password }: DeskKey): typeof fetch {
  const origin = new URL(url).origin;
  let cookie: Promise<string> | undefined;
  const signIn = async (): Promise<string> => {
    const answer = await fetch(`${url}/api/login`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify({ login, password }),
    });
    return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  };
  return async (path, init) => {
    cookie ??= signIn().catch(() => "");
    const headers = new Headers(init?.headers);
    headers.set("cookie", await cookie);
    headers.set("origin", origin);
    const answer = await fetch(`${url}${String(path)}`, { ...init, headers });
    if (answer.status === 401) cookie = undefined;
    return answer;
  };
}
