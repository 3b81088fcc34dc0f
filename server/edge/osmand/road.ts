import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import {
  answerReport,
  knownDevice,
  type OsmandLimits,
  osmandLimits,
  secondsToWait,
} from "./answer-report.ts";
import { parseOsmandJson } from "./parse-json.ts";
import { parseOsmandQuery } from "./parse-query.ts";
import { hasNoBody, type Posted, readPosted } from "./read-body.ts";
import type { OsmandForm } from "./report.ts";
import type { OsmandDeps } from "./take-report.ts";

/**
 * The protocol of OsmAnd and Traccar Client: one position per request, repeated by the device until
 * it is answered 200. So 200 means "dealt with", also for a position that was refused as absurd:
 * another answer would make the device repeat it for ever and never come to the next.
 *
 * These devices send some thousand requests a second, so they are answered before the framework is
 * asked; it costs more than all the rest. The path may hold the secret: nothing of it is logged.
 */
export interface OsmandRoad {
  /** e.g. `/osmand` */
  readonly path: string;
  readonly deps: OsmandDeps;
  /** Those of every answer. */
  readonly headers: OutgoingHttpHeaders;
  /** Whom the failures of a request are counted for. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly limits?: OsmandLimits;
}

interface Answer {
  readonly status: number;
  readonly waitS?: number | undefined;
  /** What was not read of it: the connection is of no more use. */
  readonly isUnread?: boolean;
}

interface Asked {
  readonly secret: string | undefined;
  readonly query: URLSearchParams;
  readonly posted: Posted;
  readonly request: IncomingMessage;
}

/** What each form is answered when the device is not known, after Traccar. */
const UNKNOWN_STATUS: Record<OsmandForm, number> = { QUERY: 400, JSON: 404 };
const METHODS: ReadonlySet<string | undefined> = new Set(["GET", "HEAD", "POST"]);
const PLACE = /^(?:\/([^/]*)\/?)?$/;
const NOTHING: Posted = { kind: "NOTHING" };

/** Whatever is no report goes the ordinary way. */
export function osmandRoad(
  road: OsmandRoad,
): (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void {
  const limits = road.limits ?? osmandLimits();
  const path = road.path.toLowerCase();
  return (request, response, otherwise) => {
    const { url = "", method } = request;
    const start = url.indexOf("?");
    const place = start < 0 ? url : url.slice(0, start);
    if (!METHODS.has(method) || !place.toLowerCase().startsWith(path)) return otherwise();
    const inPath = PLACE.exec(place.slice(path.length));
    if (!inPath) return otherwise();
    const query = new URLSearchParams(start < 0 ? "" : url.slice(start));
    const take = (posted: Posted) =>
      answerTo({ secret: secretOf(inPath[1], request), query, posted, request }, road, limits);
    const answer = hasNoBody(request) ? take(NOTHING) : readPosted(request).then(take);
    answer.then(
      (given) => end(request, response, given, road),
      // Ours, and the device will repeat it.
      () => end(request, response, { status: 503 }, road),
    );
  };
}

async function answerTo(asked: Asked, road: OsmandRoad, limits: OsmandLimits): Promise<Answer> {
  const { posted, secret } = asked;
  if (posted.kind === "REFUSED") return { status: posted.status, isUnread: posted.status !== 400 };
  if (secret === UNREADABLE) return { status: 400 };
  const form: OsmandForm = posted.kind === "JSON" ? "JSON" : "QUERY";
  const parsed =
    posted.kind === "JSON" ? parseOsmandJson(posted.value) : parseOsmandQuery(paramsOf(asked));
  if (!parsed.ok && parsed.reason !== "NO_ID") return { status: 400 };
  const device =
    parsed.ok && secret ? await knownDevice(parsed.report.deviceId, secret, road.deps) : undefined;
  if (parsed.ok && device) return answerReport(parsed.report, device, road.deps, limits);
  const waitS = await secondsToWait(limits.failures, road.addressOf(asked.request));
  return waitS === undefined ? { status: UNKNOWN_STATUS[form] } : { status: 429, waitS };
}

/** No secret has it. */
const UNREADABLE = "\0";

function secretOf(inPath: string | undefined, { headers }: IncomingMessage): string | undefined {
  if (!inPath) return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  try {
    return decodeURIComponent(inPath);
  } catch {
    return UNREADABLE;
  }
}

/** Query and posted form together; the query wins. */
function paramsOf({ query, posted }: Asked): URLSearchParams {
  if (posted.kind === "FORM") for (const [name, value] of posted.params) query.append(name, value);
  return query;
}

function end(
  request: IncomingMessage,
  response: ServerResponse,
  { status, waitS, isUnread }: Answer,
  { headers }: OsmandRoad,
): void {
  if (response.headersSent || response.destroyed) return;
  response
    .writeHead(status, {
      ...headers,
      ...(waitS === undefined ? {} : { "Retry-After": String(waitS) }),
      ...(isUnread ? { Connection: "close" } : {}),
      "Content-Length": 0,
    })
    .end();
  request.resume();
}
