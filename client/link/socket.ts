import type { Manager, Socket } from "socket.io-client";
import { io } from "socket.io-client";
import type { Seat } from "../../shared/domain/authority/audience.ts";
import { CLIENT_PARSER, createSocketParser } from "../../shared/wire/socket-parser.ts";

/** What a socket says about itself at CONNECT; the server alone decides the view from it. */
export interface SocketAuth {
  readonly seat: Seat;
  readonly kiosk?: string;
  readonly device?: string;
  readonly courtId?: string;
}

export interface SocketOptions {
  /** Origin of the server; the page's own by default. */
  readonly url?: string;
  readonly path?: string;
  readonly seat: Seat;
  /** Asked at every connect: a token may have been enrolled meanwhile. */
  readonly auth: () => SocketAuth;
}

/**
 * A socket that does not reconnect by itself: the link decides when to dial again. Consoles and
 * walls speak WebSocket only; a phone may fall back to polling.
 */
export function openSocket({ url, path, seat, auth }: SocketOptions): Socket {
  const options: Partial<Manager["opts"]> & { auth: (give: (data: object) => void) => void } = {
    path: path ?? "/socket.io",
    transports: seat === "field" || seat === "partner" ? ["websocket", "polling"] : ["websocket"],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    timeout: 10_000,
    parser: createSocketParser(CLIENT_PARSER),
    auth: (give) => give({ ...auth() }),
  };
  return url === undefined ? io(options) : io(url, options);
}
