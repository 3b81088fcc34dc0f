/** The listening server with its bounds: a slow or silent client holds a connection only so long. */

import type { RequestListener, Server } from "node:http";
import { createServer as createTlsServer } from "node:https";

// An `import` of this one reads its WebSocket too, and so loads a whole client for HTTP: 30 ms of a start.
const { createServer } = process.getBuiltinModule("node:http");

/** PEM texts. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Only with TLS: until then there is no request that could be timed. */
const HANDSHAKE_TIMEOUT_MS = 5_000;
/** How often those times are looked at; they are exceeded by as much. */
const LOOK_EVERY_MS = 1_000;
const KEEP_ALIVE_MS = 15_000;
/** The most that request line and headers may take; cookies are some 60 bytes here. */
const MAX_HEADER_BYTES = 16_384;

export function createHttpServer(listener: RequestListener, tls?: TlsFiles): Server {
  const bounds = {
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    connectionsCheckingInterval: LOOK_EVERY_MS,
  };
  return tls
    ? createTlsServer(
        { ...bounds, ...tls, minVersion: "TLSv1.2", handshakeTimeout: HANDSHAKE_TIMEOUT_MS },
        listener,
      )
    : createServer(bounds, listener);
}
