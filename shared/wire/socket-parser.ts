import { type Packet, PacketType, protocol, Decoder as StockDecoder } from "socket.io-parser";
import { checkBatch } from "./position-batch.ts";
import { checkFrame } from "./position-frame.ts";

/**
 * The Socket.IO parser of both ends. Text packets are stock JSON on the one namespace `/`; binary
 * attachments (types 5 and 6) do not exist; a binary message is a position frame or a position
 * batch, surfaced as the event `pos`. What is refused is thrown from `add`, where Socket.IO's
 * server and client both catch it and close the connection.
 */

/** The only event that is binary, and the only way a binary message surfaces. */
export const POSITION_EVENT = "pos";

export interface SocketParserOptions {
  /** What a binary message may be here: the server takes batches, a client takes frames. */
  readonly takes: "BATCH" | "FRAME";
  /** False: it is only looked at here, and whoever listens to the connection's data takes it. */
  readonly isSurfaced?: boolean;
  /** UTF-16 units of one text packet. */
  readonly maxTextLength: number;
  /** Levels of `[` and `{`; guards every later recursion over a message, e.g. hashing it. */
  readonly maxDepth: number;
}

export interface SocketParser {
  readonly protocol: number;
  readonly Encoder: new () => PositionEncoder;
  readonly Decoder: new () => PositionDecoder;
}

/** From strangers: a command with its longest texts stays far below. */
export const SERVER_PARSER: SocketParserOptions = {
  takes: "BATCH",
  maxTextLength: 64 * 1024,
  maxDepth: 24,
};
/** From our own server: the largest snapshot must pass. */
export const CLIENT_PARSER: SocketParserOptions = {
  takes: "FRAME",
  maxTextLength: 64 * 1024 * 1024,
  maxDepth: 64,
};

/** Goes into `parser` of Socket.IO's server or client options. */
export function createSocketParser(options: SocketParserOptions): SocketParser {
  return {
    protocol,
    Encoder: PositionEncoder,
    Decoder: class extends PositionDecoder {
      constructor() {
        super(options);
      }
    },
  };
}

class PositionEncoder {
  /** One string or one exact byte array. Unlike the stock encoder it does not search data for binary. */
  encode(packet: Packet): [string | Uint8Array] {
    const bytes = positionBytes(packet);
    return [bytes ? exact(bytes) : packetToText(packet)];
  }
}

class PositionDecoder extends StockDecoder {
  readonly #options: SocketParserOptions;
  /** Reads the text; its packets pass `#onText` before anybody sees them. */
  readonly #stock = new StockDecoder();

  constructor(options: SocketParserOptions) {
    super();
    this.#options = options;
    this.#stock.on("decoded", (packet: Packet) => this.#onText(packet));
  }

  override add(message: unknown): void {
    if (typeof message === "string") {
      const refusal = textRefusal(message, this.#options);
      if (refusal) throw new Error(refusal);
      this.#stock.add(message);
      return;
    }
    const bytes = toBytes(message);
    if (!bytes) throw new Error("neither text nor bytes");
    const refusal = this.#options.takes === "BATCH" ? checkBatch(bytes) : checkFrame(bytes);
    if (refusal) throw new Error(`binary message refused: ${refusal}`);
    if (this.#options.isSurfaced === false) return;
    this.emitReserved("decoded", {
      type: PacketType.EVENT,
      nsp: "/",
      data: [POSITION_EVENT, bytes],
    });
  }

  override destroy(): void {
    this.#stock.destroy();
  }

  #onText(packet: Packet): void {
    const isEvent = packet.type === PacketType.EVENT;
    // The stock decoder lets an event or an answer without its array pass.
    if ((isEvent || packet.type === PacketType.ACK) && !Array.isArray(packet.data)) {
      throw new Error("no arguments");
    }
    if (isEvent && packet.data[0] === POSITION_EVENT) throw new Error("positions are binary");
    this.emitReserved("decoded", packet);
  }
}

/**
 * `"__proto__"` as a key, spelt with any mix of JSON escapes. A quote inside a JSON string is
 * always escaped, so `"…"` followed by a colon is a key.
 */
const PROTO_KEY =
  /"(?:_|\\u005[fF]){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006[fF])(?:t|\\u0074)(?:o|\\u006[fF])(?:_|\\u005[fF]){2}"\s*:/;

function textRefusal(text: string, options: SocketParserOptions): string | undefined {
  if (text.length > options.maxTextLength) return "text too long";
  const type = text.charCodeAt(0) - 48;
  if (!(type >= PacketType.CONNECT && type <= PacketType.CONNECT_ERROR)) return "packet type";
  if (text[1] === "/") return "namespace";
  // `includes` runs at memory speed, so a snapshot of megabytes is not put through the expression.
  const maybeProto = text.includes("__proto__") || text.includes("\\u00");
  if (maybeProto && PROTO_KEY.test(text)) return "__proto__ as a key";
  return isTooDeep(text, options.maxDepth) ? "nested too deep" : undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

function isTooDeep(text: string, maxDepth: number): boolean {
  let depth = 0;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(text, i);
    } else if (OPENING.has(code)) {
      depth++;
      if (depth > maxDepth) return true;
    } else if (CLOSING.has(code)) {
      depth--;
    }
  }
  return false;
}

/** Index of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) {
    i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  }
  return i;
}

function toBytes(message: unknown): Uint8Array | undefined {
  if (message instanceof Uint8Array) return message;
  return message instanceof ArrayBuffer ? new Uint8Array(message) : undefined;
}

function positionBytes(packet: Packet): Uint8Array | undefined {
  if (packet.type !== PacketType.EVENT || packet.nsp !== "/" || packet.id !== undefined) return;
  if (packet.data?.[0] !== POSITION_EVENT) return;
  return toBytes(packet.data[1]);
}

/** A view into a larger buffer could send its neighbours: such bytes are copied out. */
const exact = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();

function packetToText(packet: Packet): string {
  const nsp = packet.nsp && packet.nsp !== "/" ? `${packet.nsp},` : "";
  const data = packet.data === undefined || packet.data === null ? "" : JSON.stringify(packet.data);
  return `${packet.type}${nsp}${packet.id ?? ""}${data}`;
}
