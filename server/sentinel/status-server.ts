import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { z } from "zod";
import type { Judgement } from "./judge.ts";

/** `GET /status`: what pages need, and by which a second sentinel knows the first. */
export const statusSchema = z.object({
  sentinel: z.string(),
  pid: z.int(),
  state: z.enum(["WELL", "LATE"]),
  reasons: z.array(z.string()),
  forMs: z.number(),
  silentMs: z.number(),
  storeMode: z.string().optional(),
});
export type Status = z.infer<typeof statusSchema>;

export interface StatusServerOptions {
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly origins: readonly string[];
  readonly identity: Pick<Status, "sentinel" | "pid">;
  readonly judgement: () => Judgement;
}

const REQUEST_WITHIN_MS = 5_000;
/** Pages of a province, each with one connection; beyond that somebody means harm. */
const MOST_CONNECTIONS = 2_000;

/** Answers one question and nothing else; knows no session and sets no cookie. */
export function createStatusServer(options: StatusServerOptions): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { origin } = request.headers;
    response.setHeader("vary", "Origin");
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    if (origin !== undefined && options.origins.includes(origin))
      response.setHeader("access-control-allow-origin", origin);
    if (request.method !== "GET" || request.url?.split("?")[0] !== "/status") {
      response.writeHead(404).end();
      return;
    }
    const status: Status = { ...options.identity, ...shown(options.judgement()) };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(status));
  };
  const limits = { requestTimeout: REQUEST_WITHIN_MS, headersTimeout: REQUEST_WITHIN_MS };
  const server = options.tls
    ? createTlsServer({ ...options.tls, ...limits }, answer)
    : createServer(limits, answer);
  server.maxConnections = MOST_CONNECTIONS;
  return server as Server;
}

const shown = ({ state, reasons, forMs, silentMs, storeMode }: Judgement) => ({
  state,
  reasons: [...reasons],
  forMs: Math.round(forMs),
  silentMs: Math.round(silentMs),
  ...(storeMode === undefined ? {} : { storeMode }),
});
