/**
 * Cross-site requests. A browser says where a changing request comes from; only the exact origins
 * of our own pages may make one. A client that says nothing is no browser, and is let through as
 * long as it does not use a browser's cookie.
 */
import type { IncomingHttpHeaders } from "node:http";
import { parseCookie } from "cookie";

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

export function isFromOwnPage(
  request: { readonly method: string; readonly headers: IncomingHttpHeaders },
  origins: readonly string[],
  cookieName: string,
): boolean {
  if (SAFE_METHODS.has(request.method)) return true;
  const { origin, "sec-fetch-site": site, cookie, authorization } = request.headers;
  if (origin !== undefined) return origins.includes(origin);
  if (site !== undefined) return site === "same-origin";
  return authorization !== undefined || parseCookie(cookie ?? "")[cookieName] === undefined;
}
