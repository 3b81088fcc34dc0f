import type { Socket } from "socket.io";
import { POSITION_EVENT } from "../../shared/wire/socket-parser.ts";

/**
 * The one place that sends a position frame. Frames go past Socket.IO's and Engine.IO's queues
 * straight to the WebSocket, so they neither wait for patches nor hold them up, and a console that
 * does not keep up loses frames instead of filling the server's memory. The client notices by the
 * header and asks for a snapshot.
 */

/**
 * - SENT: handed to the WebSocket.
 * - EMITTED: no WebSocket to be had (polling); went as an ordinary event.
 * - SKIPPED: bytes still wait for this socket; the frame is dropped.
 * - CLOSED: the connection is gone or going.
 */
export type FrameOutcome = "SENT" | "EMITTED" | "SKIPPED" | "CLOSED";

export function writeFrame(socket: Socket, bytes: Uint8Array): FrameOutcome {
  if (!socket.connected || socket.conn.readyState !== "open") return "CLOSED";
  const webSocket = webSocketOf(socket);
  if (!webSocket) return emitFrame(socket, bytes);
  if (webSocket.readyState !== WS_OPEN) return "CLOSED";
  if (webSocket.bufferedAmount > 0) return "SKIPPED";
  webSocket.send(bytes, FRAME_OPTIONS, ignoreSendError);
  return "SENT";
}

/** True when nothing waits for this socket: the moment for a snapshot of positions. */
export function isDrained(socket: Socket): boolean {
  const bufferedAmount = webSocketOf(socket)?.bufferedAmount ?? 0;
  return socket.conn.readyState === "open" && bufferedAmount === 0 && !waitsInEngine(socket);
}

/** What the client has not taken yet: in the WebSocket and, while it is not writable, in Engine.IO. */
export function pendingBytes(socket: Socket): number {
  const { writeBuffer } = socket.conn as unknown as {
    readonly writeBuffer?: readonly { readonly data?: unknown }[];
  };
  let bytes = webSocketOf(socket)?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer ?? []) {
    if (typeof data === "string" || data instanceof Uint8Array) bytes += data.length;
  }
  return bytes;
}

/** What is used of `ws`; Engine.IO keeps it in a private member of its transport. */
export interface FrameWebSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: Uint8Array, options: object, done: (error?: Error) => void): void;
  /** Reads no more, so that the sender's buffers fill up. */
  pause(): void;
  resume(): void;
  /** Ends the connection at once; what waits is lost. */
  terminate(): void;
}

/** The WebSocket under a socket, or nothing: polling, or an Engine.IO that hides it elsewhere. */
export function webSocketOf({ conn }: Pick<Socket, "conn">): FrameWebSocket | undefined {
  const { transport } = conn;
  if (transport.name !== "websocket") return undefined;
  const inner = (transport as unknown as { readonly socket?: unknown }).socket;
  return isFrameWebSocket(inner) ? inner : undefined;
}

const WS_OPEN = 1;
const FRAME_OPTIONS = { binary: true, compress: false };

/** A failed write ends in the transport's own `close`, which everybody listens to. */
const ignoreSendError = (): void => {};

/**
 * Packets that Engine.IO still holds. On a WebSocket that is also so for the rest of a turn in which
 * a patch was sent, which is why only polling and snapshots ask.
 */
function waitsInEngine(socket: Socket): boolean {
  const { writeBuffer } = socket.conn as unknown as { readonly writeBuffer?: readonly unknown[] };
  return (writeBuffer?.length ?? 0) > 0;
}

function emitFrame(socket: Socket, bytes: Uint8Array): FrameOutcome {
  if (!socket.conn.transport.writable || waitsInEngine(socket)) return "SKIPPED";
  socket.emit(POSITION_EVENT, bytes);
  return "EMITTED";
}

function isFrameWebSocket(value: unknown): value is FrameWebSocket {
  if (typeof value !== "object" || value === null) return false;
  const held = value as Record<string, unknown>;
  return (
    typeof held.readyState === "number" &&
    typeof held.bufferedAmount === "number" &&
    // Methods of its class, not of its own.
    ["send", "pause", "resume", "terminate"].every((name) => typeof held[name] === "function")
  );
}
