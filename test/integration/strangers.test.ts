import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { encodeBatch } from "../../shared/wire/position-batch.ts";
import { encodeFrame } from "../../shared/wire/position-frame.ts";
import { tried } from "../support/trials.ts";

const MESSAGES = 10_000;
const PER_CONNECTION = 2;
const AT_ONCE = 60;
/** Of the server under test: who is not signed in by then is closed, whatever was said. */
const CONNECT_TIMEOUT_MS = 500;
const LONGEST_TURN_MS = 100;

type Message = string | Uint8Array;
/** A whole number below `n`, from a seed: a failing run can be run again. */
type Chance = (n: number) => number;

interface Figures {
  readonly longestTurnMs: number;
  readonly loopDelayMaxMs: number;
  readonly clients: number;
  readonly signedIn: number;
  readonly heapMb: number;
}

let server: Worker;
let port: number;
const crashes: unknown[] = [];

beforeAll(async () => {
  server = new Worker(new URL("./strangers-server.ts", import.meta.url), {
    workerData: { connectTimeoutMs: CONNECT_TIMEOUT_MS },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  server.on("error", (error) => crashes.push(error));
  server.on("exit", (code) => crashes.push(`exit ${code}`));
  [{ port }] = (await once(server, "message")) as [{ port: number }];
});

afterAll(async () => {
  await server.terminate();
});

async function figures(): Promise<Figures> {
  server.postMessage("figures");
  return ((await once(server, "message")) as [Figures])[0];
}

/** Says the messages as soon as the transport is open; resolves with the ms until it was closed. */
function stranger(messages: readonly Message[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const webSocket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    let saidAt = 0;
    webSocket.once("message", () => {
      saidAt = performance.now();
      for (const message of messages) webSocket.send(message, () => {});
    });
    webSocket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    });
    webSocket.on("close", () => resolve(performance.now() - saidAt));
  });
}

const closedAfterMs = (...messages: Message[]) => stranger(messages);

function mulberry32(seed: number): Chance {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

const bytes = (chance: Chance, n: number) =>
  Uint8Array.from({ length: chance(n) }, () => chance(256));
const PIECES = [
  ...'0123456789/,-[]{}":\\e+ \0ú執',
  "null",
  "true",
  '"__proto__"',
  "[[[[",
  "]]]]",
  "pos",
];
const text = (chance: Chance, n: number) =>
  Array.from({ length: chance(n) }, () => PIECES[chance(PIECES.length)]).join("");
const deep = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;
const batch = encodeBatch([{ seq: 1, deviceAt: 1, lat: 30, lng: 114, mock: false }]);
const frame = encodeFrame({ kind: "SNAPSHOT", set: 1, prevTick: 0, tick: 1, tickAt: 250 }, []);

/** Spoils one byte of a good message. */
function spoilt(good: Uint8Array, chance: Chance): Uint8Array {
  const copy = good.slice();
  copy[chance(copy.length)] = chance(256);
  return copy;
}

/** What is known to have hurt parsers: declared lengths, depth, reserved names, attachments. */
const CRAFTED: readonly Message[] = [
  "4",
  "40",
  "40/admin,",
  '40{"token":"x"}',
  '40{"__proto__":{"admin":true}}',
  "41",
  "42",
  '42["command",{}]',
  '42["error","x"]',
  '42["disconnect"]',
  '42["pos","AAAA"]',
  '420["x"]',
  `42${"9".repeat(60_000)}["x"]`,
  `42["x",${deep(30_000)}]`,
  `42["x",${"[".repeat(60_000)}`,
  `42["x","${"\\u005f".repeat(10_000)}"]`,
  `42["x",${'{"__proto__":'.repeat(4_000)}1${"}".repeat(4_000)}]`,
  `42[${'"__proto__" '.repeat(5_000)}]`,
  `42[${'"\\\\'.repeat(15_000)}]`,
  `42${" ".repeat(60_000)}`,
  `40${"/".repeat(60_000)}`,
  '43["x"]',
  '44{"message":"x"}',
  '451-["x",{"_placeholder":true,"num":0}]',
  '4510-["x",{"_placeholder":true,"num":99999999}]',
  `45${"9".repeat(50_000)}-[]`,
  '461-1[{"_placeholder":true,"num":0}]',
  "47",
  `4${"2".repeat(60_000)}`,
  `4${"x".repeat(70_000)}`,
  "0",
  "1",
  "2",
  "2probe",
  "3",
  "5",
  "6",
  "7",
  "b",
  "bAAAA",
  `b${"A".repeat(60_000)}`,
  "",
  new Uint8Array(0),
  Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0xdd, 0x7f, 0xff, 0xff, 0xff, 0xc0),
  Uint8Array.of(0xb5, 1, 0xff, 0xff, 0, 0, 0, 0),
  new Uint8Array(300).fill(0xdd),
  new Uint8Array(64 * 1024).fill(0xb5),
  new Uint8Array(70_000),
  batch,
  frame,
];

function oneMessage(chance: Chance): Message {
  const kinds: (() => Message)[] = [
    () => bytes(chance, 300),
    () => spoilt(batch, chance),
    () => spoilt(frame, chance),
    () => text(chance, 40),
    () => `${chance(10)}${text(chance, 40)}`,
    () => `4${chance(8)}${text(chance, 40)}`,
    () => `42["${text(chance, 4)}",${text(chance, 20)}]`,
    () => `b${Buffer.from(bytes(chance, 60)).toString("base64")}`,
    () => CRAFTED[chance(CRAFTED.length)] ?? "",
  ];
  return kinds[chance(kinds.length)]?.() ?? "";
}

describe("strangers", () => {
  it("WIRE-13 closes whoever says what only a broken or hostile client says, at once", async () => {
    const hostile: Message[] = CRAFTED.filter(
      (message) => typeof message !== "string" || /^4[23567x]./.test(message),
    );
    const times = await Promise.all(hostile.map((message) => closedAfterMs(message)));
    const slow = hostile
      .map((message, i) => [String(message).slice(0, 40), Math.round(times[i] ?? 0)])
      .filter(([, ms]) => (ms as number) >= CONNECT_TIMEOUT_MS * 0.8);
    expect(slow).toEqual([]);
  });

  it("WIRE-13 lets nobody in who does not sign in, and closes the waiting too", async () => {
    for (const message of ["40", '40{"token":"x"}', "3", "6"]) {
      expect(await closedAfterMs(message)).toBeLessThan(CONNECT_TIMEOUT_MS + 1_000);
    }
    expect((await figures()).signedIn).toBe(0);
  });

  it("WIRE-13 survives 10,000 messages without a crash or a turn over 100 ms, and closes everybody", {
    timeout: 60_000,
  }, async () => {
    const chance = mulberry32(20_261_122);
    let left = MESSAGES / PER_CONNECTION;
    let closed = 0;
    const queue = async (): Promise<void> => {
      while (left-- > 0) {
        await stranger(Array.from({ length: PER_CONNECTION }, () => oneMessage(chance)));
        closed++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, queue));
    const after = await figures();
    tried("fault: messages of strangers", MESSAGES, crashes.length);
    expect(closed).toBe(MESSAGES / PER_CONNECTION);
    expect(crashes).toEqual([]);
    expect(after.longestTurnMs).toBeLessThan(LONGEST_TURN_MS);
    expect(after).toMatchObject({ clients: 0, signedIn: 0 });
  });
});
