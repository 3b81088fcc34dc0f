/**
 * The HTTP edge. Every route runs through one door: origin, caller, body, handler, answer, log. No
 * exception leaves it as anything but a JSON problem.
 */
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from "express";
import { StoreUnavailable } from "../../app/api.ts";
import { LogStoreError } from "../../log/log-store.ts";
import { type Answer, problem } from "./answer.ts";
import { assistRoutes } from "./assist-routes.ts";
import { commandRoutes } from "./command-routes.ts";
import { deviceRoutes } from "./device-routes.ts";
import { exerciseRoutes } from "./exercise-routes.ts";
import { healthRoutes } from "./health-routes.ts";
import type { HttpDeps } from "./http-deps.ts";
import { readJson } from "./json-body.ts";
import { notificationRoutes } from "./notification-routes.ts";
import { observerRoutes } from "./observer-routes.ts";
import { pages } from "./pages.ts";
import { recordRoutes } from "./record-routes.ts";
import { revealRoutes } from "./reveal-routes.ts";
import type { Call, Route } from "./route.ts";
import { isFromOwnPage } from "./same-origin.ts";
import { securityHeaders } from "./security-headers.ts";
import { send } from "./send.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { sosRoutes } from "./sos-routes.ts";
import { subjectRoutes } from "./subject-routes.ts";
import { trackRoutes } from "./track-routes.ts";
import { unitRoutes } from "./unit-routes.ts";

/** Every route of the interface; tests walk this list. */
export const routesOf = (deps: HttpDeps): Route[] => [
  ...healthRoutes(deps),
  ...signInRoutes(deps),
  ...commandRoutes(deps),
  ...sosRoutes(deps),
  ...subjectRoutes(deps),
  ...recordRoutes(deps),
  ...assistRoutes(deps),
  ...notificationRoutes(deps),
  ...revealRoutes(deps),
  ...trackRoutes(deps),
  ...deviceRoutes(deps),
  ...unitRoutes(deps),
  ...observerRoutes(deps),
  ...exerciseRoutes(deps),
];

export function httpApp(deps: HttpDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", false);
  app.set("trust proxy", deps.trustedProxies.length > 0 ? deps.trustedProxies : false);
  app.use(securityHeaders(deps.origins, deps.tls, deps.sentinels));
  const routes = routesOf(deps);
  for (const route of routes) {
    app[route.method](
      route.path,
      door(deps, route.path, (req, res) => serve(deps, route, req, res)),
    );
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    app.all(
      path,
      door(deps, path, async () => methodNotAllowed(routes, path)),
    );
  }
  app.use(
    "/api",
    door(deps, "unmatched", async () => problem("NOT_FOUND")),
  );
  app.use(pages(deps.clientDir, deps.sessions));
  app.use(door(deps, "unmatched", async () => problem("NOT_FOUND")));
  app.use(lastResort(deps));
  return app;
}

async function serve(
  deps: HttpDeps,
  route: Route,
  request: Request,
  response: Response,
): Promise<Answer> {
  if (!route.anyOrigin && !isFromOwnPage(request, deps.origins, deps.sessions.cookieName)) {
    return problem("ORIGIN_REFUSED");
  }
  const made = request.headers["x-mode"];
  if (made !== undefined && made !== deps.app.deployment.mode) return problem("OTHER_MODE");
  if (route.access !== "SIGNED_IN") {
    const body = await readJson(request, response);
    return body.ok ? route.handle(callOf(request, body.value)) : body.answer;
  }
  const known = await deps.sessions.authenticate(request.headers);
  if (!known.ok) return problem(known.code);
  const body = await readJson(request, response);
  return body.ok ? route.handle(callOf(request, body.value), known.who) : body.answer;
}

function callOf(request: Request, body: unknown): Call {
  const { headers, params, url, ip } = request;
  const query = new URLSearchParams(url.split("?", 2)[1] ?? "");
  const names = Object.entries(params).map(([name, value]) => [name, String(value)] as const);
  return { headers, address: ip ?? "", params: Object.fromEntries(names), query, body };
}

function methodNotAllowed(routes: readonly Route[], path: string): Answer {
  const methods = routes.filter((route) => route.path === path).map((r) => r.method.toUpperCase());
  return problem("METHOD_NOT_ALLOWED", { headers: { allow: methods.join(", ") } });
}

/** Answers, and logs which route was asked, how it ended and how long it took: nothing else. */
function door(
  deps: HttpDeps,
  route: string,
  serveIt: (request: Request, response: Response) => Promise<Answer>,
) {
  const { log, metrics } = deps;
  return async (request: Request, response: Response): Promise<void> => {
    const stop = metrics.requests.startTimer({ method: request.method, route });
    const answer = await serveIt(request, response).catch((error) => answerTo(error, deps));
    const { status } = answer;
    const ms = Math.round(stop({ status }) * 1_000);
    log[levelOf(route, status)]({ method: request.method, route, status, ms }, "request");
    if (!response.headersSent && !response.destroyed) send(response, answer);
    else answer.left?.();
  };
}

/** Probes come every few seconds and say nothing new. */
function levelOf(route: string, status: number): "warn" | "info" | "debug" {
  if (status >= 500) return "warn";
  return route.startsWith("/api") ? "info" : "debug";
}

function answerTo(error: unknown, { log }: HttpDeps): Answer {
  if (error instanceof StoreUnavailable || error instanceof LogStoreError) {
    return problem("STORE_UNAVAILABLE", { headers: { "retry-after": "1" } });
  }
  log.error({ err: error }, "a request failed");
  return problem("INTERNAL");
}

/** What the framework itself refuses, e.g. an address that does not decode. */
const lastResort =
  (deps: HttpDeps): ErrorRequestHandler =>
  (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = error instanceof URIError || (error?.status >= 400 && error?.status < 500);
    send(response, refused ? problem("QUERY_INVALID") : answerTo(error, deps));
  };
