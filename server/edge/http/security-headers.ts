/** What browsers are told to refuse on our pages. */
import type { Request, RequestHandler, Response } from "express";
import helmet from "helmet";

const HSTS_SECONDS = 15_552_000; // half a year

/**
 * Styles may be inline because the component library of the console writes its style sheet at run
 * time; scripts never may.
 */
function contentPolicy(origins: readonly string[], sentinels: readonly string[]) {
  // Browsers know no IPv6 literal in a source list and complain; 'self' covers the page's own.
  const sockets = origins
    .filter((origin) => !origin.includes("["))
    .map((origin) => origin.replace(/^http/, "ws"));
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:", "blob:"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'", ...sockets, ...sentinels.filter((origin) => !origin.includes("["))],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  };
}

export function securityHeaders(
  origins: readonly string[],
  tls: boolean,
  sentinels: readonly string[] = [],
): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: contentPolicy(origins, sentinels) },
      strictTransportSecurity: tls ? { maxAge: HSTS_SECONDS } : false,
      frameguard: { action: "deny" },
    }),
    (_request, response, next) => {
      response.setHeader(
        "permissions-policy",
        "geolocation=(self), screen-wake-lock=(self), camera=(), microphone=(), payment=(), usb=()",
      );
      next();
    },
  ];
}

/** The same for every answer, for a road that does not pass the framework. */
export function fixedHeaders(
  handlers: readonly RequestHandler[],
): Readonly<Record<string, string>> {
  const held: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: unknown) => {
      held[name] = String(value);
    },
    removeHeader: () => undefined,
  };
  for (const handler of handlers) {
    handler({} as Request, response as unknown as Response, (error: unknown) => {
      if (error) throw error;
    });
  }
  return held;
}
