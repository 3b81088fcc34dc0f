import { connect, type Socket } from "node:net";

/**
 * A client that costs next to nothing: a bare socket that speaks our protocol and walks over frames
 * by their headers. A thousand of them leave the second core to what they measure.
 */

export interface RawSocketOptions {
  readonly port: number;
  readonly path: string;
  readonly cookie?: string;
  /** What Socket.IO's CONNECT packet carries; without it the server is a bare `ws`. */
  readonly auth?: object;
  /** Whether binary messages are handed over whole; otherwise only their length. */
  readonly isWhole: boolean;
  readonly onBinary: (length: number, whole: Buffer | undefined) => void;
  readonly onText?: (text: string) => void;
  /** Of a connection that was open. */
  readonly onClose?: () => void;
}

export interface RawSocket {
  send(text: string): void;
  /** Reads no more, so that the server's bytes stay in the machine's buffers and then in its own. */
  pause(): void;
  resume(): void;
  /** As one binary message. */
  sendBytes(bytes: Uint8Array): void;
  end(): void;
}

const TEXT = 1;
const BINARY = 2;
const OPEN_WITHIN_MS = 60_000;
/** Shared: what was read is walked over before the next read. */
const READ_INTO = Buffer.allocUnsafe(256 * 1024);

/** Resolves when frames may come: Socket.IO's CONNECT was answered, or the bare upgrade was. */
export function openRawSocket(options: RawSocketOptions): Promise<RawSocket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => failed(new Error("not let in in time")), OPEN_WITHIN_MS);
    const failed = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const ready = () => {
      clearTimeout(timer);
      socket.once("close", () => options.onClose?.());
      resolve({
        send: (text) => socket.write(masked(TEXT, Buffer.from(text))),
        sendBytes: (bytes) => socket.write(masked(BINARY, bytes)),
        pause: () => socket.pause(),
        resume: () => socket.resume(),
        end: () => socket.destroy(),
      });
    };
    const write = (bytes: Buffer) => socket.write(bytes);
    const walker = new FrameWalker(options, spokenTo(options, { write, ready, failed }));
    const upgraded = () => {
      if (!options.auth) ready();
    };
    const walk = afterUpgrade(upgraded, failed, (chunk) => walker.walk(chunk));
    const callback = (count: number, buffer: Uint8Array) => {
      walk(Buffer.from(buffer.buffer, buffer.byteOffset, count));
      return true;
    };
    const onread = { buffer: READ_INTO, callback };
    const socket: Socket = connect({ port: options.port, host: "127.0.0.1", onread });
    socket.once("connect", () => socket.write(handshake(options)));
    socket.on("error", failed);
  });
}

interface Line {
  readonly write: (bytes: Buffer) => void;
  readonly ready: () => void;
  readonly failed: (error: Error) => void;
}

/** Engine.IO's and Socket.IO's own packets are answered here; the others are handed on. */
function spokenTo({ auth, onText }: RawSocketOptions, { write, ready, failed }: Line) {
  return (text: string): void => {
    if (text === "2") write(PONG);
    else if (text.startsWith("40")) ready();
    else if (text.startsWith("44")) failed(new Error(text));
    else if (text.startsWith("0")) write(masked(TEXT, Buffer.from(`40${JSON.stringify(auth)}`)));
    else onText?.(text);
  };
}

/** Takes the answer to the handshake off; what comes behind it is walked over. */
function afterUpgrade(
  upgraded: () => void,
  failed: (error: Error) => void,
  walk: (chunk: Buffer) => void,
): (chunk: Buffer) => void {
  let isUp = false;
  return (chunk) => {
    if (isUp) return walk(chunk);
    const end = chunk.indexOf("\r\n\r\n");
    if (end < 0 || !chunk.toString("latin1", 0, 12).endsWith("101"))
      return failed(new Error(chunk.toString("latin1", 0, 80)));
    isUp = true;
    upgraded();
    walk(chunk.subarray(end + 4));
  };
}

const handshake = ({ path, port, cookie }: RawSocketOptions): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
    "\r\n",
  ].join("\r\n");

/** A client has to mask; with a key of zeros the payload stays as it is. */
function masked(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const headerBytes = length < 126 ? 2 : 4;
  const frame = Buffer.alloc(headerBytes + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | Math.min(length, 126);
  if (headerBytes === 4) frame.writeUInt16BE(length, 2);
  frame.set(payload, headerBytes + 4);
  return frame;
}

const PONG = masked(TEXT, Buffer.from("3"));

/** Texts are put together; of binary messages only those that are wanted whole. */
class FrameWalker {
  private readonly options: RawSocketOptions;
  private readonly onText: (text: string) => void;
  private readonly header = Buffer.alloc(10);
  private headerBytes = 0;
  /** Of the payload that is being read. */
  private left = 0;
  private length = 0;
  private opcode = 0;
  private parts: Buffer[] = [];

  constructor(options: RawSocketOptions, onText: (text: string) => void) {
    this.options = options;
    this.onText = onText;
  }

  walk(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at += this.left === 0 ? this.head(chunk, at) : this.body(chunk, at);
  }

  private head(chunk: Buffer, at: number): number {
    this.header[this.headerBytes++] = chunk[at] ?? 0;
    if (this.headerBytes >= 2 && this.headerBytes === sizeOfHeader(this.header)) {
      this.opcode = (this.header[0] ?? 0) & 0x0f;
      this.length = lengthIn(this.header);
      this.left = this.length;
      this.headerBytes = 0;
      if (this.left === 0) this.ended();
    }
    return 1;
  }

  private body(chunk: Buffer, at: number): number {
    const count = Math.min(this.left, chunk.length - at);
    // A copy: the next read goes into the same memory.
    if (this.opcode === TEXT || this.options.isWhole)
      this.parts.push(Buffer.from(chunk.subarray(at, at + count)));
    this.left -= count;
    if (this.left === 0) this.ended();
    return count;
  }

  private ended(): void {
    const { isWhole, onBinary } = this.options;
    const whole = this.opcode === TEXT || isWhole ? Buffer.concat(this.parts) : undefined;
    this.parts = [];
    if (this.opcode === TEXT) this.onText(whole?.toString("utf8") ?? "");
    else if (this.opcode === BINARY) onBinary(this.length, whole);
  }
}

const shortLength = (header: Buffer): number => (header[1] ?? 0) & 0x7f;

function sizeOfHeader(header: Buffer): number {
  if (shortLength(header) < 126) return 2;
  return shortLength(header) === 126 ? 4 : 10;
}

function lengthIn(header: Buffer): number {
  if (shortLength(header) < 126) return shortLength(header);
  return shortLength(header) === 126 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}
