import { createRequire } from "node:module";

/**
 * WebSocket messages that are framed once and written to many sockets: header and payload lie in one
 * Buffer, which all of them share. Only what is whole and uncompressed can be shared.
 */

export interface SharedFrame {
  readonly payload: Uint8Array;
  /** What `ws`'s sender takes: the finished frame as one piece. */
  readonly framed: readonly [Buffer];
}

/** What Socket.IO's transport is given for one text packet. */
export interface SharedText {
  /** The packet as Engine.IO would encode it, for a transport that knows no shared frames. */
  readonly packet: string;
  /** Bytes of the message. */
  readonly bytes: number;
  /** Engine.IO's transport writes this instead of framing the packet once more for each socket. */
  readonly options: { readonly wsPreEncodedFrame?: readonly [Buffer] };
}

const TEXT = 1;
const BINARY = 2;
/** Engine.IO's packet type "ping", without data. */
const PING = "2";
/** Engine.IO's packet type "message", which its transport puts before the text. */
const MESSAGE = "4";

export function sharedFrame(payload: Uint8Array): SharedFrame {
  const frame = emptyFrame(BINARY, payload.byteLength);
  frame.set(payload, frame.byteLength - payload.byteLength);
  return { payload, framed: [frame] };
}

/** An EVENT packet on the main namespace, as the stock parser would write it. */
export function sharedText(event: string, json: string): SharedText {
  const packet = `2["${event}",${json}]`;
  const { frame, bytes } = textFrame(MESSAGE + packet);
  return { packet, bytes, options: SHARES_FRAMES ? { wsPreEncodedFrame: [frame] } : {} };
}

/**
 * Gives Engine.IO's pings, which ten thousand phones get every few seconds, the one finished frame.
 * To be called for each packet that is made.
 */
export function sharePing(packet: { readonly type: string; readonly options?: object }): void {
  if (SHARES_FRAMES && packet.type === "ping" && packet.options)
    Object.assign(packet.options, PING_OPTIONS);
}

/** Remembers the last one: all sockets of a set get the same frame one after the other. */
export function framesInTurn(): (payload: Uint8Array) => SharedFrame {
  let last: SharedFrame | undefined;
  return (payload) => {
    if (last?.payload !== payload) last = sharedFrame(payload);
    return last;
  };
}

/** Remembers the last one: whoever sends one text to many sends it to one after the other. */
export function textsInTurn(): (event: string, json: string) => SharedText {
  let last: { readonly event: string; readonly json: string; readonly text: SharedText };
  return (event, json) => {
    // The same string is equal by its address, another one mostly by its length.
    if (last?.json !== json || last.event !== event)
      last = { event, json, text: sharedText(event, json) };
    return last.text;
  };
}

const SHORT_BYTES = 125;

/** A short packet of ASCII, finished, in one piece of pooled memory; nothing when it is longer. */
export function answerFrame(packet: string): Buffer | undefined {
  const length = packet.length + MESSAGE.length;
  if (length > SHORT_BYTES) return undefined;
  const frame = Buffer.allocUnsafe(2 + length);
  frame[0] = 0x80 | TEXT;
  frame[1] = length;
  frame.write(MESSAGE + packet, 2, "latin1");
  return frame;
}

function textFrame(text: string): { readonly frame: Buffer; readonly bytes: number } {
  const bytes = Buffer.byteLength(text);
  const frame = emptyFrame(TEXT, bytes);
  frame.write(text, frame.byteLength - bytes);
  return { frame, bytes };
}

/** An unmasked, final frame of that opcode (RFC 6455, 5.2) with room for its payload. */
function emptyFrame(opcode: number, length: number): Buffer {
  const headerBytes = headerBytesOf(length);
  const frame = Buffer.allocUnsafeSlow(headerBytes + length);
  frame[0] = 0x80 | opcode;
  if (headerBytes === 2) frame[1] = length;
  else if (headerBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  return frame;
}

function headerBytesOf(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

/** What is used of `ws`'s sender, which is nobody's public interface. */
export interface FrameSender {
  sendFrame(list: readonly Buffer[], done?: (error?: Error) => void): void;
}

/**
 * The sender of a WebSocket that may be given finished frames: it has the method, and no extension
 * that could be in the middle of another message. Otherwise nothing, and the frame goes by `send`.
 */
export function senderOf(webSocket: object): FrameSender | undefined {
  const { _sender: sender, extensions } = webSocket as {
    readonly _sender?: unknown;
    readonly extensions?: unknown;
  };
  if (!SHARES_FRAMES) return undefined;
  // Compression works in turns of its own; a frame written meanwhile would tear its message.
  if (extensions !== "" || typeof sender !== "object" || sender === null) return undefined;
  const held = sender as Record<string, unknown>;
  const isWhole = held._firstFragment === true && held._bufferedBytes === 0;
  return isWhole && typeof held.sendFrame === "function"
    ? (sender as unknown as FrameSender)
    : undefined;
}

/** What is used of the TCP stream under a WebSocket. */
export interface FrameStream {
  /** Bytes that were written and are not gone. */
  readonly writableLength: number;
  write(bytes: Buffer): unknown;
}

/**
 * The stream of a WebSocket that may be given finished frames: its sender does nothing with them but
 * write them there, which is tried at the start. Otherwise nothing.
 */
export function streamOf(webSocket: object): FrameStream | undefined {
  const sender = senderOf(webSocket) as { readonly _socket?: unknown } | undefined;
  const { _socket: stream } = webSocket as { readonly _socket?: unknown };
  if (typeof stream !== "object" || stream === null || sender?._socket !== stream) return undefined;
  const { write, writableLength } = stream as Partial<FrameStream>;
  return typeof write === "function" && typeof writableLength === "number"
    ? (stream as FrameStream)
    : undefined;
}

/**
 * Tried once at the start, on the very `ws` that Engine.IO uses: a finished frame goes to the stream
 * as it is. When it fails frames still arrive, each framed anew for every socket.
 */
export function canShareFrames(load: () => unknown = engineSender): boolean {
  const written: unknown[] = [];
  const write = (bytes: unknown) => written.push(bytes);
  try {
    const Sender = load() as new (stream: object, extensions: object) => FrameSender;
    const { framed } = sharedFrame(Uint8Array.of(1, 2, 3));
    new Sender({ write, cork: () => undefined, uncork: () => undefined }, {}).sendFrame(framed);
    return written.length === 1 && written[0] === framed[0];
  } catch {
    return false;
  }
}

function engineSender(): unknown {
  const here = createRequire(import.meta.url);
  const socketIo = createRequire(here.resolve("socket.io"));
  const engine = createRequire(socketIo.resolve("engine.io"));
  return (engine("ws") as { readonly Sender?: unknown }).Sender;
}

/** False: nothing is lost but speed. */
export const SHARES_FRAMES = canShareFrames();
const PING_OPTIONS = { wsPreEncodedFrame: [textFrame(PING).frame] };
