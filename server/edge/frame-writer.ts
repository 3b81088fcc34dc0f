import type { Socket } from "socket.io";
import { POSITION_EVENT } from "../../shared/wire/socket-parser.ts";
import { FrameLane } from "../app/positions/frame-lane.ts";
import {
  answerFrame,
  type FrameSender,
  type FrameStream,
  type SharedFrame,
  senderOf,
  streamOf,
} from "./shared-frames.ts";

/**
 * The one place that sends a position frame. Frames go past Socket.IO's and Engine.IO's queues
 * straight to the WebSocket, so they neither wait for patches nor hold them up, and a console that
 * does not keep up loses frames instead of filling the server's memory. The client notices by the
 * header and asks for a snapshot. Every socket is written the very same bytes, header and all.
 */

/**
 * - SENT: handed to the WebSocket.
 * - EMITTED: no WebSocket to be had (polling); went as an ordinary event.
 * - SKIPPED: bytes still wait for this socket; the frame is dropped.
 * - CLOSED: the connection is gone or going.
 */
export type FrameOutcome = "SENT" | "EMITTED" | "SKIPPED" | "CLOSED";

/** What all sockets' lanes share. */
export interface LanePorts {
  /** The same bytes are framed once for all who get them. */
  readonly framed: (bytes: Uint8Array) => SharedFrame;
  /** Whether this socket's time for a full picture has come. */
  readonly admit: (socketId: string, isDrained: boolean) => boolean;
  readonly picture: (view: string) => Uint8Array | undefined;
}

/**
 * The lane of one socket's frames: one per socket, for it listens. Four thousand frames a second
 * pass here, each to a socket that nobody has looked at for a quarter of a second: every object on
 * the way to the TCP stream is fetched from far memory, and that costs more than what is done with
 * it. So there is this one, the WebSocket, which is asked for its state, and the stream itself.
 */
export class SocketLane extends FrameLane {
  #isKnown = false;
  #webSocket: FrameWebSocket | undefined;
  #stream: FrameStream | undefined;
  readonly #ports: LanePorts;
  readonly #socket: Socket;
  readonly #view: string;

  constructor(view: string, socket: Socket, ports: LanePorts, stale: Set<FrameLane>) {
    super(stale);
    this.#ports = ports;
    this.#socket = socket;
    this.#view = view;
    // From polling to a WebSocket: another transport is another road.
    socket.conn.on("upgrade", () => {
      this.#isKnown = false;
    });
  }

  override write(bytes: Uint8Array): FrameOutcome {
    if (!this.#isKnown) this.#find();
    const webSocket = this.#webSocket;
    if (!webSocket) return emitFrame(this.#socket, bytes);
    if (webSocket.readyState !== WS_OPEN) return "CLOSED";
    const stream = this.#stream;
    // Either counts all that was written and is not gone, by whomever.
    if ((stream ? stream.writableLength : webSocket.bufferedAmount) > 0) return "SKIPPED";
    if (stream) stream.write(this.#ports.framed(bytes).framed[0]);
    else webSocket.send(bytes, FRAME_OPTIONS, ignoreSendError);
    return "SENT";
  }

  protected override admit(): boolean {
    return this.#ports.admit(this.#socket.id, isDrained(this.#socket));
  }

  protected override picture(): Uint8Array | undefined {
    return this.#ports.picture(this.#view);
  }

  #find(): void {
    this.#isKnown = true;
    this.#webSocket = webSocketOf(this.#socket);
    this.#stream = this.#webSocket && streamOf(this.#webSocket);
  }
}

/** What is asked of a socket's transport once, and not again for each of its answers. */
interface AnswerRoad {
  readonly webSocket: FrameWebSocket | undefined;
  readonly sender: FrameSender | undefined;
}

/**
 * The writer of one socket's short answers to positions: they need no order among patches, come by
 * the thousand a second, and half of such an answer's cost was in the queues. Each is one write.
 * @returns false where there is no WebSocket for it; it then goes as an ordinary event.
 */
export function answerWriter({ conn }: Pick<Socket, "conn">): (packet: string) => boolean {
  let road: AnswerRoad | undefined;
  conn.on("upgrade", () => {
    road = undefined;
  });
  return (packet) => {
    road ??= roadOf(conn);
    const { sender, webSocket } = road;
    if (!sender || webSocket?.readyState !== WS_OPEN) return false;
    const frame = answerFrame(packet);
    if (frame) sender.sendFrame([frame]);
    return frame !== undefined;
  };
}

function roadOf(conn: Socket["conn"]): AnswerRoad {
  const webSocket = webSocketOf({ conn });
  return { webSocket, sender: webSocket && senderOf(webSocket) };
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
  if (!socket.connected || socket.conn.readyState !== "open") return "CLOSED";
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
