import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { parseOsmandJson } from "./parse-json.ts";
import { parseOsmandQuery } from "./parse-query.ts";
import type { OsmandForm, OsmandParsed } from "./report.ts";
import { type OsmandDeps, type OsmandDevice, takeReport } from "./take-report.ts";

/**
 * The protocol of OsmAnd and Traccar Client: one position per request, repeated by the device until
 * it is answered 200. So 200 means "dealt with", also for a position that was refused as absurd:
 * another answer would make the device repeat it for ever and never come to the next.
 *
 * Mount before any other body parser. The path may hold the secret: keep it out of access logs.
 */

/** CFG. A phone that was off the net sends its outbox as fast as it is answered. */
const REPORTS_PER_DEVICE_PER_MINUTE = 1_200;
/** CFG. Unknown devices and wrong secrets, per address; a mobile network has few addresses. */
const FAILURES_PER_ADDRESS_PER_MINUTE = 300;
const BODY_LIMIT = "32kb";
const FORM_TYPE = "application/x-www-form-urlencoded";
/** What each form is answered when the device is not known, after Traccar. */
const UNKNOWN_STATUS: Record<OsmandForm, number> = { QUERY: 400, JSON: 404 };

export function osmandRouter(deps: OsmandDeps): Router {
  const limits = {
    reports: new RateLimiterMemory({ points: REPORTS_PER_DEVICE_PER_MINUTE, duration: 60 }),
    failures: new RateLimiterMemory({ points: FAILURES_PER_ADDRESS_PER_MINUTE, duration: 60 }),
  };
  const handle = (req: Request, res: Response): Promise<void> => answer(req, res, deps, limits);
  const router = express.Router();
  router.use(
    express.json({ limit: BODY_LIMIT }),
    express.text({ type: FORM_TYPE, limit: BODY_LIMIT }),
  );
  router.route(["/", "/:secret"]).get(handle).post(handle);
  router.use(answerError);
  return router;
}

interface Limits {
  readonly reports: RateLimiterMemory;
  readonly failures: RateLimiterMemory;
}

async function answer(req: Request, res: Response, deps: OsmandDeps, limits: Limits) {
  const form: OsmandForm = req.is("json") ? "JSON" : "QUERY";
  const parsed = form === "JSON" ? parseOsmandJson(req.body) : parseOsmandQuery(paramsOf(req));
  if (!parsed.ok && parsed.reason !== "NO_ID") {
    res.status(400).end();
    return;
  }
  const device = await authenticated(parsed, req, deps);
  if (!parsed.ok || !device) {
    const waitS = await secondsToWait(limits.failures, req.ip ?? "");
    refuse(res, waitS, UNKNOWN_STATUS[form]);
    return;
  }
  // No limit ever stands before a call for help.
  const waitS = parsed.report.sos
    ? undefined
    : await secondsToWait(limits.reports, parsed.report.deviceId);
  if (waitS !== undefined) {
    refuse(res, waitS, 429);
    return;
  }
  const taken = await takeReport(parsed.report, device, deps);
  res.status(taken === "STORED" ? 200 : 503).end();
}

/** The device, if it may speak and its secret is right. All failures look alike from outside. */
async function authenticated(
  parsed: OsmandParsed,
  req: Request,
  deps: OsmandDeps,
): Promise<OsmandDevice | undefined> {
  const secret = secretOf(req);
  if (!parsed.ok || !secret) return undefined;
  const device = deps.findDevice(parsed.report.deviceId);
  const isRight = await deps.checkSecret(parsed.report.deviceId, secret);
  const maySpeak = device && device.kind !== "KIOSK" && device.status !== "REVOKED";
  return maySpeak && isRight ? device : undefined;
}

function secretOf(req: Request): string | undefined {
  const { secret } = req.params;
  if (typeof secret === "string" && secret !== "") return secret;
  return /^Bearer +(\S+)$/i.exec(req.get("authorization") ?? "")?.[1];
}

/** Query and posted form together; the query wins. */
function paramsOf(req: Request): URLSearchParams {
  const start = req.url.indexOf("?");
  const params = new URLSearchParams(start < 0 ? "" : req.url.slice(start));
  const posted: unknown = req.body;
  if (typeof posted === "string") {
    for (const [name, value] of new URLSearchParams(posted)) params.append(name, value);
  }
  return params;
}

/** Takes a point; nothing when there was one left. */
async function secondsToWait(limiter: RateLimiterMemory, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1_000);
    throw refused;
  }
}

function refuse(res: Response, waitS: number | undefined, status: number): void {
  if (waitS === undefined) res.status(status).end();
  else res.status(429).set("Retry-After", String(waitS)).end();
}

/** An unreadable body is the client's fault; anything else is ours, and the device will repeat it. */
function answerError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status = statusOf(error);
  res.status(status !== undefined && status >= 400 && status < 500 ? status : 503).end();
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("status" in error)) return undefined;
  return typeof error.status === "number" ? error.status : undefined;
}
