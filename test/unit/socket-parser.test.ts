import fc from "fast-check";
import { type Packet, PacketType, Encoder as StockEncoder } from "socket.io-parser";
import { describe, expect, it } from "vitest";
import { encodeBatch } from "../../shared/wire/position-batch.ts";
import { encodeFrame } from "../../shared/wire/position-frame.ts";
import {
  CLIENT_PARSER,
  createSocketParser,
  SERVER_PARSER,
  type SocketParserOptions,
} from "../../shared/wire/socket-parser.ts";

const frame = encodeFrame({ kind: "DELTA", set: 1, prevTick: 1, tick: 2, tickAt: 500 }, []);
const batch = encodeBatch([{ seq: 1, deviceAt: 1, lat: 30, lng: 114, mock: false }]);

/** What comes out of a fresh decoder, or the error it threw. */
function read(message: unknown, options: SocketParserOptions = SERVER_PARSER): Packet | Error {
  const decoder = new (createSocketParser(options).Decoder)();
  const out: Packet[] = [];
  decoder.on("decoded", (packet: Packet) => out.push(packet));
  try {
    decoder.add(message);
  } catch (error) {
    return error as Error;
  }
  return out[0] ?? new Error("nothing decoded");
}

const encode = (packet: Packet) => new (createSocketParser(SERVER_PARSER).Encoder)().encode(packet);
const event = (data: unknown[], more: Partial<Packet> = {}): Packet => ({
  type: PacketType.EVENT,
  nsp: "/",
  data,
  ...more,
});

describe("socket parser: text", () => {
  it("WIRE-1 writes what the stock parser writes, and reads it back", () => {
    const packets = fc.oneof(
      fc.record({
        type: fc.constant(PacketType.EVENT),
        nsp: fc.constant("/"),
        data: fc.tuple(fc.constantFrom("patch", "命令", ""), fc.jsonValue()),
        id: fc.option(fc.nat(), { nil: undefined }),
      }),
      fc.record({
        type: fc.constant(PacketType.ACK),
        nsp: fc.constant("/"),
        data: fc.array(fc.jsonValue()),
        id: fc.nat(),
      }),
      fc.constant({ type: PacketType.CONNECT, nsp: "/", data: { sid: "x" } }),
      fc.constant({ type: PacketType.CONNECT, nsp: "/" }),
      fc.constant({ type: PacketType.DISCONNECT, nsp: "/" }),
    );
    fc.assert(
      fc.property(packets, (given) => {
        const packet = given as Packet;
        const [text] = encode(packet);
        expect([text]).toEqual(new StockEncoder().encode(packet));
        const json = JSON.parse(JSON.stringify(packet)) as Packet;
        if (!JSON.stringify(packet).includes("__proto__")) expect(read(text)).toEqual(json);
      }),
    );
  });

  it.each([
    ['51-["x",{"_placeholder":true,"num":0}]'],
    ['61-1[{"_placeholder":true,"num":0}]'],
    ["7"],
    ["x"],
    [""],
    ["2"],
    ["31"],
    ['2["connect"]'],
    ['2{"a":1}'],
    ["2[1"],
    ['2/admin,["x"]'],
    ["0/admin,"],
    ['2["pos","AAAA"]'],
    ['217["\\u0070os",{}]'],
    [`2["x",${"[".repeat(24)}${"]".repeat(24)}]`],
    [`2["x","${"a".repeat(64 * 1024)}"]`],
  ])("WIRE-2 refuses %s", (text) => {
    expect(read(text)).toBeInstanceOf(Error);
  });

  it.each([
    ['{"__proto__":{"admin":true}}'],
    ['{"a":[{"b":{"__proto__" : 1}}]}'],
    ['{"\\u005f_proto__":1}'],
    ['{"__\\u0070r\\u006Fto_\\u005F":1}'],
  ])("WIRE-3 refuses __proto__ as a key: %s", (json) => {
    expect(read(`2["x",${json}]`)).toBeInstanceOf(Error);
  });

  it.each([['"__proto__"'], ['"a \\"__proto__\\": b"'], ['{"proto":"__proto__"}']])(
    "WIRE-3 takes __proto__ as a text: %s",
    (json) => {
      expect(read(`2["x",${json}]`)).toEqual(event(["x", JSON.parse(json)]));
    },
  );

  it("WIRE-2 does not mistake brackets in a text for depth", () => {
    const text = `\\"${"[{".repeat(40)}`;
    expect(read(`2["x","${text}"]`)).toEqual(event(["x", JSON.parse(`"${text}"`)]));
  });

  it("WIRE-2 throws nothing but errors, whatever text comes", () => {
    const alphabet = fc.constantFrom(...'0123456/,-[]{}"\\:_nultre e+.', "pos", "__proto__");
    const crafted = fc.array(alphabet, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), crafted), (text) => {
        const result = read(text);
        expect(result instanceof Error || result.type <= PacketType.CONNECT_ERROR).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("socket parser: binary", () => {
  it("WIRE-4 looks at a batch all the same where somebody else takes it from the connection", () => {
    const taken = { ...SERVER_PARSER, isSurfaced: false };
    const decoder = new (createSocketParser(taken).Decoder)();
    const seen: Packet[] = [];
    decoder.on("decoded", (packet: Packet) => seen.push(packet));
    decoder.add(Buffer.from(batch));
    expect(seen).toEqual([]);
    expect(() => decoder.add(Buffer.from(batch.subarray(1)))).toThrow("binary message refused");
  });

  it("WIRE-4 surfaces a batch on the server and a frame on the client as the event pos", () => {
    expect(read(Buffer.from(batch))).toEqual(event(["pos", Buffer.from(batch)]));
    expect(read(frame.buffer, CLIENT_PARSER)).toEqual(event(["pos", frame]));
  });

  it("WIRE-4 refuses a frame on the server, a batch on the client, and any other bytes", () => {
    expect(read(Buffer.from(frame))).toBeInstanceOf(Error);
    expect(read(batch, CLIENT_PARSER)).toBeInstanceOf(Error);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(read(bytes)).toBeInstanceOf(Error);
      }),
    );
    for (const other of [undefined, null, 7, {}, { base64: true }]) {
      expect(read(other)).toBeInstanceOf(Error);
    }
  });

  it("WIRE-5 sends the event pos as exactly its bytes, never the buffer around them", () => {
    const around = new Uint8Array(1_000).fill(9);
    around.set(frame, 100);
    const [bytes] = encode(event(["pos", around.subarray(100, 100 + frame.length)]));
    expect(bytes).toEqual(frame);
    expect((bytes as Uint8Array).buffer.byteLength).toBe(frame.length);
    expect(encode(event(["pos", frame]))[0]).toBe(frame);
  });

  it("WIRE-5 never makes binary attachments", () => {
    const [text] = encode(event(["other", { blob: frame }]));
    expect(text).toMatch(/^2\["other"/);
  });
});
